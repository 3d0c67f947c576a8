#include "pool_compare.h"

#include "moments.h"

#include <gsl/gsl_statistics_double.h>

static const double too_few = 25.0;       /* events from which a z-score is read */
static const double fewest_beyond = 10.0; /* trials beyond a quantile */
static const double too_wild = 0.01;      /* relative variance of an sd, for its use */

/* Mean and shape of n numbers. */
static struct pool_sample shape_of(const double *value, size_t n)
{
    const struct moments moments = moments_of(value, n);
    const double sd = n < 2 ? 0.0 : moments_sd(&moments);
    struct pool_sample s = {.mean = moments_mean(&moments), .kurtosis = INFINITY};

    if (sd > 1e-12 * (1.0 + fabs(s.mean))) {
        s.sd = sd;
        s.skewness = gsl_stats_skew_m_sd(value, 1, n, s.mean, sd);
        s.kurtosis = 3.0 + gsl_stats_kurtosis_m_sd(value, 1, n, s.mean, sd);
    }
    return s;
}

struct pool_sample pool_sample_of(const double *loss, size_t n, double *memory)
{
    struct pool_sample sample = shape_of(loss, n);

    sample.sorted = sample_sort(loss, n, memory);
    return sample;
}

/* Variance of a sample's sd over the sd's square: from its own kurtosis, which is only
 * to be trusted where this is small. */
static double wildness(const struct pool_sample *s, size_t n)
{
    return (s->kurtosis - 1.0) / (4.0 * (double)n);
}

static void compare(struct hr_pool_value *value, double simulated,
                    double standard_error)
{
    value->simulated = simulated;
    value->standard_error = standard_error;
    value->z = standard_error > 0.0 ? (simulated - value->exact) / standard_error : NAN;
}

/* Binomial, with the exact chance where there is one. Where few are expected there is
 * no score, but for more than could be chance. */
void pool_compare_chance(struct hr_pool_value *value, double events, double n)
{
    const double p = isnan(value->exact) ? events / n : value->exact;
    const double likely = n * (p < 0.5 ? p : 1.0 - p);
    const double variance = fmax(n * p * (1.0 - p), 0.0);

    compare(value, events / n, sqrt(variance) / n);
    if (likely >= too_few || isnan(value->exact))
        return;
    value->z = (events - n * p) / sqrt(too_few);
    if (fabs(value->z) <= 4.0)
        value->z = NAN;
}

/* --- order statistics -------------------------------------------------------- */

/* Losses above @p loss. */
static double events_above(const struct pool_sample *s, double loss)
{
    size_t low = 0, high = s->sorted.count;

    while (low < high) {
        const size_t middle = (low + high) / 2;

        if (s->sorted.value[middle] > loss)
            high = middle;
        else
            low = middle + 1;
    }
    return (double)(s->sorted.count - low);
}

/* By ranks, which need no density and no law without points: how far p lies outside
 * the shares of the sample below and not above the exact quantile. */
static double rank_score(const struct pool_sample *s, double p, double exact,
                         double uncertainty)
{
    const double n = (double)s->sorted.count, error = sqrt(p * (1.0 - p) / n);
    const double about = fmax(2.0 * SETTLED_NEAR, 4.0 * uncertainty);
    const double up_to = 1.0 - events_above(s, exact + about) / n;
    const double below = 1.0 - events_above(s, exact - about) / n;

    if (isnan(exact) || n * (1.0 - p) < fewest_beyond)
        return NAN;
    if (up_to < p)
        return (p - up_to) / error;
    return below > p ? (p - below) / error : 0.0;
}

static void compare_quantile(struct hr_pool_value *value, const struct pool_sample *s,
                             double p, double budget)
{
    const struct estimate at = sample_quantile(&s->sorted, p);

    compare(value, budget * (1.0 + at.value), budget * at.error);
    value->z =
        rank_score(s, p, value->exact / budget - 1.0, value->uncertainty / budget);
}

/* A reserve of 0 is enough for any loss that is none. */
static void compare_reserve(struct hr_pool_value *value, const struct pool_sample *s,
                            double p, double budget)
{
    const struct estimate at = sample_quantile(&s->sorted, p);

    compare(value, budget * fmax(at.value, 0.0), budget * at.error);
    value->z = rank_score(s, p, value->exact / budget, value->uncertainty / budget);
    if (value->exact <= 0.0)
        value->z = fmax(value->z, 0.0);
}

/* What agrees to rounding agrees, however small the error; where a year's spread says
 * nothing of its own error, that of the few worst says less. */
static void compare_tail(struct hr_pool_value *value, const struct pool_sample *s,
                         double p, double budget, bool wild)
{
    const struct estimate tail = sample_upper_tail(&s->sorted, 1.0 - p);
    const size_t from = (size_t)((double)s->sorted.count * p);
    const size_t beyond = s->sorted.count - from;
    const struct pool_sample shape = shape_of(s->sorted.value + from, beyond);

    compare(value, budget * (1.0 + tail.value), budget * tail.error);
    if (fabs(value->simulated - value->exact) <= SETTLED_NEAR * budget)
        value->z = 0.0;
    if (wild || (double)beyond < too_few ||
        !(wildness(&shape, beyond) <= 3.0 * too_wild))
        value->z = NAN;
}

/* --- a year -------------------------------------------------------------------- */

/* By the exact sd where there is one: a sample's own is small where its mean is. */
static void compare_mean(struct hr_pool_value *value, const struct pool_sample *s,
                         double exact_sd, double budget, bool wild)
{
    const double root = sqrt((double)s->sorted.count);

    const double cost = 1.0 + s->mean;

    compare(value, fabs(cost) > 1e-12 ? budget * cost : 0.0, budget * s->sd / root);
    if (exact_sd > 0.0)
        value->z = (value->simulated - value->exact) * root / exact_sd;
    if (wild || !(s->sd > 0.0))
        value->z = NAN;
}

static void compare_spread(struct hr_pool_value *side, const struct pool_sample *s,
                           double budget, bool wild)
{
    const double cost = 1.0 + s->mean, cv = s->sd / cost;
    const double of_sd = wildness(s, s->sorted.count);
    const double of_cv = of_sd + (cv * cv - cv * s->skewness) / (double)s->sorted.count;

    compare(&side[HR_POOL_SD], budget * s->sd, budget * s->sd * sqrt(of_sd));
    compare(&side[HR_POOL_CV], cv, fabs(cv) * sqrt(fmax(of_cv, 0.0)));
    if (!wild && s->sd > 0.0)
        return;
    side[HR_POOL_SD].z = side[HR_POOL_CV].z = NAN;
    side[HR_POOL_SD].standard_error = side[HR_POOL_CV].standard_error = NAN;
}

void pool_compare_year(struct hr_pool_value *side, const struct pool_sample *sample,
                       double kurtosis, double budget)
{
    const double n = (double)sample->sorted.count;
    const double wild =
        fmax(kurtosis / (4.0 * n), wildness(sample, sample->sorted.count));

    compare_mean(&side[HR_POOL_MEAN], sample, side[HR_POOL_SD].exact, budget,
                 !(wild <= too_wild));
    compare_spread(side, sample, budget, !(wild <= 0.1 * too_wild));
    compare_quantile(&side[HR_POOL_Q95], sample, 0.95, budget);
    compare_quantile(&side[HR_POOL_Q99], sample, 0.99, budget);
    compare_tail(&side[HR_POOL_TVAR99], sample, 0.99, budget,
                 !(wild <= 0.1 * too_wild));
    compare_reserve(&side[HR_POOL_RESERVE20], sample, 0.95, budget);
    compare_reserve(&side[HR_POOL_RESERVE100], sample, 0.99, budget);
    pool_compare_chance(&side[HR_POOL_P1], events_above(sample, 0.01 + SETTLED_NEAR),
                        n);
    pool_compare_chance(&side[HR_POOL_P2], events_above(sample, 0.02 + SETTLED_NEAR),
                        n);
    pool_compare_chance(&side[HR_POOL_P5], events_above(sample, 0.05 + SETTLED_NEAR),
                        n);
}

int hr_pool_disagreements(const struct hr_pool_report *report)
{
    int beyond = 0;

    for (enum hr_pool_measure m = 0; m < HR_POOL_MEASURES; m++)
        beyond += (fabs(report->before[m].z) > 4.0) + (fabs(report->after[m].z) > 4.0);
    return beyond;
}
