#include "test.h"

#include "made_result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TRIALS = 2000 };

/* Form b leads by 10 (x - 0.7) for a uniform x, with noise of sd about 0.3 that has
 * nothing to do with it: it stops leading below 0.7. */
struct line {
    double form[2 * TRIALS], x[TRIALS], other[TRIALS];
};

/* Points of low discrepancy, so that the tests need no generator. */
static double point(int i, double step)
{
    return fmod(0.5 + i * step, 1.0);
}

static void make_line(struct line *line, double sign)
{
    for (int t = 0; t < TRIALS; t++) {
        line->x[t] = point(t, 0.6180339887498949);
        line->other[t] = point(t, 0.7548776662466927);
        line->form[t] = 100.0;
        line->form[TRIALS + t] = 100.0 + sign * 10.0 * (line->x[t] - 0.7) +
                                 point(t, 0.5698402909980532) - 0.5;
    }
}

static struct hr_result *result_of(struct line *line)
{
    const struct made_data data[] = {{"/trials/net_monetary_benefit", line->form},
                                     {"/parameters/money.x", line->x},
                                     {"/parameters/money.other", line->other}};

    return made_result(2, TRIALS, data, 3);
}

static struct hr_result *switched(struct hr_result *result)
{
    struct hr_result *analysis;
    struct hr_error error = {0};

    if (hr_switch(result, NULL, &analysis, &error) != HR_OK)
        fail_msg("%s", error.message);
    return analysis;
}

/* The standard error of the root is 0.3/10/sqrt(2000) = 0.0007 and the spline's own
 * bend a little more. */
static void a_line_switches_where_it_crosses_zero(void **state)
{
    struct line line;
    struct hr_result *result, *analysis;
    size_t count;

    (void)state;
    make_line(&line, 1.0);
    result = result_of(&line);
    analysis = switched(result);
    assert_string_equal(hr_result_labels(analysis, "root_draw", &count)[0], "money.x");
    assert_true(fabs(made_number(analysis, "/root", 0) - 0.7) < 0.01);
    assert_true(made_number(analysis, "/root_low", 0) < 0.7);
    assert_true(made_number(analysis, "/root_high", 0) > 0.7);
    hr_result_close(analysis);
    hr_result_close(result);
}

/* Of a leads by the mean, -10 (0.5 - 0.7) > 0, and no more where x is above 0.7. */
static void what_is_beyond_is_where_the_leader_does_not_lead(void **state)
{
    struct line line;
    struct hr_result *result, *analysis;

    (void)state;
    make_line(&line, 1.0);
    result = result_of(&line);
    analysis = switched(result);
    assert_true(fabs(made_number(analysis, "/root_beyond", 0) - 0.3) < 0.01);
    assert_true(fabs(made_number(analysis, "/root_quantile", 0) - 0.7) < 0.01);
    assert_true(made_number(analysis, "/difference", 0) > 0.0);
    hr_result_close(analysis);
    make_line(&line, -1.0);
    analysis = switched(result);
    assert_true(fabs(made_number(analysis, "/root_beyond", 0) - 0.3) < 0.01);
    hr_result_close(analysis);
    hr_result_close(result);
}

static void a_draw_of_no_effect_has_no_root(void **state)
{
    struct line line;
    struct hr_result *result, *analysis;
    size_t roots;

    (void)state;
    make_line(&line, 1.0);
    result = result_of(&line);
    analysis = switched(result);
    (void)hr_result_labels(analysis, "root_draw", &roots);
    assert_int_equal(roots, 1);
    hr_result_close(analysis);
    hr_result_close(result);
}

static void forms_that_are_alike_turn_nowhere(void **state)
{
    struct line line;
    struct hr_result *result, *analysis;

    (void)state;
    make_line(&line, 1.0);
    memcpy(line.form + TRIALS, line.form, TRIALS * sizeof(double));
    result = result_of(&line);
    analysis = switched(result);
    assert_non_null(
        strstr(hr_result_text(analysis, "sentence"), "are the same in every trial"));
    hr_result_close(analysis);
    hr_result_close(result);
}

/* Curves need no more than the first 50,000. */
static void of_many_trials_the_first_are_looked_at_and_that_is_said(void **state)
{
    enum { MANY = 50100 };
    double *form = malloc(2 * MANY * sizeof(*form)), *x = malloc(MANY * sizeof(*x));
    const struct made_data data[] = {{"/trials/net_monetary_benefit", form},
                                     {"/parameters/money.x", x}};
    struct hr_result *result, *analysis;
    double used = 0.0, first = 0.0;

    (void)state;
    assert_true(form != NULL && x != NULL);
    for (int t = 0; t < MANY; t++) {
        x[t] = point(t, 0.6180339887498949);
        form[t] = 0.0;
        form[MANY + t] = x[t] - 0.3;
    }
    result = made_result(2, MANY, data, 2);
    analysis = switched(result);
    assert_true(hr_result_number(analysis, "trials_used", &used) && used == 50000.0);
    assert_true(hr_result_number(analysis, "first_trials_only", &first) &&
                first == 1.0);
    assert_true(fabs(made_number(analysis, "/root", 0) - 0.3) < 0.001);
    hr_result_close(analysis);
    hr_result_close(result);
    free(form);
    free(x);
}

static void one_form_alone_is_refused_in_a_sentence(void **state)
{
    struct line line;
    struct hr_result *result, *analysis;
    struct hr_error error = {0};

    (void)state;
    make_line(&line, 1.0);
    result = made_result(
        1, TRIALS,
        (const struct made_data[]){{"/trials/net_monetary_benefit", line.form}}, 1);
    assert_int_equal(hr_switch(result, NULL, &analysis, &error), HR_BAD_INPUT);
    assert_string_equal(error.message, "net_monetary_benefit exists under 1 form in "
                                       "2000 trials, so there is nothing to choose");
    hr_result_close(result);
}

/* b's term and c's are one number on two scales; c's has no part in b less a. */
static void a_term_of_neither_form_switches_no_pair(void **state)
{
    static double form[3 * TRIALS], doubled[TRIALS];
    struct line line;
    const struct made_data data[] = {{"/trials/net_monetary_benefit", form},
                                     {"/parameters/forms.b.levy", doubled},
                                     {"/parameters/forms.c.levy", line.x}};
    struct hr_result *result, *analysis;
    size_t count;

    (void)state;
    make_line(&line, 1.0);
    memcpy(form, line.form, sizeof(line.form));
    for (int t = 0; t < TRIALS; t++)
        doubled[t] = 2.0 * line.x[t];
    result = made_result(3, TRIALS, data, 3);
    analysis = switched(result);
    assert_string_equal(hr_result_labels(analysis, "root_draw", &count)[0],
                        "forms.b.levy");
    assert_int_equal(count, 1);
    hr_result_close(analysis);
    hr_result_close(result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_switches_where_it_crosses_zero),
        cmocka_unit_test(a_term_of_neither_form_switches_no_pair),
        cmocka_unit_test(what_is_beyond_is_where_the_leader_does_not_lead),
        cmocka_unit_test(a_draw_of_no_effect_has_no_root),
        cmocka_unit_test(forms_that_are_alike_turn_nowhere),
        cmocka_unit_test(of_many_trials_the_first_are_looked_at_and_that_is_said),
        cmocka_unit_test(one_form_alone_is_refused_in_a_sentence),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
