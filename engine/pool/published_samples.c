/* Short published simulations: where the printed statistic ranks among many of the
 * engine's own of the same length. */
#include "published_case.h"

#include "moments.h"
#include "sample.h"
#include "sampler.h"

enum { SAMPLES = 2000, MOST_YEARS = 1000 };

static double sample_cv(const double *total, size_t n)
{
    const struct moments moments = moments_of(total, n);

    return 100.0 * moments_sd(&moments) / moments.mean;
}

/* 5th to 95th percentile: the numbers at those places */
static double sample_span(const double *total, size_t n)
{
    const double mean = moments_of(total, n).mean;
    double memory[2 * MOST_YEARS];
    const struct sample sample = sample_sort(total, n, memory);

    return 100.0 *
           (sample.value[(size_t)(0.95 * (double)n)] -
            sample.value[(size_t)(0.05 * (double)n)]) /
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
