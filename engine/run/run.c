#include "headroom/run.h"

#include "footprint.h"
#include "harvest.h"
#include "overwrite.h"
#include "publish.h"

#include <stdlib.h>

static uint64_t trials_of(const struct hr_scenario *scenario)
{
    return (uint64_t)hr_scenario_number(scenario, "trials");
}

enum hr_status hr_run_save(const struct hr_runner *runner, const char *path,
                           struct hr_error *error)
{
    struct harvest harvest;
    enum hr_status status = harvest_init(&harvest, runner, error);

    if (status != HR_OK)
        return status;
    status = result_publish(path, &harvest.outcome, NULL, error);
    harvest_free(&harvest);
    return status;
}

static void release(void *held)
{
    harvest_free(held);
    free(held);
}

enum hr_status hr_run_result(const struct hr_runner *runner, struct hr_result **result,
                             struct hr_error *error)
{
    struct harvest *harvest = malloc(sizeof(*harvest));

    *result = NULL;
    if (harvest == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the result of a run");
    if (harvest_init(harvest, runner, error) != HR_OK) {
        free(harvest);
        return error->status;
    }
    return result_hold(&harvest->outcome, (struct result_owner){release, harvest},
                       result, error);
}

static enum hr_status run_and_save(struct hr_runner *runner, uint64_t trials,
                                   const char *path, struct hr_error *error)
{
    const enum hr_status status = hr_run_advance(runner, trials, error);
    const struct hr_error why = *error;

    if (status == HR_STOPPED)
        return hr_fail(error, status, "%s; nothing was written", why.message);
    return status == HR_OK ? hr_run_save(runner, path, error) : status;
}

enum hr_status hr_run(const struct hr_scenario *scenario,
                      const struct hr_run_options *options, const char *path,
                      struct hr_run_facts *facts, struct hr_error *error)
{
    struct hr_runner *runner = NULL;
    enum hr_status status = result_may_publish(path, error);

    *facts = (struct hr_run_facts){0};
    if (status == HR_OK && !options->overwrite)
        status = overwrite_check(scenario, path, error);
    if (status == HR_OK)
        status = hr_run_open(scenario, options, &runner, error);
    if (status == HR_OK) {
        status = run_and_save(runner, trials_of(scenario), path, error);
        hr_run_describe(runner, facts);
    }
    hr_run_close(runner);
    return status;
}

/* Some of the trials, more and more of them until the time they take tells something.
 */
static enum hr_status time_some(const struct hr_scenario *scenario,
                                const struct hr_run_options *options,
                                struct hr_run_plan *plan, struct hr_error *error)
{
    uint64_t trials = LANES * (uint64_t)plan->threads;
    enum hr_status status = HR_OK;
    double seconds = 0.0;

    while (seconds < 0.25 && status == HR_OK) {
        struct hr_runner *runner = NULL;

        trials *= 2;
        status = hr_run_open(scenario, options, &runner, error);
        if (status == HR_OK)
            status = hr_run_advance(runner, trials, error);
        seconds = runner == NULL ? 0.0 : runner->seconds;
        hr_run_close(runner);
    }
    plan->seconds = seconds * (double)plan->trials / (double)trials;
    return status;
}

enum hr_status hr_run_plan(const struct hr_scenario *scenario,
                           const struct hr_run_options *options,
                           struct hr_run_plan *plan, struct hr_error *error)
{
    const uint64_t trials = trials_of(scenario);
    const int threads = driver_threads(options->threads, trials);
    struct hr_runner *runner = NULL;
    const enum hr_status status = hr_run_open(scenario, options, &runner, error);

    if (status != HR_OK)
        return status;
    *plan = (struct hr_run_plan){
        .trials = trials,
        .sites = runner->plan.sites,
        .forms = runner->plan.forms,
        .quarters = (size_t)runner->plan.quarters,
        .threads = threads,
        .memory_bytes = footprint_of_run(&runner->shape, (double)trials, threads),
        .file_bytes = footprint_of_trials(&runner->shape, (double)trials) +
                      site_store_bytes(&runner->plan, (double)trials) + 4e6,
    };
    hr_run_close(runner);
    return time_some(scenario, options, plan, error);
}
