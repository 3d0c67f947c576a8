#include "sweeping.h"

#include "name_list.h"
#include "problems.h"
#include "runner.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A sweep made again from what one of its files says. */
struct merging {
    const struct hr_merge_options *options;
    struct hr_run_options run;
    struct hr_sweep_facts facts;
    struct sweeping sweeping;
    struct hr_result *model; /* a file of points that is whole */
    struct hr_scenario *scenario;
};

static enum hr_status no_memory(struct hr_error *error)
{
    return hr_fail(error, HR_FAILED, "no memory for the points of a sweep");
}

/* The first that can be read; those that cannot are set aside later. */
static enum hr_status open_model(struct merging *merging, struct hr_error *error)
{
    const struct parts_folder *folder = &merging->sweeping.folder;
    char **names, path[PATH_MAX];
    size_t count;
    enum hr_status status = parts_folder_points(folder, &names, &count, error);

    if (status != HR_OK)
        return status;
    for (size_t i = 0; i < count && merging->model == NULL; i++) {
        status = parts_folder_file(folder, names[i], path, error);
        if (status == HR_OK)
            status = hr_result_open(path, &merging->model, error);
    }
    parts_folder_free_names(names, count);
    return status;
}

static enum hr_status read_scenario(struct merging *merging, struct hr_error *error)
{
    const char *resolved = hr_result_text(merging->model, "/inputs/scenario_resolved");
    const char *practices = hr_result_text(merging->model, "/inputs/practices_csv");
    struct hr_messages problems = {0};

    if (!hr_result_same_numbers(merging->model))
        return hr_fail(error, HR_BAD_INPUT,
                       "%s holds points of a version that gives other numbers: "
                       "--discard starts again",
                       merging->sweeping.folder.path);
    if (resolved == NULL || practices == NULL)
        return hr_fail(error, HR_NOT_HELD, "its points do not hold their inputs");
    if (hr_scenario_read_text(resolved, practices, NULL, 0, &merging->scenario,
                              &problems) != HR_OK)
        return problems_fail(&problems, HR_BAD_INPUT,
                             "the points' scenario cannot be read: ", error);
    hr_messages_free(&problems);
    return HR_OK;
}

/* As name_point() of a sweep's points, from what the file says. */
static bool read_point(struct sweep_points *points, const struct stack_labels *labels,
                       size_t p)
{
    struct sweep_point *point = &points->point[p];
    const char *key = labels->keys[p];

    snprintf(point->id, sizeof(point->id), "%s", labels->id[p]);
    point->changes = strdup(labels->changes[p]);
    point->keys = strdup(labels->keys[p]);
    point->form = calloc(points->forms + 1, sizeof(*point->form));
    if (labels->status[p] == 1.0)
        point->reason = strdup(labels->reason[p]);
    if (point->changes == NULL || point->keys == NULL || point->form == NULL ||
        (labels->status[p] == 1.0 && point->reason == NULL))
        return false;
    for (size_t f = 0; f < points->forms; f++) {
        const int length = (int)strcspn(key, " ");

        snprintf(point->form[f].key, DIGEST_TEXT, "%.*s", length, key);
        point->form[f].point = p;
        key += length + (key[length] == ' ');
    }
    points->refused += point->reason != NULL;
    return true;
}

static enum hr_status read_points(struct merging *merging, struct hr_error *error)
{
    struct sweep_points *points = &merging->sweeping.points;
    struct sweep_names *names = &merging->sweeping.names;
    struct hr_messages problems = {0};
    enum hr_status status;

    points->scenario = merging->scenario;
    points->count = hr_result_points(merging->model);
    points->forms = hr_scenario_form_count(merging->scenario);
    points->point = calloc(points->count + 1, sizeof(*points->point));
    points->found = calloc(points->forms + 1, sizeof(*points->found));
    names->status = calloc(points->count + 1, sizeof(*names->status));
    status = hr_base_open(merging->scenario, &points->base, &problems);
    hr_messages_free(&problems);
    if (points->point == NULL || points->found == NULL || names->status == NULL ||
        status != HR_OK)
        return no_memory(error);
    status = stack_read_labels(&merging->sweeping.stack, merging->model, &names->labels,
                               error);
    for (size_t p = 0; p < points->count && status == HR_OK; p++) {
        if (!read_point(points, &names->labels, p))
            status = no_memory(error);
        names->status[p] = points->point[p].reason != NULL ? 1.0 : 2.0;
    }
    names->labels.status = names->status;
    return status;
}

/* For the stack: as the file has it. */
static bool keeps(const void *context, const char *metric)
{
    const struct hr_result *model = context;
    char path[256];
    bool found = false;

    snprintf(path, sizeof(path), "/trials/%s", metric);
    for (size_t i = 0; i < hr_result_count(model) && !found; i++)
        found = strcmp(hr_result_path(model, i), path) == 0;
    return found;
}

static enum hr_status open_sweep(struct merging *merging, struct hr_error *error)
{
    struct sweeping *sweeping = &merging->sweeping;

    if (open_model(merging, error) != HR_OK || read_scenario(merging, error) != HR_OK ||
        read_points(merging, error) != HR_OK ||
        runner_compile(merging->scenario, &sweeping->base_plan, error) != HR_OK)
        return error->status;
    (void)hr_result_integer(merging->model, "trials", &merging->facts.trials);
    merging->run.scenario_text = hr_result_text(merging->model, "/inputs/scenario");
    merging->run.changes = hr_result_text(merging->model, "/inputs/changes");
    sweeping->stack.keeps = keeps;
    sweeping->stack.context = merging->model;
    return sweep_lay_out(sweeping, error);
}

/* A file of the same sweep, with fewer points perhaps, is no loss. */
static enum hr_status may_replace(const struct merging *merging, const char *path,
                                  struct hr_error *error)
{
    const struct sweep_points *points = &merging->sweeping.points;
    struct hr_result *there = NULL;
    uint64_t trials = 0;
    size_t count = 0;
    const char *const *id;
    bool same;

    if (merging->options->overwrite || !sweep_is_in_the_way(path))
        return HR_OK;
    same = hr_result_open(path, &there, error) == HR_OK;
    id = same ? hr_result_labels(there, "/points/id", &count) : NULL;
    same = id != NULL && count == points->count &&
           hr_result_integer(there, "trials", &trials) &&
           trials == merging->facts.trials;
    for (size_t p = 0; p < points->count && same; p++)
        same = strcmp(id[p], points->point[p].id) == 0;
    hr_result_close(there);
    if (same)
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "%s is there already and not of this sweep: replace it with --force",
                   path);
}

static size_t count_there(const struct merging *merging)
{
    size_t there = 0;

    for (size_t p = 0; p < merging->sweeping.points.count; p++)
        there += merging->sweeping.names.status[p] != 2.0;
    return there;
}

static void add_range(struct name_list *names, size_t from, size_t last)
{
    char range[64];

    snprintf(range, sizeof(range), "%zu to %zu", from, last);
    if (from == last)
        *strchr(range, ' ') = '\0';
    name_list_add(names, range);
}

static enum hr_status tell_missing(const struct merging *merging,
                                   struct hr_error *error)
{
    const double *status = merging->sweeping.names.status;
    const size_t count = merging->sweeping.points.count;
    char ranges[512] = "";
    struct name_list names = {.text = ranges, .size = sizeof(ranges)};

    for (size_t p = 0, from = 0; p < count; p++) {
        if (status[p] != 2.0)
            from = p + 1;
        else if (p + 1 == count || status[p + 1] != 2.0)
            add_range(&names, from, p);
    }
    name_list_end(&names);
    return hr_fail(error, HR_BAD_INPUT,
                   "%s lacks points %s of %zu, which are numbered from 0: run the "
                   "shards that are not there, or the sweep with --resume; --partial "
                   "publishes the points that are there",
                   merging->sweeping.folder.path, ranges, count);
}

static enum hr_status publish(struct merging *merging, const char *path,
                              struct hr_error *error)
{
    struct sweeping *sweeping = &merging->sweeping;
    const size_t there = count_there(merging), all = sweeping->points.count;
    enum hr_status status;

    if (there < all && (!merging->options->partial || there == 0))
        return tell_missing(merging, error);
    status =
        stack_publish(&sweeping->stack, &sweeping->names.labels, true, path, error);
    if (status == HR_OK && there == all)
        status = parts_folder_clear(&sweeping->folder, error);
    return status;
}

static void close_all(struct merging *merging)
{
    sweeping_free(&merging->sweeping);
    hr_scenario_free(merging->scenario);
    hr_result_close(merging->model);
}

enum hr_status sweep_merge(const struct parts_folder *folder, const char *path,
                           const struct hr_merge_options *options,
                           struct hr_run_facts *facts, struct hr_error *error)
{
    struct merging merging = {
        .options = options,
        .run = {.say = options->say, .progress_context = options->context},
    };
    struct sweeping *sweeping = &merging.sweeping;
    enum hr_status status;

    *sweeping = (struct sweeping){.options = &merging.run,
                                  .path = path,
                                  .facts = &merging.facts,
                                  .folder = *folder};
    status = open_sweep(&merging, error);
    if (status == HR_OK)
        status = may_replace(&merging, path, error);
    if (status == HR_OK)
        status = sweep_store_adopt(sweeping, error);
    if (status == HR_OK)
        status = publish(&merging, path, error);
    facts->trials = merging.facts.trials;
    facts->points = sweeping->points.count;
    facts->points_there = status == HR_OK ? count_there(&merging) : 0;
    close_all(&merging);
    return status;
}
