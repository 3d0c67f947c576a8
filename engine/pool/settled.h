/** @file
 * The law of what the holder bears: a contract's function of the year's total,
 * mixed over the risk-adjustment error of the budget. Losses are shares of the
 * expected budget, above 0 a loss.
 */
#ifndef HEADROOM_SETTLED_H
#define HEADROOM_SETTLED_H

#include "contract.h"
#include "need_error.h"

/** Losses nearer than this, in shares of a budget, are one: what is exactly at a
 * threshold is not above it, whatever rounding made of it. */
#define SETTLED_NEAR 1e-11

enum { LONGEST_RUIN = 40 /**< years over which a reserve is followed */ };

struct settled_law {
    const struct annual_law *annual; /**< of kept claims, GBP; borrowed */
    double budget, premium;          /**< GBP a year */
    struct need_error error;
    struct piecewise terms; /**< loss of a deviation, shares of the holder's budget */
    size_t n;               /**< nodes of the error */
    double factor[NEED_NODES], weight[NEED_NODES];
    double half_width[NEED_NODES], lean[NEED_NODES]; /**< as need_error.h has them */
    struct piecewise loss[NEED_NODES];               /**< of the kept claims */
};

/** Loss against a budget of expected cost, no terms. */
void settled_plain(struct settled_law *law, const struct annual_law *annual);

void settled_under(struct settled_law *law, const struct annual_law *annual,
                   const struct contract *contract, const struct need_error *error_law,
                   double ceded_mean);

double settled_mean(const struct settled_law *law);
double settled_sd(const struct settled_law *law);

/** P(loss > @p loss), by more than SETTLED_NEAR where many losses are the same. */
double settled_above(const struct settled_law *law, double loss);

/** What rounding leaves uncertain of it. */
double settled_noise(const struct settled_law *law, double loss);

/** The kept claims above which the holder of the budget's node @p i loses more than
 * @p loss, GBP; infinite where no claims do, or all. */
double settled_total(const struct settled_law *law, size_t i, double loss);

/** E[(loss - x)+]. */
double settled_excess(const struct settled_law *law, double x);

/** NaN where the tail is too heavy for the grid. */
double settled_quantile(const struct settled_law *law, double p);
double settled_tail_mean(const struct settled_law *law, double p);

/** The same law with the error's factor on the budget held. */
struct settled_law settled_given(const struct settled_law *law, double factor);

#endif
