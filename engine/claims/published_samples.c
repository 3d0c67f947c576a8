/* Short published simulations: where the printed statistic ranks among many of the
 * engine's own of the same length. */
#include "published_case.h"

#include "sampler.h"

#include <math.h>
#include <stdlib.h>

enum { SAMPLES = 2000, MOST_YEARS = 1000 };

static int ascending(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

static double sample_cv(const double *total, size_t n)
{
    double mean = 0.0, square = 0.0;

    for (size_t i = 0; i < n; i++)
        mean += total[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        square += (total[i] - mean) * (total[i] - mean) / (double)(n - 1);
    return 100.0 * sqrt(square) / mean;
}

/* 5th to 95th percentile of a sorted sample */
static double sample_span(double *total, size_t n)
{
    double mean = 0.0;

    for (size_t i = 0; i < n; i++)
        mean += total[i] / (double)n;
    qsort(total, n, sizeof(*total), ascending);
    return 100.0 *
           (total[(size_t)(0.95 * (double)n)] - total[(size_t)(0.05 * (double)n)]) /
           mean;
}

/* Share of samples of so many years whose statistic lies below the printed one. */
static enum hr_status rank_of(const struct published_case *row, bool span,
                              double *value, struct hr_error *error)
{
    const size_t years = (size_t)row->years;
    double people[MOST_YEARS], theta[MOST_YEARS], kept[MOST_YEARS], ceded[MOST_YEARS];
    struct portfolio portfolio;
    struct claim_sampler sampler;
    enum hr_status status = published_portfolio(row, &portfolio, error);
    size_t below = 0;

    if (status == HR_OK)
        status =
            claim_sampler_init(&sampler, &portfolio, row->people, CLAIM_AUTO, error);
    if (status != HR_OK || years < 2 || years > MOST_YEARS)
        return status;
    for (size_t i = 0; i < years; i++) {
        people[i] = row->people;
        theta[i] = 1.0;
    }
    for (size_t sample = 0; sample < SAMPLES; sample++) {
        const struct claim_place place = {1991, 1, 3};

        claim_sampler_draw(&sampler, 0, &place, sample * years, years, people, theta,
                           kept, ceded);
        below +=
            (span ? sample_span(kept, years) : sample_cv(kept, years)) < row->argument;
    }
    portfolio_free(&portfolio);
    *value = (double)below / SAMPLES;
    return HR_OK;
}

static enum hr_status rank_of_cv_of(const struct published_case *row, double *value,
                                    struct hr_error *error)
{
    return rank_of(row, false, value, error);
}

static enum hr_status rank_of_span_of(const struct published_case *row, double *value,
                                      struct hr_error *error)
{
    return rank_of(row, true, value, error);
}

const struct quantity published_samples[] = {
    {"rank_of_cv_percent", rank_of_cv_of},
    {"rank_of_span_percent", rank_of_span_of},
    {NULL, NULL},
};
