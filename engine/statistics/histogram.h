/** @file
 * A log-linear histogram: quantiles of a stream in constant memory.
 *
 * Each octave from 2^-16 to 2^40 is cut into 32 equal bins, on both sides of zero, so a
 * bin is at most 1/32 of its value wide. What is closer to zero falls into the zero
 * bin, what is further out into the last one. Counts are integers: adding and merging
 * give the same histogram in any order.
 */
#ifndef HEADROOM_HISTOGRAM_H
#define HEADROOM_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

enum {
    HISTOGRAM_LOW_EXPONENT = -16,
    HISTOGRAM_HIGH_EXPONENT = 40,
    HISTOGRAM_BINS_PER_OCTAVE = 32,
    /** of one sign */
    HISTOGRAM_SIDE =
        (HISTOGRAM_HIGH_EXPONENT - HISTOGRAM_LOW_EXPONENT) * HISTOGRAM_BINS_PER_OCTAVE,
    HISTOGRAM_BINS = 2 * HISTOGRAM_SIDE + 1,
};

/** How much there is, and between what: the first members of a histogram. */
struct histogram_extent {
    uint64_t count;         /**< numbers that exist */
    uint64_t missing;       /**< NaNs */
    double lowest, highest; /**< exact; 0 where count is 0 */
};

/** Made by histograms_new(). */
struct histogram {
    uint64_t count; /**< as in struct histogram_extent */
    uint64_t missing;
    double lowest, highest;
    uint32_t *bin; /**< ascending by value, zero in the middle: */
    size_t stride; /**< from one bin to the next */
};

/** @p count empty histograms, whose bins go with them: to be freed as one; NULL where
 * there is no memory. Bins take 14 KiB each, but the system gives what is used of them
 * only, a page at a time; so the bins of so many histograms as @p together, of much the
 * same numbers, lie side by side. */
struct histogram *histograms_new(size_t count, size_t together);

static inline uint32_t *histogram_bin(const struct histogram *histogram, size_t bin)
{
    return &histogram->bin[bin * histogram->stride];
}

/** The bins that may hold something: from first to last, none where last is less. */
struct histogram_range {
    size_t first, last;
};

struct histogram_range histogram_range_of(const struct histogram *histogram);

/** A quantile: what fell into a bin is taken to lie evenly in it. */
struct binned_quantile {
    double value;
    double error; /**< half the width of the bin: so far off where it lies otherwise,
                     and twice as far at the very most */
};

/** Add @p n numbers. At most 2^32 - 1 may fall into one bin. */
void histogram_add(struct histogram *histogram, const double *values, size_t n);

/** The bins of @p n numbers; HISTOGRAM_BINS where a number does not exist. */
void histogram_places(const double *values, size_t n, uint16_t *place);

/** Count @p n numbers by their places, into bins only: histogram_widen() adds the rest.
 * Returns how many exist. */
static inline size_t histogram_count(const struct histogram *histogram,
                                     const uint16_t *place, size_t n)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++) {
        if (place[i] == HISTOGRAM_BINS)
            continue;
        ++*histogram_bin(histogram, place[i]);
        count++;
    }
    return count;
}

/** Stretch what numbers lie between, INFINITY and -INFINITY at first, to one more; no
 * comparison holds of NaN. */
static inline void histogram_reach(double *lowest, double *highest, double value)
{
    *lowest = value < *lowest ? value : *lowest;
    *highest = value > *highest ? value : *highest;
}

void histogram_merge(struct histogram *histogram, const struct histogram *other);

/** Add all of another histogram but its bins. */
void histogram_widen(struct histogram *histogram, const struct histogram_extent *other);

/** What fell into one bin: so many numbers, within @p error of @p value. */
struct histogram_run {
    double value, error;
    double count;
};

/** The bins that hold something, ascending; @p run has room for HISTOGRAM_BINS. Returns
 * how many. */
size_t histogram_runs(const struct histogram *histogram, struct histogram_run *run);

/** Of @p count numbers that fell into @p run: the one of rank @p rank, 0 being the
 * lowest; clamped to the ranks there are. NaN where there are none. */
struct binned_quantile histogram_rank(const struct histogram_run *run, uint64_t count,
                                      double rank);

/** Numbers above zero. Those within 2^-16 of it do not count. */
uint64_t histogram_positive(const struct histogram *histogram);

#endif
