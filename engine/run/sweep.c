#include "headroom/sweep.h"

#include "clock.h"
#include "harvest.h"
#include "inputs.h"
#include "publish.h"
#include "sweep_points.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A sweep under way. */
struct sweeping {
    const struct hr_run_options *options; /* of the caller */
    struct sweep_points points;
    struct stack stack;
    struct hr_sweep_facts *facts;
    size_t now; /* the point that runs */
    bool begun;
    int reference;
    bool *only; /* the reference alone: of a point of which nothing is new */
    /* The first point's run and what the stack borrows of it. */
    struct hr_scenario *first_variant;
    struct hr_runner *first;
    struct harvest harvest;
    struct plan base_plan;
};

size_t hr_sweep_points(const struct hr_scenario *scenario)
{
    return scenario_sweep(scenario)->points;
}

/* Metrics whose trials are kept where a sweep does not say. */
static const char *const usual[] = {"economic_net_position",
                                    "economic_net_position_less_unmet",
                                    "economic_net_position_narrow",
                                    "net_monetary_benefit",
                                    "todays_gps",
                                    "public_cost",
                                    "unmet_appointments",
                                    "sites_closed",
                                    "sites_ended"};

static bool is_usual(const char *metric)
{
    for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++) {
        if (strcmp(metric, usual[i]) == 0)
            return true;
    }
    return false;
}

static bool keeps(const void *context, const char *metric)
{
    const struct sweep *sweep = context;
    bool kept = sweep->stores == 0 && is_usual(metric);

    for (size_t i = 0; i < sweep->stores; i++)
        kept |= strcmp(sweep->store[i], "all") == 0 ||
                strcmp(sweep->store[i], metric) == 0 ||
                (strcmp(sweep->store[i], "objectives") == 0 && is_usual(metric));
    return kept;
}

/* Done in all, for the caller's progress. */
static bool report(void *context, uint64_t done, uint64_t trials)
{
    const struct sweeping *sweeping = context;
    const struct hr_run_options *options = sweeping->options;

    return options->progress == NULL ||
           options->progress(options->progress_context, sweeping->now * trials + done,
                             sweeping->points.count * trials);
}

static enum hr_status run_forms(struct sweeping *sweeping,
                                const struct hr_scenario *variant, const bool *keep,
                                struct hr_runner **runner, struct hr_error *error)
{
    const struct hr_run_options options = {
        .threads = sweeping->options->threads,
        .instruction_set = sweeping->options->instruction_set,
        .progress = report,
        .progress_context = sweeping,
    };
    enum hr_status status = runner_open(variant, &options, keep, runner, error);

    if (status == HR_OK)
        status = hr_run_advance(*runner, sweeping->facts->trials, error);
    return status;
}

/* The stack says of its inputs what the scenario without the sweep reads. */
static enum hr_status start(struct sweeping *sweeping, struct hr_error *error)
{
    struct harvest *harvest = &sweeping->harvest;
    const struct inputs_source source = {
        .scenario = sweeping->points.scenario,
        .plan = &sweeping->base_plan,
        .trials = sweeping->facts->trials,
    };

    sweeping->begun = true;
    if (harvest_init(harvest, sweeping->first, error) != HR_OK ||
        runner_compile(source.scenario, &sweeping->base_plan, error) != HR_OK ||
        inputs_fill(&source, &harvest->outcome, &harvest->memory, error) != HR_OK)
        return error->status;
    harvest->outcome.texts.scenario = sweeping->options->scenario_text;
    harvest->outcome.texts.changes = sweeping->options->changes;
    harvest->outcome.sums = (struct outcome_sums){0};
    return stack_start(&sweeping->stack, &harvest->outcome, error);
}

static enum hr_status put(struct sweeping *sweeping, const struct hr_runner *runner,
                          struct hr_error *error)
{
    struct harvest harvest;
    enum hr_status status = harvest_init(&harvest, runner, error);

    if (status != HR_OK)
        return status;
    harvest.outcome.sums = (struct outcome_sums){0};
    status = stack_put(&sweeping->stack, sweeping->now, &harvest.outcome, error);
    harvest_free(&harvest);
    return status;
}

/* The first point that runs stays, for the stack borrows from it. */
static enum hr_status run_first(struct sweeping *sweeping, struct hr_scenario *variant,
                                struct hr_error *error)
{
    sweeping->first_variant = variant;
    if (run_forms(sweeping, variant, NULL, &sweeping->first, error) != HR_OK ||
        start(sweeping, error) != HR_OK)
        return error->status;
    return put(sweeping, sweeping->first, error);
}

static enum hr_status run_later(struct sweeping *sweeping, struct hr_scenario *variant,
                                const bool *keep, struct hr_error *error)
{
    struct hr_runner *runner = NULL;
    enum hr_status status = run_forms(sweeping, variant, keep, &runner, error);

    if (status == HR_OK)
        status = put(sweeping, runner, error);
    hr_run_close(runner);
    hr_scenario_free(variant);
    return status;
}

/* Which forms are new at this point, and with them the reference; how many. */
static size_t new_forms(struct sweeping *sweeping, bool *keep)
{
    const struct sweep_points *points = &sweeping->points;
    size_t count = 0, reference = (size_t)sweeping->reference;

    for (size_t f = 0; f < points->forms; f++) {
        keep[f] = sweep_points_same(points, sweeping->now, f) == sweeping->now;
        count += keep[f];
    }
    if (count > 0 && !keep[reference]) {
        keep[reference] = true;
        count++;
    }
    sweeping->facts->forms_run += count;
    return count;
}

static void take_others(struct sweeping *sweeping, const bool *keep)
{
    const struct sweep_points *points = &sweeping->points;

    for (size_t f = 0; f < points->forms; f++) {
        if (keep[f])
            continue;
        stack_take(&sweeping->stack, sweeping->now,
                   sweep_points_same(points, sweeping->now, f), f);
        sweeping->facts->forms_taken++;
    }
}

static enum hr_status run_point(struct sweeping *sweeping, bool *keep,
                                struct hr_error *error)
{
    const size_t count = new_forms(sweeping, keep);
    struct hr_scenario *variant = NULL;
    struct hr_messages problems = {0};
    enum hr_status status = HR_OK;

    if (sweep_points_variant(&sweeping->points, sweeping->now, &variant, &problems) !=
        HR_OK)
        status = hr_fail(error, HR_FAILED, "no memory for a point of a sweep");
    hr_messages_free(&problems);
    if (status != HR_OK)
        return status;
    if (!sweeping->begun)
        status = run_first(sweeping, variant, error);
    else
        status = run_later(sweeping, variant, count > 0 ? keep : sweeping->only, error);
    if (status == HR_OK)
        take_others(sweeping, keep);
    return status;
}

static enum hr_status run_points(struct sweeping *sweeping, struct hr_error *error)
{
    struct sweep_points *points = &sweeping->points;
    bool *keep = calloc(2 * points->forms + 1, sizeof(*keep));
    enum hr_status status = HR_OK;

    if (keep == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a sweep");
    sweeping->only = keep + points->forms;
    sweeping->only[sweeping->reference] = true;
    for (size_t p = 0; p < points->count && status == HR_OK; p++) {
        sweeping->now = p;
        if (points->point[p].reason == NULL)
            status = run_point(sweeping, keep, error);
    }
    free(keep);
    if (status == HR_STOPPED)
        return hr_fail(error, HR_STOPPED,
                       "stopped at point %zu of %zu; nothing was written",
                       sweeping->now + 1, points->count);
    return status;
}

/* What is said of the points, in memory that one call frees. */
struct naming {
    struct stack_axis *axis;
    double *number, *status;
    const char **word;
    char axes[1024];
};

static bool make_room(struct naming *naming, size_t points, size_t axes)
{
    *naming = (struct naming){
        .axis = calloc(axes + 1, sizeof(*naming->axis)),
        .number = calloc(axes * points + 1, sizeof(*naming->number)),
        .status = calloc(points + 1, sizeof(*naming->status)),
        .word = calloc((axes + 4) * points + 1, sizeof(*naming->word)),
    };
    return naming->axis != NULL && naming->number != NULL && naming->status != NULL &&
           naming->word != NULL;
}

static void free_naming(struct naming *naming)
{
    free(naming->axis);
    free(naming->number);
    free(naming->status);
    free(naming->word);
}

/* Numbers where every value is one. */
static void name_axis(const struct sweep *sweep, size_t a, size_t points,
                      struct naming *naming)
{
    double *number = naming->number + a * points;
    const char **word = naming->word + a * points;
    bool numbers = true;

    for (size_t p = 0; p < points; p++) {
        word[p] = sweep->point[p * sweep->axes + a]->label;
        numbers &= text_to_number(word[p], &number[p]) == TEXT_NUMBER;
    }
    naming->axis[a] = (struct stack_axis){sweep->axis[a].name, sweep->axis[a].key,
                                          numbers ? number : NULL, word};
    if (a > 0)
        strncat(naming->axes, ", ", sizeof(naming->axes) - strlen(naming->axes) - 1);
    strncat(naming->axes, sweep->axis[a].name,
            sizeof(naming->axes) - strlen(naming->axes) - 1);
}

static void name_points(const struct sweep_points *points, struct naming *naming,
                        struct stack_labels *labels)
{
    static const char *const designs[] = {"grid", "zip", "list", "lhs", "sobol"};
    const size_t count = points->count, axes = points->sweep->axes;
    const char **id = naming->word + axes * count, **reason = id + count;
    const char **calibration = reason + count, **changes = calibration + count;

    for (size_t a = 0; a < axes; a++)
        name_axis(points->sweep, a, count, naming);
    for (size_t p = 0; p < count; p++) {
        const struct sweep_point *point = &points->point[p];

        naming->status[p] = point->reason != NULL ? 1.0 : 0.0;
        id[p] = point->id;
        reason[p] = point->reason != NULL ? point->reason : "";
        calibration[p] = point->own_calibration ? "own" : "base";
        changes[p] = point->changes;
    }
    *labels = (struct stack_labels){designs[points->sweep->design],
                                    naming->axes,
                                    naming->axis,
                                    axes,
                                    naming->status,
                                    id,
                                    reason,
                                    calibration,
                                    changes};
}

static enum hr_status publish(struct sweeping *sweeping, const char *path,
                              struct hr_error *error)
{
    const struct sweep_points *points = &sweeping->points;
    struct naming naming;
    struct stack_labels labels;
    enum hr_status status;

    if (!make_room(&naming, points->count, points->sweep->axes)) {
        free_naming(&naming);
        return hr_fail(error, HR_FAILED, "no memory to name the points of a sweep");
    }
    name_points(points, &naming, &labels);
    status = stack_publish(&sweeping->stack, &labels, path, error);
    free_naming(&naming);
    return status;
}

static enum hr_status may_publish(const char *path, bool overwrite,
                                  struct hr_error *error)
{
    struct stat about;

    if (!overwrite && stat(path, &about) == 0 &&
        !(S_ISREG(about.st_mode) && about.st_size == 0))
        return hr_fail(error, HR_BAD_INPUT,
                       "%s is there already: name another file, or replace it with "
                       "--force",
                       path);
    return result_may_publish(path, error);
}

static void close_all(struct sweeping *sweeping)
{
    stack_free(&sweeping->stack);
    harvest_free(&sweeping->harvest);
    hr_run_close(sweeping->first);
    hr_scenario_free(sweeping->first_variant);
    plan_free(&sweeping->base_plan);
    sweep_points_free(&sweeping->points);
}

static enum hr_status sweep(struct sweeping *sweeping, const char *path,
                            struct hr_error *error)
{
    const struct sweep_points *points = &sweeping->points;
    const char *reference = hr_scenario_text(points->scenario, "reference");

    while (strcmp(hr_scenario_form(points->scenario, (size_t)sweeping->reference),
                  reference) != 0)
        sweeping->reference++;
    sweeping->stack = (struct stack){
        .points = points->count, .keeps = keeps, .context = points->sweep};
    sweeping->facts->points = points->count;
    sweeping->facts->refused = points->refused;
    return run_points(sweeping, error) == HR_OK ? publish(sweeping, path, error)
                                                : error->status;
}

enum hr_status hr_sweep(const struct hr_scenario *scenario,
                        const struct hr_run_options *options, const char *path,
                        struct hr_sweep_facts *facts, struct hr_error *error)
{
    struct sweeping sweeping = {.options = options, .facts = facts};
    const char *stores = hr_scenario_text(scenario, "store.sites");
    const double start_seconds = clock_seconds();
    enum hr_status status;

    *facts = (struct hr_sweep_facts){
        .trials = (uint64_t)hr_scenario_number(scenario, "trials")};
    if (hr_sweep_points(scenario) == 0)
        return hr_fail(error, HR_BAD_INPUT, "the scenario says no sweep");
    if (stores != NULL && strcmp(stores, "none") != 0)
        return hr_fail(error, HR_BAD_INPUT,
                       "a sweep does not keep every practice by quarter: take "
                       "store.sites out");
    status = may_publish(path, options->overwrite, error);
    if (status == HR_OK)
        status = sweep_points_open(&sweeping.points, scenario, error);
    if (status == HR_OK)
        status = sweep(&sweeping, path, error);
    facts->seconds = clock_seconds() - start_seconds;
    close_all(&sweeping);
    return status;
}
