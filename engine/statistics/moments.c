#include "moments.h"

#include <math.h>

/* Sums run in eight lanes, joined in a fixed order: fast, and the same bits on every
 * processor. */
enum { LANES = 8, CHUNK = 256 };

static double join(const double lane[LANES])
{
    return ((lane[0] + lane[1]) + (lane[2] + lane[3])) +
           ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

/* Both sums of a row of LANES values or fewer; what is missing adds nothing. */
static inline void add_row(const double *values, size_t n, double *sum, double *count)
{
    for (size_t i = 0; i < n; i++) {
        const double exists = values[i] == values[i] ? 1.0 : 0.0;

        sum[i] += values[i] == values[i] ? values[i] : 0.0;
        count[i] += exists;
    }
}

static inline void add_squares(const double *values, size_t n, double mean, double *sum)
{
    for (size_t i = 0; i < n; i++) {
        const double d = values[i] == values[i] ? values[i] - mean : 0.0;

        sum[i] += d * d;
    }
}

static double squares_about(double mean, const double *values, size_t n)
{
    double sum[LANES] = {0};
    size_t i = 0;

    for (; i + LANES <= n; i += LANES)
        add_squares(values + i, LANES, mean, sum);
    add_squares(values + i, n - i, mean, sum);
    return join(sum);
}

struct moments moments_of(const double *values, size_t n)
{
    struct moments moments = {0};
    double sum[LANES] = {0}, count[LANES] = {0};
    size_t i = 0;

    for (; i + LANES <= n; i += LANES)
        add_row(values + i, LANES, sum, count);
    add_row(values + i, n - i, sum, count);
    moments.count = (uint64_t)join(count);
    moments.missing = n - moments.count;
    if (moments.count > 0)
        moments.mean = join(sum) / join(count);
    moments.m2 = squares_about(moments.mean, values, n);
    return moments;
}

struct moments moments_of_difference(const double *a, const double *b, size_t n)
{
    struct moments moments = {0};

    for (size_t begin = 0; begin < n; begin += CHUNK) {
        const size_t length = n - begin < CHUNK ? n - begin : CHUNK;
        double difference[CHUNK];
        struct moments part;

        for (size_t i = 0; i < length; i++)
            difference[i] = a[begin + i] - b[begin + i];
        part = moments_of(difference, length);
        moments_merge(&moments, &part);
    }
    return moments;
}

void moments_add(struct moments *moments, double value)
{
    const double step = value - moments->mean;

    if (isnan(value)) {
        moments->missing++;
        return;
    }
    moments->count++;
    moments->mean += step / (double)moments->count;
    moments->m2 += step * (value - moments->mean);
}

void moments_merge(struct moments *moments, const struct moments *later)
{
    const double n = (double)moments->count, m = (double)later->count;
    const double step = later->mean - moments->mean;

    moments->missing += later->missing;
    if (later->count == 0)
        return;
    moments->count += later->count;
    if (n == 0.0) {
        moments->mean = later->mean;
        moments->m2 = later->m2;
        return;
    }
    moments->mean += step * (m / (n + m));
    moments->m2 += later->m2 + step * step * (n * (m / (n + m)));
}

double moments_mean(const struct moments *moments)
{
    return moments->count > 0 ? moments->mean : NAN;
}

double moments_sd(const struct moments *moments)
{
    return moments->count > 1 ? sqrt(moments->m2 / (double)(moments->count - 1)) : NAN;
}

double moments_se(const struct moments *moments)
{
    return moments_sd(moments) / sqrt((double)moments->count);
}
