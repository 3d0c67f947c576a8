#include "harvest.h"

#include "crew_threads.h"
#include "flows.h"
#include "footprint.h"
#include "site_quarters.h"
#include "stopping.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

/* Who ran it, when and on what: kept in the file, outside its content hash. */
static void fill_origin(struct harvest *harvest, const struct hr_runner *runner)
{
    struct utsname name = {0};

    uname(&name);
    snprintf(harvest->host, sizeof(harvest->host), "%.60s, %.60s, %ld processors",
             name.nodename, name.machine, sysconf(_SC_NPROCESSORS_ONLN));
    runner_now(harvest->finished);
    snprintf(harvest->price_base, sizeof(harvest->price_base), "April-June %.0f",
             hr_scenario_number(runner->scenario, "patch.base_year"));
    harvest->outcome.price_base = harvest->price_base;
    harvest->outcome.objective =
        hr_scenario_text(runner->scenario, "decision.objective");
    harvest->outcome.origin = (struct outcome_origin){
        .engine_version = HEADROOM_VERSION,
        .commit = HEADROOM_COMMIT,
        .build = "gcc-compatible " __VERSION__,
        .instruction_set = runner->kernel.name,
        .host = harvest->host,
        .started = runner->started,
        .finished = harvest->finished,
        .seconds = runner->seconds,
        .threads = (uint64_t)runner->threads,
    };
}

static void fill_stop(struct harvest *harvest, const struct hr_runner *runner)
{
    const struct hr_run_stop *stop = &runner->stop;

    if (stop->reason == NULL)
        return;
    stopping_words(scenario_stop(runner->scenario), harvest->stop_rule,
                   sizeof(harvest->stop_rule));
    harvest->outcome.stop = (struct outcome_stop){
        .reason = stop->reason,
        .rule = harvest->stop_rule,
        .looks = (uint64_t)stop->looks,
        .lead = stop->objective == NULL ? NAN : stop->lead,
        .wanted = stop->objective == NULL ? NAN : stop->wanted,
    };
}

static const struct hr_assumption *find_assumption(const struct hr_assumption *all,
                                                   size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i].key, key) == 0)
            return &all[i];
    }
    return NULL;
}

static bool fill_parameters(struct harvest *harvest, const struct hr_runner *runner)
{
    const struct shape *shape = &runner->shape;
    size_t count = 0;
    const struct hr_assumption *all = hr_scenario_assumptions(runner->scenario, &count);
    struct outcome_parameter *parameter =
        inputs_take(&harvest->memory, shape->drawn, sizeof(*parameter));

    if (parameter == NULL)
        return false;
    for (size_t d = 0; d < shape->drawn; d++) {
        const char *key = shape->plan->value[shape->drawn_value[d]].key;
        const struct hr_assumption *about = find_assumption(all, count, key);

        parameter[d] = (struct outcome_parameter){
            .key = key,
            .unit = about == NULL ? "" : about->unit,
            .meaning = about == NULL ? "" : about->meaning,
            .row = shape_parameter(shape, d),
        };
    }
    harvest->outcome.parameter = parameter;
    harvest->outcome.parameters = shape->drawn;
    return true;
}

/* The first key of a tied draw that differs between trials; NULL where none does. */
static const char *key_of_tied(const struct plan *plan, size_t place)
{
    for (size_t v = 0; v < plan->values; v++) {
        if (plan->value[v].tied == place + 1 &&
            plan->value[v].distribution.kind != FIXED)
            return plan->value[v].key;
    }
    return NULL;
}

/* Spearman's correlation of two tied draws, to 12 digits: as it was asked for. */
static double rank_of(const struct plan_ties *ties, size_t i, size_t j)
{
    double sum = 0.0;

    for (size_t k = 0; k < ties->count; k++)
        sum += ties->factor[i][k] * ties->factor[j][k];
    return nearbyint(6e12 / M_PI * asin(fmin(fmax(0.5 * sum, -0.5), 0.5))) / 1e12;
}

/* Every two draws that have a correlation, by their places in the plan. */
static size_t list_ties(const struct plan *plan, struct outcome_tie *tie)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->ties.count; i++) {
        for (size_t j = 0; j < i; j++) {
            const struct outcome_tie own = {.first = key_of_tied(plan, j),
                                            .second = key_of_tied(plan, i),
                                            .rank = rank_of(&plan->ties, j, i)};

            if (own.rank != 0.0 && own.first != NULL && own.second != NULL)
                tie[count++] = own;
        }
    }
    return count;
}

static bool fill_ties(struct harvest *harvest, const struct plan *plan)
{
    const size_t tied = plan->ties.count;
    struct outcome_tie *tie =
        inputs_take(&harvest->memory, tied * tied / 2 + 1, sizeof(*tie));

    if (tie != NULL)
        harvest->outcome.ties = (struct outcome_ties){tie, list_ties(plan, tie)};
    return tie != NULL;
}

static void fill_results(struct harvest *harvest, const struct shape *shape)
{
    const struct whole *whole = &harvest->whole;
    const struct moments *less = whole->moments + shape->paths + 2 * shape->site_sums;
    struct outcome *outcome = &harvest->outcome;

    outcome->trials = whole->trials;
    outcome->table = (struct row_source){whole_read, &harvest->whole};
    outcome->near_ties = shape_near_ties(shape);
    outcome->metrics = (struct outcome_trials){
        .column = metric_columns,
        .count = METRICS,
        .dropped = shape->plan->drops_metric,
    };
    outcome->series = (struct outcome_series){
        .column = series_columns,
        .count = SERIES_COUNT,
        .moments = whole->moments,
        .histogram = whole->histogram,
        .difference = less,
        .total = less + shape->paths,
        .difference_histogram = whole->histogram + shape->paths,
        .total_histogram = whole->histogram + 2 * shape->paths,
        .totalled = SERIES_PUBLIC_COST,
    };
    outcome->flows = (struct outcome_flows){
        .row = flow_rows,
        .count = FLOWS,
        .years = (size_t)shape->plan->quarters / 4,
        .moments = whole->moments + shape->sums - 2 * shape->flows,
        .difference = whole->moments + shape->sums - shape->flows,
    };
    if (whole->part->sums.count > 0)
        outcome->sums = (struct outcome_sums){
            .sums = &whole->part->sums,
            .histogram = whole->part->histogram,
            .paths = shape->counted,
        };
    outcome->site_metrics = (struct outcome_sites){
        .column = site_columns,
        .count = SITE_METRICS,
        .moments = whole->moments + shape->paths,
        .difference = whole->moments + shape->paths + shape->site_sums,
    };
}

/* Of all trials or none: those of a run that was stopped lie apart. */
static enum hr_status fill_site_quarters(struct harvest *harvest,
                                         const struct shape *shape,
                                         struct hr_error *error)
{
    const struct site_store *store = &shape->site_store;

    if (store->value == NULL)
        return HR_OK;
    if (store->trials != harvest->whole.trials)
        return hr_fail(error, HR_BAD_INPUT,
                       "a run that stores its practices by quarter has a result once "
                       "its %" PRIu64 " trials are there",
                       store->trials);
    harvest->outcome.site_quarters = (struct outcome_site_quarters){
        .column = site_quarter_columns,
        .count = SITE_QUARTERS,
        .value = store->value,
    };
    return HR_OK;
}

static enum hr_status fill_neutral(struct harvest *harvest,
                                   const struct hr_runner *runner,
                                   struct hr_error *error)
{
    static const struct {
        const char *name;
        enum hr_neutral what;
    } kinds[OUTCOME_NEUTRALS] = {{"forms", HR_NEUTRAL_FORMS}, {"all", HR_NEUTRAL_ALL}};

    for (int k = 0; k < OUTCOME_NEUTRALS && runner->options.neutral; k++) {
        struct beside *beside = &harvest->neutral[k];

        if (beside_run(beside, runner, kinds[k].what, error) != HR_OK)
            return error->status;
        harvest->outcome.neutral[k] = (struct outcome_neutral){
            .name = kinds[k].name,
            .table = {whole_read, &beside->whole},
            .trials = beside->trials,
            .changed = beside->changed,
        };
    }
    return HR_OK;
}

static enum hr_status fill(struct harvest *harvest, const struct hr_runner *runner,
                           struct hr_error *error)
{
    const struct inputs_source source = {
        .scenario = runner->scenario,
        .plan = &runner->plan,
        .trials = hr_run_trials(runner),
    };

    if (whole_init(&harvest->whole, &runner->part, &runner->tail, error) != HR_OK ||
        inputs_fill(&source, &harvest->outcome, &harvest->memory, error) != HR_OK)
        return error->status;
    harvest->outcome.crew = crew_of_threads(footprint_statisticians(
        (double)harvest->whole.trials,
        driver_threads(runner->options.threads, harvest->whole.trials)));
    harvest->outcome.texts.scenario = runner->options.scenario_text;
    harvest->outcome.texts.changes = runner->options.changes;
    fill_results(harvest, &runner->shape);
    if (fill_site_quarters(harvest, &runner->shape, error) != HR_OK ||
        fill_neutral(harvest, runner, error) != HR_OK)
        return error->status;
    fill_origin(harvest, runner);
    fill_stop(harvest, runner);
    if (!fill_parameters(harvest, runner) || !fill_ties(harvest, &runner->plan))
        return hr_fail(error, HR_FAILED, "no memory for the drawn parameters");
    return HR_OK;
}

enum hr_status harvest_init(struct harvest *harvest, const struct hr_runner *runner,
                            struct hr_error *error)
{
    enum hr_status status;

    *harvest = (struct harvest){0};
    if (hr_run_trials(runner) == 0)
        return hr_fail(error, HR_BAD_INPUT, "the run has no trials yet");
    status = fill(harvest, runner, error);
    if (status != HR_OK)
        harvest_free(harvest);
    return status;
}

void harvest_beside(struct harvest *harvest, const struct hr_runner *runner,
                    const char *path)
{
    const char *name = strrchr(path, '/');
    const int length = name == NULL ? 0 : (int)(name - path) + 1;

    if (snprintf(harvest->folder, PATH_MAX, "%.*s.", length, path) < PATH_MAX)
        harvest->outcome.home = (struct scratch_home){
            .folder = harvest->folder,
            .memory = footprint_columns(runner->options.memory_bytes),
        };
}

void harvest_free(struct harvest *harvest)
{
    for (int k = 0; k < OUTCOME_NEUTRALS; k++)
        beside_free(&harvest->neutral[k]);
    inputs_free(&harvest->memory);
    whole_free(&harvest->whole);
}
