#include "estimate_points.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum { FEWEST = 30, FEWEST_BEYOND = 10, THIN_BEYOND = 50 };

static double on_grid(double point)
{
    static const double steps = 0x1p36;

    return rint(point * steps) / steps;
}

double estimate_normal_point(double confidence)
{
    return on_grid(gsl_cdf_ugaussian_Pinv(0.5 * (1.0 + confidence)));
}

double estimate_t_point(double confidence, double freedom)
{
    return on_grid(gsl_cdf_tdist_Pinv(0.5 * (1.0 + confidence), freedom));
}

/* P(B < k), B the numbers below the quantile. */
static double ranks_below(double k, double p, double n)
{
    return k < 1.0 ? 0.0 : gsl_cdf_binomial_P((unsigned)(k - 1.0), p, (unsigned)n);
}

/* Where that, linear between whole ranks, passes @p chance. */
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
    return on_grid(low + (chance - from) / (ranks_below(high, p, n) - from));
}

struct estimate_ranks estimate_ranks_of(double n, double p, double confidence)
{
    return (struct estimate_ranks){
        rank_at(0.5 * (1.0 - confidence), p, n),
        rank_at(0.5 * (1.0 + confidence), p, n),
    };
}

double estimate_rounding(double median)
{
    return 1e-12 * fabs(median);
}

double estimate_hill_index(double spread)
{
    return spread > 1e-12 ? 1.0 / spread : INFINITY;
}

int estimate_tail_flags(double n, double beyond)
{
    if (n < FEWEST || beyond < FEWEST_BEYOND - 1e-9)
        return ESTIMATE_FEW;
    return beyond < THIN_BEYOND - 1e-9 ? ESTIMATE_THIN : 0;
}

int estimate_rare_flags(double n, double differ)
{
    return differ < THIN_BEYOND && 4.0 * differ <= n ? ESTIMATE_THIN : 0;
}

double estimate_tail_size(double n, double level)
{
    const double exact = (1.0 - level) * n, whole = rint(exact);

    return fabs(exact - whole) <= 1e-9 * n ? whole : exact;
}

void estimate_add_power(struct estimate_powers *sum, double value, double count)
{
    const double away = value - sum->mean, square = away * away;

    sum->second += count * square / sum->n;
    sum->third += count * square * away / sum->n;
    sum->fourth += count * square * square / sum->n;
}

struct estimate_shape estimate_shape_of(const struct estimate_powers *sum)
{
    const double square = sum->second * sum->second;
    const double most = sum->n - 1.0, spread = sum->fourth - square;
    const double freedom =
        2.0 * sum->n * square < most * spread ? 2.0 * sum->n * square / spread : most;

    if (!(sum->second > 0.0))
        return (struct estimate_shape){0.0, fmax(most, 1.0)};
    return (struct estimate_shape){sum->third / (sum->second * sqrt(sum->second)) /
                                       sqrt(sum->n),
                                   fmax(freedom, 1.0)};
}

double estimate_tail_point(int flags, const struct estimate_shape *shape,
                           double confidence)
{
    return flags == 0 ? estimate_t_point(confidence, shape->freedom)
                      : estimate_normal_point(confidence);
}

static double hall(double k, double w)
{
    if (fabs(k) < 1e-9)
        return w;
    return 3.0 / k * (cbrt(1.0 + k * (w - k / 6.0)) - 1.0);
}

struct interval_estimate estimate_tail_interval(struct estimate tail, double skew,
                                                double sign, double point)
{
    const double near = sign * tail.value - tail.error * hall(skew, point);
    const double far = sign * tail.value - tail.error * hall(skew, -point);

    return (struct interval_estimate){
        .value = tail.value,
        .error = tail.error,
        .low = sign > 0.0 ? near : -far,
        .high = sign > 0.0 ? far : -near,
    };
}

struct interval_estimate estimate_if_enough(struct interval_estimate estimate)
{
    if (estimate.flags & ESTIMATE_FEW)
        estimate.low = estimate.high = NAN;
    return estimate;
}

struct interval_estimate estimate_mean_of(const struct moments *moments,
                                          double confidence)
{
    const double n = (double)moments->count;
    const double value = moments_mean(moments), error = moments_se(moments);
    const double reach =
        n < FEWEST ? NAN : estimate_t_point(confidence, n - 1.0) * error;

    return (struct interval_estimate){value, error, value - reach, value + reach,
                                      n < FEWEST ? ESTIMATE_FEW : 0};
}
