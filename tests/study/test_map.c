/* Form b leads a by z1 + 0.5 z2 and small noise, z the normal scores of two draws: b is
 * best where both are high, a where both are low. */
#include "test.h"

#include "made_result.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TRIALS = 2000, SIDE = 5 };

struct plane {
    double form[2 * TRIALS], x[TRIALS], y[TRIALS];
};

/* Points of low discrepancy, so that the tests need no generator. */
static double point(int i, double step)
{
    return fmod(0.5 + i * step, 1.0);
}

static struct hr_result *made(struct plane *plane)
{
    const struct made_data data[] = {{"/trials/net_monetary_benefit", plane->form},
                                     {"/parameters/money.x", plane->x},
                                     {"/parameters/money.y", plane->y}};

    for (int t = 0; t < TRIALS; t++) {
        plane->x[t] = point(t, 0.6180339887498949);
        plane->y[t] = point(t, 0.7548776662466927);
        plane->form[t] = 100.0;
        plane->form[TRIALS + t] = 100.0 + gsl_cdf_ugaussian_Pinv(plane->x[t]) +
                                  0.5 * gsl_cdf_ugaussian_Pinv(plane->y[t]) +
                                  0.1 * (point(t, 0.5698402909980532) - 0.5);
    }
    return made_result(2, TRIALS, data, 3);
}

static struct hr_result *mapped(const char *keys)
{
    static struct plane plane;
    const struct hr_question question = {.keys = keys};
    const struct hr_map_options options = {.grid = {SIDE, SIDE}};
    struct hr_result *result = made(&plane), *analysis = NULL;
    struct hr_error error = {0};

    if (hr_map(result, &question, &options, &analysis, &error) != HR_OK)
        fail_msg("%s", error.message);
    hr_result_close(result);
    return analysis;
}

static void the_best_form_is_that_of_the_cell(void **state)
{
    struct hr_result *analysis = mapped("money.x,money.y");

    (void)state;
    assert_true(made_number(analysis, "/best", 0) == 0.0);
    assert_true(made_number(analysis, "/sure", 0) == 1.0);
    assert_true(made_number(analysis, "/best", SIDE * SIDE - 1) == 1.0);
    assert_true(made_number(analysis, "/sure", SIDE * SIDE - 1) == 1.0);
    hr_result_close(analysis);
}

/* x low and y high: z1 + z2 / 2 is below zero; the other way round it is above. */
static void the_key_that_is_named_first_goes_down(void **state)
{
    struct hr_result *analysis = mapped("money.x,money.y");
    struct hr_result *turned = mapped("money.y,money.x");

    (void)state;
    assert_true(made_number(analysis, "/best", SIDE - 1) == 0.0);
    assert_true(made_number(turned, "/best", SIDE - 1) == 1.0);
    assert_string_equal(hr_result_text(turned, "down_key"), "money.y");
    hr_result_close(analysis);
    hr_result_close(turned);
}

/* Within 4 of the surface's errors, and 0.02 for points that are not random. */
static void the_surface_is_the_mean_of_the_difference(void **state)
{
    struct hr_result *analysis = mapped("money.x,money.y");
    const size_t corner = SIDE * SIDE + SIDE - 1;
    const double z = gsl_cdf_ugaussian_Pinv(0.98);
    const double leads = made_number(analysis, "/mean", corner) -
                         made_number(analysis, "/mean", SIDE - 1);

    (void)state;
    assert_true(fabs(leads - (-z + 0.5 * z)) <
                0.02 + 4.0 * made_number(analysis, "/mean_se", corner) +
                    4.0 * made_number(analysis, "/mean_se", SIDE - 1));
    hr_result_close(analysis);
}

static void a_map_of_one_assumption_is_refused(void **state)
{
    static struct plane plane;
    const struct hr_question question = {.keys = "money.x"};
    struct hr_result *result = made(&plane), *analysis;
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(hr_map(result, &question, NULL, &analysis, &error), HR_BAD_INPUT);
    assert_non_null(strstr(error.message, "of two assumptions"));
    hr_result_close(result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_form_is_that_of_the_cell),
        cmocka_unit_test(the_key_that_is_named_first_goes_down),
        cmocka_unit_test(the_surface_is_the_mean_of_the_difference),
        cmocka_unit_test(a_map_of_one_assumption_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
