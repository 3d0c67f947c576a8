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
    double error; /**< standard error; NaN where the sample is too small to say */
};

/** Sort @p n numbers into @p memory, which has room for 2 n doubles and must outlive
 * the sample. Linear in n: a radix sort, since the sort is what summaries cost. */
struct sample sample_sort(const double *values, size_t n, double *memory);

/** The same of a[i] - b[i]; a pair counts where both exist. */
struct sample sample_sort_difference(const double *a, const double *b, size_t n,
                                     double *memory);

/** Quantile at probability @p p, interpolated between order statistics as NumPy and R
 * do by default. Its error is that of the binomial interval: the order statistics two
 * standard deviations of the rank to either side are four standard errors apart. */
struct estimate sample_quantile(const struct sample *sample, double p);

/** Mean of the highest @p share of the sample (TVaR at level 1 - share); its error
 * holds the tail's own spread and that of the quantile at which it starts. */
struct estimate sample_upper_tail(const struct sample *sample, double share);

/** Mean of the lowest @p share. */
struct estimate sample_lower_tail(const struct sample *sample, double share);

#endif
