/* d = m + b1 t1 + b2 t2 is zero nearest to the middle at distance |m|/|b|, along b. */
#include "test.h"

#include "quadratic.h"

#include <gsl/gsl_randist.h>
#include <math.h>

enum { TRIALS = 400, DRAWS = 2 };

static double scores[DRAWS * TRIALS], y[TRIALS];

static void make(double constant, double first, double second, double square)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    for (size_t t = 0; t < TRIALS; t++) {
        const double one = gsl_ran_ugaussian(rng), other = gsl_ran_ugaussian(rng);

        scores[t] = one;
        scores[TRIALS + t] = other;
        y[t] = constant + first * one + second * other + square * one * one;
    }
    gsl_rng_free(rng);
}

static struct quadratic fitted(void)
{
    const struct scores draws = {scores, DRAWS, TRIALS};
    struct quadratic quadratic;
    struct hr_error error = {0};

    assert_int_equal(quadratic_fit(&quadratic, &draws, y, &error), HR_OK);
    return quadratic;
}

static void near(double got, double truth)
{
    if (!(fabs(got - truth) < 1e-6))
        fail_msg("%.9g is not %.9g", got, truth);
}

static void the_nearest_zero_of_a_plane_is_along_its_slope(void **state)
{
    struct quadratic quadratic;
    struct design_point point;

    (void)state;
    make(0.3, 1.0, 0.5, 0.0);
    quadratic = fitted();
    point = quadratic_nearest_zero(&quadratic, 4.0);
    assert_true(point.found);
    near(point.distance, 0.2683281572999747);
    near(point.w[0], -0.24);
    near(point.w[1], -0.12);
}

static void the_known_distances_are_found(void **state)
{
    struct quadratic quadratic;

    (void)state;
    make(0.0, 1.0, 0.5, 0.0);
    quadratic = fitted();
    near(quadratic_nearest_zero(&quadratic, 4.0).distance, 0.0);
    make(1.0, 0.5, 0.5, 0.0);
    quadratic = fitted();
    near(quadratic_nearest_zero(&quadratic, 4.0).distance, 1.414213562373095);
}

/* d = 2 - t1^2 has no slope in the middle, and zeros at plus and minus the root of 2.
 */
static void a_curve_without_slope_in_the_middle_is_left_from_the_axes(void **state)
{
    struct quadratic quadratic;

    (void)state;
    make(2.0, 0.0, 0.0, -1.0);
    quadratic = fitted();
    near(quadratic_nearest_zero(&quadratic, 4.0).distance, 1.414213562373095);
}

static void what_is_never_zero_has_no_nearest_zero(void **state)
{
    struct quadratic quadratic;

    (void)state;
    make(10.0, 1.0, 0.5, 0.0);
    quadratic = fitted();
    assert_false(quadratic_nearest_zero(&quadratic, 4.0).found);
    make(2.0, 0.0, 0.0, 1.0);
    quadratic = fitted();
    assert_false(quadratic_nearest_zero(&quadratic, 4.0).found);
}

static void too_few_trials_and_too_many_draws_are_refused(void **state)
{
    const struct scores few = {scores, DRAWS, 20}, many = {scores, 13, TRIALS / 13};
    struct quadratic quadratic;
    struct hr_error error = {0};

    (void)state;
    make(1.0, 1.0, 1.0, 0.0);
    assert_int_equal(quadratic_fit(&quadratic, &few, y, &error), HR_BAD_INPUT);
    assert_int_equal(quadratic_fit(&quadratic, &many, y, &error), HR_BAD_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_zero_of_a_plane_is_along_its_slope),
        cmocka_unit_test(the_known_distances_are_found),
        cmocka_unit_test(a_curve_without_slope_in_the_middle_is_left_from_the_axes),
        cmocka_unit_test(what_is_never_zero_has_no_nearest_zero),
        cmocka_unit_test(too_few_trials_and_too_many_draws_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
