#include "test.h"

#include "information.h"
#include "known_answers.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TRIALS = 10000, SEEDS = 20 };

/* Nothing against d = 0.3 + t1 + 0.5 t2 + 3 noise, all normal. */
struct linear {
    double *nb, *score; /* [2][TRIALS] each */
};

static void draw_linear(const gsl_rng *rng, struct linear *linear)
{
    for (size_t t = 0; t < TRIALS; t++) {
        const double t1 = gsl_ran_ugaussian(rng), t2 = gsl_ran_ugaussian(rng);

        linear->score[t] = t1;
        linear->score[TRIALS + t] = t2;
        linear->nb[t] = 0.0;
        linear->nb[TRIALS + t] = 0.3 + t1 + 0.5 * t2 + 3.0 * gsl_ran_ugaussian(rng);
    }
}

static struct information of_draw(const struct linear *linear, size_t draw)
{
    const struct alternatives all = {linear->nb, 2, TRIALS};
    struct information information;
    struct spline spline;
    struct hr_error error;

    assert_int_equal(
        spline_init(&spline, linear->score + draw * TRIALS, TRIALS, &error), HR_OK);
    assert_int_equal(information_of_draw(&spline, &all, 7, &information, &error),
                     HR_OK);
    spline_free(&spline);
    return information;
}

static struct policy of_both(const struct linear *linear, double *share_best)
{
    const struct alternatives all = {linear->nb, 2, TRIALS};
    const struct scores draws = {linear->score, 2, TRIALS};
    struct policy policy;
    struct hr_error error;

    assert_int_equal(information_of_group(&draws, &all, &policy, share_best, &error),
                     HR_OK);
    return policy;
}

/* Expected value of knowing what has standard deviation s in a mean difference of 0.3.
 */
static double worth(double s)
{
    return s * gsl_ran_ugaussian_pdf(0.3 / s) - 0.3 * gsl_cdf_ugaussian_Q(0.3 / s);
}

/* Twenty samples: within 4 of their own standard errors, and beyond 3 at most once. */
static void information_is_the_closed_form_of_a_linear_choice(void **state)
{
    struct linear linear = {malloc(2 * TRIALS * sizeof(double)),
                            malloc(2 * TRIALS * sizeof(double))};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    size_t far = 0;

    (void)state;
    for (size_t s = 0; s < SEEDS; s++) {
        struct information first, second;
        struct policy both;

        draw_linear(rng, &linear);
        first = of_draw(&linear, 0);
        second = of_draw(&linear, 1);
        both = of_both(&linear, NULL);
        assert_true(fabs(first.value - worth(1.0)) <= 4.0 * first.se);
        assert_true(fabs(second.value - worth(0.5)) <= 4.0 * second.se);
        assert_true(fabs(both.gain - worth(sqrt(1.25))) <= 4.0 * both.gain_se);
        assert_true(fabs(both.plug - worth(sqrt(1.25))) <= 4.0 * both.gain_se);
        far += fabs(first.value - worth(1.0)) > 3.0 * first.se;
        far += fabs(both.gain - worth(sqrt(1.25))) > 3.0 * both.gain_se;
    }
    assert_in_range(far, 0, 1);
    gsl_rng_free(rng);
    free(linear.nb);
    free(linear.score);
}

static void the_surface_explains_the_share_of_the_assumptions(void **state)
{
    struct linear linear = {malloc(2 * TRIALS * sizeof(double)),
                            malloc(2 * TRIALS * sizeof(double))};
    const struct scores draws = {linear.score, 2, TRIALS};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    struct hr_error error;
    struct explained explained;
    double best[2];

    (void)state;
    draw_linear(rng, &linear);
    assert_int_equal(
        information_explained(&draws, linear.nb + TRIALS, &explained, &error), HR_OK);
    /* of 10,000 trials the standard error is about 2 R (1 - R^2) / sqrt n */
    assert_true(fabs(explained.share - 1.25 / 10.25) < 4.0 * 0.0062);
    assert_near(explained.se, 0.0062, 0.1);
    assert_true(explained.p < 1e-12);
    (void)of_both(&linear, best);
    assert_true(fabs(best[0] + best[1] - 1.0) < 1e-9);
    /* The mean given both draws is above zero with chance Phi(0.3 / sqrt 1.25). Of
     * 10,000 trials: the mean's error 3 / sqrt n = 0.03 times the density of 0.344 at
     * zero, 0.0103, and a share's own, 0.0049; together 0.0114. */
    assert_true(fabs(best[1] - gsl_cdf_ugaussian_P(0.3 / sqrt(1.25))) < 4.0 * 0.0114);
    gsl_rng_free(rng);
    free(linear.nb);
    free(linear.score);
}

static void the_plug_in_is_that_of_the_known_sample(void **state)
{
    static const char *const keys[] = {"key_normal", "key_lognormal", "key_uniform"};
    static const char *const arguments[] = {
        "key_normal of a,b,c", "key_lognormal of a,b,c", "key_uniform of a,b,c"};
    double values[3 * KNOWN_TRIALS], draw[KNOWN_TRIALS];
    const struct alternatives all = {values, 3, KNOWN_TRIALS};

    (void)state;
    known_column("a", values);
    known_column("b", values + KNOWN_TRIALS);
    known_column("c", values + 2 * KNOWN_TRIALS);
    for (size_t k = 0; k < 3; k++) {
        struct information information;
        struct spline spline;
        struct hr_error error;

        known_column(keys[k], draw);
        assert_int_equal(spline_init(&spline, draw, KNOWN_TRIALS, &error), HR_OK);
        assert_int_equal(information_of_draw(&spline, &all, 7, &information, &error),
                         HR_OK);
        assert_near(information.plug, known_answer("evppi_plugin", arguments[k]).value,
                    1e-6);
        assert_true(information.value < information.plug);
        spline_free(&spline);
    }
}

static void nothing_is_worth_knowing_where_there_is_no_choice(void **state)
{
    double draw[600], twice[1200];
    const struct alternatives alone = {twice, 1, 600}, alike = {twice, 2, 600};
    struct information information;
    struct spline spline;
    struct hr_error error;

    (void)state;
    for (size_t t = 0; t < 600; t++)
        draw[t] = twice[t] = twice[600 + t] = (double)t;
    assert_int_equal(spline_init(&spline, draw, 600, &error), HR_OK);
    assert_int_equal(information_of_draw(&spline, &alone, 7, &information, &error),
                     HR_OK);
    assert_true(information.value == 0.0);
    assert_int_equal(information_of_draw(&spline, &alike, 7, &information, &error),
                     HR_OK);
    assert_true(information.value == 0.0);
    spline_free(&spline);
}

static void a_surface_on_too_few_trials_is_refused(void **state)
{
    double score[40] = {0}, nb[40] = {0};
    const struct alternatives all = {nb, 2, 20};
    const struct scores draws = {score, 2, 20};
    struct policy policy;
    struct hr_error error;

    (void)state;
    assert_int_equal(information_of_group(&draws, &all, &policy, NULL, &error),
                     HR_BAD_INPUT);
    assert_string_equal(error.message,
                        "20 trials are too few for a surface on 2 draws: at least 24");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(information_is_the_closed_form_of_a_linear_choice),
        cmocka_unit_test(the_surface_explains_the_share_of_the_assumptions),
        cmocka_unit_test(the_plug_in_is_that_of_the_known_sample),
        cmocka_unit_test(nothing_is_worth_knowing_where_there_is_no_choice),
        cmocka_unit_test(a_surface_on_too_few_trials_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
