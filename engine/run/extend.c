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

/* A result that is taken up, one data set in memory at a time. */
struct extension {
    struct hr_result *result;
    const struct shape *shape;
    uint64_t trials; /**< full blocks of them */
    char path[320];  /**< of what is in memory */
    struct hr_result_values values;
};

/* Where a row of the trial table stands in the file: the data set, and its row there.
 */
static size_t find_row(const struct shape *shape, size_t row, char path[320])
{
    const size_t forms = shape->plan->forms;

    if (row < METRICS * forms) {
        snprintf(path, 320, "/trials/%s", metric_columns[row / forms].name);
        return row % forms;
    }
    if (row == shape_near_ties(shape))
        snprintf(path, 320, "/quality/near_ties");
    else
        snprintf(path, 320, "/parameters/%s",
                 shape->plan->value[shape->drawn_value[row - METRICS * forms]].key);
    return 0;
}

static enum hr_status open_set(struct extension *e, const char *path,
                               struct hr_error *error)
{
    if (strcmp(e->path, path) == 0)
        return HR_OK;
    if (*e->path != '\0')
        hr_result_release(e->result, e->path);
    snprintf(e->path, sizeof(e->path), "%s", path);
    if (hr_result_values(e->result, path, &e->values, error) == HR_OK)
        return HR_OK;
    e->path[0] = '\0';
    return error->status;
}

/* For row_source. */
static enum hr_status read_row(void *context, const struct row_stretch *stretch,
                               double *value, struct hr_error *error)
{
    struct extension *e = context;
    const struct hr_result_values *values = &e->values;
    char path[320];
    const size_t row = find_row(e->shape, stretch->row, path);
    size_t length;

    if (open_set(e, path, error) != HR_OK)
        return error->status;
    length = values->size[values->rank - 1];
    if (length < stretch->first + stretch->count || (row + 1) * length > values->count)
        return hr_fail(error, HR_NOT_HELD, "%s is not laid out as its run", path);
    memcpy(value, &values->value[row * length + stretch->first],
           stretch->count * sizeof(*value));
    return HR_OK;
}

static enum hr_status copy_sums(struct extension *e, struct part *part,
                                struct hr_error *error)
{
    const struct sums_target target = {&part->sums, NULL, e->shape->counted};
    struct sums_target into = target;

    part->histogram = shape_histograms(e->shape);
    if (part->histogram == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the counts of a part");
    into.histogram = part->histogram;
    if (sums_load(e->result, &into, error) != HR_OK)
        return error->status;
    if (sums_cover(&part->sums, 0, e->trials / LANES))
        return HR_OK;
    return hr_fail(error, HR_NOT_HELD, "/sums is not of the trials that it holds");
}

static enum hr_status keep(struct stored_run *run, struct extension *e,
                           struct part *part, struct hr_error *error)
{
    const struct row_source source = {read_row, e};
    const struct slab slab = {.trials = (size_t)e->trials, .room = (size_t)e->trials};

    if (part_take_slab(part, slab, error) != HR_OK ||
        copy_sums(e, part, error) != HR_OK)
        return error->status;
    return stored_run_keep_rows(run, part, &source, error);
}

static enum hr_status take(struct stored_run *run, struct hr_result *result,
                           struct hr_error *error)
{
    struct hr_runner *runner = run->runner;
    struct extension extension = {.result = result,
                                  .shape = &runner->shape,
                                  .trials = trials_of(result) / LANES * LANES};
    struct part part = part_none(&runner->shape);
    struct hr_error why;
    enum hr_status status = keep(run, &extension, &part, &why);

    if (status != HR_OK)
        hr_fail(error, status, "%s cannot be extended: %s", run->path, why.message);
    else
        status = quality_add(&runner->quality, &part.slab[0], &runner->shape, error);
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
