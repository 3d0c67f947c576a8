#include "coverage.h"

#include "estimate_pair.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

static const double z95 = 1.6448536269514722, e95 = 2.9957322735539910;
static const double t95 = 2.3533634348018264;

const char *const coverage_law[COVERAGE_LAWS] = {"normal", "exponential", "lognormal",
                                                 "t3", "Pareto 3"};
const char *const coverage_statistic[COVERAGE_STATISTICS] = {"mean", "q95", "tvar95"};

static double draw(int law, const gsl_rng *rng)
{
    const double u = gsl_rng_uniform_pos(rng);

    return law == 0   ? gsl_cdf_ugaussian_Pinv(u)
           : law == 1 ? -log(u)
           : law == 2 ? exp(gsl_cdf_ugaussian_Pinv(u))
           : law == 3 ? gsl_ran_tdist(rng, 3.0)
                      : pow(u, -1.0 / 3.0);
}

/* Closed forms of mean, quantile and tail mean. */
static void truth_of(int law, double truth[COVERAGE_STATISTICS])
{
    const double pareto95 = pow(0.05, -1.0 / 3.0);
    const double t_tail =
        gsl_ran_tdist_pdf(t95, 3.0) * (3.0 + t95 * t95) / (2.0 * 0.05);
    const double log_tail = exp(0.5) * gsl_cdf_ugaussian_Q(z95 - 1.0) / 0.05;
    const double known[COVERAGE_LAWS][COVERAGE_STATISTICS] = {
        {0.0, z95, gsl_ran_ugaussian_pdf(z95) / 0.05},
        {1.0, e95, e95 + 1.0},
        {exp(0.5), exp(z95), log_tail},
        {0.0, t95, t_tail},
        {1.5, pareto95, 1.5 * pareto95},
    };

    for (int s = 0; s < COVERAGE_STATISTICS; s++)
        truth[s] = known[law][s];
}

static void hold(const struct sample *sample, const double *truth, double share,
                 double *held)
{
    const struct interval_estimate of[COVERAGE_STATISTICS] = {
        estimate_mean(sample, 0.95),
        estimate_quantile(sample, 0.95, 0.95),
        estimate_upper_tail(sample, 0.95, 0.95),
    };

    for (int s = 0; s < COVERAGE_STATISTICS; s++)
        held[s] += of[s].low <= truth[s] && truth[s] <= of[s].high ? share : 0.0;
}

void coverage_of(int law, size_t n, int repetitions, double held[COVERAGE_STATISTICS])
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double *values = malloc(3 * n * sizeof(*values));
    double truth[COVERAGE_STATISTICS];

    truth_of(law, truth);
    held[0] = held[1] = held[2] = 0.0;
    for (int r = 0; values != NULL && r < repetitions; r++) {
        struct sample sample;

        for (size_t i = 0; i < n; i++)
            values[i] = draw(law, rng);
        sample = sample_sort(values, n, values + n);
        hold(&sample, truth, 1.0 / repetitions, held);
    }
    free(values);
    gsl_rng_free(rng);
}

static const double likeness = 0.95, shift = 2.0;

static double quantile(int law, double u)
{
    return law == 0   ? gsl_cdf_ugaussian_Pinv(u)
           : law == 1 ? -log1p(-u)
           : law == 2 ? exp(gsl_cdf_ugaussian_Pinv(u))
           : law == 3 ? gsl_cdf_tdist_Pinv(u, 3.0)
                      : pow(1.0 - u, -1.0 / 3.0);
}

static void draw_pairs(int law, const gsl_rng *rng, double *a, double *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const double one = gsl_ran_ugaussian(rng);
        const double other =
            likeness * one + sqrt(1.0 - likeness * likeness) * gsl_ran_ugaussian(rng);

        a[i] = quantile(law, gsl_cdf_ugaussian_P(one));
        b[i] = shift + quantile(law, gsl_cdf_ugaussian_P(other));
    }
}

void coverage_of_differences(int law, size_t n, int repetitions,
                             double held[COVERAGE_STATISTICS])
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double *memory = malloc(10 * n * sizeof(*memory));

    held[0] = held[1] = held[2] = 0.0;
    for (int r = 0; memory != NULL && r < repetitions; r++) {
        struct estimate_pair pair;

        draw_pairs(law, rng, memory, memory + n, n);
        pair = estimate_pair_of(memory, memory + n, n, memory + 2 * n);
        {
            const struct interval_estimate of[COVERAGE_STATISTICS] = {
                estimate_mean_difference(&pair, 0.95),
                estimate_quantile_difference(&pair, 0.95, 0.95),
                estimate_tail_difference(&pair, 0.95, 0, 0.95),
            };

            for (int s = 0; s < COVERAGE_STATISTICS; s++)
                held[s] += of[s].low <= -shift && -shift <= of[s].high
                               ? 1.0 / repetitions
                               : 0.0;
        }
    }
    free(memory);
    gsl_rng_free(rng);
}
