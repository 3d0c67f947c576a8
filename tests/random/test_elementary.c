/* The engine's elementary functions beside the C library's in long double, whose 64
 * bits of mantissa leave 11 to judge a double by. */
#include "test.h"

#include "elementary.h"

#include <float.h>

enum { POINTS = 200000 };

typedef double function(double x);
typedef long double judge(long double x);

static double from_range(double low, double high, int i)
{
    return low + (high - low) * (i + 0.5) / POINTS;
}

static double ulps_apart(double got, long double exact)
{
    const double near = fabs((double)exact);

    return (double)(fabsl((long double)got - exact) /
                    (nextafter(near, INFINITY) - near));
}

static double worst_ulps(function *ours, judge *exact, double low, double high)
{
    double worst = 0.0;

    for (int i = 0; i < POINTS; i++) {
        const double x = from_range(low, high, i);

        worst = fmax(worst, ulps_apart(ours(x), exact(x)));
    }
    return worst;
}

static double worst_relative(function *ours, judge *exact, double low, double high)
{
    double worst = 0.0;

    for (int i = 0; i < POINTS; i++) {
        const double x = from_range(low, high, i);
        const long double want = exact(x);

        worst = fmax(worst, (double)(fabsl((long double)ours(x) - want) / fabsl(want)));
    }
    return worst;
}

static double log_of_power_of_two_times(double x)
{
    return log_of(ldexp(1.0 + x - floor(x), (int)floor(x)));
}

static long double exact_log_of_power_of_two_times(long double x)
{
    return logl(ldexpl(1.0L + x - floorl(x), (int)floorl(x)));
}

static long double exact_normal_cdf(long double x)
{
    return 0.5L * erfcl(-x / sqrtl(2.0L));
}

/* Three Newton steps in long double from the engine's own answer: each squares the
 * error, so 1e-10 would do to begin with. */
static long double exact_normal_quantile(long double u)
{
    const long double root_tau = 2.5066282746310005024L;
    long double z = normal_quantile((double)u);

    for (int i = 0; i < 3; i++)
        z -= (exact_normal_cdf(z) - u) * root_tau * expl(0.5L * z * z);
    return z;
}

static double normal_quantile_of_power_of_two(double x)
{
    return normal_quantile(ldexp(1.0, (int)x));
}

static long double exact_normal_quantile_of_power_of_two(long double x)
{
    return exact_normal_quantile(ldexpl(1.0L, (int)x));
}

static void log_is_within_1_ulp(void **state)
{
    (void)state;
    assert_true(worst_ulps(log_of, logl, 0.5, 2.0) < 1.0);
    assert_true(worst_ulps(log_of, logl, 2.0, 1e6) < 1.0);
    assert_true(worst_ulps(log_of_power_of_two_times, exact_log_of_power_of_two_times,
                           -1021.0, 1023.0) < 1.0);
}

static void log_of_1_is_exactly_0(void **state)
{
    (void)state;
    assert_true(log_of(1.0) == 0.0);
}

static void log_reaches_the_ends_of_the_normal_numbers(void **state)
{
    (void)state;
    assert_true(ulps_apart(log_of(DBL_MIN), logl(DBL_MIN)) < 1.0);
    assert_true(ulps_apart(log_of(DBL_MAX), logl(DBL_MAX)) < 1.0);
}

static void exp_is_within_2_ulps(void **state)
{
    (void)state;
    assert_true(worst_ulps(exp_of, expl, -1.0, 1.0) < 2.0);
    assert_true(worst_ulps(exp_of, expl, -700.0, 700.0) < 2.0);
}

static void exp_of_0_is_exactly_1(void **state)
{
    (void)state;
    assert_true(exp_of(0.0) == 1.0);
}

static void exp_stops_at_700_either_way(void **state)
{
    (void)state;
    assert_true(exp_of(1e9) == exp_of(700.0));
    assert_true(exp_of(-INFINITY) == exp_of(-700.0));
}

/* 30 log 10 = 69 with an error of 1 ulp from the logarithm and a half from the product
 * enters the exponential: 69 * 1.5 * 2^-52 = 2.3e-14. */
static void power_is_exp_of_log(void **state)
{
    (void)state;
    assert_true(fabs(power_of(2.0, 10.0) / 1024.0 - 1.0) < 2.4e-14);
    assert_true(fabs(power_of(10.0, -30.0) / 1e-30 - 1.0) < 2.4e-14);
    assert_true(power_of(7.0, 0.0) == 1.0);
}

/* Wichura gives 1 in 10^16 for the formula; rounding adds a few ulps of 1.1e-16. */
static void normal_quantile_keeps_15_digits(void **state)
{
    (void)state;
    assert_true(worst_relative(normal_quantile, exact_normal_quantile, 1e-9, 0.499) <
                1e-15);
    assert_true(worst_relative(normal_quantile_of_power_of_two,
                               exact_normal_quantile_of_power_of_two, -1000.0,
                               -1.0) < 1e-15);
}

static void normal_quantile_of_a_half_is_exactly_0(void **state)
{
    (void)state;
    assert_true(normal_quantile(0.5) == 0.0);
}

static void normal_quantile_is_symmetric(void **state)
{
    (void)state;
    assert_true(normal_quantile(0.25) == -normal_quantile(0.75));
    assert_true(normal_quantile(0x1p-53) == -normal_quantile(1.0 - 0x1p-53));
}

/* In the far tail an exponent of 37^2/2 = 684 costs 684 2^-53 = 8e-14. */
static void normal_cdf_keeps_13_digits_in_both_tails(void **state)
{
    (void)state;
    assert_true(worst_relative(normal_cdf, exact_normal_cdf, -37.0, -1.5) < 1e-13);
    assert_true(worst_relative(normal_cdf, exact_normal_cdf, -1.5, 1.5) < 1e-14);
    assert_true(worst_relative(normal_cdf, exact_normal_cdf, 1.5, 10.0) < 1e-14);
}

static void normal_cdf_reaches_0_and_1(void **state)
{
    (void)state;
    assert_true(normal_cdf(-INFINITY) == 0.0);
    assert_true(normal_cdf(INFINITY) == 1.0);
}

static void rounded_is_the_floor_of_x_and_a_half(void **state)
{
    (void)state;
    assert_true(rounded(2.4) == 2.0);
    assert_true(rounded(2.5) == 3.0);
    assert_true(rounded(3.5) == 4.0); /* up, not to even */
    assert_true(rounded(-2.5) == -2.0);
    assert_true(rounded(-2.6) == -3.0);
    assert_true(rounded(0.0) == 0.0);
    assert_true(rounded(1125899906842623.0) == 1125899906842623.0); /* 2^50 - 1 */
}

static void within_keeps_to_its_range(void **state)
{
    (void)state;
    assert_true(within(0.5, 0.0, 1.0) == 0.5);
    assert_true(within(-2.0, 0.0, 1.0) == 0.0);
    assert_true(within(2.0, 0.0, 1.0) == 1.0);
    assert_true(within((double)NAN, 0.0, 1.0) == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(log_is_within_1_ulp),
        cmocka_unit_test(log_of_1_is_exactly_0),
        cmocka_unit_test(log_reaches_the_ends_of_the_normal_numbers),
        cmocka_unit_test(exp_is_within_2_ulps),
        cmocka_unit_test(exp_of_0_is_exactly_1),
        cmocka_unit_test(exp_stops_at_700_either_way),
        cmocka_unit_test(power_is_exp_of_log),
        cmocka_unit_test(normal_quantile_keeps_15_digits),
        cmocka_unit_test(normal_quantile_of_a_half_is_exactly_0),
        cmocka_unit_test(normal_quantile_is_symmetric),
        cmocka_unit_test(normal_cdf_keeps_13_digits_in_both_tails),
        cmocka_unit_test(normal_cdf_reaches_0_and_1),
        cmocka_unit_test(rounded_is_the_floor_of_x_and_a_half),
        cmocka_unit_test(within_keeps_to_its_range),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
