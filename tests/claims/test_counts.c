#include "reference.h"

#include "common_factor.h"
#include "counts.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

static void poisson_quantile_crosses_u(double mean, double u)
{
    const double k = poisson_quantile(mean, u);

    assert_true(gsl_cdf_poisson_P((unsigned)k, mean) > u);
    assert_true(k == 0.0 || gsl_cdf_poisson_P((unsigned)k - 1, mean) <= u);
}

static void binomial_quantile_crosses_u(unsigned n, double p, double u)
{
    const double k = binomial_quantile(n, p, u);

    assert_true(gsl_cdf_binomial_P((unsigned)k, p, n) > u);
    assert_true(k == 0.0 || gsl_cdf_binomial_P((unsigned)k - 1, p, n) <= u);
}

static void masses_agree_with_another_library(void **state)
{
    (void)state;
    for (unsigned k = 0; k < 400; k += 13) {
        assert_near(poisson_mass(150.0, k), gsl_ran_poisson_pdf(k, 150.0), 1e-11);
        assert_near(binomial_mass(1000, 0.3, k), gsl_ran_binomial_pdf(k, 0.3, 1000),
                    1e-10);
    }
}

static void poisson_counts_are_the_inverse_at_one_uniform(void **state)
{
    (void)state;
    for (double u = 0.0005; u < 1.0; u += 0.0571) {
        poisson_quantile_crosses_u(0.3, u);
        poisson_quantile_crosses_u(39.9, u);
        poisson_quantile_crosses_u(40.1, u);
        poisson_quantile_crosses_u(2000.0, u);
        poisson_quantile_crosses_u(75000.0, u);
    }
}

static void binomial_counts_are_the_inverse_at_one_uniform(void **state)
{
    (void)state;
    for (double u = 0.0005; u < 1.0; u += 0.0571) {
        binomial_quantile_crosses_u(500, 0.3317, u);
        binomial_quantile_crosses_u(100000, 0.002, u);
    }
    assert_within(binomial_quantile(500, 0.0, 0.7), 0.0, 0.0);
    assert_within(binomial_quantile(500, 1.0, 0.7), 500.0, 0.0);
}

static void check_nodes(enum factor_kind kind, double variance)
{
    const struct common_factor factor = {kind, variance};
    struct factor_nodes nodes;
    struct hr_error error;
    double c[4], mean = 0.0, second = 0.0, third = 0.0;

    common_factor_cumulants(&factor, c);
    assert_int_equal(factor_nodes_init(&nodes, &factor, 50.0, &error), HR_OK);
    for (size_t i = 0; i < nodes.n; i++) {
        const double d = nodes.at[i] - 1.0;

        mean += nodes.weight[i] * d;
        second += nodes.weight[i] * d * d;
        third += nodes.weight[i] * d * d * d;
    }
    factor_nodes_free(&nodes);
    assert_true(fabs(mean) < 1e-12);
    assert_near(second, c[1], 1e-9);
    assert_near(third, c[2], 1e-7);
}

static void nodes_have_the_moments_of_the_common_factor(void **state)
{
    (void)state;
    check_nodes(FACTOR_GAMMA, 1e-4);
    check_nodes(FACTOR_GAMMA, 0.04);
    check_nodes(FACTOR_LOGNORMAL, 1e-4);
    check_nodes(FACTOR_LOGNORMAL, 0.04);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(masses_agree_with_another_library),
        cmocka_unit_test(poisson_counts_are_the_inverse_at_one_uniform),
        cmocka_unit_test(binomial_counts_are_the_inverse_at_one_uniform),
        cmocka_unit_test(nodes_have_the_moments_of_the_common_factor),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
