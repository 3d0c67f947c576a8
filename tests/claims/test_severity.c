#include "reference.h"

#include "gaussian.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>

static double above_at(double x, void *severity)
{
    return severity_above(severity, x);
}

/* pi(x) is the integral of P(X > t) from x up. */
static double integrated_excess(struct severity *severity, double x)
{
    gsl_integration_workspace *space = gsl_integration_workspace_alloc(2000);
    const gsl_function f = {above_at, severity};
    double result, error;

    gsl_integration_qagiu(&(gsl_function){f.function, f.params}, x, 0.0, 1e-9, 2000,
                          space, &result, &error);
    gsl_integration_workspace_free(space);
    return result;
}

static struct severity lognormal(void)
{
    struct severity severity;
    struct hr_error error;

    assert_int_equal(severity_lognormal(&severity, 2400.0, 2.0, &error), HR_OK);
    return severity;
}

static struct severity pareto(double tail)
{
    struct severity severity;
    struct hr_error error;

    assert_int_equal(severity_lognormal_pareto(&severity, 2400.0, 2.0,
                                               &(struct severity_tail){20000.0, tail},
                                               &error),
                     HR_OK);
    return severity;
}

static void check_law(struct severity *severity, double x)
{
    const double share = severity_above(severity, x);

    assert_near(severity_excess(severity, x), integrated_excess(severity, x), 1e-6);
    assert_near(severity_quantile_above(severity, share), x, 1e-9);
    assert_near(severity_partial_moment(severity, 1, x) + severity_excess(severity, x) +
                    x * share,
                severity_limited_moment(severity, 1, INFINITY), 1e-10);
}

static void the_normal_tail_keeps_its_digits_far_out(void **state)
{
    (void)state;
    for (double x = -6.0; x < 30.0; x += 0.37)
        assert_near(normal_above(x), gsl_cdf_ugaussian_Q(x), 2e-14);
}

static void a_lognormal_has_its_mean_and_cv(void **state)
{
    struct severity severity = lognormal();

    (void)state;
    assert_near(severity_limited_moment(&severity, 1, INFINITY), 2400.0, 1e-13);
    assert_near(severity_limited_moment(&severity, 2, INFINITY), 5.0 * 2400.0 * 2400.0,
                1e-13); /* 1 + cv^2 = 5 */
    check_law(&severity, 700.0);
    check_law(&severity, 30000.0);
}

static void a_pareto_tail_takes_over_at_the_splice(void **state)
{
    struct severity body = lognormal(), severity = pareto(2.5);

    (void)state;
    assert_near(severity_above(&severity, 20000.0), severity_above(&body, 20000.0),
                1e-14);
    assert_near(severity_above(&severity, 40000.0) / severity_above(&severity, 20000.0),
                pow(2.0, -2.5), 1e-13);
    check_law(&severity, 5000.0);
    check_law(&severity, 60000.0);
}

static void an_exponential_has_known_moments(void **state)
{
    struct severity severity;
    struct hr_error error;

    (void)state;
    assert_int_equal(severity_exponential(&severity, 1000.0, &error), HR_OK);
    assert_near(severity_limited_moment(&severity, 3, INFINITY), 6e9, 1e-14);
    check_law(&severity, 1500.0);
}

static void values_may_come_unsorted(void **state)
{
    const double value[] = {300.0, 0.0, 100.0, 100.0};
    struct severity severity;
    struct hr_error error;

    (void)state;
    assert_int_equal(severity_values(&severity, value, 4, &error), HR_OK);
    assert_within(severity_above(&severity, 100.0), 0.25, 1e-15);
    assert_within(severity_excess(&severity, 50.0), 0.25 * (250 + 50 + 50), 1e-12);
    assert_within(severity_limited_moment(&severity, 2, INFINITY), 27500.0, 1e-9);
    assert_within(severity_quantile_above(&severity, 0.6), 100.0, 1e-12);
    severity_free(&severity);
}

/* The dearest of three is the x that a chance of 1/4 gives, at any scale; were it
 * compared after a division, rounding would now and then put it above itself. */
static void no_value_of_a_table_lies_above_itself(void **state)
{
    const double value[] = {100.0, 300.0, 700.0};
    struct severity severity;
    struct hr_error error;

    (void)state;
    assert_int_equal(severity_values(&severity, value, 3, &error), HR_OK);
    for (int i = 1; i <= 1000; i++) {
        severity.scale = i / 997.0;
        assert_within(
            severity_above(&severity, severity_quantile_above(&severity, 0.25)), 0.0,
            0.0);
    }
    severity_free(&severity);
}

static void a_quantile_table_is_joined_by_straight_lines(void **state)
{
    const double p[] = {0.0, 0.5, 1.0}, x[] = {0.0, 100.0, 1100.0};
    struct severity severity;
    struct hr_error error;

    (void)state;
    assert_int_equal(severity_quantiles(&severity, p, x, 3, &error), HR_OK);
    assert_within(severity_above(&severity, 600.0), 0.25, 1e-15);
    assert_within(severity_limited_moment(&severity, 1, INFINITY), 325.0, 1e-10);
    check_law(&severity, 40.0);
    check_law(&severity, 600.0);
    severity_free(&severity);
}

static void the_grid_of_excesses_is_that_of_the_points(void **state)
{
    struct severity severity = lognormal();
    double excess[1000];

    (void)state;
    severity_excess_grid(&severity, 37.0, 1000, excess);
    for (size_t j = 0; j < 1000; j++)
        assert_near(excess[j], severity_excess(&severity, 37.0 * (double)j), 1e-12);
}

static void refuses(enum hr_status status, const struct hr_error *error,
                    const char *message)
{
    assert_int_equal(status, HR_BAD_INPUT);
    assert_string_equal(error->message, message);
}

static void a_table_that_falls_is_refused(void **state)
{
    const double p[] = {0.0, 0.5, 0.4, 1.0}, q[] = {0.0, 0.5, 0.8, 1.0};
    const double x[] = {0.0, 50.0, 40.0, 90.0}, bad[] = {1.0, -2.0};
    const double whole[] = {0.0, 1.0}, below[] = {-3.0, 90.0};
    struct severity s;
    struct hr_error e;

    (void)state;
    refuses(severity_quantiles(&s, p, x, 4, &e), &e,
            "the quantile table is not monotone: row 3 has probability 0.4 after 0.5");
    refuses(severity_quantiles(&s, q, x, 4, &e), &e,
            "the quantile table is not monotone: row 3 has cost 40 after 50");
    refuses(severity_quantiles(&s, q, x, 3, &e), &e,
            "a quantile table must run from probability 0 to 1");
    refuses(severity_quantiles(&s, whole, below, 2, &e), &e,
            "the quantile table starts at -3, below 0");
    refuses(severity_values(&s, bad, 2, &e), &e,
            "row 2 of the table of claims: -2 is not a cost of 0 or more");
}

static void impossible_laws_are_refused(void **state)
{
    struct severity s;
    struct hr_error e;

    (void)state;
    refuses(severity_lognormal(&s, 0.0, 2.0, &e), &e,
            "a mean claim of 0 is not above 0");
    refuses(severity_lognormal(&s, 2400.0, NAN, &e), &e,
            "a coefficient of variation of nan is not 0 or above");
    refuses(severity_lognormal_pareto(&s, 2400.0, 2.0,
                                      &(struct severity_tail){1e4, 1.0}, &e),
            &e, "a Pareto tail index of 1 gives an infinite mean: it must be above 1");
}

static void an_infinite_variance_is_refused_where_one_is_asked(void **state)
{
    struct severity severity = pareto(1.8);
    struct hr_error e;

    (void)state;
    refuses(severity_needs_moment(&severity, 2, INFINITY, &e), &e,
            "the severity has no finite variance: its Pareto tail index 1.8 must be "
            "above 2, or an individual limit must cut the tail");
    assert_int_equal(severity_needs_moment(&severity, 2, 50000.0, &e), HR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_normal_tail_keeps_its_digits_far_out),
        cmocka_unit_test(a_lognormal_has_its_mean_and_cv),
        cmocka_unit_test(a_pareto_tail_takes_over_at_the_splice),
        cmocka_unit_test(an_exponential_has_known_moments),
        cmocka_unit_test(values_may_come_unsorted),
        cmocka_unit_test(no_value_of_a_table_lies_above_itself),
        cmocka_unit_test(a_quantile_table_is_joined_by_straight_lines),
        cmocka_unit_test(the_grid_of_excesses_is_that_of_the_points),
        cmocka_unit_test(a_table_that_falls_is_refused),
        cmocka_unit_test(impossible_laws_are_refused),
        cmocka_unit_test(an_infinite_variance_is_refused_where_one_is_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
