#include "estimate_pair.h"

#include "estimate_points.h"
#include "estimate_side.h"

#include <math.h>

struct estimate_pair estimate_pair_of(const double *a, const double *b, size_t n,
                                      double *memory)
{
    double *first = memory, *second = memory + n;
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        if (isnan(a[i]) || isnan(b[i]))
            continue;
        first[kept] = a[i];
        second[kept++] = b[i];
    }
    return (struct estimate_pair){
        .a = first,
        .b = second,
        .n = kept,
        .left_out = n - kept,
        .sorted_a = sample_sort(first, kept, memory + 2 * n),
        .sorted_b = sample_sort(second, kept, memory + 4 * n),
        .sorted_difference =
            sample_sort_difference(first, second, kept, memory + 6 * n),
    };
}

static struct beside of_pair(const struct estimate_pair *pair)
{
    return beside_of(pair->a, pair->b, pair->left_out, &pair->sorted_difference);
}

int estimate_pair_flags(const struct estimate_pair *pair)
{
    const struct beside beside = of_pair(pair);

    return beside_flags(&beside);
}

struct interval_estimate estimate_mean_difference(const struct estimate_pair *pair,
                                                  double confidence)
{
    struct interval_estimate e = estimate_mean(&pair->sorted_difference, confidence);

    e.flags |= estimate_pair_flags(pair);
    return e;
}

struct interval_estimate estimate_quantile_difference(const struct estimate_pair *pair,
                                                      double p, double confidence)
{
    const struct beside beside = of_pair(pair);
    const struct estimate_ranks ranks =
        pair->n > 1
            ? estimate_ranks_of((double)pair->n, p, beside_confidence(confidence))
            : (struct estimate_ranks){NAN, NAN};
    const struct quantile_side a = quantile_side_of(&pair->sorted_a, p, ranks);
    const struct quantile_side b = quantile_side_of(&pair->sorted_b, p, ranks);
    struct interval_estimate difference;

    beside_quantiles(&beside, (const struct quantile_side *const[]){&a, &b}, 1,
                     confidence, &difference);
    return difference;
}

struct interval_estimate estimate_tail_difference(const struct estimate_pair *pair,
                                                  double level, int lower,
                                                  double confidence)
{
    const struct beside beside = of_pair(pair);
    const double sign = lower ? -1.0 : 1.0;
    const struct tail_side a = tail_side_of(&pair->sorted_a, level, sign);
    const struct tail_side b = tail_side_of(&pair->sorted_b, level, sign);
    struct interval_estimate difference;

    beside_tails(&beside, (const struct tail_side *const[]){&a, &b}, 1, confidence,
                 &difference);
    return difference;
}

/* --- shares and ratios
 * ---------------------------------------------------------------- */

struct interval_estimate estimate_share_difference(double only_first,
                                                   double only_second, double n,
                                                   double confidence)
{
    const double first = (only_first + 1.0) / (n + 2.0);
    const double second = (only_second + 1.0) / (n + 2.0);
    const double centre = first - second;
    const double error = sqrt((first + second - centre * centre) / (n + 2.0));
    const double reach = estimate_normal_point(confidence) * error;

    return (struct interval_estimate){
        .value = (only_first - only_second) / n,
        .error = error,
        .low = fmax(centre - reach, -1.0),
        .high = fmin(centre + reach, 1.0),
        .flags = only_first + only_second < 10.0 ? ESTIMATE_ONE_SIDED : 0,
    };
}

/* Variances and covariance of the means of a pair. */
struct means {
    double a, b, var_a, var_b, cov;
};

static struct means means_of(const struct estimate_pair *pair)
{
    const double n = (double)pair->n, scale = 1.0 / (n * (n - 1.0));
    struct means m = {0};

    for (size_t i = 0; i < pair->n; i++) {
        m.a += pair->a[i] / n;
        m.b += pair->b[i] / n;
    }
    for (size_t i = 0; i < pair->n; i++) {
        const double x = pair->a[i] - m.a, y = pair->b[i] - m.b;

        m.var_a += x * x * scale;
        m.var_b += y * y * scale;
        m.cov += x * y * scale;
    }
    return m;
}

struct interval_estimate estimate_ratio(const struct estimate_pair *pair,
                                        double confidence)
{
    const struct means m = means_of(pair);
    const double t =
        pair->n > 1 ? estimate_t_point(confidence, (double)pair->n - 1.0) : NAN;
    const double square = m.b * m.b - t * t * m.var_b;
    const double middle = m.a * m.b - t * t * m.cov;
    const double root = sqrt(middle * middle - square * (m.a * m.a - t * t * m.var_a));
    const double r = m.a / m.b;
    struct interval_estimate e = {
        .value = r,
        .error = sqrt(m.var_a - 2.0 * r * m.cov + r * r * m.var_b) / fabs(m.b),
        .low = (middle - root) / square,
        .high = (middle + root) / square,
        .flags = estimate_pair_flags(pair) | (pair->n < 30 ? ESTIMATE_FEW : 0),
    };

    if (!(square > 0.0))
        e.flags |= ESTIMATE_OPEN;
    if (e.flags & (ESTIMATE_OPEN | ESTIMATE_FEW))
        e.low = e.high = NAN;
    return e;
}
