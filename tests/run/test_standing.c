/* What is told of a long run while it is under way. */
#include "test.h"

#include "standing.h"

#include <stdio.h>
#include <string.h>

#define EXAMPLE TEST_DATA "/scenarios/worked_example.yaml"

static void keep(void *context, const char *sentence)
{
    snprintf(context, 2048, "%s", sentence);
}

/* A run of 64 trials whose listener has waited long enough. */
static struct hr_runner *due_run(struct hr_scenario **scenario, char *told)
{
    const struct hr_run_options options = {.stand = keep, .progress_context = told};
    struct hr_messages problems = {0};
    struct hr_runner *runner;
    struct hr_error error;

    assert_int_equal(hr_scenario_read(EXAMPLE, NULL, 0, scenario, &problems), HR_OK);
    assert_int_equal(hr_run_open(*scenario, &options, &runner, &error), HR_OK);
    assert_int_equal(hr_run_advance(runner, 64, &error), HR_OK);
    assert_string_equal(told, ""); /* it took no ten seconds */
    runner->next_word = 1e-9;
    return runner;
}

static void the_answer_so_far_is_that_of_the_trials_so_far(void **state)
{
    struct hr_scenario *scenario;
    char told[2048] = "", wanted[64];
    struct hr_runner *runner = due_run(&scenario, told);
    const struct sums none = sums_none(runner->shape.sums);
    struct hr_result_values path;
    struct hr_result *result;
    struct hr_error error;

    (void)state;
    standing_tell(runner, &none);
    assert_int_equal(hr_run_result(runner, &result, &error), HR_OK);
    assert_int_equal(hr_result_values(result,
                                      "/paths/public_cost_cumulative_difference", &path,
                                      &error),
                     HR_OK);
    snprintf(wanted, sizeof(wanted), "together %.4f m GBP",
             path.value[(path.size[2] + path.size[2] - 1) * path.size[3]] / 1e6);
    assert_non_null(strstr(
        told,
        "after 64 trials, undiscounted public cost to the horizon less apart's:"));
    assert_non_null(strstr(told, wanted));
    assert_non_null(strstr(told, "nothing of it is on disk yet"));
    hr_result_close(result);
    hr_run_close(runner);
    hr_scenario_free(scenario);
}

static void what_is_on_disk_is_told_with_its_place(void **state)
{
    struct hr_scenario *scenario;
    char told[2048] = "";
    struct hr_runner *runner = due_run(&scenario, told);
    const struct sums none = sums_none(runner->shape.sums);

    (void)state;
    standing_keep(runner, 40, "r.h5.parts");
    standing_keep(runner, 16, "r.h5.parts");
    standing_tell(runner, &none);
    assert_non_null(strstr(told, "; 56 trials are in r.h5.parts, the last written 0"));
    strcpy(told, "");
    standing_tell(runner, &none);
    assert_string_equal(told, ""); /* not at once again */
    hr_run_close(runner);
    hr_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_answer_so_far_is_that_of_the_trials_so_far),
        cmocka_unit_test(what_is_on_disk_is_told_with_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
