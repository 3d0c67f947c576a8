#include "headroom/run.h"

#include "beside.h"
#include "file_size.h"
#include "footprint.h"
#include "outcome.h"
#include "runner.h"

#include <math.h>

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
    if (options->planned_ranks > 1)
        plan->seconds /= (double)options->planned_ranks;
    return status;
}

/* All trials of ranks go through parts, large units first, halved as they run out. */
static void count_units(unsigned ranks, double table, struct hr_run_plan *plan)
{
    const double at_once = 2.0 * (double)ranks;
    const double blocks = (double)plan->trials / LANES;
    const double halvings = log2(fmax(blocks / (at_once * plan->threads), 1.0));

    plan->checkpoints = (uint64_t)fmin(at_once * (1.0 + halvings), ceil(blocks));
    plan->parts_bytes = table;
}

/* A part each time after so many seconds, and each time memory is full; what is left at
 * the end stays in memory. */
static void count_parts(const struct hr_run_options *options, double table, double held,
                        struct hr_run_plan *plan)
{
    const double every = options->checkpoint_seconds;
    const double by_time = every > 0.0 ? floor(plan->seconds / every) : 0.0;
    const double by_memory = ceil(table / held) - 1.0;

    plan->checkpoints = (uint64_t)fmax(by_time, by_memory);
    plan->parts_bytes = plan->checkpoints > 0 ? table : 0.0;
}

/* Practices by quarter, which lie in a mapped file until they are in the result. */
static double bytes_of_sites(const struct shape *shape, double trials)
{
    return 8.0 * trials * (double)shape->site_rows;
}

/* Of what is run beside it: its inputs again, as measured, and its trials, without
 * practices by quarter. */
static double bytes_beside(const struct shape *shape, double trials)
{
    static const double inputs = 5e6, inputs_of_site = 3.3e3;
    const double least = fmin(trials, BESIDE_TRIALS);
    const double own = inputs + inputs_of_site * (double)shape->plan->sites +
                       footprint_of_trials(shape, least) - bytes_of_sites(shape, least);

    return OUTCOME_NEUTRALS * own;
}

static void describe(const struct hr_runner *runner, double held,
                     struct hr_run_plan *plan)
{
    const double trials = (double)plan->trials;

    plan->sites = runner->plan.sites;
    plan->forms = runner->plan.forms;
    plan->quarters = (size_t)runner->plan.quarters;
    plan->memory_bytes = footprint_of_run(&runner->shape, trials, held, plan->threads) +
                         bytes_of_sites(&runner->shape, trials);
    if (runner->options.neutral)
        plan->memory_bytes += bytes_beside(&runner->shape, trials);
    plan->file_bytes =
        file_size_of_run(&runner->shape, plan->trials, runner->options.neutral);
}

enum hr_status hr_run_plan(const struct hr_scenario *scenario,
                           const struct hr_run_options *options,
                           struct hr_run_plan *plan, struct hr_error *error)
{
    const uint64_t trials = (uint64_t)hr_scenario_number(scenario, "trials");
    struct hr_runner *runner = NULL;
    enum hr_status status = hr_run_open(scenario, options, &runner, error);
    double table, held;

    if (status != HR_OK)
        return status;
    *plan = (struct hr_run_plan){
        .trials = trials,
        .threads = driver_threads(options->threads, trials),
    };
    shape_keep_sites(&runner->shape);
    table = footprint_of_trials(&runner->shape, (double)trials);
    held = footprint_held(&runner->shape, (double)trials, options->memory_bytes,
                          plan->threads);
    describe(runner, held, plan);
    hr_run_close(runner);
    status = time_some(scenario, options, plan, error);
    if (status == HR_OK && options->planned_ranks > 1)
        count_units(options->planned_ranks, table, plan);
    else if (status == HR_OK)
        count_parts(options, table, held, plan);
    return status;
}
