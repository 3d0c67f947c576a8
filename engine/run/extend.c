#include "extend.h"

#include "headroom/result.h"
#include "site_quarters.h"
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

static bool keeps_sites(const struct hr_result *result)
{
    bool found = false;

    for (size_t i = 0; i < hr_result_count(result); i++)
        found |= strncmp(hr_result_path(result, i), "/site_quarters/", 15) == 0;
    return found;
}

/* Practices by quarter are of all trials or of none. */
static enum hr_status check_sites(const struct hr_result *result,
                                  const struct hr_scenario *scenario, const char *path,
                                  struct hr_error *error)
{
    const char *stores = hr_scenario_text(scenario, "store.sites");
    const bool wanted = stores != NULL && strcmp(stores, "none") != 0;

    if (keeps_sites(result) == wanted)
        return HR_OK;
    if (wanted)
        return hr_fail(error, HR_BAD_INPUT,
                       "%s does not keep its practices by quarter, as store.sites "
                       "says, and so cannot be extended: take store.sites out, or "
                       "--force runs all trials again",
                       path);
    return hr_fail(error, HR_BAD_INPUT,
                   "%s keeps its practices by quarter, which an extension without "
                   "would drop: add -s store.sites=quarterly, or --force runs all "
                   "trials again",
                   path);
}

static enum hr_status check_result(const struct hr_result *result,
                                   const struct hr_scenario *scenario, const char *path,
                                   struct hr_error *error)
{
    const uint64_t wanted = (uint64_t)hr_scenario_number(scenario, "trials");

    if (check_numbers(result, path, error) != HR_OK ||
        check_kept(result, path, error) != HR_OK ||
        check_inputs(result, scenario, path, error) != HR_OK ||
        check_sites(result, scenario, path, error) != HR_OK)
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
    size_t length;   /**< trials in all */
    char path[320];  /**< of what is in memory */
    struct hr_result_values values;
};

/* Where a row of the trial table stands in the file: numbers of a data set, of one
 * trial after another. */
struct place {
    char path[320];
    size_t first, step; /**< of the first trial; from trial to trial */
};

static void place_metric(const struct extension *e, size_t row, struct place *place)
{
    const size_t forms = e->shape->plan->forms;

    snprintf(place->path, sizeof(place->path), "/trials/%s",
             metric_columns[row / forms].name);
    place->first = row % forms * e->length;
}

/* Of practices by quarter: [form, trial, site, quarter] in the file. */
static void place_site(const struct extension *e, size_t number, struct place *place)
{
    const struct plan *plan = e->shape->plan;
    const size_t numbers = plan->sites * (size_t)plan->quarters, k = number / numbers;

    snprintf(place->path, sizeof(place->path), "/site_quarters/%s",
             site_quarter_columns[k % SITE_QUARTERS].name);
    place->first = k / SITE_QUARTERS * e->length * numbers + number % numbers;
    place->step = numbers;
}

static void find_row(const struct extension *e, size_t row, struct place *place)
{
    const struct shape *shape = e->shape;
    const size_t metrics = METRICS * shape->plan->forms;

    *place = (struct place){.step = 1};
    if (row >= shape_site(shape, 0))
        place_site(e, row - shape_site(shape, 0), place);
    else if (row < metrics)
        place_metric(e, row, place);
    else if (row == shape_near_ties(shape))
        snprintf(place->path, sizeof(place->path), "/quality/near_ties");
    else
        snprintf(place->path, sizeof(place->path), "/parameters/%s",
                 shape->plan->value[shape->drawn_value[row - metrics]].key);
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
    const uint64_t end = stretch->first + stretch->count;
    struct place place;
    const double *from;

    find_row(e, stretch->row, &place);
    if (open_set(e, place.path, error) != HR_OK)
        return error->status;
    if (end > e->length ||
        place.first + (e->length - 1) * place.step >= e->values.count)
        return hr_fail(error, HR_NOT_HELD, "%s is not laid out as its run", place.path);
    from = &e->values.value[place.first + stretch->first * place.step];
    for (size_t i = 0; i < stretch->count; i++)
        value[i] = from[i * place.step];
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
    return stored_keep_rows(run, part, &source, error);
}

static enum hr_status take(struct stored_run *run, struct hr_result *result,
                           struct hr_error *error)
{
    struct hr_runner *runner = run->runner;
    struct extension extension = {.result = result,
                                  .shape = &runner->shape,
                                  .trials = trials_of(result) / LANES * LANES,
                                  .length = (size_t)trials_of(result)};
    struct part part = part_none(&runner->shape);
    struct hr_error why;
    enum hr_status status = keep(run, &extension, &part, &why);

    if (status != HR_OK)
        hr_fail(error, status, "%s cannot be extended: %s", run->path, why.message);
    else
        status = quality_add(&runner->quality, &part.slab[0], &runner->shape, error);
    if (status == HR_OK)
        status = slab_restore_sites(&part.slab[0], &runner->shape, error);
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
