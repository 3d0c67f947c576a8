/* A run that is opened, advanced and looked at, as another program would. */
#include "test.h"

#include "headroom/result.h"
#include "headroom/run.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXAMPLE TEST_DATA "/scenarios/worked_example.yaml"

static struct hr_scenario *example(const char *trials)
{
    struct hr_scenario *scenario;
    struct hr_messages problems = {0};

    if (hr_scenario_read(EXAMPLE, &trials, 1, &scenario, &problems) != HR_OK)
        fail_msg("%s", problems.item[0].text);
    return scenario;
}

static struct hr_runner *open_run(const struct hr_scenario *scenario,
                                  const struct hr_run_options *options)
{
    struct hr_runner *runner;
    struct hr_error error;

    if (hr_run_open(scenario, options, &runner, &error) != HR_OK)
        fail_msg("%s", error.message);
    return runner;
}

static void advance(struct hr_runner *runner, uint64_t trials)
{
    struct hr_error error;

    if (hr_run_advance(runner, trials, &error) != HR_OK)
        fail_msg("%s", error.message);
    assert_int_equal(hr_run_trials(runner), trials);
}

/* The content hash of the trials so far; the caller frees it. */
static char *hash_of(const struct hr_runner *runner)
{
    struct hr_result *result;
    struct hr_error error;
    char *hash;

    if (hr_run_result(runner, &result, &error) != HR_OK)
        fail_msg("%s", error.message);
    assert_int_equal(hr_result_verify_hash(result, &error), HR_OK);
    hash = strdup(hr_result_text(result, "content_hash"));
    hr_result_close(result);
    return hash;
}

/* Of a run of so many trials at once, as its scenario says. */
static char *hash_at_once(const char *trials, uint64_t number)
{
    const struct hr_run_options options = {0};
    struct hr_scenario *scenario = example(trials);
    struct hr_runner *runner = open_run(scenario, &options);
    char *hash;

    advance(runner, number);
    hash = hash_of(runner);
    hr_run_close(runner);
    hr_scenario_free(scenario);
    return hash;
}

static void assert_same_and_free(char *found, char *wanted)
{
    assert_string_equal(found, wanted);
    free(found);
    free(wanted);
}

static void advancing_in_steps_is_the_same_run(void **state)
{
    const struct hr_run_options options = {.threads = 2};
    struct hr_scenario *scenario = example("trials=3");
    struct hr_runner *runner = open_run(scenario, &options);

    (void)state;
    advance(runner, 5);
    advance(runner, 100);
    assert_same_and_free(hash_of(runner), hash_at_once("trials=100", 100));
    advance(runner, 1003);
    assert_same_and_free(hash_of(runner), hash_at_once("trials=1003", 1003));
    advance(runner, 10000);
    assert_same_and_free(hash_of(runner), hash_at_once("trials=10000", 10000));
    hr_run_close(runner);
    hr_scenario_free(scenario);
}

static void a_run_does_not_go_back(void **state)
{
    const struct hr_run_options options = {0};
    struct hr_scenario *scenario = example("trials=3");
    struct hr_runner *runner = open_run(scenario, &options);
    struct hr_result *result;
    struct hr_error error;

    (void)state;
    assert_int_equal(hr_run_result(runner, &result, &error), HR_BAD_INPUT);
    assert_string_equal(error.message, "the run has no trials yet");
    assert_null(result);
    advance(runner, 20);
    advance(runner, 20);
    assert_int_equal(hr_run_advance(runner, 19, &error), HR_BAD_INPUT);
    assert_string_equal(error.message,
                        "the run has 20 trials already: it cannot go back to 19");
    hr_run_close(runner);
    hr_scenario_free(scenario);
}

static bool stop(void *context, uint64_t done, uint64_t trials)
{
    (void)trials;
    *(uint64_t *)context = done;
    return false;
}

static bool go_on(void *context, uint64_t done, uint64_t trials)
{
    (void)trials;
    *(uint64_t *)context = done;
    return true;
}

static void what_was_stopped_goes_on_to_the_same_bits(void **state)
{
    uint64_t told = 0;
    struct hr_run_options options = {.progress = stop, .progress_context = &told};
    struct hr_scenario *scenario = example("trials=500");
    struct hr_runner *runner = open_run(scenario, &options);
    struct hr_error error;
    int stops = 0;

    (void)state;
    while (hr_run_advance(runner, 500, &error) == HR_STOPPED) {
        assert_true(hr_run_trials(runner) >= told);
        assert_true(hr_run_trials(runner) < 500);
        stops++;
    }
    assert_true(stops > 0);
    assert_int_equal(hr_run_trials(runner), 500);
    assert_same_and_free(hash_of(runner), hash_at_once("trials=500", 500));
    hr_run_close(runner);
    hr_scenario_free(scenario);
}

static void progress_counts_all_trials_of_the_run(void **state)
{
    uint64_t told = 0;
    struct hr_run_options options = {.progress = go_on, .progress_context = &told};
    struct hr_scenario *scenario = example("trials=3");
    struct hr_runner *runner = open_run(scenario, &options);

    (void)state;
    advance(runner, 80);
    assert_int_equal(told, 80);
    advance(runner, 160);
    assert_int_equal(told, 160);
    hr_run_close(runner);
    hr_scenario_free(scenario);
}

static void a_saved_file_is_the_result_in_memory(void **state)
{
    const struct hr_run_options options = {0};
    struct hr_scenario *scenario = example("trials=3");
    struct hr_runner *runner = open_run(scenario, &options);
    struct hr_result *result;
    struct hr_error error;
    char *hash;

    (void)state;
    advance(runner, 61);
    assert_int_equal(hr_run_save(runner, "test_runner.h5", &error), HR_OK);
    assert_int_equal(hr_result_open("test_runner.h5", &result, &error), HR_OK);
    hash = strdup(hr_result_text(result, "content_hash"));
    hr_result_close(result);
    unlink("test_runner.h5");
    assert_same_and_free(hash_of(runner), hash);
    hr_run_close(runner);
    hr_scenario_free(scenario);
}

static double planned_bytes(const struct hr_scenario *scenario, bool neutral)
{
    const struct hr_run_options options = {.threads = 1, .neutral = neutral};
    struct hr_run_plan plan;
    struct hr_error error;

    if (hr_run_plan(scenario, &options, &plan, &error) != HR_OK)
        fail_msg("%s", error.message);
    return plan.memory_bytes;
}

static void a_plan_counts_the_memory_of_neutral_runs_beside_it(void **state)
{
    struct hr_scenario *scenario = example("trials=1000");

    (void)state;
    assert_true(planned_bytes(scenario, true) > planned_bytes(scenario, false));
    hr_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(advancing_in_steps_is_the_same_run),
        cmocka_unit_test(a_run_does_not_go_back),
        cmocka_unit_test(what_was_stopped_goes_on_to_the_same_bits),
        cmocka_unit_test(progress_counts_all_trials_of_the_run),
        cmocka_unit_test(a_saved_file_is_the_result_in_memory),
        cmocka_unit_test(a_plan_counts_the_memory_of_neutral_runs_beside_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
