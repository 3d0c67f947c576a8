/* Scores of forecasts: closed forms, and truth drawn from the forecast itself. */
#include "test.h"

#include "draw.h"
#include "elementary.h"
#include "score.h"

#include <math.h>
#include <stdlib.h>

enum { TRIALS = 19, TRUTHS = 4000, MANY = 5000 };

static void assert_is(double got, double known)
{
    assert_true(fabs(got - known) < 1e-12);
}

static double standard_normal(uint64_t trial, uint32_t k)
{
    return normal_quantile(draw_one(20240401, trial, draw_address(0, 1, 0, k)));
}

static void draw_sample(double *x, size_t n, uint64_t trial)
{
    for (size_t i = 0; i < n; i++)
        x[i] = standard_normal(trial, (uint32_t)i);
}

static void a_truth_below_all_and_above_all_takes_the_end_steps(void **state)
{
    const double forecast[] = {1.0, 2.0, 2.0};

    (void)state;
    assert_is(score_pit(forecast, 3, (struct observation){0.0, 0.0}), 0.125);
    assert_is(score_pit(forecast, 3, (struct observation){9.0, 0.0}), 0.875);
    assert_is(score_pit(forecast, 3, (struct observation){2.0, 0.0}), 2.5 / 4.0);
}

static void a_quantile_is_where_the_transform_has_its_probability(void **state)
{
    const double sorted[] = {1.0, 2.0, 4.0, 8.0};
    const double value = score_quantile(sorted, 4, 0.3, 0.5);

    (void)state;
    assert_is(score_pit(sorted, 4, (struct observation){value, 0.5}), 0.3);
    assert_is(score_quantile(sorted, 4, 0.5, 0.0), 3.0);
}

/* |1 - 2| and |4 - 2| have mean 3/2, the two are 3 apart. */
static void crps_is_distance_less_half_the_spread(void **state)
{
    const double forecast[] = {1.0, 4.0};

    (void)state;
    assert_is(score_crps(forecast, 2, (struct observation){2.0, 0.0}), 1.5 - 1.5);
    assert_is(score_crps(forecast, 1, (struct observation){2.0, 0.0}), 1.0);
}

/* Three of four say 1: (3/4)^2 in the limit; over distinct pairs 3/4 - 1/2 x 1/2. */
static void for_an_event_crps_is_briers_score(void **state)
{
    const double forecast[] = {1.0, 1.0, 0.0, 1.0};

    (void)state;
    assert_is(score_crps(forecast, 4, (struct observation){0.0, 0.0}), 0.75 - 0.25);
}

/* A normal with sd 1 that is right on: 2/sqrt(2 pi) - 1/sqrt(pi) = 0.23369. */
static void crps_of_a_normal_is_gneitings_closed_form(void **state)
{
    (void)state;
    assert_true(fabs(score_crps_normal(3.0, 1.0, (struct observation){3.0, 0.0}) -
                     0.233695) < 1e-6);
    assert_is(score_crps_normal(3.0, 0.0, (struct observation){5.0, 0.0}), 2.0);
    assert_is(score_crps_normal(0.0, 0.6, (struct observation){1.0, 0.8}),
              score_crps_normal(0.0, 1.0, (struct observation){1.0, 0.0}));
}

/* Its standard error is that of a mean of 5,000, about 0.01. */
static void crps_of_a_large_sample_is_that_of_its_law(void **state)
{
    double *x = malloc(MANY * sizeof(*x));
    const struct observation seen = {0.7, 0.5};

    (void)state;
    draw_sample(x, MANY, 0);
    assert_true(fabs(score_crps(x, MANY, seen) - score_crps_normal(0.0, 1.0, seen)) <
                4.0 * 0.01);
    free(x);
}

/** How often intervals hold a truth of the forecast's own law. */
static double held(double error, double least, double most)
{
    double x[TRIALS + 2], sum = 0.0;

    for (uint64_t t = 0; t < TRUTHS; t++) {
        double pit;

        draw_sample(x, TRIALS + 2, t);
        pit = score_pit(x, TRIALS,
                        (struct observation){x[TRIALS] + error * x[TRIALS + 1], error});
        sum += pit >= least && pit <= most;
    }
    return sum / TRUTHS;
}

/* 19 trials have 20 steps: 18 within 5 to 95 %, 10 within 25 to 75 %, each alike.
 * Standard errors sqrt(0.9 x 0.1 / 4000) = 0.0047 and 0.0079. */
static void intervals_hold_a_truth_of_their_own_law_as_often_as_they_say(void **state)
{
    (void)state;
    assert_true(fabs(held(0.0, 0.05, 0.95) - 0.9) < 4.0 * 0.0047);
    assert_true(fabs(held(0.0, 0.25, 0.75) - 0.5) < 4.0 * 0.0079);
}

/* Truths three times as wide as the forecast are outside its 90 % in about 58 of 100,
 * of 4,000 with a standard error of 0.8: 30 are far below that, and thrice the 10 said.
 */
static void a_forecast_too_sure_of_itself_is_found_out(void **state)
{
    double x[TRIALS + 1], outside = 0.0;

    (void)state;
    for (uint64_t t = 0; t < TRUTHS; t++) {
        draw_sample(x, TRIALS + 1, t);
        outside +=
            fabs(score_pit(x, TRIALS, (struct observation){3.0 * x[TRIALS], 0.0}) -
                 0.5) > 0.45;
    }
    assert_true(outside / TRUTHS > 0.3);
}

/* 1 - 0.9^4 - 4 x 0.1 x 0.9^3 = 0.0523. */
static void the_chance_of_misses_is_binomial(void **state)
{
    (void)state;
    assert_is(score_at_least(0, 4, 0.1), 1.0);
    assert_true(fabs(score_at_least(2, 4, 0.1) - 0.0523) < 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_truth_below_all_and_above_all_takes_the_end_steps),
        cmocka_unit_test(a_quantile_is_where_the_transform_has_its_probability),
        cmocka_unit_test(crps_is_distance_less_half_the_spread),
        cmocka_unit_test(for_an_event_crps_is_briers_score),
        cmocka_unit_test(crps_of_a_normal_is_gneitings_closed_form),
        cmocka_unit_test(crps_of_a_large_sample_is_that_of_its_law),
        cmocka_unit_test(intervals_hold_a_truth_of_their_own_law_as_often_as_they_say),
        cmocka_unit_test(a_forecast_too_sure_of_itself_is_found_out),
        cmocka_unit_test(the_chance_of_misses_is_binomial),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
