#include "estimate_pair.h"

#include "estimate_points.h"

#include <math.h>

enum { FEWEST_DISTINCT = 10 };

static const double complete = 0.95; /* of trials, under which they are selected */

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

int estimate_pair_flags(const struct estimate_pair *pair)
{
    const double all = (double)(pair->n + pair->left_out);

    return (double)pair->n < complete * all ? ESTIMATE_SELECTED : 0;
}

static struct interval_estimate about(double value, double error, double times,
                                      int flags)
{
    const double reach = flags & ESTIMATE_FEW ? NAN : times * error;

    return (struct interval_estimate){value, error, value - reach, value + reach,
                                      flags};
}

struct interval_estimate estimate_mean_difference(const struct estimate_pair *pair,
                                                  double confidence)
{
    struct interval_estimate e = estimate_mean(&pair->sorted_difference, confidence);

    e.flags |= estimate_pair_flags(pair);
    return e;
}

/* --- quantiles ------------------------------------------------------------------- */

static size_t distinct(const struct sample *sample, const struct rank_interval *ranks)
{
    size_t count = 1;

    for (size_t i = (size_t)ranks->low; i < (size_t)ceil(ranks->high); i++)
        count += sample->value[i + 1] > sample->value[i];
    return count;
}

/* How fast the quantile rises with its probability, two standard deviations of its rank
 * to either side. */
static double slope_at(const struct sample *sample, double p)
{
    const double n = (double)sample->count, reach = 2.0 * sqrt(p * (1.0 - p) / n);
    const double low = fmax(p - reach, 0.0), high = fmin(p + reach, 1.0);

    return (sample_at_rank(sample, high * (n - 1.0)) -
            sample_at_rank(sample, low * (n - 1.0))) /
           (high - low);
}

static double influence_error(const struct estimate_pair *pair, double p, double rise_a,
                              double rise_b)
{
    const double q_a = sample_quantile(&pair->sorted_a, p).value;
    const double q_b = sample_quantile(&pair->sorted_b, p).value;
    const double n = (double)pair->n;
    double squares = 0.0;

    for (size_t i = 0; i < pair->n; i++) {
        const double of_a = (p - (pair->a[i] <= q_a)) * rise_a;
        const double of_b = (p - (pair->b[i] <= q_b)) * rise_b;

        squares += (of_a - of_b) * (of_a - of_b);
    }
    return sqrt(squares / (n * (n - 1.0)));
}

/* In every trial. */
static int are_equal(const struct estimate_pair *pair)
{
    const struct sample *difference = &pair->sorted_difference;

    return difference->count == pair->n && !(difference->value[0] < 0.0) &&
           !(difference->value[pair->n - 1] > 0.0);
}

/* Each quantile within its own interval at half the chance of missing. */
static struct interval_estimate of_discrete(const struct estimate_pair *pair, double p,
                                            double confidence)
{
    const double each = 0.5 * (1.0 + confidence);
    const struct interval_estimate a = estimate_quantile(&pair->sorted_a, p, each);
    const struct interval_estimate b = estimate_quantile(&pair->sorted_b, p, each);

    return (struct interval_estimate){
        .value = a.value - b.value,
        .error = NAN,
        .low = a.low - b.high,
        .high = a.high - b.low,
        .flags = a.flags | b.flags | ESTIMATE_DISCRETE | estimate_pair_flags(pair),
    };
}

struct interval_estimate estimate_quantile_difference(const struct estimate_pair *pair,
                                                      double p, double confidence)
{
    const double n = (double)pair->n;
    const double value = sample_quantile(&pair->sorted_a, p).value -
                         sample_quantile(&pair->sorted_b, p).value;
    const int flags =
        estimate_tail_flags(n, n * fmin(p, 1.0 - p)) | estimate_pair_flags(pair);
    struct rank_interval ranks;
    double error;

    if (pair->n < 2)
        return about(value, NAN, NAN, flags);
    if (are_equal(pair))
        return about(0.0, 0.0, 0.0, flags);
    ranks = sample_rank_interval(pair->n, p);
    if (distinct(&pair->sorted_a, &ranks) < FEWEST_DISTINCT ||
        distinct(&pair->sorted_b, &ranks) < FEWEST_DISTINCT)
        return of_discrete(pair, p, confidence);
    error = influence_error(pair, p, slope_at(&pair->sorted_a, p),
                            slope_at(&pair->sorted_b, p));
    return about(value, error, estimate_normal_point(confidence), flags);
}

/* --- tail means --------------------------------------------------------------------
 */

/* Error of a difference of tail means: of max(0, x - q)/(1 - level), paired. */
static double tail_error(const struct estimate_pair *pair, double level, double sign)
{
    const double p = sign > 0.0 ? level : 1.0 - level, n = (double)pair->n;
    const double q_a = sample_quantile(&pair->sorted_a, p).value;
    const double q_b = sample_quantile(&pair->sorted_b, p).value;
    double mean = 0.0, squares = 0.0;

    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < pair->n; i++) {
            const double d = fmax(sign * (pair->a[i] - q_a), 0.0) -
                             fmax(sign * (pair->b[i] - q_b), 0.0);

            if (pass == 0)
                mean += d / n;
            else
                squares += (d - mean) * (d - mean);
        }
    }
    return sqrt(squares / (n * (n - 1.0))) / (1.0 - level);
}

struct interval_estimate estimate_tail_difference(const struct estimate_pair *pair,
                                                  double level, int lower,
                                                  double confidence)
{
    struct estimate (*const of)(const struct sample *, double) =
        lower ? sample_lower_tail : sample_upper_tail;
    const double n = (double)pair->n, size = estimate_tail_size(n, level);
    const double a = of(&pair->sorted_a, size / n).value;
    const double b = of(&pair->sorted_b, size / n).value;
    const double beyond = floor(size);
    const double freedom = beyond > 2.0 ? beyond - 1.0 : 1.0;

    return about(a - b, tail_error(pair, level, lower ? -1.0 : 1.0),
                 estimate_t_point(confidence, freedom),
                 estimate_tail_flags(n, size) | estimate_pair_flags(pair));
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
