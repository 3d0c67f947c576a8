/* Sweeps of two small points, as another program would run them. */
#include "test.h"

#include "headroom/run.h"
#include "headroom/sweep.h"

#include <string.h>
#include <unistd.h>

#define EXAMPLE TEST_DATA "/scenarios/worked_example.yaml"
#define RESULT  "test_sweep.h5"

static struct hr_scenario *swept(const char *sweep)
{
    const char *changes[] = {"trials=16", "patch.horizon_years=1", sweep};
    struct hr_scenario *scenario;
    struct hr_messages problems = {0};

    if (hr_scenario_read(EXAMPLE, changes, 3, &scenario, &problems) != HR_OK)
        fail_msg("%s", problems.item[0].text);
    return scenario;
}

static void run(const char *sweep, const struct hr_run_options *options)
{
    struct hr_scenario *scenario = swept(sweep);
    struct hr_sweep_facts facts;
    struct hr_error error;

    if (hr_sweep(scenario, options, RESULT, &facts, &error) != HR_OK)
        fail_msg("%s", error.message);
    hr_scenario_free(scenario);
}

struct told {
    uint64_t done;
    bool fell;
};

static bool hear(void *context, uint64_t done, uint64_t trials)
{
    struct told *told = context;

    told->fell |= done < told->done || trials != 32;
    told->done = done;
    return true;
}

/* What is done is written as often as it can be: each time threads set out anew. */
static void progress_of_a_sweep_goes_on_where_it_was_last_written(void **state)
{
    struct told told = {0};
    const struct hr_run_options options = {.threads = 1,
                                           .overwrite = true,
                                           .checkpoint_seconds = 1e-9,
                                           .progress = hear,
                                           .progress_context = &told};

    (void)state;
    run("sweep=[{key: money.salary, values: [100000, 110000]}]", &options);
    assert_false(told.fell);
    assert_int_equal(told.done, 32);
    unlink(RESULT);
}

static enum hr_status merge(struct hr_error *error)
{
    const struct hr_merge_options options = {0};
    struct hr_run_facts facts;

    return hr_merge(RESULT, &options, &facts, error);
}

static void points_are_merged_over_the_same_sweep_and_over_no_other(void **state)
{
    static const char one[] = "sweep=[{key: money.salary, values: [100000, 110000]}]";
    static const char other[] = "sweep=[{key: money.salary, values: [90000, 110000]}]";
    const struct hr_run_options whole = {.threads = 1},
                                shard = {.threads = 1, .shard = 1, .shards = 1};
    struct hr_error error;

    (void)state;
    unlink(RESULT);
    run(one, &whole);
    run(one, &shard);
    assert_int_equal(merge(&error), HR_OK);
    run(other, &shard);
    assert_int_equal(merge(&error), HR_BAD_INPUT);
    assert_non_null(strstr(error.message, "not of this sweep"));
    unlink(RESULT);
    assert_int_equal(merge(&error), HR_OK);
    unlink(RESULT);
}

static void a_sweep_does_not_start_over_points_that_are_there(void **state)
{
    static const char sweep[] = "sweep=[{key: money.salary, values: [100000, 110000]}]";
    const struct hr_run_options whole = {.threads = 1},
                                shard = {.threads = 1, .shard = 1, .shards = 1};
    struct hr_scenario *scenario = swept(sweep);
    struct hr_sweep_facts facts;
    struct hr_error error = {0};

    (void)state;
    run(sweep, &shard);
    assert_int_equal(hr_sweep(scenario, &whole, RESULT, &facts, &error), HR_BAD_INPUT);
    hr_scenario_free(scenario);
    assert_int_equal(merge(&error), HR_OK);
    unlink(RESULT);
}

static bool stop(void *context, uint64_t done, uint64_t trials)
{
    (void)context;
    (void)done;
    (void)trials;
    return false;
}

static void a_shard_that_is_stopped_at_once_leaves_nothing(void **state)
{
    const struct hr_run_options options = {
        .threads = 1, .shard = 1, .shards = 2, .progress = stop};
    struct hr_scenario *scenario =
        swept("sweep=[{key: money.salary, values: [100000, 110000]}]");
    struct hr_sweep_facts facts;
    struct hr_error error;

    (void)state;
    assert_int_equal(hr_sweep(scenario, &options, RESULT, &facts, &error), HR_STOPPED);
    assert_int_equal(access(RESULT ".parts", F_OK), -1);
    hr_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(progress_of_a_sweep_goes_on_where_it_was_last_written),
        cmocka_unit_test(points_are_merged_over_the_same_sweep_and_over_no_other),
        cmocka_unit_test(a_shard_that_is_stopped_at_once_leaves_nothing),
        cmocka_unit_test(a_sweep_does_not_start_over_points_that_are_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
