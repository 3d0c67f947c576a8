#include "test.h"

#include "known_run.h"

#include <math.h>
#include <string.h>

enum { TRIALS = 8 };

static struct hr_result *terms_of(void **state, const char *pair)
{
    const struct known_run *run = *state;
    const struct hr_question question = {.objective = "economic", .pair = pair};
    const struct hr_again again = {run->scenario, TRIALS, NULL};
    struct hr_result *analysis = NULL;
    struct hr_error error = {0};

    assert_int_equal(hr_terms(run->result, &question, &again, &analysis, &error),
                     HR_OK);
    return analysis;
}

static double sum_of(struct hr_result *analysis)
{
    struct hr_result_values made = {0};
    struct hr_error error = {0};
    double sum = 0.0;

    assert_int_equal(hr_result_values(analysis, "/made", &made, &error), HR_OK);
    for (size_t k = 0; k < made.count; k++)
        sum += made.value[k];
    return sum;
}

static void with_all_terms_exchanged_a_form_is_the_other_to_the_bit(void **state)
{
    struct hr_result *analysis = terms_of(state, "owned,alone");

    assert_true(known_number(analysis, "rest") == 0.0);
    hr_result_close(analysis);
}

/* To the rounding of sums of 8 trials. */
static void what_terms_make_adds_up_to_the_difference(void **state)
{
    struct hr_result *analysis = terms_of(state, "owned,alone");
    const double difference = known_number(analysis, "difference");

    assert_true(fabs(sum_of(analysis) - difference) < 1e-9 * fabs(difference));
    hr_result_close(analysis);
}

static void the_difference_is_that_of_the_trials(void **state)
{
    const struct known_run *run = *state;
    struct hr_result *analysis = terms_of(state, "owned,alone");
    struct hr_result_values values = {0};
    struct hr_error error = {0};
    double sum = 0.0;

    assert_int_equal(hr_result_values(run->result,
                                      "/trials/economic_net_position_less_unmet",
                                      &values, &error),
                     HR_OK);
    for (size_t t = 0; t < TRIALS; t++)
        sum += values.value[3 * KNOWN_TRIALS + t] - values.value[t];
    assert_true(fabs(known_number(analysis, "difference") - sum / TRIALS) < 1e-9);
    hr_result_close(analysis);
}

/* These two differ in their size and their levy alone. */
static void only_terms_that_differ_are_looked_at(void **state)
{
    struct hr_result *analysis = terms_of(state, "joined_small,joined");
    size_t terms = 0;
    const char *const *term = hr_result_labels(analysis, "term", &terms);

    assert_int_equal(terms, 2);
    assert_true(strcmp(term[0], "levy") == 0 || strcmp(term[1], "levy") == 0);
    assert_true(strcmp(term[0], "target_population") == 0 ||
                strcmp(term[1], "target_population") == 0);
    hr_result_close(analysis);
}

/* The form that others are held against keeps its terms; the sign says who is first. */
static void the_other_way_round_everything_has_the_other_sign(void **state)
{
    struct hr_result *one = terms_of(state, "joined,alone");
    struct hr_result *other = terms_of(state, "alone,joined");

    assert_true(known_value(one, "/made", 0) == -known_value(other, "/made", 0));
    assert_true(known_number(one, "difference") == -known_number(other, "difference"));
    hr_result_close(one);
    hr_result_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_all_terms_exchanged_a_form_is_the_other_to_the_bit),
        cmocka_unit_test(what_terms_make_adds_up_to_the_difference),
        cmocka_unit_test(the_difference_is_that_of_the_trials),
        cmocka_unit_test(only_terms_that_differ_are_looked_at),
        cmocka_unit_test(the_other_way_round_everything_has_the_other_sign),
    };

    return cmocka_run_group_tests(tests, known_run_open, known_run_close);
}
