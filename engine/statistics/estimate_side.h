/** @file
 * How quantiles and tail means of two quantities of the same trials differ, when each
 * sample is sorted by itself: what is wanted of it is a side, and the samples need not
 * be in memory together.
 */
#ifndef HEADROOM_ESTIMATE_SIDE_H
#define HEADROOM_ESTIMATE_SIDE_H

#include "estimate.h"

#include <stdbool.h>

/** A quantile of one of the two. Of fewer than two numbers there is but the value. */
struct quantile_side {
    double p, value;
    double rise;                   /**< of the quantile with its probability */
    bool few;                      /**< distinct values around it, or many ties */
    struct interval_estimate each; /**< at half the chance of missing */
};

/** A tail mean of one of the two, at a level; sign is -1 of the lower tail, else 1. */
struct tail_side {
    double level, sign;
    double value, start; /**< and the quantile at which the tail starts */
};

/** Complete trials of the two; borrowed. */
struct beside {
    const double *a, *b;
    size_t n, left_out;
    double least, most; /**< differences; both 0: equal in every trial */
};

/** Quantiles, or tails, that are made in one walk over the trials. */
enum { BESIDE_QUANTILES = 5, BESIDE_TAILS = 2 };

/** The chance of missing of each side, where both together have @p confidence. */
double beside_confidence(double confidence);

/** @p each: ranks of as many numbers at beside_confidence(). */
struct quantile_side quantile_side_of(const struct sample *sample, double p,
                                      struct estimate_ranks each);

struct tail_side tail_side_of(const struct sample *sample, double level, double sign);

/** `selected` where the trials that are left are. */
int beside_flags(const struct beside *beside);

/** The trials of the two that @p difference, sorted, is of. */
struct beside beside_of(const double *a, const double *b, size_t left_out,
                        const struct sample *difference);

/** Of a less that of b, by influence functions: Student's t, with as much freedom as
 * the quantile's rise is known by, but of a thin tail plainly normal. Where either has
 * few distinct values there, or hardly any trial has the one above its quantile and the
 * other below, by both intervals, no further than the differences of all trials.
 * side[0] is of a, side[1] of b; @p count of each is BESIDE_QUANTILES or 1. */
void beside_quantiles(const struct beside *beside,
                      const struct quantile_side *const side[2], size_t count,
                      double confidence, struct interval_estimate *difference);

/** The same of tail means: Student's t with the freedom that the variance is known by
 * (estimate_shape_of()), corrected for skewness as far as one of the two makes it; in a
 * thin tail plainly with as much freedom as it has numbers. */
void beside_tails(const struct beside *beside, const struct tail_side *const side[2],
                  size_t count, double confidence,
                  struct interval_estimate *difference);

#endif
