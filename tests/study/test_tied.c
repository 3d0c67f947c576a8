/* b less a is 0.5 + x + y and noise of variance 1, x and y normal and tied with
 * correlation 0.6; z is drawn too and does nothing. What x and y make is of variance
 * 2 (1 + 0.6) = 3.2, of 4.2. */
#include "test.h"

#include "made_result.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TRIALS = 4000 };

static const double r = 0.6, ahead = 0.5, spread = 3.2;

struct tied {
    double form[2 * TRIALS], x[TRIALS], y[TRIALS], z[TRIALS];
    struct hr_result *result;
};

static int make(void **state)
{
    static struct tied tied;
    const double rank = 6.0 / M_PI * asin(r / 2.0);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    const struct made_data data[] = {{"/trials/net_monetary_benefit", tied.form},
                                     {"/parameters/money.x", tied.x},
                                     {"/parameters/money.y", tied.y},
                                     {"/parameters/money.z", tied.z},
                                     {"/quality/correlation/money.x,money.y", &rank}};

    for (int t = 0; t < TRIALS; t++) {
        tied.x[t] = gsl_ran_gaussian(rng, 1.0);
        tied.y[t] = r * tied.x[t] + gsl_ran_gaussian(rng, sqrt(1.0 - r * r));
        tied.z[t] = gsl_ran_gaussian(rng, 1.0);
        tied.form[t] = 10.0;
        tied.form[TRIALS + t] =
            10.0 + ahead + tied.x[t] + tied.y[t] + gsl_ran_gaussian(rng, 1.0);
    }
    gsl_rng_free(rng);
    tied.result = made_result(2, TRIALS, data, 5);
    *state = &tied;
    return 0;
}

static int forget(void **state)
{
    struct tied *tied = *state;

    hr_result_close(tied->result);
    return 0;
}

static const struct hr_question pair = {.pair = "b,a"};

static void the_share_of_draws_that_hang_together_is_of_all_of_them(void **state)
{
    struct tied *tied = *state;
    struct hr_result *analysis;
    struct hr_error error = {0};
    size_t x = 0, y = 0, words;

    assert_int_equal(hr_sensitivity(tied->result, &pair, &analysis, &error), HR_OK);
    assert_true(hr_result_find(analysis, "draw", "money.x", &x));
    assert_true(hr_result_find(analysis, "draw", "money.y", &y));
    /* of R^2 of 4,000 trials the standard error is 2 R (1 - R^2) / sqrt n = 0.0066 */
    assert_true(fabs(made_number(analysis, "/share", x) - spread / 4.2) < 4.0 * 0.0066);
    assert_true(made_number(analysis, "/share", x) ==
                made_number(analysis, "/share", y));
    assert_string_equal(hr_result_labels(analysis, "tied_to", &words)[x], "money.y");
    assert_non_null(strstr(hr_result_text(analysis, "sentence"), "drawn with it"));
    hr_result_close(analysis);
}

/* Knowing x and y, of which b's lead is normal with mean 0.5 and variance 3.2: worth
 * s phi(m/s) - m Phi(-m/s). */
static void draws_that_hang_together_are_worth_what_all_are(void **state)
{
    struct tied *tied = *state;
    const double s = sqrt(spread), u = ahead / s;
    const double worth = s * gsl_ran_ugaussian_pdf(u) - ahead * gsl_cdf_ugaussian_Q(u);
    struct hr_result *analysis;
    struct hr_error error = {0};
    size_t x = 0, y = 0, draws;

    assert_int_equal(hr_voi(tied->result, NULL, NULL, &analysis, &error), HR_OK);
    (void)hr_result_labels(analysis, "draw", &draws);
    assert_int_equal(draws, 2);
    assert_true(hr_result_find(analysis, "draw", "money.x", &x));
    assert_false(hr_result_find(analysis, "draw", "money.y", &y));
    assert_true(fabs(made_number(analysis, "/evppi", x) - worth) <
                4.0 * made_number(analysis, "/evppi_se", x));
    assert_true(made_number(analysis, "/evppi_se", x) < 0.05 * worth);
    hr_result_close(analysis);
}

/* The nearest point at which 0.5 + x + y is zero: as many standard deviations away as
 * the mean of a normal of variance 3.2 is, halfway along each. In 4,000 trials the mean
 * is off by sqrt(4.2 / n) = 0.032, the slopes by 0.020 and their difference by 0.035:
 * standard errors of 0.0184 of the distance, 0.0165 of a score, 0.0112 of a share (by
 * 1,500 samples of that size); three of them are allowed. */
static void the_mildest_combination_counts_what_goes_together_as_likely(void **state)
{
    struct tied *tied = *state;
    struct hr_question question = {.pair = "b,a", .keys = "money.x"};
    struct hr_result *analysis;
    struct hr_error error = {0};
    double distance = NAN;
    size_t draws;

    assert_int_equal(hr_reverse(tied->result, &question, NULL, &analysis, &error),
                     HR_OK);
    (void)hr_result_labels(analysis, "draw", &draws);
    assert_int_equal(draws, 2); /* what is tied to it comes along */
    assert_true(hr_result_number(analysis, "distance", &distance));
    assert_true(fabs(distance - ahead / sqrt(spread)) < 3.0 * 0.0184);
    assert_true(fabs(made_number(analysis, "/score", 0) + ahead / 2.0) < 3.0 * 0.0165);
    assert_true(fabs(made_number(analysis, "/score", 1) + ahead / 2.0) < 3.0 * 0.0165);
    assert_true(fabs(made_number(analysis, "/path_share", 0) - 0.5) < 3.0 * 0.0112);
    hr_result_close(analysis);
}

/* z makes no difference: its slope is known to 0.0158 in 4,000 trials, and so its score
 * to 0.5 / 3.2 of that, of which three are allowed. */
static void what_is_tied_to_nothing_does_not_come_along(void **state)
{
    struct tied *tied = *state;
    struct hr_question question = {.pair = "b,a", .keys = "money.x,money.z"};
    struct hr_result *analysis;
    struct hr_error error = {0};
    size_t draws, z = 0;

    assert_int_equal(hr_reverse(tied->result, &question, NULL, &analysis, &error),
                     HR_OK);
    (void)hr_result_labels(analysis, "draw", &draws);
    assert_int_equal(draws, 3);
    assert_true(hr_result_find(analysis, "draw", "money.z", &z));
    assert_true(fabs(made_number(analysis, "/score", z)) < 3.0 * 0.5 / 3.2 * 0.0158);
    hr_result_close(analysis);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_share_of_draws_that_hang_together_is_of_all_of_them),
        cmocka_unit_test(draws_that_hang_together_are_worth_what_all_are),
        cmocka_unit_test(the_mildest_combination_counts_what_goes_together_as_likely),
        cmocka_unit_test(what_is_tied_to_nothing_does_not_come_along),
    };

    return cmocka_run_group_tests(tests, make, forget);
}
