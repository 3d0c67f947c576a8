/* A run whose books do not balance fails, and says in which trial and form. */
#include "test.h"

#include "books.h"
#include "headroom/result.h"
#include "runner_state.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

enum { TRIALS = 3, FIRST = 40 };

static enum hr_status check(const double imbalance[2][TRIALS], struct hr_error *error)
{
    struct plan_row rows[] = {{.name = "first"}, {.name = "second"}};
    struct plan_form forms[] = {{.row = 0}, {.row = 1}};
    const struct plan plan = {.forms = 2, .rows = 2, .form = forms, .row = rows};
    const struct shape shape = {.plan = &plan};
    double table[METRICS * 2][TRIALS] = {{0.0}};
    const struct slab slab = {
        .first = FIRST, .trials = TRIALS, .room = TRIALS, .value = table[0]};

    for (size_t f = 0; f < 2; f++)
        memcpy(table[shape_metric(&shape, METRIC_IMBALANCE, f)], imbalance[f],
               sizeof(imbalance[f]));
    return books_check(&slab, &shape, error);
}

static void rounding_is_no_fault(void **state)
{
    const double rounding[2][TRIALS] = {{0.0, 1e-15, 1e-13}, {0.0, 0.0, 1e-12}};
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(check(rounding, &error), HR_OK);
}

static void is_refused(double share)
{
    const double found[2][TRIALS] = {{0.0, 0.0, 0.0}, {0.0, share, 0.0}};
    struct hr_error error = {0};

    assert_int_equal(check(found, &error), HR_NOT_HELD);
    assert_memory_equal(error.message, "trial 41 under second: money does not", 37);
}

static void a_pound_that_appears_is_told_with_its_trial_and_form(void **state)
{
    (void)state;
    is_refused(1.1e-12);
    is_refused(0.5);
    is_refused(INFINITY);
    is_refused(NAN);
}

static struct hr_scenario *worked_example(void)
{
    struct hr_messages problems = {0};
    struct hr_scenario *scenario;

    if (hr_scenario_read(TEST_DATA "/scenarios/worked_example.yaml", NULL, 0, &scenario,
                         &problems) != HR_OK)
        fail_msg("%s", problems.item[0].text);
    return scenario;
}

/* A cost that is paid and that no double holds: nobody is said to have paid it. */
static void a_run_does_not_end_well(uint64_t trials)
{
    const struct hr_run_options options = {.threads = 1};
    struct hr_scenario *scenario = worked_example();
    struct hr_runner *runner = NULL;
    struct hr_error error = {0};

    assert_int_equal(hr_run_open(scenario, &options, &runner, &error), HR_OK);
    runner->plan.site[0].cost_rate = 1e308;
    assert_int_equal(hr_run_advance(runner, trials, &error), HR_NOT_HELD);
    assert_int_equal(HR_NOT_HELD, 4); /* what commands return is what they exit with */
    assert_non_null(strstr(error.message, ": money does not balance: "));
    assert_non_null(strstr(error.message, " nothing was written"));
    assert_int_equal(hr_run_trials(runner), 0);
    assert_int_not_equal(hr_run_save(runner, "unbalanced.h5", &error), HR_OK);
    assert_int_not_equal(access("unbalanced.h5", F_OK), 0);
    hr_run_close(runner);
    hr_scenario_free(scenario);
}

static void a_run_of_them_ends_with_exit_status_4_and_nothing_written(void **state)
{
    (void)state;
    a_run_does_not_end_well(16); /* blocks of eight */
    a_run_does_not_end_well(5);  /* trials that fill none */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounding_is_no_fault),
        cmocka_unit_test(a_pound_that_appears_is_told_with_its_trial_and_form),
        cmocka_unit_test(a_run_of_them_ends_with_exit_status_4_and_nothing_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
