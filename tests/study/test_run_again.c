/* What is read off the trials of a result against what running the scenario again
 * gives. */
#include "test.h"

#include "headroom/scenario.h"

#include "known_run.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { LONGER = 256, SHORT = 16 };

static const char own_key[] = "forms.joined.pooled_share";

static struct hr_question gps(const char *keys)
{
    return (struct hr_question){
        .objective = "gp", .pair = "alone,joined", .keys = keys};
}

/* Each within the other's interval, of 95 %. */
static void a_switching_value_is_the_same_from_the_file_and_by_running(void **state)
{
    const struct known_run *run = *state;
    const struct hr_question question = gps(own_key);
    const struct hr_switch_run_options options = {
        .again = {run->scenario, LONGER, NULL}};
    struct hr_result *read = NULL, *ran = NULL;
    struct hr_error error = {0};
    double root;

    assert_int_equal(hr_switch(run->result, &question, &read, &error), HR_OK);
    assert_int_equal(hr_switch_run(run->result, &question, &options, &ran, &error),
                     HR_OK);
    root = known_value(read, "/root", 0);
    assert_true(known_value(read, "/root_low", 0) < known_number(ran, "root"));
    assert_true(known_number(ran, "root") < known_value(read, "/root_high", 0));
    assert_true(fabs(root - known_number(ran, "root")) <
                known_value(read, "/root_high", 0) - known_value(read, "/root_low", 0) +
                    known_number(ran, "root_high") - known_number(ran, "root_low"));
    assert_true(known_number(ran, "root_high") - known_number(ran, "root_low") <
                known_value(read, "/root_high", 0) - known_value(read, "/root_low", 0));
    hr_result_close(read);
    hr_result_close(ran);
}

/* The run of the point that was found says what is there; by the surface it is nothing,
 * which is off by no more than a tenth of the way from the middle. */
static void the_mildest_combination_is_run_where_it_was_found(void **state)
{
    const struct known_run *run = *state;
    const struct hr_question question = gps(NULL);
    const struct hr_again again = {run->scenario, 64, NULL};
    struct hr_result *analysis = NULL;
    struct hr_error error = {0};

    assert_int_equal(hr_reverse(run->result, &question, &again, &analysis, &error),
                     HR_OK);
    assert_true(known_number(analysis, "distance") < 4.0);
    assert_true(known_number(analysis, "run_low") < known_number(analysis, "run_high"));
    assert_true(fabs(known_number(analysis, "run")) <
                0.3 * fabs(known_number(analysis, "difference")));
    hr_result_close(analysis);
}

static bool count_ended(void *context, uint64_t done, uint64_t trials)
{
    *(int *)context += done == trials;
    return true;
}

/* A shock of which nothing is drawn may be larger or smaller, from none to three times
 * its size; one of which something is drawn has its draws for that. */
static void a_shock_that_is_fixed_may_be_of_another_size(void **state)
{
    const struct known_run *run = *state;
    const struct hr_question question = gps(NULL);
    int runs = 0;
    const struct hr_run_options how = {.progress = count_ended,
                                       .progress_context = &runs};
    const struct hr_again again = {run->scenario, 64, &how};
    struct hr_result *analysis = NULL;
    struct hr_error error = {0};
    size_t award = 0, flood = 0;

    assert_int_equal(hr_reverse(run->result, &question, &again, &analysis, &error),
                     HR_OK);
    assert_int_equal(runs, 3); /* twice with another size, and once together */
    assert_true(hr_result_find(analysis, "draw", "size of shocks.award", &award));
    assert_false(hr_result_find(analysis, "draw", "size of shocks.flood", &flood));
    assert_true(hr_result_find(analysis, "draw", "shocks.flood.demand", &flood));
    assert_true(known_value(analysis, "/middle", award) == 1.0);
    assert_true(known_value(analysis, "/value", award) >= 0.0);
    assert_true(known_value(analysis, "/value", award) <= 3.0);
    assert_true(known_value(analysis, "/value", award) ==
                1.0 + known_value(analysis, "/score", award));
    hr_result_close(analysis);
}

/* The mean over the trials of a run of the scenario with both keys set. */
static double mean_with(const struct hr_scenario *scenario, double share, double levy)
{
    struct hr_messages problems = {0};
    struct hr_error error = {0};
    const struct hr_run_options options = {.only = "alone,joined"};
    struct hr_base *base = NULL;
    struct hr_scenario *variant = NULL;
    struct hr_runner *runner = NULL;
    struct hr_result *result = NULL;
    struct hr_result_values gps_income;
    char text[3][96];
    const char *const change[3] = {text[0], text[1], text[2]};
    double mean = 0.0;

    snprintf(text[0], sizeof(text[0]), "forms.joined.pooled_share=%.17g", share);
    snprintf(text[1], sizeof(text[1]), "forms.joined_small.pooled_share=%.17g", share);
    snprintf(text[2], sizeof(text[2]), "forms.joined.levy=%.17g", levy);
    assert_int_equal(hr_base_open(scenario, &base, &problems), HR_OK);
    assert_int_equal(hr_base_variant(base, change, 3, &variant, &problems), HR_OK);
    assert_int_equal(hr_run_open(variant, &options, &runner, &error), HR_OK);
    assert_int_equal(hr_run_advance(runner, SHORT, &error), HR_OK);
    assert_int_equal(hr_run_result(runner, &result, &error), HR_OK);
    assert_int_equal(
        hr_result_values(result, "/trials/todays_gps", &gps_income, &error), HR_OK);
    for (size_t t = 0; t < SHORT; t++)
        mean += (gps_income.value[SHORT + t] - gps_income.value[t]) / SHORT;
    hr_result_close(result);
    hr_run_close(runner);
    hr_scenario_free(variant);
    hr_base_close(base);
    return mean;
}

/* A cell is a run with both set there, and nothing else. */
static void a_cell_of_a_map_is_what_running_it_gives(void **state)
{
    const struct known_run *run = *state;
    const struct hr_question question = {.objective = "gp",
                                         .forms = "alone,joined",
                                         .keys = "forms.*.pooled_share,"
                                                 "forms.joined.levy"};
    const struct hr_map_options options = {.grid = {2, 2},
                                           .again = {run->scenario, SHORT, NULL}};
    struct hr_result *analysis = NULL;
    struct hr_error error = {0};
    size_t count;
    const char *const *down, *const *across;
    double leads, again;

    assert_int_equal(hr_map(run->result, &question, &options, &analysis, &error),
                     HR_OK);
    assert_true(known_number(analysis, "trials_run") == SHORT);
    down = hr_result_labels(analysis, "down", &count);
    across = hr_result_labels(analysis, "across", &count);
    leads = known_value(analysis, "/mean", 4 + 3); /* of joined in the last cell */
    again = mean_with(run->scenario, atof(down[1]), atof(across[1]));
    /* labels have four digits, and what a share moves is of the size of the lead */
    assert_true(fabs(leads - again) < 1e-3 * fabs(again));
    assert_true(known_value(analysis, "/mean", 3) == 0.0); /* of alone, the leader */
    hr_result_close(analysis);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_switching_value_is_the_same_from_the_file_and_by_running),
        cmocka_unit_test(the_mildest_combination_is_run_where_it_was_found),
        cmocka_unit_test(a_shock_that_is_fixed_may_be_of_another_size),
        cmocka_unit_test(a_cell_of_a_map_is_what_running_it_gives),
    };

    return cmocka_run_group_tests(tests, known_run_open_longer, known_run_close);
}
