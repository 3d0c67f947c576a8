#include "pool_compare.h"

#include <math.h>
#include <stdlib.h>

static const double too_few = 25.0;       /* events from which a z-score is read */
static const double fewest_beyond = 10.0; /* trials beyond a quantile */
static const double too_wild = 0.01;      /* relative variance of an sd, for its use */

static int ascending(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

/* Mean and shape of n numbers. */
static struct pool_sample shape_of(const double *value, size_t n)
{
    struct pool_sample s = {.sorted = value, .n = n};
    double second = 0.0, third = 0.0, fourth = 0.0;

    for (size_t i = 0; i < n; i++)
        s.mean += value[i] / (double)n;
    for (size_t i = 0; i < n; i++) {
        const double away = value[i] - s.mean, square = away * away;

        second += square / (double)n;
        third += square * away / (double)n;
        fourth += square * square / (double)n;
    }
    s.sd = sqrt(second) > 1e-12 * (1.0 + fabs(s.mean)) ? sqrt(second) : 0.0;
    s.skewness = s.sd > 0.0 ? third / (second * s.sd) : 0.0;
    s.kurtosis = s.sd > 0.0 ? fourth / (second * second) : INFINITY;
    return s;
}

struct pool_sample pool_sample_of(double *loss, size_t n)
{
    const struct pool_sample shape = shape_of(loss, n);

    qsort(loss, n, sizeof(*loss), ascending);
    return shape;
}

/* Variance of a sample's sd over the sd's square: from its own kurtosis, which is only
 * to be trusted where this is small. */
static double wildness(const struct pool_sample *s)
{
    return (s->kurtosis - 1.0) / (4.0 * (double)s->n);
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

static double sample_quantile(const struct pool_sample *s, double p)
{
    const size_t at = (size_t)((double)s->n * p);

    return s->sorted[at < s->n ? at : s->n - 1];
}

/* Losses above @p loss. */
static double events_above(const struct pool_sample *s, double loss)
{
    size_t low = 0, high = s->n;

    while (low < high) {
        const size_t middle = (low + high) / 2;

        if (s->sorted[middle] > loss)
            high = middle;
        else
            low = middle + 1;
    }
    return (double)(s->n - low);
}

/* Standard error sqrt(p (1-p)/n)/f, the density by the sample's own spacing. */
static double quantile_error(const struct pool_sample *s, double p)
{
    const double width = 2.0 * sqrt(p * (1.0 - p) / (double)s->n);

    return (sample_quantile(s, p + width) - sample_quantile(s, p - width)) / 4.0;
}

/* By ranks, which need no density and no law without points: how far p lies outside
 * the shares of the sample below and not above the exact quantile. */
static double rank_score(const struct pool_sample *s, double p, double exact,
                         double uncertainty)
{
    const double n = (double)s->n, error = sqrt(p * (1.0 - p) / n);
    const double about = fmax(SETTLED_NEAR, 4.0 * uncertainty);
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
    compare(value, budget * (1.0 + sample_quantile(s, p)),
            budget * quantile_error(s, p));
    value->z =
        rank_score(s, p, value->exact / budget - 1.0, value->uncertainty / budget);
}

/* A reserve of 0 is enough for any loss that is none. */
static void compare_reserve(struct hr_pool_value *value, const struct pool_sample *s,
                            double p, double budget)
{
    compare(value, budget * fmax(sample_quantile(s, p), 0.0),
            budget * quantile_error(s, p));
    value->z = rank_score(s, p, value->exact / budget, value->uncertainty / budget);
    if (value->exact <= 0.0)
        value->z = fmax(value->z, 0.0);
}

/* The mean of the tail has the spread within it, and that of where it starts. */
static void compare_tail(struct hr_pool_value *value, const struct pool_sample *s,
                         double p, double budget)
{
    const size_t from = (size_t)((double)s->n * p);
    const struct pool_sample tail = shape_of(s->sorted + from, s->n - from);
    const double start = tail.mean - sample_quantile(s, p);

    compare(value, budget * (1.0 + tail.mean),
            budget * sqrt((tail.sd * tail.sd + p * start * start) / (double)tail.n));
    if ((double)tail.n < too_few || !(wildness(&tail) <= 3.0 * too_wild))
        value->z = NAN;
}

/* --- a year -------------------------------------------------------------------- */

/* By the exact sd where there is one: a sample's own is small where its mean is. */
static void compare_mean(struct hr_pool_value *value, const struct pool_sample *s,
                         double exact_sd, double budget, bool wild)
{
    const double root = sqrt((double)s->n);

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
    const double of_sd = wildness(s);
    const double of_cv = of_sd + (cv * cv - cv * s->skewness) / (double)s->n;

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
    const double n = (double)sample->n;
    const double wild = fmax(kurtosis / (4.0 * n), wildness(sample));

    compare_mean(&side[HR_POOL_MEAN], sample, side[HR_POOL_SD].exact, budget,
                 !(wild <= too_wild));
    compare_spread(side, sample, budget, !(wild <= 0.1 * too_wild));
    compare_quantile(&side[HR_POOL_Q95], sample, 0.95, budget);
    compare_quantile(&side[HR_POOL_Q99], sample, 0.99, budget);
    compare_tail(&side[HR_POOL_TVAR99], sample, 0.99, budget);
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
