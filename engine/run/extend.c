#include "extend.h"

#include "headroom/result.h"
#include "sums_load.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t trials_of(const struct hr_result *result)
{
    uint64_t trials = 0;

    return hr_result_integer(result, "trials", &trials) ? trials : 0;
}

static enum hr_status check_numbers(const struct hr_result *result, const char *path,
                                    struct hr_error *error)
{
    if (hr_result_same_numbers(result))
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "%s: version %s of this program made it, which gives other numbers: "
                   "it cannot be extended; --force runs all trials again",
                   path, hr_result_text(result, "engine_version"));
}

static enum hr_status identify(const struct hr_scenario *scenario,
                               char identity[SCENARIO_IDENTITY], struct hr_error *error)
{
    struct plan plan = {0};
    enum hr_status status = runner_compile(scenario, &plan, error);

    if (status != HR_OK)
        return status;
    if (!scenario_identity(scenario, &plan, identity))
        status = hr_fail(error, HR_FAILED, "no memory to identify the run");
    plan_free(&plan);
    return status;
}

static enum hr_status compare(const struct hr_scenario *kept,
                              const struct hr_scenario *scenario, const char *path,
                              struct hr_error *error)
{
    char first[SCENARIO_IDENTITY], second[SCENARIO_IDENTITY], keys[512];

    if (identify(kept, first, error) != HR_OK ||
        identify(scenario, second, error) != HR_OK)
        return error->status;
    if (strcmp(first, second) == 0)
        return HR_OK;
    hr_scenario_differences(scenario, kept, keys, sizeof(keys));
    return hr_fail(error, HR_BAD_INPUT,
                   "%s is the result of another scenario, and cannot be extended: it "
                   "differs in %s",
                   path, *keys == '\0' ? "a table that a key names" : keys);
}

/* All but trials is to be as the scenario says. */
static enum hr_status check_inputs(const struct hr_result *result,
                                   const struct hr_scenario *scenario, const char *path,
                                   struct hr_error *error)
{
    struct hr_scenario *kept = NULL;
    enum hr_status status = hr_run_scenario(result, &kept, error);

    if (status == HR_OK)
        status = compare(kept, scenario, path, error);
    hr_scenario_free(kept);
    return status;
}

/* All that a trial gives is taken up, so all of it has to be there. */
static enum hr_status check_kept(const struct hr_result *result, const char *path,
                                 struct hr_error *error)
{
    char lack[768];

    if (!hr_result_left_out(result, lack, sizeof(lack)))
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "%s cannot be extended: %s; --force runs all trials again", path,
                   lack);
}

static enum hr_status check_result(const struct hr_result *result,
                                   const struct hr_scenario *scenario, const char *path,
                                   struct hr_error *error)
{
    const uint64_t wanted = (uint64_t)hr_scenario_number(scenario, "trials");

    if (check_numbers(result, path, error) != HR_OK ||
        check_kept(result, path, error) != HR_OK ||
        check_inputs(result, scenario, path, error) != HR_OK)
        return error->status;
    if (trials_of(result) < wanted)
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "%s has %" PRIu64 " trials, and the run is to have %" PRIu64
                   ": extend it to more with --trials",
                   path, trials_of(result), wanted);
}

enum hr_status extend_check(const struct hr_scenario *scenario, const char *path,
                            struct hr_error *error)
{
    struct hr_result *result = NULL;
    enum hr_status status = hr_result_open(path, &result, error);

    if (status == HR_OK)
        status = check_result(result, scenario, path, error);
    hr_result_close(result);
    return status;
}

/* A result that is taken up. */
struct extension {
    struct hr_result *result;
    const struct shape *shape;
    struct slab slab;
};

/* Rows of the slab from a data set whose last axis is trials. */
static enum hr_status copy_rows(struct extension *e, const char *path, size_t row,
                                size_t rows, struct hr_error *error)
{
    const struct slab *slab = &e->slab;
    struct hr_result_values values;

    if (hr_result_values(e->result, path, &values, error) != HR_OK)
        return error->status;
    if (values.count != rows * values.size[values.rank - 1] ||
        values.size[values.rank - 1] < slab->trials)
        return hr_fail(error, HR_NOT_HELD, "%s is not laid out as its run", path);
    for (size_t r = 0; r < rows; r++)
        memcpy(&slab->value[(row + r) * slab->room],
               &values.value[r * values.size[values.rank - 1]],
               slab->trials * sizeof(*slab->value));
    hr_result_release(e->result, path);
    return HR_OK;
}

static enum hr_status copy_table(struct extension *e, struct hr_error *error)
{
    const struct shape *shape = e->shape;
    enum hr_status status =
        copy_rows(e, "/quality/near_ties", shape_near_ties(shape), 1, error);
    char path[320];

    for (size_t m = 0; m < METRICS && status == HR_OK; m++) {
        snprintf(path, sizeof(path), "/trials/%s", metric_columns[m].name);
        status =
            copy_rows(e, path, shape_metric(shape, m, 0), shape->plan->forms, error);
    }
    for (size_t d = 0; d < shape->drawn && status == HR_OK; d++) {
        snprintf(path, sizeof(path), "/parameters/%s",
                 shape->plan->value[shape->drawn_value[d]].key);
        status = copy_rows(e, path, shape_parameter(shape, d), 1, error);
    }
    return status;
}

static enum hr_status copy_sums(struct extension *e, struct part *part,
                                struct hr_error *error)
{
    const struct sums_target target = {&part->sums, NULL, e->shape->paths};
    struct sums_target into = target;

    part->histogram = calloc(target.paths + 1, sizeof(*part->histogram));
    if (part->histogram == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the counts of a part");
    into.histogram = part->histogram;
    if (sums_load(e->result, &into, error) != HR_OK)
        return error->status;
    if (sums_cover(&part->sums, 0, e->slab.trials / LANES))
        return HR_OK;
    return hr_fail(error, HR_NOT_HELD, "/sums is not of the trials that it holds");
}

/* The part owns the slab, also on failure. */
static enum hr_status copy_all(struct extension *e, struct part *part,
                               struct hr_error *error)
{
    const uint64_t full = trials_of(e->result) / LANES * LANES;

    if (slab_init(&e->slab, e->shape, 0, (size_t)full, error) != HR_OK)
        return error->status;
    e->slab.trials = (size_t)full;
    if (part_take_slab(part, e->slab, error) != HR_OK ||
        copy_sums(e, part, error) != HR_OK)
        return error->status;
    return copy_table(e, error);
}

static enum hr_status take(struct stored_run *run, struct hr_result *result,
                           struct hr_error *error)
{
    struct hr_runner *runner = run->runner;
    struct extension extension = {.result = result, .shape = &runner->shape};
    struct part part = part_none(&runner->shape);
    struct hr_error why;
    enum hr_status status = copy_all(&extension, &part, &why);

    if (status != HR_OK)
        hr_fail(error, status, "%s cannot be extended: %s", run->path, why.message);
    else
        status = quality_add(&runner->quality, &part.slab[0], &runner->shape, error);
    if (status == HR_OK)
        status = stored_run_keep(run, &part, error);
    if (status == HR_OK)
        return part_add(&runner->part, &part, error);
    part_free(&part);
    return status;
}

enum hr_status extend_take(struct stored_run *run, struct hr_error *error)
{
    struct hr_result *result = NULL;
    enum hr_status status = hr_result_open(run->path, &result, error);

    if (status == HR_OK && trials_of(result) >= LANES)
        status = take(run, result, error);
    hr_result_close(result);
    return status;
}
