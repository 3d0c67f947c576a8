#include "histogram.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The leading bits of a double, read as an integer, are already log-linear: the sign,
 * the exponent, then the top five bits of the mantissa. All lie in its upper half. */
enum { MANTISSA_BITS_CUT = 20 - 5, EXPONENT_BIAS = 1023 };

/* Bin of a number that exists; 0 for the zero bin, negative below it. Without branches,
 * so that many are found at once. */
static inline int bin_of(double value)
{
    const int32_t first = (EXPONENT_BIAS + HISTOGRAM_LOW_EXPONENT)
                          << (20 - MANTISSA_BITS_CUT);
    int64_t bits;
    int32_t upper, negative, bin;

    memcpy(&bits, &value, sizeof(bits));
    upper = (int32_t)(bits >> 32);
    negative = upper >> 31; /* all ones, or none */
    bin = ((upper & INT32_MAX) >> MANTISSA_BITS_CUT) - first + 1;
    bin = bin < 0 ? 0 : bin;
    bin = bin > HISTOGRAM_SIDE ? HISTOGRAM_SIDE : bin;
    return (bin ^ negative) - negative;
}

/* Where bin number @p bin > 0 begins. */
static double edge(int bin)
{
    const int octave = (bin - 1) / HISTOGRAM_BINS_PER_OCTAVE;
    const int place = (bin - 1) % HISTOGRAM_BINS_PER_OCTAVE;

    return ldexp(1.0 + (double)place / HISTOGRAM_BINS_PER_OCTAVE,
                 HISTOGRAM_LOW_EXPONENT + octave);
}

static double lower_edge(int bin)
{
    if (bin == -HISTOGRAM_SIDE)
        return -INFINITY;
    return bin > 0 ? edge(bin) : -edge(1 - bin);
}

static double upper_edge(int bin)
{
    return -lower_edge(-bin);
}

struct histogram *histograms_new(size_t count, size_t together)
{
    const size_t groups = (count + together - 1) / together, heads = count + 1;
    const size_t group = together * HISTOGRAM_BINS;
    struct histogram *histogram =
        calloc(1, heads * sizeof(*histogram) + groups * group * sizeof(uint32_t));
    uint32_t *bins = histogram == NULL ? NULL : (uint32_t *)(histogram + heads);

    for (size_t k = 0; histogram != NULL && k < count; k++) {
        histogram[k].bin = bins + k / together * group + k % together;
        histogram[k].stride = together;
    }
    return histogram;
}

struct histogram_range histogram_range_of(const struct histogram *histogram)
{
    if (histogram->count == 0)
        return (struct histogram_range){1, 0};
    return (struct histogram_range){
        (size_t)(HISTOGRAM_SIDE + bin_of(histogram->lowest)),
        (size_t)(HISTOGRAM_SIDE + bin_of(histogram->highest)),
    };
}

static uint32_t *number_in(const struct histogram *histogram, int bin)
{
    const int place = HISTOGRAM_SIDE + bin;

    return histogram_bin(histogram, (size_t)place);
}

void histogram_add(struct histogram *histogram, const double *values, size_t n)
{
    struct histogram_extent extent = {0, 0, INFINITY, -INFINITY};

    for (size_t i = 0; i < n; i++) {
        if (isnan(values[i]))
            extent.missing++;
        else
            ++*number_in(histogram, bin_of(values[i]));
    }
    extent.count = n - extent.missing;
    for (size_t i = 0; i < n; i++)
        histogram_reach(&extent.lowest, &extent.highest, values[i]);
    histogram_widen(histogram, &extent);
}

void histogram_places(const double *values, size_t n, uint16_t *place)
{
    for (size_t i = 0; i < n; i++)
        place[i] =
            (uint16_t)(values[i] == values[i] ? HISTOGRAM_SIDE + bin_of(values[i])
                                              : HISTOGRAM_BINS);
}

void histogram_widen(struct histogram *histogram, const struct histogram_extent *other)
{
    histogram->missing += other->missing;
    if (other->count == 0)
        return;
    if (histogram->count == 0 || other->lowest < histogram->lowest)
        histogram->lowest = other->lowest;
    if (histogram->count == 0 || other->highest > histogram->highest)
        histogram->highest = other->highest;
    histogram->count += other->count;
}

void histogram_merge(struct histogram *histogram, const struct histogram *other)
{
    const struct histogram_extent extent = {other->count, other->missing, other->lowest,
                                            other->highest};
    const struct histogram_range range = histogram_range_of(other);

    histogram_widen(histogram, &extent);
    for (size_t b = range.first; b <= range.last; b++) {
        if (*histogram_bin(other, b) > 0)
            *histogram_bin(histogram, b) += *histogram_bin(other, b);
    }
}

/* The middle of a bin, or of what there is of it. */
static struct binned_quantile middle_of(const struct histogram *histogram, int bin)
{
    const double low = fmax(lower_edge(bin), histogram->lowest);
    const double high = fmin(upper_edge(bin), histogram->highest);

    return (struct binned_quantile){low + 0.5 * (high - low), 0.5 * (high - low)};
}

size_t histogram_runs(const struct histogram *histogram, struct histogram_run *run)
{
    size_t runs = 0;

    if (histogram->count == 0)
        return 0;
    for (int i = bin_of(histogram->lowest); i <= bin_of(histogram->highest); i++) {
        const uint32_t count = *number_in(histogram, i);
        struct binned_quantile middle;

        if (count == 0)
            continue;
        middle = middle_of(histogram, i);
        run[runs++] = (struct histogram_run){middle.value, middle.error, count};
    }
    return runs;
}

struct binned_quantile histogram_rank(const struct histogram_run *run, uint64_t count,
                                      double rank)
{
    struct binned_quantile found = {NAN, NAN};
    double below = 0.0, place;

    if (count == 0)
        return found;
    rank = fmin(fmax(rank, 0.0), (double)(count - 1));
    while (below + run->count < rank + 0.5)
        below += run++->count;
    place = fmin(fmax(rank - below + 0.5, 0.5), run->count - 0.5) / run->count;
    found.value = run->value + (2.0 * place - 1.0) * run->error;
    found.error = run->error;
    return found;
}

uint64_t histogram_positive(const struct histogram *histogram)
{
    const struct histogram_range range = histogram_range_of(histogram);
    uint64_t count = 0;

    for (size_t b = range.first; b <= range.last; b++)
        count += b > HISTOGRAM_SIDE ? *histogram_bin(histogram, b) : 0;
    return count;
}
