#include "test.h"

#include "known_run.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TRIALS = KNOWN_TRIALS };

static struct hr_question about(const char *key)
{
    return (struct hr_question){
        .objective = "economic", .pair = "joined_small,alone", .keys = key};
}

/* The secants end where what was run is next to nothing beside where they began. */
static void the_root_is_where_running_it_gives_nothing(void **state)
{
    const struct known_run *run = *state;
    const struct hr_question question = about("forms.joined_small.setup_cost");
    const struct hr_switch_run_options options = {{run->scenario, TRIALS, NULL},
                                                  .to = 20.0};
    struct hr_result *analysis;
    struct hr_result_values d, x;
    struct hr_error error = {0};
    size_t last;

    assert_int_equal(hr_switch_run(run->result, &question, &options, &analysis, &error),
                     HR_OK);
    assert_int_equal(hr_result_values(analysis, "/difference", &d, &error), HR_OK);
    assert_int_equal(hr_result_values(analysis, "/tried", &x, &error), HR_OK);
    last = d.count - 1;
    assert_true(fabs(d.value[last]) < 0.01 * fabs(d.value[0]));
    assert_true(fabs(x.value[last] / known_number(analysis, "root") - 1.0) < 0.01);
    assert_true(known_number(analysis, "root_low") < known_number(analysis, "root"));
    assert_true(known_number(analysis, "root_high") > known_number(analysis, "root"));
    hr_result_close(analysis);
}

/* The key of another form moves nothing of these two. */
static void a_key_of_a_third_form_turns_nothing(void **state)
{
    const struct known_run *run = *state;
    const struct hr_question question = about("forms.joined.setup_cost");
    const struct hr_switch_run_options options = {.again = {run->scenario, 8, NULL},
                                                  .to = 20.0};
    struct hr_result *analysis;
    struct hr_error error = {0};

    assert_int_equal(hr_switch_run(run->result, &question, &options, &analysis, &error),
                     HR_OK);
    assert_non_null(strstr(hr_result_text(analysis, "sentence"),
                           "no value of forms.joined.setup_cost from 0 to 20.0 turns"));
    assert_true(isnan(known_number(analysis, "root")));
    hr_result_close(analysis);
}

static void a_key_that_is_no_number_is_refused(void **state)
{
    const struct known_run *run = *state;
    const struct hr_question question = about("money.nothing"),
                             short_for = about("salary");
    const struct hr_switch_run_options options = {.again = {run->scenario, 8, NULL}};
    struct hr_result *analysis;
    struct hr_error error = {0};

    assert_int_equal(hr_switch_run(run->result, &question, &options, &analysis, &error),
                     HR_BAD_INPUT);
    assert_string_equal(error.message, "no number of the scenario is called "
                                       "money.nothing; headroom keys lists them");
    assert_null(analysis);
    assert_int_equal(
        hr_switch_run(run->result, &short_for, &options, &analysis, &error),
        HR_BAD_INPUT);
    assert_non_null(
        strstr(error.message, "salary; did you mean money.salary? headroom"));
}

static void a_value_out_of_the_range_of_the_key_is_refused(void **state)
{
    const struct known_run *run = *state;
    const struct hr_question question = about("forms.joined_small.participation");
    const struct hr_switch_run_options options = {.again = {run->scenario, 8, NULL},
                                                  .to = 3.0};
    struct hr_result *analysis;
    struct hr_error error = {0};

    assert_int_equal(hr_switch_run(run->result, &question, &options, &analysis, &error),
                     HR_BAD_INPUT);
    assert_non_null(strstr(error.message, "participation"));
}

struct heard {
    char said[160];
    size_t runs; /**< ended */
};

static void hear(void *context, const char *sentence)
{
    snprintf(((struct heard *)context)->said, 160, "%s", sentence);
}

static bool count_ended(void *context, uint64_t done, uint64_t trials)
{
    ((struct heard *)context)->runs += done == trials;
    return true;
}

/* Seven values and at most five secants; the time is that of the two forms alone. */
static void what_is_to_be_run_is_said_as_the_most_that_it_may_be(void **state)
{
    const struct known_run *run = *state;
    struct heard heard = {{0}, 0};
    const struct hr_run_options how = {
        .progress = count_ended, .progress_context = &heard, .say = hear};
    const struct hr_question question = about("forms.joined_small.setup_cost");
    const struct hr_switch_run_options options = {.again = {run->scenario, 8, &how},
                                                  .to = 20.0};
    struct hr_result *analysis;
    struct hr_error error = {0};

    assert_int_equal(hr_switch_run(run->result, &question, &options, &analysis, &error),
                     HR_OK);
    assert_ptr_equal(strstr(heard.said, "up to 12 runs of 8 trials: at most about "),
                     heard.said);
    assert_in_range(heard.runs, 8, 12);
    hr_result_close(analysis);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_root_is_where_running_it_gives_nothing),
        cmocka_unit_test(a_key_of_a_third_form_turns_nothing),
        cmocka_unit_test(what_is_to_be_run_is_said_as_the_most_that_it_may_be),
        cmocka_unit_test(a_key_that_is_no_number_is_refused),
        cmocka_unit_test(a_value_out_of_the_range_of_the_key_is_refused),
    };

    return cmocka_run_group_tests(tests, known_run_open, known_run_close);
}
