/** @file
 * The terms on which a capitation budget is held, each a small function.
 *
 * In this order: individual stop-loss per claim (per person and year with the
 * two-part model) at a premium; budget with its loading; quota share; symmetric
 * corridor, with what it took off the holder in part carried forward; cap. All but
 * the first act on the deviation W = (kept + premium)/budget - 1, above 0 a loss.
 *
 * Moments, pi the stop-loss transform of a claim X or of W, pi' that of -W:
 *   stop-loss   E[min(X,d)] = E X - pi(d); E[min(X,d)^2] = E[X^2; X<=d] + d^2 P(X>d)
 *   premium     (1 + premium loading) n rate pi(d)
 *   budget      (1 + loading)(kept + ceded expected): mean W falls by about loading
 *   quota       c W: mean and sd times c
 *   corridor    E = E W - (1-g)(pi(a) - pi'(a)) - g (pi(b) - pi'(b)); 0 if symmetric
 *   cap         E = E W - pi(cap)
 * Where pi is of a normal W of mean m and sd s, pi(a) = s (phi(z) - z Q(z)),
 * z = (a-m)/s; for an exact law annual_excess() gives it.
 */
#ifndef HEADROOM_CONTRACT_H
#define HEADROOM_CONTRACT_H

#include "headroom/error.h"

#include "elementary.h"
#include "piecewise.h"

struct contract {
    double limit;           /**< GBP a claim, or a person and year; INFINITY: none */
    double premium_loading; /**< share of the expected ceded cost, above -1 */
    double kept_share;      /**< of the deviation, (0, 1]; 1: no quota share */
    double corridor_free;   /**< a: all within +-a is the holder's; INFINITY: none */
    double corridor_share;  /**< g: of what lies between a and b */
    double corridor_end;    /**< b: nothing beyond is the holder's; may be INFINITY */
    double carry_forward;   /**< share of the corridor's relief settled next year */
    double cap;             /**< most the holder can lose, share of budget; INFINITY */
    double loading;         /**< of the budget over expected cost, above -1 */
};

/** No term at all: the holder bears the deviation from expected cost. */
struct contract contract_plain(void);

HR_MUST_CHECK
enum hr_status contract_check(const struct contract *contract, struct hr_error *error);

HR_INLINE double contract_premium(const struct contract *contract, double ceded_mean)
{
    return (1.0 + contract->premium_loading) * ceded_mean;
}

HR_INLINE double contract_budget(const struct contract *contract, double kept_mean,
                                 double ceded_mean)
{
    return (1.0 + contract->loading) * (kept_mean + ceded_mean);
}

HR_INLINE double contract_quota(const struct contract *contract, double deviation)
{
    return contract->kept_share * deviation;
}

HR_INLINE double contract_corridor(const struct contract *contract, double deviation)
{
    const double a = contract->corridor_free, b = contract->corridor_end;
    const double size = fabs(deviation);
    const double within = size < b ? size : b;
    const double borne =
        copysign(a + contract->corridor_share * (within - a), deviation);

    return size <= a ? deviation : borne;
}

HR_INLINE double contract_capped(const struct contract *contract, double deviation)
{
    return deviation < contract->cap ? deviation : contract->cap;
}

/** What the holder bears of a year's deviation; *carried enters and is renewed. */
HR_INLINE double contract_settle(const struct contract *contract, double deviation,
                                 double *carried)
{
    const double due = contract_quota(contract, deviation) + *carried;
    const double settled = contract_corridor(contract, due);

    *carried = contract->carry_forward * (due - settled);
    return contract_capped(contract, settled);
}

/** Quota share, corridor and cap in one year as one function of W. */
struct piecewise contract_map(const struct contract *contract);

#endif
