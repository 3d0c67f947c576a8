/** @file
 * Claims drawn: what a site's people cost in a year, trial by trial.
 *
 * Two methods. `each`: the count by inverse at one uniform, then every claim by
 * inverse at its own. `fast`: claims above a threshold one by one, the sum of the
 * many small ones by a four-moment Cornish-Fisher quantile. Its law is that of
 * `each` to within 2 parts in 1,000 of either tail's chance from 3 standard
 * deviations below the mean to 4 above (1 in 100 where the list has halved), at a cost
 * that does not grow with the list.
 * Parameters may differ from trial to trial; a trial whose people have shrunk to less
 * than half of the list draws every claim. Nobody on the list costs exactly nothing.
 *
 * Draws: cell c has pair c of DRAW_CLAIM_COUNT (index 2c the count, 2c+1 the small
 * layer or the normal mode) and pairs from c 2^24 of DRAW_CLAIM_SIZE.
 */
#ifndef HEADROOM_SAMPLER_H
#define HEADROOM_SAMPLER_H

#include "claims_kernel.h"
#include "portfolio.h"

enum claim_method { CLAIM_AUTO, CLAIM_EACH, CLAIM_FAST };

/** Of one cell: what its large and small layers are made of. */
struct sampler_cell {
    double share;             /**< of claims drawn one by one, but for the limit */
    struct claim_sizes sizes; /**< of the claims drawn one by one */
    double one_by_one;        /**< rate of those, a person and year */
    double raw[4];            /**< small layer: rate E[X^r; X <= threshold] */
    bool narrow;              /**< all claims have all but one price: their number is
                                   drawn, and their sum is normal about it */
    double price, variance;   /**< of a whole narrow claim, GBP and GBP^2 */
};

struct claim_sampler {
    const struct portfolio *portfolio; /**< borrowed */
    enum claim_method method;          /**< as resolved: never auto */
    double fewest; /**< fast: people times Theta below which every claim is drawn */
    struct sampler_cell cell[MOST_CELLS];
};

/** Where a site's year is drawn. */
struct claim_place {
    uint64_t seed;
    uint32_t entity;
    uint32_t quarter;
};

/** @p people: the list for which the threshold is chosen; draws may vary about it. */
HR_MUST_CHECK
enum hr_status claim_sampler_init(struct claim_sampler *sampler,
                                  const struct portfolio *portfolio, double people,
                                  enum claim_method method, struct hr_error *error);

/** A sampler of the method and shares of @p from for a portfolio of the same shape and
 * other parameters, as a trial draws them. */
void claim_sampler_adapt(struct claim_sampler *sampler,
                         const struct claim_sampler *from,
                         const struct portfolio *portfolio);

/** Trials first .. first+n-1, trial first+i from sampler[i stride]: fills
 * kept[i] and ceded[i], GBP, given @p people[i] on the list and Theta = theta[i], both
 * 0 or more. The samplers differ in numbers alone, not in cells or kinds of law. */
void claim_sampler_draw(const struct claim_sampler *sampler, size_t stride,
                        const struct claim_place *place, uint64_t first, size_t n,
                        const double *people, const double *theta, double *kept,
                        double *ceded);

/** Years to draw, those of one lane side by side. */
struct claim_years {
    size_t n;
    const uint64_t *lane;         /**< NULL: one year of each lane */
    const double *people, *theta; /**< as above */
};

/** The same for years of which several may be of one trial: year i is of trial
 * first + lane[i], from sampler[lane[i] stride]. What years of a lane share is drawn
 * once. */
void claim_sampler_draw_years(const struct claim_sampler *sampler, size_t stride,
                              const struct claim_place *place, uint64_t first,
                              const struct claim_years *years, double *kept,
                              double *ceded);

const char *claim_method_name(enum claim_method method);

#endif
