#include "sample.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Doubles sort as integers once the sign is taken care of; eleven bits at a time. */
enum { DIGIT_BITS = 11, DIGITS = 6, DIGIT_VALUES = 1 << DIGIT_BITS };

/* Half the width of the interval of ranks that an error is read from. */
static const double rank_sds = 2.0;

static uint64_t sort_key(double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof(bits));
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static size_t digit_of(double value, int digit)
{
    return (sort_key(value) >> (digit * DIGIT_BITS)) & (DIGIT_VALUES - 1);
}

static void count_digits(const double *values, size_t n,
                         uint32_t counts[DIGITS][DIGIT_VALUES])
{
    memset(counts, 0, DIGITS * sizeof(counts[0]));
    for (size_t i = 0; i < n; i++) {
        for (int d = 0; d < DIGITS; d++)
            counts[d][digit_of(values[i], d)]++;
    }
}

static void deal(const double *from, size_t n, int digit, uint32_t *counts, double *to)
{
    uint32_t place = 0;

    for (size_t v = 0; v < DIGIT_VALUES; v++) {
        const uint32_t count = counts[v];

        counts[v] = place;
        place += count;
    }
    for (size_t i = 0; i < n; i++)
        to[counts[digit_of(from[i], digit)]++] = from[i];
}

/* Sorted into one of both halves; says which. A digit that all values share is left. */
static double *radix_sort(double *values, size_t n, double *spare)
{
    uint32_t counts[DIGITS][DIGIT_VALUES];

    count_digits(values, n, counts);
    for (int d = 0; d < DIGITS && n > 0; d++) {
        double *to = spare;

        if (counts[d][digit_of(values[0], d)] == n)
            continue;
        deal(values, n, d, counts[d], to);
        spare = values;
        values = to;
    }
    return values;
}

static struct sample sort_in_place(double *memory, size_t n)
{
    size_t count = 0;

    for (size_t i = 0; i < n; i++) {
        if (!isnan(memory[i]))
            memory[count++] = memory[i];
    }
    return (struct sample){radix_sort(memory, count, memory + n), count, n - count};
}

struct sample sample_sort(const double *values, size_t n, double *memory)
{
    memcpy(memory, values, n * sizeof(*memory));
    return sort_in_place(memory, n);
}

struct sample sample_sort_difference(const double *a, const double *b, size_t n,
                                     double *memory)
{
    for (size_t i = 0; i < n; i++)
        memory[i] = a[i] - b[i];
    return sort_in_place(memory, n);
}

/* Linear between order statistics; @p rank lies in [0, count - 1]. */
static double at_rank(const struct sample *sample, double rank)
{
    const size_t below = (size_t)rank;
    const double part = rank - (double)below;

    if (below + 1 >= sample->count)
        return sample->value[sample->count - 1];
    return sample->value[below] +
           part * (sample->value[below + 1] - sample->value[below]);
}

/* Where the interval reaches beyond the sample, the side that is inside speaks. */
static double rank_interval_error(const struct sample *sample, double rank,
                                  double reach)
{
    const double last = (double)(sample->count - 1);
    const double low = rank - reach, high = rank + reach;

    if (low >= 0.0 && high <= last)
        return (at_rank(sample, high) - at_rank(sample, low)) / (2.0 * rank_sds);
    if (high <= last)
        return (at_rank(sample, high) - at_rank(sample, rank)) / rank_sds;
    if (low >= 0.0)
        return (at_rank(sample, rank) - at_rank(sample, low)) / rank_sds;
    return NAN;
}

struct estimate sample_quantile(const struct sample *sample, double p)
{
    const double n = (double)sample->count;
    const double rank = p * (n - 1.0);

    if (sample->count == 0)
        return (struct estimate){NAN, NAN};
    return (struct estimate){
        at_rank(sample, rank),
        rank_interval_error(sample, rank, rank_sds * sqrt(n * p * (1.0 - p))),
    };
}

/* Mean of the @p size numbers (a fraction of one at the inner end) that a walk from
 * @p start by @p step meets; the error is that of Brazauskas et al. 2008: the tail's
 * variance and the distance to the quantile at which it starts. */
static struct estimate tail(const struct sample *sample, ptrdiff_t start,
                            ptrdiff_t step, double size)
{
    const double share = size / (double)sample->count;
    double sum = 0.0, squares = 0.0, edge = NAN, left = size, mean, variance;

    for (ptrdiff_t i = start; left > 0.0; i += step) {
        const double weight = left < 1.0 ? left : 1.0;

        edge = sample->value[i];
        sum += weight * edge;
        left -= weight;
    }
    mean = sum / size;
    left = size;
    for (ptrdiff_t i = start; left > 0.0; i += step) {
        const double weight = left < 1.0 ? left : 1.0;

        squares += weight * (sample->value[i] - mean) * (sample->value[i] - mean);
        left -= weight;
    }
    variance = squares / (size - 1.0);
    return (struct estimate){
        mean,
        size < 2.0
            ? NAN
            : sqrt((variance + (1.0 - share) * (mean - edge) * (mean - edge)) / size),
    };
}

struct estimate sample_upper_tail(const struct sample *sample, double share)
{
    if (sample->count == 0)
        return (struct estimate){NAN, NAN};
    return tail(sample, (ptrdiff_t)sample->count - 1, -1,
                share * (double)sample->count);
}

struct estimate sample_lower_tail(const struct sample *sample, double share)
{
    if (sample->count == 0)
        return (struct estimate){NAN, NAN};
    return tail(sample, 0, 1, share * (double)sample->count);
}
