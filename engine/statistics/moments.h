/** @file
 * Count, mean and spread of a stream of numbers, in constant memory.
 *
 * NaN says that a number does not exist: it is counted apart and enters nothing else.
 * Partial moments merge in a stated order, and then have the same bits however many
 * threads made them.
 */
#ifndef HEADROOM_MOMENTS_H
#define HEADROOM_MOMENTS_H

#include <stddef.h>
#include <stdint.h>

/** Start with {0}. */
struct moments {
    uint64_t count;   /**< numbers that exist */
    uint64_t missing; /**< NaNs */
    double mean;      /**< 0 where count is 0 */
    double m2;        /**< sum of squared deviations from the mean */
};

/** Add one number. */
void moments_add(struct moments *moments, double value);

/** The moments of @p n numbers; faster than adding them one by one. */
struct moments moments_of(const double *values, size_t n);

enum { MOMENTS_ROW = 8 };

/** Of each of @p rows of MOMENTS_ROW numbers the moments of the first @p n. */
void moments_of_rows(const double *values, size_t rows, size_t n,
                     struct moments *moments);

/** The same of a[i] - b[i]. */
struct moments_pair {
    const double *a, *b;
};

void moments_of_row_differences(const struct moments_pair *pair, size_t rows, size_t n,
                                struct moments *moments);

/** The moments of a[i] - b[i]; a pair counts where both exist. */
struct moments moments_of_difference(const double *a, const double *b, size_t n);

/** Merge @p later into @p moments (Chan, Golub and LeVeque 1979). Not commutative in
 * the last bit: merge blocks in their order. */
void moments_merge(struct moments *moments, const struct moments *later);

/** NaN where no number exists. */
double moments_mean(const struct moments *moments);

/** Sample standard deviation (n - 1); NaN below two numbers. */
double moments_sd(const struct moments *moments);

/** Standard error of the mean; NaN below two numbers. */
double moments_se(const struct moments *moments);

#endif
