/* Beta and gamma laws beside GSL's distribution functions (its inverses fail to
 * converge for some of these parameters) and beside closed forms. */
#include "test.h"

#include "beta_gamma.h"
#include "elementary.h"

#include <gsl/gsl_cdf.h>

static const double parameters[] = {0.05, 0.3, 0.9, 1.0, 2.0, 5.0, 60.0, 900.0};
static const double probabilities[] = {1e-9, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999};

enum {
    PARAMETERS = sizeof(parameters) / sizeof(*parameters),
    PROBABILITIES = sizeof(probabilities) / sizeof(*probabilities),
};

static double relative(double got, double want)
{
    return fabs(got - want) / fabs(want);
}

/* Judged by the upper tail where x is nearer 1: there 1 - x has lost its digits, by
 * 2^-53 / (1 - x) of itself, and beta times that of the probability. */
static void beta_round_trip(double p, double alpha, double beta)
{
    const double x = beta_quantile(p, alpha, beta);
    const double digits_lost = beta * 0x1p-53 / (1.0 - x);

    assert_true(x >= 0.0 && x < 1.0);
    assert_true(fabs(gsl_cdf_beta_P(x, alpha, beta) - p) < 1e-11 * p + digits_lost);
    assert_true(relative(beta_cdf(x, alpha, beta), gsl_cdf_beta_P(x, alpha, beta)) <
                1e-11 + digits_lost);
}

static void gamma_round_trip(double p, double shape)
{
    const double x = gamma_quantile(p, shape);

    assert_true(relative(gsl_cdf_gamma_P(x, shape, 1.0), p) < 1e-11);
    assert_true(relative(gamma_cdf(x, shape), p) < 1e-11);
}

static void beta_quantiles_lead_back_to_their_probabilities(void **state)
{
    (void)state;
    for (int a = 3; a < PARAMETERS; a++) {
        for (int b = 3; b < PARAMETERS; b++) {
            for (int p = 0; p < PROBABILITIES; p++)
                beta_round_trip(probabilities[p], parameters[a], parameters[b]);
        }
    }
}

static void skewed_beta_quantiles_lead_back_to_their_probabilities(void **state)
{
    (void)state;
    for (int a = 0; a < PARAMETERS; a++) {
        for (int p = 0; p < PROBABILITIES; p++)
            beta_round_trip(probabilities[p], parameters[a], 5.0);
    }
}

static void gamma_quantiles_lead_back_to_their_probabilities(void **state)
{
    (void)state;
    for (int a = 0; a < PARAMETERS; a++) {
        for (int p = 0; p < PROBABILITIES; p++)
            gamma_round_trip(probabilities[p], parameters[a]);
    }
}

/* F(x) = x^alpha for beta = 1, and 1 - (1 - x)^beta for alpha = 1 */
static void beta_laws_with_a_one_have_closed_forms(void **state)
{
    (void)state;
    assert_true(relative(beta_quantile(0.3, 3.0, 1.0), cbrt(0.3)) < 1e-14);
    assert_true(relative(beta_quantile(0.3, 1.0, 2.0), 1.0 - sqrt(0.7)) < 1e-14);
    assert_true(relative(beta_cdf(0.2, 3.0, 1.0), 0.008) < 1e-14);
}

static void a_symmetric_beta_law_has_its_median_at_a_half(void **state)
{
    (void)state;
    assert_true(relative(beta_quantile(0.5, 7.5, 7.5), 0.5) < 1e-14);
}

/* F(x) = 1 - exp(-x) */
static void a_gamma_law_of_shape_1_is_exponential(void **state)
{
    (void)state;
    assert_true(relative(gamma_quantile(0.5, 1.0), log(2.0)) < 1e-14);
    assert_true(relative(gamma_cdf(3.0, 1.0), 1.0 - exp(-3.0)) < 1e-14);
}

/* GSL's inverse gives up at some probabilities of this law: a leaving rate with
 * mean 6.25 % and standard deviation 0.78 %. */
static void an_ordinary_rate_has_a_quantile_at_every_probability(void **state)
{
    (void)state;
    for (int i = 1; i < 2000; i++)
        beta_round_trip(i / 2000.0, 60.0, 900.0);
}

/* Standard deviation over mean of a gamma law is 1/sqrt(shape): 1e-7/2 at the least,
 * so its median is its mean to 1e-7, as is a beta law's. */
static void parameters_of_10_million_still_converge(void **state)
{
    (void)state;
    assert_true(relative(gamma_quantile(0.5, 1e7), 1e7) < 1e-7);
    assert_true(relative(beta_quantile(0.5, 1e7, 1e7), 0.5) < 1e-7);
}

static void quantiles_too_small_for_a_double_are_0(void **state)
{
    (void)state;
    assert_true(beta_quantile(0.1, 0.001, 1.0) == 0.0); /* 0.1^1000 */
    assert_true(gamma_quantile(0.1, 0.001) == 0.0);
}

/* At 2,001 probabilities, from that of score -6 to that of 6. The curve is 4e-12 off
 * at the least parameter, 1; what is left to 1e-11 is the solver's own error. */
static void beta_curve_follows_its_quantiles(double alpha, double beta)
{
    struct quantile_curve curve;
    double before = 0.0;

    beta_curve(alpha, beta, &curve);
    for (int i = 0; i <= 2000; i++) {
        const double p = normal_cdf(-5.9995 + 0.006 * i);
        const double x = beta_on_curve(&curve, p, alpha, beta);

        assert_true(relative(x, beta_quantile(p, alpha, beta)) < 1e-11);
        assert_true(x > before);
        before = x;
    }
}

static void gamma_curve_follows_its_quantiles(double shape)
{
    struct quantile_curve curve;
    double before = 0.0;

    gamma_curve(shape, &curve);
    for (int i = 0; i <= 2000; i++) {
        const double p = normal_cdf(-5.9995 + 0.006 * i);
        const double x = gamma_on_curve(&curve, p, shape);

        assert_true(relative(x, gamma_quantile(p, shape)) < 1e-11);
        assert_true(x > before);
        before = x;
    }
}

static void curves_rise_through_the_quantiles_of_smooth_laws(void **state)
{
    (void)state;
    for (int a = 3; a < PARAMETERS; a++) {
        for (int b = 3; b < PARAMETERS; b++)
            beta_curve_follows_its_quantiles(parameters[a], parameters[b]);
        gamma_curve_follows_its_quantiles(parameters[a]);
    }
}

/* The probability of score -6 is 9.9e-10. */
static void beyond_a_curves_ends_quantiles_are_solved_for(void **state)
{
    const double below = 9e-10, above = 1.0 - 9e-10;
    struct quantile_curve curve;

    (void)state;
    beta_curve(2.0, 3.0, &curve);
    assert_true(beta_on_curve(&curve, below, 2.0, 3.0) ==
                beta_quantile(below, 2.0, 3.0));
    assert_true(beta_on_curve(&curve, above, 2.0, 3.0) ==
                beta_quantile(above, 2.0, 3.0));
    gamma_curve(2.0, &curve);
    assert_true(gamma_on_curve(&curve, below, 2.0) == gamma_quantile(below, 2.0));
    assert_true(gamma_on_curve(&curve, above, 2.0) == gamma_quantile(above, 2.0));
}

static void nothing_lies_outside_the_support(void **state)
{
    (void)state;
    assert_true(beta_cdf(0.0, 2.0, 3.0) == 0.0);
    assert_true(beta_cdf(-1.0, 2.0, 3.0) == 0.0);
    assert_true(beta_cdf(1.0, 2.0, 3.0) == 1.0);
    assert_true(gamma_cdf(0.0, 2.0) == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beta_quantiles_lead_back_to_their_probabilities),
        cmocka_unit_test(skewed_beta_quantiles_lead_back_to_their_probabilities),
        cmocka_unit_test(gamma_quantiles_lead_back_to_their_probabilities),
        cmocka_unit_test(beta_laws_with_a_one_have_closed_forms),
        cmocka_unit_test(a_symmetric_beta_law_has_its_median_at_a_half),
        cmocka_unit_test(a_gamma_law_of_shape_1_is_exponential),
        cmocka_unit_test(an_ordinary_rate_has_a_quantile_at_every_probability),
        cmocka_unit_test(parameters_of_10_million_still_converge),
        cmocka_unit_test(quantiles_too_small_for_a_double_are_0),
        cmocka_unit_test(curves_rise_through_the_quantiles_of_smooth_laws),
        cmocka_unit_test(beyond_a_curves_ends_quantiles_are_solved_for),
        cmocka_unit_test(nothing_lies_outside_the_support),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
