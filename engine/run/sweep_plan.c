#include "sweeping.h"

#include "file_size.h"
#include "footprint.h"

#include <string.h>

/* As point_run_forms() chooses them, the reference known wherever it was run. */
static enum hr_status count_forms(struct sweep_points *points,
                                  struct hr_sweep_plan *plan, struct hr_error *error)
{
    for (size_t p = 0; p < points->count; p++) {
        for (size_t f = 0; points->point[p].reason == NULL && f < points->forms; f++) {
            const bool is_new = sweep_points_same(points, p, f) == p;

            plan->forms_run += is_new;
            plan->forms_taken += !is_new;
            if (!sweep_points_find(points, p, f))
                return hr_fail(error, HR_FAILED, "no memory for the points of a sweep");
        }
    }
    return HR_OK;
}

/* Metrics whose trials are kept. */
static size_t metrics_of(const struct sweep *sweep)
{
    size_t metrics = 0;

    for (size_t m = 0; m < METRICS; m++)
        metrics += sweep_keeps(sweep, metric_columns[m].name);
    return metrics;
}

/* The file stands in memory until it is written, and points that are open beside one
 * another hold what one of them does, each. */
static enum hr_status add_bytes(const struct hr_scenario *scenario,
                                const struct hr_run_options *options,
                                struct hr_sweep_plan *plan, struct hr_error *error)
{
    const uint64_t trials = plan->point.trials;
    struct hr_runner *runner = NULL;
    enum hr_status status = hr_run_open(scenario, options, &runner, error);
    size_t open;

    if (status != HR_OK)
        return status;
    open = sweep_open_at_once(&runner->shape, trials, plan->point.threads,
                              options->memory_bytes);
    open = open < plan->points ? open : plan->points;
    plan->file_bytes = file_size_of_sweep(&runner->shape, trials, plan->points,
                                          metrics_of(scenario_sweep(scenario)));
    plan->memory_bytes =
        plan->point.memory_bytes + plan->file_bytes +
        (double)(open - 1) * footprint_of_part(&runner->shape, (double)trials);
    hr_run_close(runner);
    return HR_OK;
}

enum hr_status hr_sweep_plan(const struct hr_scenario *scenario,
                             const struct hr_run_options *options,
                             struct hr_sweep_plan *plan, struct hr_error *error)
{
    struct sweep_points points;
    enum hr_status status = sweep_points_open(&points, scenario, NULL, error);

    *plan = (struct hr_sweep_plan){.points = points.count, .refused = points.refused};
    if (status == HR_OK)
        status = count_forms(&points, plan, error);
    if (status == HR_OK)
        status = hr_run_plan(scenario, options, &plan->point, error);
    if (status == HR_OK) {
        plan->seconds =
            plan->point.seconds * (double)plan->forms_run / (double)points.forms;
        status = add_bytes(scenario, options, plan, error);
    }
    sweep_points_free(&points);
    return status;
}
