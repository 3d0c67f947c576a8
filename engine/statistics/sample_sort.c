#include "sample.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Doubles sort as integers once the sign is taken care of; eleven bits at a time, of
 * those by which they differ. */
enum { DIGIT_BITS = 11, DIGIT_VALUES = 1 << DIGIT_BITS, DIGITS = 6 };

/* So many digits leave few numbers out of place, and those not far. */
enum { ROUGH_DIGITS = 3, MOVES_EACH = 8 };

/* The bits of keys, less the lowest key, that are dealt by. */
struct span {
    uint64_t lowest;
    int shift, digits;
};

static uint64_t sort_key(double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof(bits));
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static size_t digit_of(double value, const struct span *span, int digit)
{
    const uint64_t key = sort_key(value) - span->lowest;

    return (key >> (span->shift + digit * DIGIT_BITS)) & (DIGIT_VALUES - 1);
}

/* The lowest and the highest key of some numbers. */
struct reach {
    uint64_t lowest, highest;
};

/* Of at most @p most digits, the upper ones of the bits by which the numbers differ. */
static struct span span_of(const struct reach *reach, int most)
{
    struct span span = {.lowest = reach->lowest};
    int bits = 0;

    while (bits < 64 && reach->highest > reach->lowest &&
           (reach->highest - reach->lowest) >> bits != 0)
        bits++;
    span.digits = (bits + DIGIT_BITS - 1) / DIGIT_BITS;
    span.digits = span.digits < most ? span.digits : most;
    span.shift = bits > span.digits * DIGIT_BITS ? bits - span.digits * DIGIT_BITS : 0;
    return span;
}

static void count_digits(const double *values, size_t n, const struct span *span,
                         uint32_t counts[DIGITS][DIGIT_VALUES])
{
    memset(counts, 0, DIGITS * sizeof(counts[0]));
    for (size_t i = 0; i < n; i++) {
        for (int d = 0; d < span->digits; d++)
            counts[d][digit_of(values[i], span, d)]++;
    }
}

static void add_up(uint32_t counts[DIGIT_VALUES])
{
    uint32_t place = 0;

    for (size_t v = 0; v < DIGIT_VALUES; v++) {
        const uint32_t count = counts[v];

        counts[v] = place;
        place += count;
    }
}

/* Sorted by the digits of a span into one of both halves; says which. */
static double *deal(double *values, size_t n, const struct span *span, double *spare)
{
    uint32_t counts[DIGITS][DIGIT_VALUES];

    count_digits(values, n, span, counts);
    for (int d = 0; d < span->digits; d++) {
        double *to = spare;

        add_up(counts[d]);
        for (size_t i = 0; i < n; i++)
            to[counts[d][digit_of(values[i], span, d)]++] = values[i];
        spare = values;
        values = to;
    }
    return values;
}

/* Put right what is not far out of place; false where that would take long. */
static bool insert(double *values, size_t n)
{
    size_t moves = 0;

    for (size_t i = 1; i < n; i++) {
        const double value = values[i];
        const uint64_t key = sort_key(value);
        size_t at = i;

        while (at > 0 && sort_key(values[at - 1]) > key) {
            values[at] = values[at - 1];
            at--;
        }
        values[at] = value;
        moves += i - at;
        if (moves > MOVES_EACH * n)
            return false;
    }
    return true;
}

static double *sort(double *values, size_t n, const struct reach *reach, double *spare)
{
    const struct span rough = span_of(reach, ROUGH_DIGITS);
    struct span whole;
    double *sorted = deal(values, n, &rough, spare);

    if (rough.shift == 0 || insert(sorted, n))
        return sorted;
    whole = span_of(reach, DIGITS);
    return deal(sorted, n, &whole, sorted == values ? spare : values);
}

/* Keep @p value behind @p count others, unless it is NaN; returns how many there are.
 */
static inline size_t keep(double value, double *memory, size_t count,
                          struct reach *reach)
{
    const bool exists = !isnan(value);
    const uint64_t key = sort_key(value);

    memory[count] = value;
    reach->lowest = exists && key < reach->lowest ? key : reach->lowest;
    reach->highest = exists && key > reach->highest ? key : reach->highest;
    return count + exists;
}

struct sample sample_sort(const double *values, size_t n, double *memory)
{
    struct reach reach = {UINT64_MAX, 0};
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count = keep(values[i], memory, count, &reach);
    return (struct sample){sort(memory, count, &reach, memory + n), count, n - count};
}

struct sample sample_sort_here(double *memory, size_t n)
{
    return sample_sort(memory, n, memory);
}

struct sample sample_sort_difference(const double *a, const double *b, size_t n,
                                     double *memory)
{
    struct reach reach = {UINT64_MAX, 0};
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count = keep(a[i] - b[i], memory, count, &reach);
    return (struct sample){sort(memory, count, &reach, memory + n), count, n - count};
}
