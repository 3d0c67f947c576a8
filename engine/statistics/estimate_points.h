/** @file
 * What intervals are made of that depends on how many numbers there are and on none of
 * them: points of distributions, ranks, flags.
 *
 * Points and ranks are rounded to a fixed grid far below any Monte Carlo error, so that
 * intervals have the same bits whatever mathematical library found them.
 */
#ifndef HEADROOM_ESTIMATE_POINTS_H
#define HEADROOM_ESTIMATE_POINTS_H

#include "interval_estimate.h"
#include "moments.h"
#include "sample.h"

/** How many standard errors of a normal estimate lie to either side. */
double estimate_normal_point(double confidence);

/** The same of Student's t. */
double estimate_t_point(double confidence, double freedom);

/** Ranks from 1 between which the p-quantile of @p n numbers lies, linear between whole
 * ones. Dear: a dozen binomial sums each. */
struct estimate_ranks estimate_ranks_of(double n, double p, double confidence);

/** How far from the median a number may be by rounding alone. */
double estimate_rounding(double median);

/** Hill's index where the logarithms of the largest distances lie @p spread above that
 * of their edge in the mean: infinite where that is rounding. */
double estimate_hill_index(double spread);

/** `few` or `thin`, by how many of @p n numbers lie in the tail that a statistic rests
 * on. */
int estimate_tail_flags(double n, double beyond);

/** How many of n numbers a tail at @p level has: whole where it is so but for
 * rounding. */
double estimate_tail_size(double n, double level);

/** An upper tail mean by Hall's formula, or a lower one where @p sign is -1; @p skew is
 * the skewness of what lies beyond the quantile, over the root of n. */
struct interval_estimate estimate_tail_interval(struct estimate tail, double skew,
                                                double sign, double confidence);

/** Without an end where the flag `few` is set. */
struct interval_estimate estimate_if_enough(struct interval_estimate estimate);

/** Student's t, of moments; flags are to be added where the numbers are known. */
struct interval_estimate estimate_mean_of(const struct moments *moments,
                                          double confidence);

#endif
