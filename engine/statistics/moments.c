#include "moments.h"

#include <math.h>
#include <stdbool.h>

/* Sums run in eight lanes, joined in a fixed order: fast, and the same bits on every
 * processor. */
enum { LANES = MOMENTS_ROW, CHUNK = 256 };

static double join(const double lane[LANES])
{
    return ((lane[0] + lane[1]) + (lane[2] + lane[3])) +
           ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

/* The numbers from place i on as a full row; NaN stands for those beyond the last, and
 * adds nothing. */
static const double *row_at(const double *values, size_t n, size_t i,
                            double spare[LANES])
{
    if (i + LANES <= n)
        return values + i;
    for (size_t k = 0; k < LANES; k++)
        spare[k] = i + k < n ? values[i + k] : NAN;
    return spare;
}

/* The mean of the numbers that exist, 0 where none does. */
static double mean_of(const double *values, size_t n, double *count)
{
    double sums[LANES] = {0}, counts[LANES] = {0}, spare[LANES];

    for (size_t i = 0; i < n; i += LANES) {
        const double *row = row_at(values, n, i, spare);

        for (int k = 0; k < LANES; k++) {
            const bool exists = row[k] == row[k];

            sums[k] += exists ? row[k] : 0.0;
            counts[k] += exists ? 1.0 : 0.0;
        }
    }
    *count = join(counts);
    return *count > 0.0 ? join(sums) / *count : 0.0;
}

static double squares_about(double mean, const double *values, size_t n)
{
    double sums[LANES] = {0}, spare[LANES];

    for (size_t i = 0; i < n; i += LANES) {
        const double *row = row_at(values, n, i, spare);

        for (int k = 0; k < LANES; k++) {
            const double d = row[k] == row[k] ? row[k] - mean : 0.0;

            sums[k] += d * d;
        }
    }
    return join(sums);
}

static struct moments any_moments(const double *values, size_t n)
{
    double count;
    const double mean = mean_of(values, n, &count);

    return (struct moments){
        .count = (uint64_t)count,
        .missing = n - (uint64_t)count,
        .mean = mean,
        .m2 = squares_about(mean, values, n),
    };
}

/* Of a full row in which every number exists: the same bits as above, where each lane's
 * sum begins at 0, without asking lane by lane; false where some number is missing. */
static inline bool row_moments(const double row[LANES], struct moments *moments)
{
    const double mean = (join(row) + 0.0) / LANES;
    double squares[LANES];

    if (mean != mean)
        return false;
    for (int k = 0; k < LANES; k++)
        squares[k] = (row[k] - mean) * (row[k] - mean);
    *moments = (struct moments){LANES, 0, mean, join(squares)};
    return true;
}

struct moments moments_of(const double *values, size_t n)
{
    struct moments row;

    if (n == LANES && row_moments(values, &row))
        return row;
    return any_moments(values, n);
}

void moments_of_rows(const double *values, size_t rows, size_t n,
                     struct moments *moments)
{
    for (size_t r = 0; r < rows; r++) {
        const double *row = values + r * MOMENTS_ROW;

        if (n != LANES || !row_moments(row, &moments[r]))
            moments[r] = any_moments(row, n);
    }
}

void moments_of_row_differences(const struct moments_pair *pair, size_t rows, size_t n,
                                struct moments *moments)
{
    for (size_t r = 0; r < rows; r++) {
        double difference[LANES];

        for (size_t k = 0; k < LANES; k++)
            difference[k] = pair->a[r * LANES + k] - pair->b[r * LANES + k];
        moments_of_rows(difference, 1, n, &moments[r]);
    }
}

/* Of at most CHUNK pairs. */
static struct moments chunk_difference(const double *a, const double *b, size_t n)
{
    double difference[CHUNK];

    for (size_t i = 0; i < n; i++)
        difference[i] = a[i] - b[i];
    return moments_of(difference, n);
}

struct moments moments_of_difference(const double *a, const double *b, size_t n)
{
    struct moments moments = {0};

    if (n <= CHUNK)
        return chunk_difference(a, b, n);
    for (size_t begin = 0; begin < n; begin += CHUNK) {
        const size_t left = n - begin, length = left < CHUNK ? left : CHUNK;
        const struct moments part = chunk_difference(a + begin, b + begin, length);

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
