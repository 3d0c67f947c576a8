#include "headroom/run.h"

#include "footprint.h"
#include "runner.h"

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
    const uint64_t trials = (uint64_t)hr_scenario_number(scenario, "trials");
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
        .memory_bytes = footprint_of_run(
            &runner->shape, (double)trials,
            footprint_held(&runner->shape, (double)trials, options->memory_bytes),
            threads),
        .file_bytes = footprint_of_trials(&runner->shape, (double)trials) +
                      site_store_bytes(&runner->plan, (double)trials) + 4e6,
    };
    hr_run_close(runner);
    return time_some(scenario, options, plan, error);
}
