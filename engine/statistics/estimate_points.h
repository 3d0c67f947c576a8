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

/** `thin` where of @p n numbers so few @p differ from the rest, counted by how much
 * each tells, that a mean rests on what is rare: it may not have happened yet. */
int estimate_rare_flags(double n, double differ);

/** How many of n numbers a tail at @p level has: whole where it is so but for
 * rounding. */
double estimate_tail_size(double n, double level);

/** How far from normal a mean of n numbers is, of which most may be zero. */
struct estimate_shape {
    double skew;    /**< of the numbers, over the root of n */
    double freedom; /**< degrees that their variance is known by */
};

/** Sums over n numbers of powers of their distances from @p mean, over n. */
struct estimate_powers {
    double n, mean, second, third, fourth;
};

void estimate_add_power(struct estimate_powers *sum, double value, double count);

/** Freedom by Satterthwaite: twice the square of a variance over its own variance. */
struct estimate_shape estimate_shape_of(const struct estimate_powers *sum);

/** How many standard errors of a tail mean lie to either side: Student's t, but of a
 * tail with @p flags, too thin to know a freedom by, as of a normal law. */
double estimate_tail_point(int flags, const struct estimate_shape *shape,
                           double confidence);

/** An upper tail mean, or a lower one where @p sign is -1, by Hall's formula for a
 * skewness over the root of n, from @p point standard errors of a symmetrical one. */
struct interval_estimate estimate_tail_interval(struct estimate tail, double skew,
                                                double sign, double point);

/** Without an end where the flag `few` is set. */
struct interval_estimate estimate_if_enough(struct interval_estimate estimate);

/** Student's t, of moments; flags are to be added where the numbers are known. */
struct interval_estimate estimate_mean_of(const struct moments *moments,
                                          double confidence);

#endif
