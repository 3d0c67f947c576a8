/** @file
 * A pool's report in two halves, each a vector of measures by side.
 */
#ifndef HEADROOM_POOL_H
#define HEADROOM_POOL_H

#include "headroom/claims.h"

#include "contract.h"
#include "need_error.h"
#include "persistence.h"
#include "portfolio.h"
#include "settled.h"

/** The terms as the layer's own structures. */
struct pool {
    struct portfolio portfolio; /**< with the contract's limit */
    struct contract contract;
    struct need_error need_error;
    struct persistence persistence;
    double reserve; /**< GBP a head */
    double practice_people;
};

enum pool_side { POOL_BEFORE, POOL_AFTER, POOL_SIDES };

/** Checks all terms; release with pool_free(). */
HR_MUST_CHECK
enum hr_status pool_init(struct pool *pool, const struct hr_pool_terms *terms,
                         struct hr_error *error);
void pool_free(struct pool *pool);

/** The same for a holder of @p people: its risk-adjustment error is the mean of those
 * of its practices. Shares the tables of @p pool. */
struct pool pool_of(const struct pool *pool, double people);

/** The portfolio whose single-year law includes the persistent factor. */
HR_MUST_CHECK
enum hr_status pool_year(const struct pool *pool, struct portfolio *year,
                         struct hr_error *error);

/** Exact laws of one year on one grid. */
struct pool_laws {
    double people;
    struct portfolio portfolio[POOL_SIDES]; /**< of a year; their tables borrowed */
    struct annual_law gross; /**< empty without a limit: it is the kept law */
    struct annual_law kept;
    struct settled_law side[POOL_SIDES];
    bool has_gross; /**< false where its variance is infinite */
};

HR_MUST_CHECK
enum hr_status pool_laws_init(struct pool_laws *laws, const struct pool *pool,
                              double people, int log2_points, struct hr_error *error);
void pool_laws_free(struct pool_laws *laws);

struct pool_chance {
    double chance, uncertainty;
};

/** P(loss > @p loss) from the laws on two grids, the second twice as fine; tilted where
 * it is too small for them, so that what is returned is never rounding's noise but
 * where uncertainty says so: under an error of the budget or a common factor. */
HR_MUST_CHECK
enum hr_status pool_chance(const struct pool_laws laws[2], enum pool_side side,
                           double loss, struct pool_chance *chance,
                           struct hr_error *error);

/** Fills exact and uncertainty of both sides, and the report's money. */
HR_MUST_CHECK
enum hr_status pool_exact(const struct pool *pool, double people, int log2_points,
                          struct hr_pool_report *report, struct hr_error *error);

/** Fills simulated, standard_error and z of both sides. */
HR_MUST_CHECK
enum hr_status pool_simulated(const struct pool *pool, double people,
                              const struct hr_pool_options *options,
                              struct hr_pool_report *report, struct hr_error *error);

#endif
