#include "headroom/run.h"

#include "name_list.h"
#include "overwrite.h"
#include "problems.h"
#include "publish.h"
#include "stored_run.h"
#include "sweeping.h"

#include <inttypes.h>
#include <stdio.h>

/* What is merged, and from what. */
struct merge {
    const struct hr_merge_options *options;
    struct stored_run run;
    struct part_list list;
    struct hr_scenario *scenario;
    uint64_t wanted; /**< trials of the run, as asked for */
};

static enum hr_status open_folder(struct merge *merge, struct hr_error *error)
{
    struct parts_folder *folder = &merge->run.folder;

    if (!parts_folder_exists(folder))
        return hr_fail(error, HR_BAD_INPUT, "%s is not there: nothing is to be merged",
                       folder->path);
    return parts_folder_open(
        folder, merge->options->break_lock ? PARTS_NO_LOCK : PARTS_ALONE, error);
}

static enum hr_status read_parts(struct merge *merge, struct hr_error *error)
{
    const struct part_teller teller = {merge->options->say, merge->options->context, 0};
    const struct parts_folder *folder = &merge->run.folder;

    if (part_list_read(&merge->list, folder, &teller, error) != HR_OK)
        return error->status;
    if (merge->list.count == 0)
        return hr_fail(error, HR_BAD_INPUT,
                       "%s holds no parts: nothing is to be merged", folder->path);
    for (size_t i = 0; i < merge->list.count; i++) {
        const uint64_t wanted = merge->list.part[i].identity.wanted;

        merge->wanted = wanted > merge->wanted ? wanted : merge->wanted;
    }
    return HR_OK;
}

/* The scenario is the one that the parts keep. */
static enum hr_status read_scenario(struct merge *merge, struct hr_error *error)
{
    const struct part_file *first = &merge->list.part[0];
    struct hr_messages problems = {0};
    const enum hr_status status =
        hr_scenario_read_text(first->text[PART_RESOLVED], first->text[PART_PRACTICES],
                              NULL, 0, &merge->scenario, &problems);

    if (status != HR_OK)
        return problems_fail(&problems, HR_BAD_INPUT,
                             "the parts' scenario cannot be read: ", error);
    hr_messages_free(&problems);
    return HR_OK;
}

/* Leave out what comes after the first gap; returns the trials before it. */
static uint64_t cut_to_prefix(struct part_list *list)
{
    uint64_t end = 0;
    size_t kept = 0;

    while (kept < list->count && list->part[kept].identity.first == end)
        end += list->part[kept++].identity.trials;
    while (list->count > kept)
        part_file_close(&list->part[--list->count]);
    return end;
}

static uint64_t trials_to_publish(struct merge *merge)
{
    uint64_t prefix;

    if (!merge->options->partial)
        return merge->wanted;
    prefix = cut_to_prefix(&merge->list);
    return prefix / LANES == merge->wanted / LANES ? merge->wanted : prefix;
}

/* Make of the parts a run that has them. */
static enum hr_status add_up(struct merge *merge, const char *path,
                             struct hr_error *error)
{
    const struct hr_run_options options = {.neutral = merge->options->neutral};
    const struct parts_folder folder = merge->run.folder;
    const uint64_t trials = trials_to_publish(merge);
    struct hr_runner *runner;
    enum hr_status status;

    if (trials == 0)
        return hr_fail(error, HR_BAD_INPUT,
                       "%s lacks the first trials: there is nothing to publish",
                       folder.path);
    if (hr_run_open(merge->scenario, &options, &runner, error) != HR_OK)
        return error->status;
    status = stored_run_init(&merge->run, runner, path, trials, error);
    merge->run.folder = folder;
    if (status == HR_OK)
        status =
            part_list_check(&merge->list, merge->run.identity, merge->scenario, error);
    if (status == HR_OK)
        status =
            site_store_open(&runner->shape.site_store, &runner->plan, trials, error);
    if (status == HR_OK)
        status = stored_run_take(&merge->run, &merge->list, error);
    return status;
}

static bool is_covered(const struct merge *merge, const struct range *blocks)
{
    const struct sums *sums = &merge->run.runner->part.sums;
    uint64_t first = blocks->first;

    for (size_t i = 0; i < sums->count; i++) {
        if (sums->node[i].first <= first &&
            sums->node[i].first + sums->node[i].blocks > first)
            first = sums->node[i].first + sums->node[i].blocks;
    }
    return first >= blocks->last;
}

/* The command lines that would run what is missing. */
static void say_commands(const struct merge *merge)
{
    const struct part_file *part = merge->run.runner->part.slab[0].file;
    const uint64_t shards = part->identity.shards;
    char line[4096];

    snprintf(line, sizeof(line), "%s --resume", part->text[PART_COMMAND]);
    if (shards == 0)
        merge->options->say(merge->options->context, line);
    for (uint64_t s = 1; s <= shards; s++) {
        const struct range own = stored_run_share(merge->run.trials / LANES, s, shards);

        snprintf(line, sizeof(line), "%s --shard %" PRIu64 "/%" PRIu64,
                 part->text[PART_COMMAND], s, shards);
        if (!is_covered(merge, &own))
            merge->options->say(merge->options->context, line);
    }
}

static void add_range(struct name_list *names, uint64_t from, uint64_t to)
{
    char range[64];

    snprintf(range, sizeof(range), "%" PRIu64 " to %" PRIu64, from * LANES,
             to * LANES - 1);
    if (from < to)
        name_list_add(names, range);
}

static enum hr_status tell_missing(const struct merge *merge, struct hr_error *error)
{
    const struct sums *sums = &merge->run.runner->part.sums;
    char ranges[512] = "";
    struct name_list names = {.text = ranges, .size = sizeof(ranges)};
    uint64_t from = 0;

    for (size_t i = 0; i < sums->count; i++) {
        add_range(&names, from, sums->node[i].first);
        from = sums->node[i].first + sums->node[i].blocks;
    }
    add_range(&names, from, merge->run.trials / LANES);
    name_list_end(&names);
    if (merge->options->say != NULL)
        say_commands(merge);
    return hr_fail(error, HR_BAD_INPUT,
                   "%s lacks trials %s of %" PRIu64
                   ": run them, or --partial publishes those before the first that is "
                   "missing",
                   merge->run.folder.path, ranges, merge->run.trials);
}

static const char *text_or_null(const char *text)
{
    return *text == '\0' ? NULL : text;
}

/* Parts stay while there are trials to add to them. */
static enum hr_status publish(struct merge *merge, struct hr_error *error)
{
    struct hr_runner *runner = merge->run.runner;
    char *const *text = runner->part.slab[0].file->text;
    enum hr_status status = runner_finish(runner, merge->run.trials, error);

    runner->options.scenario_text = text_or_null(text[PART_SCENARIO]);
    runner->options.changes = text_or_null(text[PART_CHANGES]);
    if (status == HR_OK)
        status = hr_run_save(runner, merge->run.path, error);
    if (status == HR_OK && merge->run.trials == merge->wanted)
        status = parts_folder_clear(&merge->run.folder, error);
    return status;
}

static enum hr_status merge_parts(struct merge *merge, const char *path,
                                  struct hr_error *error)
{
    const struct overwrite_by by = {OVERWRITE_SHORTER, merge->options->neutral};
    enum hr_status status = read_parts(merge, error);

    if (status == HR_OK)
        status = read_scenario(merge, error);
    if (status == HR_OK && !merge->options->overwrite)
        status = overwrite_check(merge->scenario, &by, path, error);
    if (status == HR_OK)
        status = add_up(merge, path, error);
    if (status != HR_OK)
        return status;
    if (!is_covered(merge, &merge->run.own))
        return tell_missing(merge, error);
    return publish(merge, error);
}

/* Points of a sweep, or parts of a run. */
static enum hr_status merge_folder(struct merge *merge, const char *path,
                                   struct hr_run_facts *facts, struct hr_error *error)
{
    const struct parts_folder *folder = &merge->run.folder;
    char **names;
    size_t points;
    enum hr_status status = parts_folder_points(folder, &names, &points, error);

    if (status != HR_OK)
        return status;
    parts_folder_free_names(names, points);
    if (points > 0)
        return sweep_merge(folder, path, merge->options, facts, error);
    status = merge_parts(merge, path, error);
    if (status == HR_OK)
        hr_run_describe(merge->run.runner, facts);
    return status;
}

enum hr_status hr_merge(const char *path, const struct hr_merge_options *options,
                        struct hr_run_facts *facts, struct hr_error *error)
{
    struct merge merge = {.options = options, .run = {.folder = {.lock = -1}}};
    enum hr_status status = result_may_publish(path, error);

    *facts = (struct hr_run_facts){0};
    if (status == HR_OK)
        status = parts_folder_of(&merge.run.folder, path, error);
    if (status == HR_OK)
        status = open_folder(&merge, error);
    if (status == HR_OK)
        status = merge_folder(&merge, path, facts, error);
    part_list_free(&merge.list);
    stored_run_close(&merge.run, options->say, options->context);
    hr_run_close(merge.run.runner);
    hr_scenario_free(merge.scenario);
    return status;
}
