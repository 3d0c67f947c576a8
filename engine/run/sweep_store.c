#include "sweeping.h"

#include "clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void say(const struct sweeping *sweeping, const char *text)
{
    if (sweeping->options->say != NULL)
        sweeping->options->say(sweeping->options->progress_context, text);
}

static enum parts_lock lock_of(const struct sweeping *sweeping)
{
    if (sweeping->options->break_lock)
        return PARTS_NO_LOCK;
    return sweeping->options->shards > 0 ? PARTS_SHARED : PARTS_ALONE;
}

static enum hr_status count_there(const struct parts_folder *folder, size_t *count,
                                  struct hr_error *error)
{
    char **points, **parts;
    size_t of_points, of_parts;

    if (parts_folder_points(folder, &points, &of_points, error) != HR_OK)
        return error->status;
    parts_folder_free_names(points, of_points);
    if (parts_folder_names(folder, &parts, &of_parts, error) != HR_OK)
        return error->status;
    parts_folder_free_names(parts, of_parts);
    *count = of_points + of_parts;
    return HR_OK;
}

static enum hr_status refuse(const struct sweeping *sweeping, struct hr_error *error)
{
    return hr_fail(error, HR_BAD_INPUT,
                   "%s holds a part of a run or sweep: --resume goes on, --discard "
                   "starts again",
                   sweeping->folder.path);
}

/* Whether what a stopped sweep left, so many points, agrees with what was asked for. */
static enum hr_status agree(const struct sweeping *sweeping, size_t there,
                            struct hr_error *error)
{
    const struct hr_run_options *options = sweeping->options;

    if (options->shards > 0)
        return HR_OK;
    if (there > 0 && options->parts == HR_PARTS_REFUSE)
        return refuse(sweeping, error);
    if (there == 0 && options->parts == HR_PARTS_RESUME)
        say(sweeping,
            "there is nothing to resume: the sweep starts from its first point");
    return HR_OK;
}

enum hr_status sweep_store_open(struct sweeping *sweeping, struct hr_error *error)
{
    struct parts_folder *folder = &sweeping->folder;
    size_t there = 0;

    if (parts_folder_of(folder, sweeping->path, error) != HR_OK ||
        parts_folder_open(folder, lock_of(sweeping), error) != HR_OK)
        return error->status;
    if (sweeping->options->parts == HR_PARTS_DISCARD)
        return parts_folder_clear(folder, error);
    if (count_there(folder, &there, error) != HR_OK)
        return error->status;
    return agree(sweeping, there, error);
}

bool sweep_store_is_empty(const struct sweeping *sweeping)
{
    struct hr_error error;
    size_t there = 0;

    return sweeping->folder.lock < 0 ||
           (count_there(&sweeping->folder, &there, &error) == HR_OK && there == 0);
}

/* Points of this very sweep, or of one that must not be mixed with it. */
static enum hr_status check(const struct sweeping *sweeping, struct hr_result *result,
                            const char *path, struct hr_error *error)
{
    const struct sweep_points *points = &sweeping->points;
    size_t count = 0;
    const char *const *id = hr_result_labels(result, "/points/id", &count);
    const char *missing;
    uint64_t trials = 0;
    bool same = id != NULL && count == points->count && hr_result_same_numbers(result);

    (void)hr_result_integer(result, "trials", &trials);
    same = same && trials == sweeping->facts->trials;
    for (size_t p = 0; p < points->count && same; p++)
        same = strcmp(id[p], points->point[p].id) == 0;
    if (same && stack_is_held(&sweeping->stack, result, &missing))
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "%s is of another sweep: give another -o, or --discard to start "
                   "again; before that --reuse of a copy takes what is the same",
                   path);
}

static enum hr_status set_aside(const struct sweeping *sweeping, const char *name,
                                struct hr_error *error)
{
    const struct hr_error why = *error;
    char text[sizeof(error->message) + 96];

    if (parts_folder_set_aside(&sweeping->folder, name, ".damaged", error) != HR_OK)
        return error->status;
    snprintf(text, sizeof(text),
             "%s; it is now *.damaged, and its points are missing where no other file "
             "has them",
             why.message);
    say(sweeping, text);
    return HR_OK;
}

static enum hr_status adopt(struct sweeping *sweeping, const char *name,
                            struct hr_error *error)
{
    struct hr_result *result = NULL;
    char path[PATH_MAX];
    enum hr_status status = parts_folder_file(&sweeping->folder, name, path, error);

    if (status == HR_OK)
        status = hr_result_open(path, &result, error);
    if (status == HR_NOT_HELD)
        return set_aside(sweeping, name, error);
    if (status == HR_OK)
        status = check(sweeping, result, path, error);
    if (status == HR_OK)
        status = sweep_adopt(sweeping, result, error);
    hr_result_close(result);
    return status;
}

enum hr_status sweep_store_adopt(struct sweeping *sweeping, struct hr_error *error)
{
    char **names;
    size_t count;
    enum hr_status status;

    if (sweeping->folder.lock < 0)
        return HR_OK;
    status = parts_folder_points(&sweeping->folder, &names, &count, error);
    if (status != HR_OK)
        return status;
    for (size_t i = 0; i < count && status == HR_OK; i++)
        status = adopt(sweeping, names[i], error);
    parts_folder_free_names(names, count);
    return status;
}

static void name_file(const struct sweeping *sweeping, char *name, size_t size)
{
    const struct hr_run_options *options = sweeping->options;

    if (options->shards > 0)
        snprintf(name, size, "points-%u-of-%u.h5", options->shard, options->shards);
    else
        snprintf(name, size, "points.h5");
}

static enum hr_status clear_done(struct sweeping *sweeping, struct hr_error *error)
{
    enum hr_status status = HR_OK;

    for (size_t p = sweeping->unsaved; p <= sweeping->now && status == HR_OK; p++) {
        if (p < sweeping->points.count && sweep_points_is_done(&sweeping->points, p))
            status = parts_folder_clear_point(&sweeping->folder, p, error);
    }
    return status;
}

enum hr_status sweep_store_save(struct sweeping *sweeping, struct hr_error *error)
{
    char name[64], path[PATH_MAX];
    enum hr_status status = HR_OK;

    name_file(sweeping, name, sizeof(name));
    if (sweeping->folder.lock < 0)
        status = parts_folder_open(&sweeping->folder, lock_of(sweeping), error);
    if (status == HR_OK)
        status = parts_folder_file(&sweeping->folder, name, path, error);
    if (status == HR_OK)
        status = stack_publish(&sweeping->stack, &sweeping->names.labels, false, path,
                               error);
    if (status == HR_OK)
        status = clear_done(sweeping, error);
    sweeping->unsaved = sweeping->now;
    sweeping->has_unsaved = false;
    sweeping->kept = clock_seconds();
    return status;
}
