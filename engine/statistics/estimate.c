#include "estimate.h"

#include "estimate_points.h"

#include <math.h>

/* --- mean --------------------------------------------------------------------- */

/* The sum of the logarithms over x_(K+1) of the K largest of |x - median|, which lie at
 * the two ends of the sample. */
double estimate_hill(const struct sample *sample)
{
    const size_t n = sample->count, root = (size_t)floor(sqrt((double)n));
    const size_t k = root > 10 ? root : 10;
    const double median = sample_quantile(sample, 0.5).value;
    size_t low = 0, high = n;
    double sum = 0.0, edge = 0.0;

    if (n <= k)
        return INFINITY;
    for (size_t i = 0; i <= k; i++) {
        const double below = median - sample->value[low];
        const double above = sample->value[high - 1] - median;

        edge = below > above ? below : above;
        sum += i < k ? log(edge) : 0.0;
        if (below > above)
            low++;
        else
            high--;
    }
    return edge > estimate_rounding(median)
               ? estimate_hill_index(sum / (double)k - log(edge))
               : INFINITY;
}

struct interval_estimate estimate_mean(const struct sample *sample, double confidence)
{
    const struct moments moments = moments_of(sample->value, sample->count);

    return estimate_mean_given(sample, &moments, confidence);
}

struct interval_estimate estimate_mean_given(const struct sample *sample,
                                             const struct moments *moments,
                                             double confidence)
{
    struct interval_estimate e = estimate_mean_of(moments, confidence);

    if (estimate_hill(sample) < 2.0)
        e.flags |= ESTIMATE_HEAVY;
    return e;
}

/* --- quantiles ------------------------------------------------------------------ */

/* NaN beyond the sample. */
static double value_at_rank(const struct sample *sample, double rank)
{
    if (rank < 1.0 || rank > (double)sample->count)
        return NAN;
    return sample_at_rank(sample, rank - 1.0);
}

struct interval_estimate estimate_quantile_between(const struct sample *sample,
                                                   double p,
                                                   struct estimate_ranks ranks)
{
    const double n = (double)sample->count;
    const struct estimate plain = sample_quantile(sample, p);
    struct interval_estimate e = {plain.value, plain.error, NAN, NAN,
                                  estimate_tail_flags(n, n * fmin(p, 1.0 - p))};

    if (sample->count == 0)
        return e;
    e.low = value_at_rank(sample, ranks.low);
    e.high = value_at_rank(sample, ranks.high);
    if (isnan(e.low) || isnan(e.high))
        e.flags |= ESTIMATE_OPEN;
    return estimate_if_enough(e);
}

struct interval_estimate estimate_quantile(const struct sample *sample, double p,
                                           double confidence)
{
    const double n = (double)sample->count;

    return estimate_quantile_between(sample, p,
                                     n > 0.0 ? estimate_ranks_of(n, p, confidence)
                                             : (struct estimate_ranks){NAN, NAN});
}

/* --- tail means ------------------------------------------------------------------ */

/* Numbers below the quantile, or not above it: of those a tail has none. */
static size_t before_tail(const struct sample *sample, double quantile, double sign)
{
    size_t low = 0, high = sample->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const double away = sample->value[middle] - quantile;

        if (sign > 0.0 ? !(away > 0.0) : away < 0.0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Powers of distances from the mean, over how many numbers there are. */
struct powers {
    double n, mean, second, third;
};

static void add_power(struct powers *sum, double value)
{
    const double away = value - sum->mean;

    sum->second += away * away / sum->n;
    sum->third += away * away * away / sum->n;
}

/* So many numbers that are zero. */
static void add_zeros(struct powers *sum, size_t count)
{
    const double away = 0.0 - sum->mean;
    const double second = away * away / sum->n, third = away * away * away / sum->n;

    for (size_t i = 0; i < count; i++) {
        sum->second += second;
        sum->third += third;
    }
}

/* Skewness of max(0, x - quantile)/(1 - level), over the root of n; x turned round by
 * @p sign for a lower tail. */
static double skew_of_tail(const struct sample *sample, double level, double sign)
{
    const double p = sign > 0.0 ? level : 1.0 - level;
    const double quantile = sample_quantile(sample, p).value;
    const size_t edge = before_tail(sample, quantile, sign);
    const size_t from = sign > 0.0 ? edge : 0, to = sign > 0.0 ? sample->count : edge;
    struct powers sum = {.n = (double)sample->count};

    for (size_t i = from; i < to; i++)
        sum.mean += sign * (sample->value[i] - quantile) / sum.n;
    add_zeros(&sum, from);
    for (size_t i = from; i < to; i++)
        add_power(&sum, sign * (sample->value[i] - quantile));
    add_zeros(&sum, sample->count - to);
    return sum.second > 0.0 ? sum.third / (sum.second * sqrt(sum.second)) / sqrt(sum.n)
                            : 0.0;
}

static struct interval_estimate tail(const struct sample *sample, double level,
                                     double sign, double confidence)
{
    const double n = (double)sample->count, size = estimate_tail_size(n, level);
    struct interval_estimate e = {NAN, NAN, NAN, NAN, ESTIMATE_FEW};

    if (sample->count == 0)
        return e;
    e = estimate_tail_interval(sign > 0.0 ? sample_upper_tail(sample, size / n)
                                          : sample_lower_tail(sample, size / n),
                               skew_of_tail(sample, level, sign), sign, confidence);
    e.flags = estimate_tail_flags(n, size);
    return estimate_if_enough(e);
}

struct interval_estimate estimate_upper_tail(const struct sample *sample, double level,
                                             double confidence)
{
    return tail(sample, level, 1.0, confidence);
}

struct interval_estimate estimate_lower_tail(const struct sample *sample, double level,
                                             double confidence)
{
    return tail(sample, level, -1.0, confidence);
}

/* --- shares ----------------------------------------------------------------------- */

struct interval_estimate estimate_share(double events, double n, double confidence)
{
    const double z = estimate_normal_point(confidence), p = events / n;
    const double centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    const double reach =
        z / (1.0 + z * z / n) * sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));

    if (!(n > 0.0))
        return (struct interval_estimate){NAN, NAN, NAN, NAN, ESTIMATE_FEW};
    return (struct interval_estimate){
        .value = p,
        .error = sqrt(p * (1.0 - p) / n),
        .low = fmax(centre - reach, 0.0),
        .high = fmin(centre + reach, 1.0),
        .flags = events < 10.0 || n - events < 10.0 ? ESTIMATE_ONE_SIDED : 0,
    };
}
