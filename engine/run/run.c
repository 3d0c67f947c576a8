#include "headroom/run.h"

#include "clock.h"
#include "extend.h"
#include "overwrite.h"
#include "publish.h"
#include "stopping.h"
#include "together.h"
#include "variation.h"

#include <inttypes.h>
#include <stdlib.h>

static uint64_t trials_of(const struct hr_scenario *scenario)
{
    return (uint64_t)hr_scenario_number(scenario, "trials");
}

/* What a stopped run leaves, and how it goes on. */
static enum hr_status tell_stop(const struct stored_run *run, struct hr_error *error)
{
    const uint64_t all = run->runner->options.shards > 0
                             ? (run->own.last - run->own.first) * LANES
                             : run->trials;
    const uint64_t done = stored_run_done(run);
    char way_on[4096];

    if (done == 0)
        return hr_fail(error, HR_STOPPED,
                       "stopped after %" PRIu64 " of %" PRIu64
                       " trials; nothing was written",
                       run->reached, all);
    stored_run_way_on(&run->runner->options, way_on, sizeof(way_on));
    return hr_fail(
        error, HR_STOPPED,
        "stopped after %" PRIu64 " of %" PRIu64 " trials%s; %s goes on", done, all,
        run->lost ? ", of which the last few seconds' were not kept" : "", way_on);
}

static enum hr_status finish(struct stored_run *run, struct hr_error *error)
{
    const bool is_shard = run->runner->options.shards > 0;
    enum hr_status status;

    if (run->stopped)
        return tell_stop(run, error);
    if (is_shard)
        return HR_OK;
    site_store_cut(&run->runner->shape.site_store, &run->runner->plan, run->trials);
    status = runner_finish(run->runner, run->trials, error);
    if (status == HR_OK)
        status = hr_run_save(run->runner, run->path, error);
    if (status == HR_OK && run->folder.lock >= 0)
        status = parts_folder_clear(&run->folder, error);
    return status;
}

/* The look at so many trials: whether the run ends there. */
static enum hr_status look(struct stored_run *run, uint64_t trials, int number,
                           struct hr_error *error)
{
    const struct stop *stop = scenario_stop(run->runner->scenario);
    struct hr_run_stop *found = &run->runner->stop;
    enum hr_status status = stopping_look(run->runner, trials, number, error);

    if (status != HR_OK || found->reason != NULL)
        return status;
    if (trials >= run->trials)
        found->reason = "trials";
    else if (stop->seconds > 0.0 && clock_seconds() - run->began >= stop->seconds)
        found->reason = "seconds";
    return HR_OK;
}

/* What the first rank knows of a run that is looked at. */
struct looked {
    uint64_t there; /**< trials before the first look that is to come */
    bool ended;
};

/* To the next look, which the first rank takes; all learn whether it was the last. */
static enum hr_status advance_to_look(struct stored_run *run, uint64_t trials,
                                      int number, struct looked *looked,
                                      struct hr_error *error)
{
    struct hr_ranks *ranks = run->runner->options.ranks;
    enum hr_status status;

    run->own.last = trials / LANES;
    status = together_advance(run, error);
    if (status == HR_OK && together_is_first(ranks) && !run->stopped)
        status = look(run, trials, number, error);
    if (hr_ranks_agree(ranks, status, error) != HR_OK)
        return error->status;
    looked->ended = run->stopped || run->runner->stop.reason != NULL;
    together_spread(ranks, looked, sizeof(*looked));
    if (run->runner->stop.reason != NULL)
        run->trials = trials;
    return HR_OK;
}

/* From look to look. What is there already, of a run that was stopped or is to be
 * longer, was looked at. */
static enum hr_status advance_by_looks(struct stored_run *run, struct hr_error *error)
{
    const struct stop *stop = scenario_stop(run->runner->scenario);
    struct looked looked = {.there = part_prefix(&run->runner->part) * LANES};
    uint64_t trials = stop->first;
    enum hr_status status = HR_OK;
    int number = 1;

    together_spread(run->runner->options.ranks, &looked, sizeof(looked));
    for (; trials < looked.there; trials *= 2)
        number++;
    for (; status == HR_OK && !looked.ended; trials *= 2)
        status = advance_to_look(run, trials, number++, &looked, error);
    return status;
}

static enum hr_status run_stored(struct stored_run *run, struct hr_error *error)
{
    struct hr_ranks *ranks = run->runner->options.ranks;
    enum hr_status status = together_open(run, error);

    if (status == HR_OK)
        status = scenario_stop(run->runner->scenario)->on
                     ? advance_by_looks(run, error)
                     : together_advance(run, error);
    if (status == HR_OK && together_is_first(ranks))
        status = finish(run, error);
    return hr_ranks_agree(ranks, status, error);
}

/* Where each rank is ready; @p status is how this one stands. */
static enum hr_status run_agreed(struct stored_run *run, struct hr_ranks *ranks,
                                 enum hr_status status, struct hr_error *error)
{
    const enum hr_status agreed = hr_ranks_agree(ranks, status, error);

    return status == HR_OK && agreed == HR_OK ? run_stored(run, error) : agreed;
}

static enum hr_status check_shard(const struct hr_scenario *scenario,
                                  const struct hr_run_options *options,
                                  struct hr_error *error)
{
    if (options->shards > 0 && scenario_stop(scenario)->on)
        return hr_fail(error, HR_BAD_INPUT,
                       "a run that stops once enough is known has no shards: none of "
                       "them sees all trials. Take stop out, or --shard");
    if (options->shards > 0 && options->extend)
        return hr_fail(error, HR_BAD_INPUT,
                       "a result is extended by one run, not by shards");
    if (options->shards > 0 && trials_of(scenario) < LANES)
        return hr_fail(error, HR_BAD_INPUT,
                       "shards share out blocks of %d trials, and the run has %" PRIu64
                       ": take --shard out, or run more",
                       LANES, trials_of(scenario));
    if (options->shards == 0 ||
        (options->shard >= 1 && options->shard <= options->shards))
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "shard %u of %u: shards are numbered from 1 to their number",
                   options->shard, options->shards);
}

static enum hr_status may_publish(const struct hr_scenario *scenario,
                                  const struct hr_run_options *options,
                                  const char *path, struct hr_error *error)
{
    const enum hr_status status = result_may_publish(path, error);
    const struct overwrite_by by = {scenario_stop(scenario)->on ? OVERWRITE_STOPPED
                                                                : OVERWRITE_EQUAL,
                                    options->neutral};

    if (status != HR_OK)
        return status;
    if (options->extend)
        return extend_check(scenario, path, error);
    if (options->overwrite)
        return status;
    return overwrite_check(scenario, &by, path, error);
}

enum hr_status hr_run(const struct hr_scenario *scenario,
                      const struct hr_run_options *options, const char *path,
                      struct hr_run_facts *facts, struct hr_error *error)
{
    struct hr_runner *runner = NULL;
    struct stored_run run = {.folder = {.lock = -1}};
    enum hr_status status = check_shard(scenario, options, error);

    *facts = (struct hr_run_facts){0};
    if (status == HR_OK)
        status = variation_may_save(options, error);
    if (status == HR_OK && options->shards == 0 && together_is_first(options->ranks))
        status = may_publish(scenario, options, path, error);
    if (status == HR_OK)
        status = hr_run_open(scenario, options, &runner, error);
    if (status == HR_OK)
        status = stored_run_init(&run, runner, path, trials_of(scenario), error);
    status = run_agreed(&run, options->ranks, status, error);
    if (status == HR_OK)
        hr_run_describe(runner, facts);
    stored_run_close(&run, options->say, options->progress_context);
    hr_run_close(runner);
    return status;
}
