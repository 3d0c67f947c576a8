#include "sweeping.h"

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

/* Bytes of inputs and texts, as hr_run_plan() reckons them. */
static const double once = 4e6;

/* Metrics whose trials are kept, and what is said over trials at each point. */
static double bytes_of(const struct sweep_points *points,
                       const struct hr_run_plan *point)
{
    const double trials = (double)point->trials, count = (double)points->count;
    size_t metrics = 0, drawn = 0, all;
    const struct hr_assumption *key = hr_scenario_assumptions(points->scenario, &all);

    for (size_t i = 0; i < all; i++)
        drawn += key[i].distributed;
    for (size_t m = 0; m < METRICS; m++)
        metrics += sweep_keeps(points->sweep, metric_columns[m].name);
    return 8.0 * trials * ((double)(metrics * points->forms) * count + (double)drawn) +
           (point->file_bytes - once -
            8.0 * trials * (double)(METRICS * points->forms + drawn)) *
               count +
           once;
}

/* Points that are open beside one another hold what one of them does, each. */
static enum hr_status add_open_points(const struct hr_scenario *scenario,
                                      const struct hr_run_options *options,
                                      struct hr_sweep_plan *plan,
                                      struct hr_error *error)
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
    plan->memory_bytes +=
        (double)(open - 1) * footprint_of_part(&runner->shape, (double)trials);
    hr_run_close(runner);
    return HR_OK;
}

enum hr_status hr_sweep_plan(const struct hr_scenario *scenario,
                             const struct hr_run_options *options,
                             struct hr_sweep_plan *plan, struct hr_error *error)
{
    struct sweep_points points;
    enum hr_status status = sweep_points_open(&points, scenario, error);

    *plan = (struct hr_sweep_plan){.points = points.count, .refused = points.refused};
    if (status == HR_OK)
        status = count_forms(&points, plan, error);
    if (status == HR_OK)
        status = hr_run_plan(scenario, options, &plan->point, error);
    if (status == HR_OK) {
        plan->seconds =
            plan->point.seconds * (double)plan->forms_run / (double)points.forms;
        plan->file_bytes = bytes_of(&points, &plan->point);
        plan->memory_bytes = plan->point.memory_bytes + plan->file_bytes;
        status = add_open_points(scenario, options, plan, error);
    }
    sweep_points_free(&points);
    return status;
}
