#include "sweeping.h"

#include "clock.h"
#include "given.h"
#include "inputs.h"
#include "point_run.h"
#include "publish.h"
#include "together.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Bytes for what the reference came to, where nobody says how much a run may take. */
static const double usual_room = 5e8;

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

bool sweep_keeps(const void *context, const char *metric)
{
    const struct sweep *sweep = context;
    bool kept = sweep->stores == 0 && is_usual(metric);

    for (size_t i = 0; i < sweep->stores; i++)
        kept |= strcmp(sweep->store[i], "all") == 0 ||
                strcmp(sweep->store[i], metric) == 0 ||
                (strcmp(sweep->store[i], "objectives") == 0 && is_usual(metric));
    return kept;
}

bool sweeping_found(struct sweeping *sweeping, size_t point, size_t form)
{
    const bool good = sweep_points_find(&sweeping->points, point, form);

    if (sweep_points_is_done(&sweeping->points, point) && sweeping->stack.placed[point])
        sweeping->names.status[point] = 0.0;
    return good;
}

/* Without room for it the reference is simulated at each point. */
static void make_room_for_reference(struct sweeping *sweeping)
{
    const double most = sweeping->options->memory_bytes > 0.0
                            ? sweeping->options->memory_bytes / 2.0
                            : usual_room;
    const size_t size = given_size(&sweeping->base_plan) * sizeof(struct lanes);

    sweeping->reference_bytes = sweep_blocks(sweeping) * size;
    sweeping->references =
        (size_t)fmin(most / (double)sweeping->reference_bytes, (double)MOST_REFERENCES);
}

static enum hr_status lay_out(struct sweeping *sweeping, struct hr_error *error)
{
    sweeping->stack.keeps = sweep_keeps;
    sweeping->stack.context = sweeping->points.sweep;
    if (sweep_lay_out(sweeping, error) != HR_OK)
        return error->status;
    return sweep_names_init(&sweeping->names, &sweeping->points, error);
}

static enum hr_status take_what_is_there(struct sweeping *sweeping,
                                         struct hr_error *error)
{
    enum hr_status status = sweep_store_adopt(sweeping, error);

    for (size_t i = 0; i < sweeping->options->reuses && status == HR_OK; i++)
        status = sweep_reuse(sweeping, sweeping->options->reuse[i], error);
    return status;
}

static enum hr_status tell_stop(struct sweeping *sweeping, struct hr_error *error)
{
    char way_on[4096];
    size_t done = 0;

    for (size_t p = 0; p < sweeping->points.count; p++)
        done += sweeping->names.status[p] != 2.0;
    if (sweep_store_is_empty(sweeping))
        return hr_fail(error, HR_STOPPED,
                       "stopped at point %zu of %zu; nothing was written",
                       sweeping->now + 1, sweeping->points.count);
    stored_run_way_on(sweeping->options, way_on, sizeof(way_on));
    return hr_fail(
        error, HR_STOPPED, "stopped at point %zu of %zu, %zu done%s; %s goes on",
        sweeping->now + 1, sweeping->points.count, done,
        sweeping->has_unsaved ? ", of which the last seconds' were not kept" : "",
        way_on);
}

static enum hr_status stop(struct sweeping *sweeping, struct hr_error *error)
{
    if (sweeping->has_unsaved && sweep_is_worth_keeping(sweeping) &&
        sweep_store_save(sweeping, error) != HR_OK)
        return error->status;
    return tell_stop(sweeping, error);
}

static enum hr_status run_points(struct sweeping *sweeping, struct hr_error *error)
{
    const enum hr_status status = sweep_queue_run(sweeping, error);

    return status == HR_STOPPED ? stop(sweeping, error) : status;
}

/* What one process does before the first trial, and of several the first. */
static enum hr_status take_up(struct sweeping *sweeping, struct hr_error *error)
{
    if (sweep_store_open(sweeping, error) != HR_OK ||
        lay_out(sweeping, error) != HR_OK ||
        take_what_is_there(sweeping, error) != HR_OK)
        return error->status;
    return sweep_queue_want(sweeping, error);
}

/* The others' share is in the folder that the first has made. */
static enum hr_status begin(struct sweeping *sweeping, struct hr_error *error)
{
    struct hr_ranks *ranks = sweeping->options->ranks;
    enum hr_status status =
        runner_compile(sweeping->points.scenario, &sweeping->base_plan, error);

    if (status == HR_OK)
        make_room_for_reference(sweeping);
    if (status == HR_OK)
        status = together_is_first(ranks)
                     ? take_up(sweeping, error)
                     : parts_folder_of(&sweeping->folder, sweeping->path, error);
    status = hr_ranks_agree(ranks, status, error);
    return status == HR_OK && hr_ranks_count(ranks) > 1
               ? sweep_ranks_run(sweeping, error)
               : status;
}

static enum hr_status finish(struct sweeping *sweeping, struct hr_error *error)
{
    enum hr_status status;

    if (sweeping->options->shards > 0)
        return sweep_store_save(sweeping, error);
    status = stack_publish(&sweeping->stack, &sweeping->names.labels, true,
                           sweeping->path, error);
    if (status == HR_OK && sweeping->folder.lock >= 0)
        status = parts_folder_clear(&sweeping->folder, error);
    return status;
}

static void close_all(struct sweeping *sweeping)
{
    sweep_queue_close(sweeping);
    point_run_forget(sweeping);
    sweeping_free(sweeping);
    parts_folder_close(&sweeping->folder, sweeping->options->say,
                       sweeping->options->progress_context);
    omp_destroy_lock(&sweeping->lock);
}

static enum hr_status sweep(struct sweeping *sweeping, struct hr_error *error)
{
    const struct sweep_points *points = &sweeping->points;
    const char *reference = hr_scenario_text(points->scenario, "reference");
    const unsigned shards = sweeping->options->shards;

    while (strcmp(hr_scenario_form(points->scenario, (size_t)sweeping->reference),
                  reference) != 0)
        sweeping->reference++;
    sweeping->own =
        shards > 0 ? stored_run_share(points->count, sweeping->options->shard, shards)
                   : (struct range){.last = points->count};
    sweeping->facts->points = points->count;
    sweeping->facts->refused = points->refused;
    if (begin(sweeping, error) != HR_OK)
        return error->status;
    if (!together_is_first(sweeping->options->ranks))
        return HR_OK;
    if (run_points(sweeping, error) != HR_OK)
        return error->status;
    return finish(sweeping, error);
}

bool sweep_is_in_the_way(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0 && !(S_ISREG(about.st_mode) && about.st_size == 0);
}

static enum hr_status may_publish(const char *path, bool overwrite,
                                  struct hr_error *error)
{
    if (!overwrite && sweep_is_in_the_way(path))
        return hr_fail(error, HR_BAD_INPUT,
                       "%s is there already: name another file, or replace it with "
                       "--force",
                       path);
    return result_may_publish(path, error);
}

static enum hr_status check(const struct hr_scenario *scenario,
                            const struct hr_run_options *options,
                            struct hr_error *error)
{
    const char *stores = hr_scenario_text(scenario, "store.sites");

    if (hr_sweep_points(scenario) == 0)
        return hr_fail(error, HR_BAD_INPUT, "the scenario says no sweep");
    if (stores != NULL && strcmp(stores, "none") != 0)
        return hr_fail(error, HR_BAD_INPUT,
                       "a sweep does not keep every practice by quarter: take "
                       "store.sites out");
    if (hr_scenario_text(scenario, "store.trials") != NULL ||
        hr_scenario_text(scenario, "store.parameters") != NULL)
        return hr_fail(error, HR_BAD_INPUT,
                       "which trials a sweep keeps sweep.store says: take store.trials "
                       "and store.parameters out");
    if (options->extend)
        return hr_fail(error, HR_BAD_INPUT,
                       "a sweep keeps no sums to go on from, and so is not extended: "
                       "run it with more --trials; more points are added with --reuse");
    if (options->shards > 0 && (options->shard < 1 || options->shard > options->shards))
        return hr_fail(error, HR_BAD_INPUT,
                       "shard %u of %u: shards are numbered from 1 to their number",
                       options->shard, options->shards);
    return HR_OK;
}

enum hr_status hr_sweep(const struct hr_scenario *scenario,
                        const struct hr_run_options *options, const char *path,
                        struct hr_sweep_facts *facts, struct hr_error *error)
{
    struct sweeping sweeping = {.options = options,
                                .path = path,
                                .facts = facts,
                                .folder = {.lock = -1},
                                .kept = clock_seconds()};
    const double start = clock_seconds();
    enum hr_status status = check(scenario, options, error);

    *facts = (struct hr_sweep_facts){
        .trials = (uint64_t)hr_scenario_number(scenario, "trials")};
    omp_init_lock(&sweeping.lock);
    if (status == HR_OK && options->shards == 0 && together_is_first(options->ranks))
        status = may_publish(path, options->overwrite, error);
    if (status == HR_OK)
        status = sweep_points_open(&sweeping.points, scenario, path, error);
    status = hr_ranks_agree(options->ranks, status, error);
    if (status == HR_OK)
        status = hr_ranks_agree(options->ranks, sweep(&sweeping, error), error);
    facts->seconds = clock_seconds() - start;
    close_all(&sweeping);
    return status;
}
