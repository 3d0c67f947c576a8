#include "estimate.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

enum { FEWEST = 30, FEWEST_BEYOND = 10, THIN_BEYOND = 50 };

static double normal_point(double confidence)
{
    return gsl_cdf_ugaussian_Pinv(0.5 * (1.0 + confidence));
}

/* By how many numbers lie in the tail that a statistic rests on. */
static int tail_flags(double n, double beyond)
{
    if (n < FEWEST || beyond < FEWEST_BEYOND - 1e-9)
        return ESTIMATE_FEW;
    return beyond < THIN_BEYOND - 1e-9 ? ESTIMATE_THIN : 0;
}

static struct interval_estimate without_interval(struct interval_estimate e)
{
    if (e.flags & ESTIMATE_FEW)
        e.low = e.high = NAN;
    return e;
}

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
    if (!(edge > 0.0))
        return INFINITY;
    return 1.0 / (sum / (double)k - log(edge));
}

struct interval_estimate estimate_mean(const struct sample *sample, double confidence)
{
    const double n = (double)sample->count;
    struct interval_estimate e = {NAN, NAN, NAN, NAN, n < FEWEST ? ESTIMATE_FEW : 0};
    double sum = 0.0, squares = 0.0, reach;

    if (sample->count == 0)
        return e;
    for (size_t i = 0; i < sample->count; i++)
        sum += sample->value[i];
    e.value = sum / n;
    for (size_t i = 0; i < sample->count; i++)
        squares += (sample->value[i] - e.value) * (sample->value[i] - e.value);
    if (sample->count < 2)
        return e;
    e.error = sqrt(squares / (n - 1.0) / n);
    reach = gsl_cdf_tdist_Pinv(0.5 * (1.0 + confidence), n - 1.0) * e.error;
    e.low = e.value - reach;
    e.high = e.value + reach;
    if (estimate_hill(sample) < 2.0)
        e.flags |= ESTIMATE_HEAVY;
    return without_interval(e);
}

/* --- quantiles ------------------------------------------------------------------ */

/* P(B < k), B the numbers below the quantile. */
static double ranks_below(double k, double p, double n)
{
    return k < 1.0 ? 0.0 : gsl_cdf_binomial_P((unsigned)(k - 1.0), p, (unsigned)n);
}

/* Where that, linear between whole ranks, passes @p chance; ranks from 1. */
static double rank_at(double chance, double p, double n)
{
    double low = 0.0, high = n + 1.0, from;

    while (high - low > 1.0) {
        const double middle = floor(0.5 * (low + high));

        if (ranks_below(middle, p, n) >= chance)
            high = middle;
        else
            low = middle;
    }
    from = ranks_below(low, p, n);
    return low + (chance - from) / (ranks_below(high, p, n) - from);
}

/* NaN beyond the sample. */
static double value_at_rank(const struct sample *sample, double rank)
{
    if (rank < 1.0 || rank > (double)sample->count)
        return NAN;
    return sample_at_rank(sample, rank - 1.0);
}

struct interval_estimate estimate_quantile(const struct sample *sample, double p,
                                           double confidence)
{
    const double n = (double)sample->count;
    const struct estimate plain = sample_quantile(sample, p);
    struct interval_estimate e = {plain.value, plain.error, NAN, NAN,
                                  tail_flags(n, n * fmin(p, 1.0 - p))};

    if (sample->count == 0)
        return e;
    e.low = value_at_rank(sample, rank_at(0.5 * (1.0 - confidence), p, n));
    e.high = value_at_rank(sample, rank_at(0.5 * (1.0 + confidence), p, n));
    if (isnan(e.low) || isnan(e.high))
        e.flags |= ESTIMATE_OPEN;
    return without_interval(e);
}

/* --- tail means ------------------------------------------------------------------ */

/* Skewness of max(0, x - quantile)/(1 - level), over the root of n; x turned round by
 * @p sign for a lower tail. */
static double skew_of_tail(const struct sample *sample, double level, double sign)
{
    const double n = (double)sample->count;
    const double p = sign > 0.0 ? level : 1.0 - level;
    const double quantile = sample_quantile(sample, p).value;
    double mean = 0.0, second = 0.0, third = 0.0;

    for (size_t i = 0; i < sample->count; i++)
        mean += fmax(sign * (sample->value[i] - quantile), 0.0) / n;
    for (size_t i = 0; i < sample->count; i++) {
        const double away = fmax(sign * (sample->value[i] - quantile), 0.0) - mean;

        second += away * away / n;
        third += away * away * away / n;
    }
    return second > 0.0 ? third / (second * sqrt(second)) / sqrt(n) : 0.0;
}

static double hall(double k, double w)
{
    if (fabs(k) < 1e-9)
        return w;
    return 3.0 / k * (cbrt(1.0 + k * (w - k / 6.0)) - 1.0);
}

static struct interval_estimate tail(const struct sample *sample, double level,
                                     double sign, double confidence)
{
    const double n = (double)sample->count, exact = (1.0 - level) * n;
    const double whole = rint(exact);
    const double share = (fabs(exact - whole) <= 1e-9 * n ? whole : exact) / n;
    const struct estimate plain = sign > 0.0 ? sample_upper_tail(sample, share)
                                             : sample_lower_tail(sample, share);
    const double z = normal_point(confidence);
    struct interval_estimate e = {plain.value, plain.error, NAN, NAN,
                                  tail_flags(n, exact)};
    double k, near, far;

    if (sample->count == 0)
        return e;
    k = skew_of_tail(sample, level, sign);
    near = sign * plain.value - plain.error * hall(k, z);
    far = sign * plain.value - plain.error * hall(k, -z);
    e.low = sign > 0.0 ? near : -far;
    e.high = sign > 0.0 ? far : -near;
    return without_interval(e);
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
    const double z = normal_point(confidence), p = events / n;
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
