#include "estimate.h"

#include "estimate_points.h"

#include <math.h>
#include <stdbool.h>

enum { FEWEST_DISTINCT = 10 };

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

/* Where the numbers that are at least @p value start, or those above it. */
static size_t place_of(const struct sample *sample, double value, bool above)
{
    size_t low = 0, high = sample->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const double here = sample->value[middle];

        if (here < value || (above && !(here > value)))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* How many numbers are not the middle one, which is the commonest where one is common;
 * where they are the fewer, as many of one size as tell as much. */
static double unlike_the_rest(const struct sample *sample)
{
    const double middle = sample->value[sample->count / 2];
    const size_t below = place_of(sample, middle, false);
    const size_t above = place_of(sample, middle, true), n = sample->count;
    double sum = 0.0, squares = 0.0;

    if (2 * (below + n - above) > n)
        return (double)(below + n - above);
    for (size_t i = 0; i < n; i++) {
        const double away = fabs(sample->value[i] - middle);

        sum += away;
        squares += away * away;
    }
    return squares > 0.0 ? sum * sum / squares : 0.0;
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
    if (sample->count > 0)
        e.flags |= estimate_rare_flags((double)sample->count, unlike_the_rest(sample));
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

/* The numbers of a tail, from..to of a sample, ascending. */
struct beyond {
    double quantile;
    size_t from, to;
};

static struct beyond beyond_of(const struct sample *sample, double level, double sign)
{
    const double p = sign > 0.0 ? level : 1.0 - level;
    const double quantile = sample_quantile(sample, p).value;
    const size_t edge = place_of(sample, quantile, sign > 0.0);

    return sign > 0.0 ? (struct beyond){quantile, edge, sample->count}
                      : (struct beyond){quantile, 0, edge};
}

/* Shape of max(0, x - quantile); x turned round by @p sign for a lower tail. */
static struct estimate_shape shape_of_tail(const struct sample *sample,
                                           const struct beyond *tail, double sign)
{
    struct estimate_powers sum = {.n = (double)sample->count};

    for (size_t i = tail->from; i < tail->to; i++)
        sum.mean += sign * (sample->value[i] - tail->quantile) / sum.n;
    for (size_t i = tail->from; i < tail->to; i++)
        estimate_add_power(&sum, sign * (sample->value[i] - tail->quantile), 1.0);
    estimate_add_power(&sum, 0.0, sum.n - (double)(tail->to - tail->from));
    return estimate_shape_of(&sum);
}

/* Whether there are so few values that the quantile, where a tail starts, jumps. */
static bool is_of_few_values(const struct sample *sample, const struct beyond *tail)
{
    size_t distinct = tail->from < tail->to ? 1 : FEWEST_DISTINCT;

    for (size_t i = tail->from; i + 1 < tail->to && distinct < FEWEST_DISTINCT; i++)
        distinct += sample->value[i + 1] > sample->value[i];
    return distinct < FEWEST_DISTINCT;
}

/* To either side at least as far as Student's t has it. */
static struct interval_estimate widened(struct interval_estimate e,
                                        const struct estimate_shape *shape,
                                        double confidence)
{
    const double reach = estimate_t_point(confidence, shape->freedom) * e.error;

    e.low = fmin(e.low, e.value - reach);
    e.high = fmax(e.high, e.value + reach);
    e.flags |= ESTIMATE_DISCRETE;
    return e;
}

static struct interval_estimate tail(const struct sample *sample, double level,
                                     double sign, double confidence)
{
    const double n = (double)sample->count, size = estimate_tail_size(n, level);
    struct interval_estimate e = {NAN, NAN, NAN, NAN, ESTIMATE_FEW};
    const int flags = estimate_tail_flags(n, size);
    struct estimate_shape shape;
    struct beyond beyond;

    if (sample->count == 0)
        return e;
    beyond = beyond_of(sample, level, sign);
    shape = shape_of_tail(sample, &beyond, sign);
    e = estimate_tail_interval(sign > 0.0 ? sample_upper_tail(sample, size / n)
                                          : sample_lower_tail(sample, size / n),
                               shape.skew, sign,
                               estimate_tail_point(flags, &shape, confidence));
    e.flags = flags;
    if (flags == 0)
        e.flags = estimate_rare_flags(n, (double)(beyond.to - beyond.from));
    if ((flags & ESTIMATE_FEW) == 0 && is_of_few_values(sample, &beyond))
        e = widened(e, &shape, confidence);
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
