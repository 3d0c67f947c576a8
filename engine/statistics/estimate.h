/** @file
 * The one home of estimation: each statistic of a sample with its standard error, its
 * interval, and flags that say when the interval is not to be leaned on.
 *
 * NaN says that a number does not exist: it is left out. An end that the sample cannot
 * bound is NaN, flag `open`; with too few numbers there is no interval, flag `few`.
 */
#ifndef HEADROOM_ESTIMATE_H
#define HEADROOM_ESTIMATE_H

#include "interval_estimate.h"
#include "moments.h"
#include "sample.h"

/** Student's t; `thin` where all but a few numbers are alike, so that the mean rests on
 * what happens rarely. */
struct interval_estimate estimate_mean(const struct sample *sample, double confidence);

/** The same where the sample's moments are known. */
struct interval_estimate estimate_mean_given(const struct sample *sample,
                                             const struct moments *moments,
                                             double confidence);

/** Binomial ranks, interpolated; the error is sample_quantile()'s. */
struct interval_estimate estimate_quantile(const struct sample *sample, double p,
                                           double confidence);

/** The same where the ranks for as many numbers are known. */
struct interval_estimate estimate_quantile_between(const struct sample *sample,
                                                   double p,
                                                   struct estimate_ranks ranks);

/** Mean of the highest 1 - level of the numbers: corrected for skewness (P. Hall,
 * JRSS B 54 (1992), 221-228), with the freedom that its variance is known by. Where few
 * values lie in the tail the interval is as wide as Student's t, too. */
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
