/** @file
 * The one home of estimation: each statistic of a sample with its standard error, its
 * interval, and flags that say when the interval is not to be leaned on.
 *
 * NaN says that a number does not exist: it is left out. An end that the sample cannot
 * bound is NaN, flag `open`; with too few numbers there is no interval, flag `few`.
 */
#ifndef HEADROOM_ESTIMATE_H
#define HEADROOM_ESTIMATE_H

#include "moments.h"
#include "sample.h"

/** Summed. Append only: files hold these numbers. */
enum estimate_flag {
    ESTIMATE_FEW = 1,        /**< under 30 numbers, or 10 in the tail: no interval */
    ESTIMATE_THIN = 2,       /**< under 50 in the tail */
    ESTIMATE_HEAVY = 4,      /**< the variance may be infinite: lean on the median */
    ESTIMATE_OPEN = 8,       /**< an end of the interval is beyond the sample */
    ESTIMATE_DISCRETE = 16,  /**< few distinct values: the interval is a wide one */
    ESTIMATE_SELECTED = 32,  /**< under 95 % of trials exist on both sides */
    ESTIMATE_ONE_SIDED = 64, /**< under 10 trials on one side of a probability */
};

struct interval_estimate {
    double value;
    double error; /**< standard error */
    double low, high;
    int flags; /**< a sum of estimate_flag */
};

/** Ranks of the ends of a quantile's interval, from 1. */
struct estimate_ranks {
    double low, high;
};

/** Student's t. */
struct interval_estimate estimate_mean(const struct sample *sample, double confidence);

/** Binomial ranks, interpolated; the error is sample_quantile()'s. */
struct interval_estimate estimate_quantile(const struct sample *sample, double p,
                                           double confidence);

/** The same where the ranks for as many numbers are known. */
struct interval_estimate estimate_quantile_between(const struct sample *sample,
                                                   double p,
                                                   struct estimate_ranks ranks);

/** Mean of the highest 1 - level of the numbers: corrected for skewness (P. Hall,
 * JRSS B 54 (1992), 221-228). */
struct interval_estimate estimate_upper_tail(const struct sample *sample, double level,
                                             double confidence);

/** Mean of the lowest 1 - level. */
struct interval_estimate estimate_lower_tail(const struct sample *sample, double level,
                                             double confidence);

/** Wilson's interval of @p events of @p n. */
struct interval_estimate estimate_share(double events, double n, double confidence);

/** Hill's tail index of the distances from the median: below 2 a variance may not
 * exist. Infinite where the tail has no spread to speak of. */
double estimate_hill(const struct sample *sample);

#endif
