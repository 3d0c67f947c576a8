/* Sobol's G function, a = (0, 1, 4.5, 9): first order and total shares in closed form.
 */
#include "test.h"

#include "sobol.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

enum { TRIALS = 4000, DRAWS = 4 };

static const double weight[DRAWS] = {0.0, 1.0, 4.5, 9.0};

static double g_function(const double u[DRAWS])
{
    double product = 1.0;

    for (size_t k = 0; k < DRAWS; k++)
        product *= (fabs(4.0 * u[k] - 2.0) + weight[k]) / (1.0 + weight[k]);
    return product;
}

static double variance_of(size_t k)
{
    return 1.0 / (3.0 * (1.0 + weight[k]) * (1.0 + weight[k]));
}

static double variance(void)
{
    double product = 1.0;

    for (size_t k = 0; k < DRAWS; k++)
        product *= 1.0 + variance_of(k);
    return product - 1.0;
}

static double first_of(size_t k)
{
    return variance_of(k) / variance();
}

static double total_of(size_t k)
{
    return variance_of(k) * (variance() + 1.0) / (1.0 + variance_of(k)) / variance();
}

struct runs {
    double a[TRIALS], b[TRIALS], ab[DRAWS][TRIALS], others[TRIALS];
};

static void run(struct runs *runs)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    for (size_t t = 0; t < TRIALS; t++) {
        double u[DRAWS], v[DRAWS], mixed[DRAWS];

        for (size_t k = 0; k < DRAWS; k++) {
            u[k] = gsl_rng_uniform(rng);
            v[k] = gsl_rng_uniform(rng);
        }
        runs->a[t] = g_function(u);
        runs->b[t] = g_function(v);
        for (size_t k = 0; k < DRAWS; k++) {
            for (size_t j = 0; j < DRAWS; j++)
                mixed[j] = j == k ? v[j] : u[j];
            runs->ab[k][t] = g_function(mixed);
        }
        mixed[0] = u[0];
        for (size_t j = 1; j < DRAWS; j++)
            mixed[j] = v[j];
        runs->others[t] = g_function(mixed);
    }
    gsl_rng_free(rng);
}

static void assert_within_4_errors(struct sobol_share got, double truth)
{
    if (fabs(got.share - truth) > 4.0 * got.se)
        fail_msg("%g +- %g is not %g", got.share, got.se, truth);
}

static void shares_are_those_of_the_g_function(void **state)
{
    struct runs *runs = malloc(sizeof(*runs));

    (void)state;
    run(runs);
    for (size_t k = 0; k < DRAWS; k++) {
        assert_within_4_errors(sobol_first(runs->a, runs->b, runs->ab[k], TRIALS),
                               first_of(k));
        assert_within_4_errors(sobol_total(runs->a, runs->b, runs->ab[k], TRIALS),
                               total_of(k));
    }
    free(runs);
}

/* Two runs that share the first draw have its first-order share in common. */
static void what_two_runs_have_in_common_is_the_share_of_what_they_share(void **state)
{
    struct runs *runs = malloc(sizeof(*runs));

    (void)state;
    run(runs);
    assert_within_4_errors(sobol_common(runs->a, runs->others, TRIALS), first_of(0));
    assert_within_4_errors(sobol_common(runs->a, runs->b, TRIALS), 0.0);
    free(runs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_those_of_the_g_function),
        cmocka_unit_test(what_two_runs_have_in_common_is_the_share_of_what_they_share),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
