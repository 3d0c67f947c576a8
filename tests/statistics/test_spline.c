#include "test.h"

#include "known_answers.h"
#include "spline.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { TRIALS = 10000 };

static const char *const keys[] = {"key_normal", "key_lognormal", "key_uniform"};

static struct spline spline_of(const double *draw, size_t n)
{
    struct spline spline;
    struct hr_error error;

    assert_int_equal(spline_init(&spline, draw, n, &error), HR_OK);
    return spline;
}

static void curves_are_those_of_the_known_sample(void **state)
{
    double a[KNOWN_TRIALS], c[KNOWN_TRIALS], draw[KNOWN_TRIALS], g[KNOWN_TRIALS];

    (void)state;
    known_column("a", a);
    known_column("c", c);
    for (size_t t = 0; t < KNOWN_TRIALS; t++)
        c[t] -= a[t];
    for (size_t k = 0; k < 3; k++) {
        struct spline spline;
        struct spline_fit fit;
        struct spline_share share;
        struct known_answer known;
        char argument[64];

        known_column(keys[k], draw);
        spline = spline_of(draw, KNOWN_TRIALS);
        spline_fit(&spline, c, &fit);
        spline_fitted(&spline, &fit, g);
        share = spline_share(&spline, &fit, c, g);
        snprintf(argument, sizeof(argument), "c-a on %s", keys[k]);
        known = known_answer("spline_first_order", argument);
        assert_near(fit.edf, known_answer("spline_edf", argument).value, 1e-6);
        assert_near(share.share, known.value, 1e-6);
        assert_near(share.se, known.se, 1e-6);
        spline_free(&spline);
    }
}

/* Ishigami's function, a = 7, b = 0.1, and its first-order shares (Saltelli et al.
 * 2008); the third is zero, and not seen. */
static void first_order_shares_are_ishigamis(void **state)
{
    static const double truth[] = {0.31390519114781146, 0.4424111447900409, 0.0};
    double *draw[3], *y = malloc(TRIALS * sizeof(*y)), *g = malloc(TRIALS * sizeof(*g));
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    (void)state;
    for (size_t k = 0; k < 3; k++) {
        draw[k] = malloc(TRIALS * sizeof(*draw[k]));
        for (size_t t = 0; t < TRIALS; t++)
            draw[k][t] = gsl_ran_flat(rng, -M_PI, M_PI);
    }
    for (size_t t = 0; t < TRIALS; t++)
        y[t] = sin(draw[0][t]) + 7.0 * pow(sin(draw[1][t]), 2) +
               0.1 * pow(draw[2][t], 4) * sin(draw[0][t]);
    for (size_t k = 0; k < 3; k++) {
        struct spline spline = spline_of(draw[k], TRIALS);
        struct spline_fit fit;
        struct spline_share share;

        spline_fit(&spline, y, &fit);
        spline_fitted(&spline, &fit, g);
        share = spline_share(&spline, &fit, y, g);
        assert_true(fabs(share.share - truth[k]) <= 4.0 * share.se + 1e-3);
        assert_true((share.p < 0.001) == (truth[k] > 0.0));
        spline_free(&spline);
        free(draw[k]);
    }
    gsl_rng_free(rng);
    free(y);
    free(g);
}

static void a_straight_line_is_kept_whatever_the_penalty(void **state)
{
    double draw[1000], y[1000];
    struct spline spline;
    struct spline_fit fit;

    (void)state;
    for (size_t t = 0; t < 1000; t++)
        draw[t] = exp((double)t / 100.0);
    spline = spline_of(draw, 1000);
    for (size_t t = 0; t < 1000; t++)
        y[t] = 3.0 + 2.0 * spline.score[t];
    spline_fit(&spline, y, &fit);
    for (double score = -2.5; score <= 2.5; score += 0.5)
        assert_true(fabs(spline_at(&spline, &fit, score).value - 3.0 - 2.0 * score) <
                    1e-6);
    spline_free(&spline);
}

static void a_draw_of_few_values_has_the_means_of_its_groups(void **state)
{
    double draw[600], y[600];
    struct spline spline;
    struct spline_fit fit;

    (void)state;
    for (size_t t = 0; t < 600; t++) {
        draw[t] = (double)(t % 3);
        y[t] = 10.0 * (double)(t % 3) + (double)(t % 2);
    }
    spline = spline_of(draw, 600);
    spline_fit(&spline, y, &fit);
    assert_int_equal(spline.groups, 3);
    assert_near(fit.edf, 3.0, 1e-9);
    for (size_t group = 0; group < 3; group++)
        assert_near(spline_at(&spline, &fit, spline.group_score[group]).value,
                    10.0 * (double)group + 0.5, 1e-8);
    spline_free(&spline);
}

static void a_draw_that_never_changes_explains_nothing(void **state)
{
    double draw[600], y[600], g[600];
    struct spline spline;
    struct spline_fit fit;

    (void)state;
    for (size_t t = 0; t < 600; t++) {
        draw[t] = 5.0;
        y[t] = (double)(t % 7);
    }
    spline = spline_of(draw, 600);
    spline_fit(&spline, y, &fit);
    spline_fitted(&spline, &fit, g);
    assert_true(spline_share(&spline, &fit, y, g).p == 1.0);
    assert_true(fabs(spline_share(&spline, &fit, y, g).share) < 1e-9);
    spline_free(&spline);
}

static void too_few_trials_are_refused(void **state)
{
    double draw[SPLINE_LEAST_TRIALS - 1] = {0};
    struct spline spline;
    struct hr_error error;

    (void)state;
    assert_int_equal(spline_init(&spline, draw, SPLINE_LEAST_TRIALS - 1, &error),
                     HR_BAD_INPUT);
    assert_string_equal(error.message,
                        "499 trials are too few to draw a curve through: at least 500");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(curves_are_those_of_the_known_sample),
        cmocka_unit_test(first_order_shares_are_ishigamis),
        cmocka_unit_test(a_straight_line_is_kept_whatever_the_penalty),
        cmocka_unit_test(a_draw_of_few_values_has_the_means_of_its_groups),
        cmocka_unit_test(a_draw_that_never_changes_explains_nothing),
        cmocka_unit_test(too_few_trials_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
