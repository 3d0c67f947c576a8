/** @file
 * Exact quantiles and tail means of a stored sample, each with its standard error.
 */
#ifndef HEADROOM_SAMPLE_H
#define HEADROOM_SAMPLE_H

#include <stddef.h>

/** The numbers that exist, ascending. Borrows the memory it was sorted in. */
struct sample {
    const double *value;
    size_t count;
    size_t missing; /**< NaNs */
};

struct estimate {
    double value;
    double error; /**< standard error; NaN below two numbers */
};

/** Sort @p n numbers into @p memory, which has room for 2 n doubles and must outlive
 * the sample. Linear in n: a radix sort, since the sort is what summaries cost. */
struct sample sample_sort(const double *values, size_t n, double *memory);

/** The same of numbers that stand in @p memory and need not be kept. */
struct sample sample_sort_here(double *memory, size_t n);

/** The same of a[i] - b[i]; a pair counts where both exist. */
struct sample sample_sort_difference(const double *a, const double *b, size_t n,
                                     double *memory);

/** Ranks, from 0, between which a quantile's error is read: two standard deviations of
 * its rank to either side, or as far as the sample goes. */
struct rank_interval {
    double rank, low, high;
    double sds; /**< how many standard deviations of the rank it is wide */
};

/** The number at a rank from 0 to count - 1, linear between neighbours. */
double sample_at_rank(const struct sample *sample, double rank);

/** For a sample of @p count > 0 numbers. */
struct rank_interval sample_rank_interval(size_t count, double p);

/** Quantile at probability @p p, interpolated between order statistics as NumPy and R
 * do by default. Its error comes from the binomial interval: how far apart the order
 * statistics at the ends of the rank interval are, by standard deviation. */
struct estimate sample_quantile(const struct sample *sample, double p);

/** Mean of the highest @p share, above 0, of the sample: TVaR at level 1 - share. Its
 * error holds the spread within the tail and that of the quantile at which it starts;
 * NaN where the tail is smaller than two numbers. */
struct estimate sample_upper_tail(const struct sample *sample, double share);

/** Mean of the lowest @p share. */
struct estimate sample_lower_tail(const struct sample *sample, double share);

#endif
