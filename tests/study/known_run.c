#include "known_run.h"

#include "test.h"

#include <math.h>

static int open_with(void **state, uint64_t trials)
{
    static struct known_run run;
    struct hr_messages problems = {0};
    struct hr_error error = {0};
    const struct hr_run_options options = {0};

    assert_int_equal(hr_scenario_read(TEST_DATA "/scenarios/six_practices.yaml", NULL,
                                      0, &run.scenario, &problems),
                     HR_OK);
    hr_messages_free(&problems);
    assert_int_equal(hr_run_open(run.scenario, &options, &run.runner, &error), HR_OK);
    assert_int_equal(hr_run_advance(run.runner, trials, &error), HR_OK);
    assert_int_equal(hr_run_result(run.runner, &run.result, &error), HR_OK);
    *state = &run;
    return 0;
}

int known_run_open(void **state)
{
    return open_with(state, KNOWN_TRIALS);
}

int known_run_open_longer(void **state)
{
    return open_with(state, 512);
}

int known_run_close(void **state)
{
    struct known_run *run = *state;

    hr_result_close(run->result);
    hr_run_close(run->runner);
    hr_scenario_free(run->scenario);
    return 0;
}

double known_number(const struct hr_result *analysis, const char *name)
{
    double number = NAN;

    assert_true(hr_result_number(analysis, name, &number));
    return number;
}

double known_value(struct hr_result *analysis, const char *path, size_t place)
{
    struct hr_result_values values = {0};
    struct hr_error error = {0};

    assert_int_equal(hr_result_values(analysis, path, &values, &error), HR_OK);
    assert_true(place < values.count);
    return values.value[place];
}
