#include "sweeping.h"

#include "inputs.h"
#include "problems.h"

/* Of the first point that is not refused. */
static enum hr_status open_variant(struct sweeping *sweeping, struct hr_error *error)
{
    struct hr_messages problems = {0};
    size_t first = 0;

    while (sweeping->points.point[first].reason != NULL)
        first++;
    if (sweep_points_variant(&sweeping->points, first, &sweeping->variant, &problems) ==
        HR_OK) {
        hr_messages_free(&problems);
        return HR_OK;
    }
    return problems_fail(&problems, HR_FAILED, "a point cannot be made again: ", error);
}

static enum hr_status run_model(struct sweeping *sweeping, struct hr_error *error)
{
    const struct hr_run_options options = {
        .threads = 1, .instruction_set = sweeping->options->instruction_set};
    const uint64_t trials = sweeping->facts->trials;

    if (open_variant(sweeping, error) != HR_OK ||
        hr_run_open(sweeping->variant, &options, &sweeping->model, error) != HR_OK)
        return error->status;
    return hr_run_advance(sweeping->model, trials < LANES ? trials : LANES, error);
}

void sweeping_free(struct sweeping *sweeping)
{
    sweep_names_free(&sweeping->names);
    stack_free(&sweeping->stack);
    harvest_free(&sweeping->harvest);
    hr_run_close(sweeping->model);
    hr_scenario_free(sweeping->variant);
    plan_free(&sweeping->base_plan);
    sweep_points_free(&sweeping->points);
}

enum hr_status sweep_lay_out(struct sweeping *sweeping, struct hr_error *error)
{
    struct harvest *harvest = &sweeping->harvest;
    const struct inputs_source source = {
        .scenario = sweeping->points.scenario,
        .plan = &sweeping->base_plan,
        .trials = sweeping->facts->trials,
    };

    if (run_model(sweeping, error) != HR_OK ||
        harvest_init(harvest, sweeping->model, error) != HR_OK ||
        inputs_fill(&source, &harvest->outcome, &harvest->memory, error) != HR_OK)
        return error->status;
    harvest->outcome.texts.scenario = sweeping->options->scenario_text;
    harvest->outcome.texts.changes = sweeping->options->changes;
    harvest->outcome.sums = (struct outcome_sums){0};
    sweeping->stack.points = sweeping->points.count;
    sweeping->stack.trials = (size_t)sweeping->facts->trials;
    return stack_start(&sweeping->stack, &harvest->outcome, error);
}
