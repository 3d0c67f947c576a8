#include "stored_run.h"

#include "clock.h"
#include "extend.h"
#include "footprint.h"
#include "headroom/result.h"
#include "scenario_plan.h"
#include "standing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Less work than that is not worth a part when a run is stopped. */
static const double worth_keeping = 10.0;

static const struct hr_run_options *options_of(const struct stored_run *run)
{
    return &run->runner->options;
}

struct range stored_run_share(uint64_t blocks, uint64_t shard, uint64_t shards)
{
    const uint64_t each = blocks / shards, more = blocks % shards;
    const uint64_t before = shard - 1;
    const uint64_t first = before * each + (before < more ? before : more);

    return (struct range){.first = first, .last = first + each + (before < more)};
}

enum hr_status stored_run_init(struct stored_run *run, struct hr_runner *runner,
                               const char *path, uint64_t trials,
                               struct hr_error *error)
{
    const uint64_t shards = runner->options.shards > 0 ? runner->options.shards : 1;
    const uint64_t shard = runner->options.shards > 0 ? runner->options.shard : 1;

    *run = (struct stored_run){
        .runner = runner,
        .path = path,
        .trials = trials,
        .own = stored_run_share(trials / LANES, shard, shards),
        .began = clock_seconds(),
        .kept = clock_seconds(),
    };
    shape_keep_sites(&runner->shape);
    if (!scenario_identity(runner->scenario, &runner->plan, run->identity))
        return hr_fail(error, HR_FAILED, "no memory to identify the run");
    return parts_folder_of(&run->folder, path, error);
}

void stored_run_close(struct stored_run *run,
                      void (*say)(void *context, const char *sentence), void *context)
{
    parts_folder_close(&run->folder, say, context);
}

uint64_t stored_run_done(const struct stored_run *run)
{
    const struct sums *sums = &run->runner->part.sums;
    uint64_t blocks = 0;

    for (size_t i = 0; i < sums->count; i++) {
        const uint64_t from = sums->node[i].first, to = from + sums->node[i].blocks;
        const uint64_t first = from > run->own.first ? from : run->own.first;
        const uint64_t last = to < run->own.last ? to : run->own.last;

        blocks += last > first ? last - first : 0;
    }
    return blocks * LANES;
}

static enum hr_status check_reach(const struct stored_run *run,
                                  const struct part_list *list, struct hr_error *error)
{
    const struct part_identity *last;

    if (list->count == 0)
        return HR_OK;
    last = &list->part[list->count - 1].identity;
    if (last->first + last->trials <= run->trials)
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "%s holds trials up to %" PRIu64 ", and the run has %" PRIu64
                   ": ask for as many or more, or --discard to start again",
                   run->folder.path, last->first + last->trials, run->trials);
}

static enum hr_status check_shape(const struct part_file *part,
                                  const struct shape *shape, struct hr_error *error)
{
    if (part->rows == shape->rows && part->width == shape->sums &&
        part->paths == shape->counted && part->identity.first % LANES == 0 &&
        part->identity.trials % LANES == 0)
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "%s keeps other numbers of a trial than this run: it was begun with "
                   "another store: go on with that, or --discard starts again",
                   part->path);
}

/* What a part's file holds as a part, whose slab owns @p file. */
static enum hr_status load(const struct shape *shape, struct part_file *file,
                           struct part *part, struct hr_error *error)
{
    const struct slab slab = {
        .first = file->identity.first,
        .trials = file->identity.trials,
        .room = file->identity.trials,
        .file = file,
    };

    if (part_take_slab(part, slab, error) != HR_OK ||
        check_shape(file, shape, error) != HR_OK)
        return error->status;
    part->histogram = shape_histograms(shape);
    if (part->histogram == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the counts of a part");
    return part_file_load(file, &part->sums, part->histogram, error);
}

static enum hr_status take_one(struct stored_run *run, struct part_file *from,
                               struct hr_error *error)
{
    struct hr_runner *runner = run->runner;
    struct part_file *file = malloc(sizeof(*file));
    struct part part = part_none(&runner->shape);
    enum hr_status status;

    if (file == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a part of a run");
    *file = *from;
    *from = (struct part_file){0};
    status = load(&runner->shape, file, &part, error);
    if (status == HR_OK)
        status = quality_add(&runner->quality, &part.slab[0], &runner->shape, error);
    if (status == HR_OK)
        status = slab_restore_sites(&part.slab[0], &runner->shape, error);
    if (status == HR_OK)
        standing_keep(runner, part.slab[0].trials, run->folder.path);
    if (status == HR_OK)
        return part_add(&runner->part, &part, error);
    part_free(&part);
    return status;
}

/* Of no part of other shards is anything wanted. */
static bool is_own(const struct stored_run *run, const struct part_file *part)
{
    const struct part_identity *identity = &part->identity;

    return identity->first < run->own.last * LANES &&
           identity->first + identity->trials > run->own.first * LANES;
}

enum hr_status stored_run_take(struct stored_run *run, struct part_list *list,
                               struct hr_error *error)
{
    enum hr_status status = HR_OK;

    for (size_t i = 0; i < list->count && status == HR_OK; i++) {
        if (is_own(run, &list->part[i]))
            status = take_one(run, &list->part[i], error);
    }
    part_list_free(list);
    return status;
}

static enum hr_status refuse(const struct stored_run *run, const struct part_list *list,
                             struct hr_error *error)
{
    return hr_fail(error, HR_BAD_INPUT,
                   "%s holds %.0f %% of this run: --resume goes on, --discard starts "
                   "again",
                   run->folder.path,
                   100.0 * (double)part_list_trials(list) / (double)run->trials);
}

/* Nothing is there but, perhaps, a result to extend. */
static enum hr_status begin(struct stored_run *run, struct hr_error *error)
{
    const struct hr_run_options *options = options_of(run);

    if (options->extend)
        return extend_take(run, error);
    if (options->parts == HR_PARTS_RESUME && options->say != NULL)
        options->say(options->progress_context,
                     "there is nothing to resume: the run starts from its first trial");
    return HR_OK;
}

static enum hr_status take_up(struct stored_run *run, struct hr_error *error)
{
    const struct hr_run_options *options = options_of(run);
    const struct part_teller teller = {options->say, options->progress_context,
                                       options->threads};
    const bool goes_on = options->parts == HR_PARTS_RESUME || options->shards > 0;
    struct part_list list;
    enum hr_status status = part_list_read(&list, &run->folder, &teller, error);

    if (status == HR_OK)
        status = part_list_check(&list, run->identity, run->runner->scenario, error);
    else
        return status;
    if (status == HR_OK)
        status = check_reach(run, &list, error);
    if (status == HR_OK && list.count > 0 && !goes_on)
        status = refuse(run, &list, error);
    if (status == HR_OK && list.count == 0) {
        part_list_free(&list);
        return begin(run, error);
    }
    if (status == HR_OK)
        return stored_run_take(run, &list, error);
    part_list_free(&list);
    return status;
}

static enum hr_status discard(struct stored_run *run, struct hr_error *error)
{
    const enum hr_status status = parts_folder_clear(&run->folder, error);

    return status == HR_OK && options_of(run)->extend ? extend_take(run, error)
                                                      : status;
}

/* Where practices by quarter are put together for the result, which a shard has none
 * of. */
static enum hr_status open_sites(const struct stored_run *run, struct hr_error *error)
{
    struct hr_runner *runner = run->runner;

    if (options_of(run)->shards > 0)
        return HR_OK;
    return site_store_open(&runner->shape.site_store, &runner->plan, run->trials,
                           error);
}

enum hr_status stored_run_open(struct stored_run *run, struct hr_error *error)
{
    const struct hr_run_options *options = options_of(run);

    if (open_sites(run, error) != HR_OK)
        return error->status;
    if (stored_keep_lock(run, error) != HR_OK)
        return error->status;
    if (options->parts == HR_PARTS_DISCARD)
        return discard(run, error);
    if (parts_folder_check_no_points(&run->folder, error) != HR_OK)
        return error->status;
    return take_up(run, error);
}

/* Whether a piece of work goes to disk: all but the last does, and that too if it is a
 * shard's or was stopped after some time. */
static bool is_to_be_kept(const struct stored_run *run, bool more_to_come)
{
    const struct hr_run_options *options = options_of(run);

    if (run->stopped)
        return options->checkpoint_seconds > 0.0 &&
               clock_seconds() - run->kept >= worth_keeping;
    return more_to_come || options->shards > 0;
}

void stored_run_way_on(const struct hr_run_options *options, char *text, size_t size)
{
    if (options->command == NULL)
        snprintf(text, size, "the same with its parts");
    else if (options->shards > 0)
        snprintf(text, size, "`%s --shard %u/%u`", options->command, options->shard,
                 options->shards);
    else
        snprintf(text, size, "`%s --resume`", options->command);
}

double stored_run_until(const struct stored_run *run)
{
    const double every = options_of(run)->checkpoint_seconds;

    return every > 0.0 ? run->kept + every : 0.0;
}

static enum hr_status run_piece(struct stored_run *run, const struct range *piece,
                                bool more_after, uint64_t *finished,
                                struct hr_error *error)
{
    struct leg leg = {
        .before = stored_run_done(run),
        .trials = (run->own.last - run->own.first) * LANES,
        .until = stored_run_until(run),
    };
    struct part part;
    enum hr_status status = runner_run(run->runner, piece, &leg, &part, error);

    if (status != HR_OK)
        return status;
    *finished = sums_blocks(&part.sums);
    more_after = more_after || *finished < piece->last - piece->first;
    run->stopped = leg.stopped && more_after;
    run->reached = leg.before + *finished * LANES;
    if (is_to_be_kept(run, more_after) && *finished > 0)
        status = stored_keep_part(run, &part, error);
    else
        run->lost = run->stopped;
    if (status == HR_OK && !run->lost)
        return part_add(&run->runner->part, &part, error);
    part_free(&part);
    return status;
}

bool stored_run_missing(const struct stored_run *run, uint64_t from,
                        struct range *missing)
{
    const struct sums *sums = &run->runner->part.sums;
    uint64_t first = from, last = run->own.last;

    for (size_t i = 0; i < sums->count; i++) {
        const struct sums_node *node = &sums->node[i];

        if (node->first <= first && node->first + node->blocks > first)
            first = node->first + node->blocks;
        else if (node->first > first && node->first < last)
            last = node->first;
    }
    *missing = (struct range){.first = first, .last = last};
    return first < last && first < run->own.last;
}

/* Bytes that trials may take before they are written. */
static double held(const struct stored_run *run)
{
    const struct shape *shape = &run->runner->shape;

    return footprint_held(shape, (double)run->trials, options_of(run)->memory_bytes,
                          driver_threads(options_of(run)->threads, run->trials));
}

uint64_t stored_run_at_once(const struct stored_run *run)
{
    const double block = footprint_of_trials(&run->runner->shape, LANES);

    return held(run) > block ? (uint64_t)(held(run) / block) + 1 : 1;
}

/* Of its own share, what no part holds yet. */
static uint64_t blocks_missing(const struct stored_run *run)
{
    struct range missing;
    uint64_t blocks = 0;

    for (uint64_t from = run->own.first; stored_run_missing(run, from, &missing);
         from = missing.last)
        blocks += missing.last - missing.first;
    return blocks;
}

enum hr_status stored_run_check_room(struct stored_run *run, struct hr_error *error)
{
    const struct shape *shape = &run->runner->shape;
    const int threads = driver_threads(options_of(run)->threads, run->trials);
    const uint64_t blocks = blocks_missing(run);
    enum hr_status status =
        footprint_check(shape, run->trials, held(run), threads, error);

    if (status == HR_OK && blocks > stored_run_at_once(run))
        status = footprint_check_disk(shape, blocks * LANES, run->path, error);
    return status;
}

enum hr_status stored_run_advance(struct stored_run *run, struct hr_error *error)
{
    const uint64_t most = stored_run_at_once(run);
    struct range missing, rest;
    enum hr_status status = stored_run_check_room(run, error);

    while (status == HR_OK && !run->stopped &&
           stored_run_missing(run, run->own.first, &missing)) {
        uint64_t finished;

        if (missing.last - missing.first > most)
            missing.last = missing.first + most;
        status = run_piece(run, &missing, stored_run_missing(run, missing.last, &rest),
                           &finished, error);
    }
    return status;
}
