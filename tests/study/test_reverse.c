/* d = 0.5 + z1 + 0.5 z2 and small noise, z the normal scores of two draws: zero nearest
 * to their middles at 0.5/sqrt(1.25) standard deviations, along (1, 0.5). */
#include "test.h"

#include "made_result.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TRIALS = 2000 };

struct plane {
    double form[2 * TRIALS], x[TRIALS], y[TRIALS], x_again[TRIALS], other[TRIALS];
};

/* Points of low discrepancy, so that the tests need no generator. */
static double point(int i, double step)
{
    return fmod(0.5 + i * step, 1.0);
}

static void make_plane(struct plane *plane, double constant)
{
    for (int t = 0; t < TRIALS; t++) {
        plane->x[t] = point(t, 0.6180339887498949);
        plane->y[t] = exp(gsl_cdf_ugaussian_Pinv(point(t, 0.7548776662466927)));
        plane->x_again[t] = 10.0 * plane->x[t] * plane->x[t];
        plane->other[t] = point(t, 0.3098401);
        plane->form[t] = 100.0;
        plane->form[TRIALS + t] =
            100.0 + constant + gsl_cdf_ugaussian_Pinv(plane->x[t]) +
            0.5 * log(plane->y[t]) + 0.1 * (point(t, 0.5698402909980532) - 0.5);
    }
}

static struct hr_result *reversed(struct plane *plane, const char *keys)
{
    const struct made_data data[] = {{"/trials/net_monetary_benefit", plane->form},
                                     {"/parameters/money.x", plane->x},
                                     {"/parameters/money.x_again", plane->x_again},
                                     {"/parameters/money.y", plane->y},
                                     {"/parameters/money.other", plane->other}};
    const struct hr_question question = {.pair = "b,a", .keys = keys};
    struct hr_result *result = made_result(2, TRIALS, data, 5), *analysis = NULL;
    struct hr_error error = {0};

    if (hr_reverse(result, &question, NULL, &analysis, &error) != HR_OK)
        fail_msg("%s", error.message);
    hr_result_close(result);
    return analysis;
}

static double attribute(const struct hr_result *analysis, const char *name)
{
    double number = NAN;

    assert_true(hr_result_number(analysis, name, &number));
    return number;
}

/* The points are not quite independent, and the noise is small: within 0.02. */
static void the_mildest_combination_is_where_it_must_be(void **state)
{
    static struct plane plane;
    struct hr_result *analysis;

    (void)state;
    make_plane(&plane, 0.5);
    analysis = reversed(&plane, "money.x,money.y,money.other");
    assert_true(fabs(attribute(analysis, "distance") - 0.5 / sqrt(1.25)) < 0.02);
    assert_true(fabs(made_number(analysis, "/score", 0) + 0.4) < 0.02);
    assert_true(fabs(made_number(analysis, "/score", 1) + 0.2) < 0.02);
    assert_true(fabs(made_number(analysis, "/value", 0) - gsl_cdf_ugaussian_P(-0.4)) <
                0.01);
    assert_non_null(strstr(hr_result_text(analysis, "sentence"),
                           "within what the assumptions themselves allow"));
    hr_result_close(analysis);
}

/* What is drawn from the same number by another law is no second unknown. */
static void draws_that_move_together_are_one(void **state)
{
    static struct plane plane;
    struct hr_result *analysis;
    size_t draws;

    (void)state;
    make_plane(&plane, 0.5);
    analysis = reversed(&plane, "money.*");
    (void)hr_result_labels(analysis, "draw", &draws);
    assert_int_equal(draws, 3);
    assert_true(fabs(attribute(analysis, "distance") - 0.5 / sqrt(1.25)) < 0.02);
    hr_result_close(analysis);
}

static void what_nothing_within_reach_turns_is_said_to_stand(void **state)
{
    static struct plane plane;
    struct hr_result *analysis;

    (void)state;
    make_plane(&plane, 20.0);
    analysis = reversed(&plane, NULL);
    assert_true(isnan(attribute(analysis, "distance")));
    assert_non_null(strstr(hr_result_text(analysis, "sentence"),
                           "No combination of 3 assumptions"));
    hr_result_close(analysis);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mildest_combination_is_where_it_must_be),
        cmocka_unit_test(draws_that_move_together_are_one),
        cmocka_unit_test(what_nothing_within_reach_turns_is_said_to_stand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
