/* Points of a sweep over the ranks of an MPI job: a unit is some blocks of a point,
 * point by point, and what is run of it lies in a part. The first rank takes the parts
 * up as a sweep does that goes on. */
#include "point_run.h"

#include "member.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_first(const struct sweeping *sweeping)
{
    return hr_ranks_own(sweeping->options->ranks) == 0;
}

static enum hr_status no_memory(struct hr_error *error)
{
    return hr_fail(error, HR_FAILED, "no memory to share a sweep out");
}

/* Which points have parts in the folder. */
static enum hr_status mark_begun(const struct sweeping *sweeping, bool *begun,
                                 struct hr_error *error)
{
    char **names;
    size_t count, point;

    if (parts_folder_names(&sweeping->folder, &names, &count, error) != HR_OK)
        return error->status;
    for (size_t i = 0; i < count; i++) {
        if (sscanf(names[i], "v0-p%zu-", &point) == 1 && point < sweeping->points.count)
            begun[point] = true;
    }
    parts_folder_free_names(names, count);
    return HR_OK;
}

/* Of a point that was begun, what its parts lack. */
static enum hr_status add_rest(struct sweeping *sweeping, struct member *member,
                               size_t point, struct hr_error *error)
{
    const struct range none = {.point = point};
    struct point_run *run;
    struct range missing;
    enum hr_status status = point_run_open(sweeping, &none, &run, error);

    if (status != HR_OK)
        return status;
    for (uint64_t from = 0; status == HR_OK && run->count > 0 &&
                            stored_run_missing(&run->stored, from, &missing);
         from = missing.last) {
        missing.point = point;
        status = member_add_missing(member, &missing, error);
    }
    if (run->count > 0)
        member->shares.before += stored_run_done(&run->stored) / LANES;
    point_run_close(run);
    return status;
}

static enum hr_status add_point(struct sweeping *sweeping, struct member *member,
                                size_t point, bool begun, struct hr_error *error)
{
    const struct range all = {.point = point, .last = sweeping->facts->trials / LANES};

    if (begun)
        return add_rest(sweeping, member, point, error);
    return all.last > 0 ? member_add_missing(member, &all, error) : HR_OK;
}

/* The first says what is missing. With a point's forms all ranks are told of the
 * reference, which they could not know of. */
static enum hr_status list_missing(struct sweeping *sweeping, struct member *member,
                                   bool *begun, bool *keep, struct hr_error *error)
{
    const struct sweep_points *points = &sweeping->points;
    enum hr_status status = mark_begun(sweeping, begun, error);

    member_set_units(
        member,
        (uint64_t)driver_threads(sweeping->options->threads, sweeping->facts->trials),
        sweep_blocks(sweeping));
    member->shares.trials = sweeping->to_run * sweeping->facts->trials;
    for (size_t p = sweeping->own.first; p < sweeping->own.last && status == HR_OK;
         p++) {
        if (!sweep_is_to_run(sweeping, p) || point_run_forms(sweeping, p, keep) == 0)
            continue;
        status = add_point(sweeping, member, p, begun[p], error);
        for (size_t f = 0; f < points->forms; f++)
            points->point[p].form[f].wanted = keep[f];
    }
    return status;
}

static enum hr_status list(struct sweeping *sweeping, struct member *member,
                           struct hr_error *error)
{
    bool *begun = calloc(sweeping->points.count + 1, sizeof(*begun));
    bool *keep = calloc(sweeping->points.forms + 1, sizeof(*keep));
    enum hr_status status = begun == NULL || keep == NULL
                                ? no_memory(error)
                                : list_missing(sweeping, member, begun, keep, error);

    free(begun);
    free(keep);
    return status;
}

/* Of all points which forms are wanted, as the first knows it. */
static void copy_wanted(const struct sweeping *sweeping, bool *wanted, bool to_points)
{
    const struct sweep_points *points = &sweeping->points;

    for (size_t i = 0; i < points->count * points->forms; i++) {
        struct sweep_form *form = points->point[i / points->forms].form;

        if (form != NULL && to_points)
            form[i % points->forms].wanted = wanted[i];
        else if (form != NULL)
            wanted[i] = form[i % points->forms].wanted;
    }
}

static enum hr_status spread_wanted(struct sweeping *sweeping, struct hr_error *error)
{
    const size_t size = sweeping->points.count * sweeping->points.forms;
    bool *wanted = calloc(size + 1, sizeof(*wanted));
    const enum hr_status status = hr_ranks_agree(
        sweeping->options->ranks, wanted == NULL ? no_memory(error) : HR_OK, error);

    if (status == HR_OK) {
        copy_wanted(sweeping, wanted, false);
        ranks_spread(sweeping->options->ranks, wanted, size * sizeof(*wanted));
        copy_wanted(sweeping, wanted, true);
    }
    free(wanted);
    return status;
}

static enum hr_status run_unit(void *context, struct member *member,
                               const struct range *unit, struct hr_error *error)
{
    struct sweeping *sweeping = context;
    struct point_run *run;
    enum hr_status status = point_run_open(sweeping, unit, &run, error);

    if (status != HR_OK)
        return status;
    status = member_run(member, &run->stored, *unit, error);
    if (status == HR_OK && !member->stopped)
        point_run_know(run);
    point_run_close(run);
    return status;
}

/* That a part is seen is enough: its point finds it. */
static enum hr_status pass(void *context, const char *path, struct hr_error *error)
{
    (void)context;
    (void)path;
    (void)error;
    return HR_OK;
}

static enum hr_status tell_stop(const struct sweeping *sweeping, struct member *member,
                                struct hr_error *error)
{
    const uint64_t done = member->shares.before + ranks_add(member->ranks, 0);
    char way_on[4096];

    stored_run_way_on(sweeping->options, way_on, sizeof(way_on));
    return hr_fail(error, HR_STOPPED,
                   "stopped after %" PRIu64 " of %" PRIu64
                   " trials of %zu points; %s goes on",
                   done * LANES, member->shares.trials, sweeping->to_run, way_on);
}

/* A folder that all see, and what is wanted of it. */
static enum hr_status share(struct sweeping *sweeping, struct member *member,
                            struct hr_error *error)
{
    enum hr_status status = HR_OK;

    if (is_first(sweeping))
        status = list(sweeping, member, error);
    if (member_share(member, status, error) != HR_OK ||
        spread_wanted(sweeping, error) != HR_OK)
        return error->status;
    return hr_ranks_agree(member->ranks, member_sees(&sweeping->folder, error), error);
}

/* The first sees all parts, and says so where they are not all there are to be. */
static enum hr_status gather(struct sweeping *sweeping, struct member *member,
                             struct hr_error *error)
{
    const enum hr_status status =
        member_gather(member, &sweeping->folder, pass, sweeping, error);

    if (status == HR_OK && is_first(sweeping) &&
        (member->stopped || ranks_stopped(member->ranks)))
        return tell_stop(sweeping, member, error);
    return status;
}

static enum hr_status run_all(struct sweeping *sweeping, struct member *member,
                              struct hr_error *error)
{
    enum hr_status status = share(sweeping, member, error);

    sweeping->is_shared = true;
    if (status == HR_OK)
        status = member_work(member, run_unit, sweeping, error);
    sweeping->is_shared = false;
    sweeping->all_run = true;
    point_run_forget(sweeping);
    return status == HR_OK ? gather(sweeping, member, error) : status;
}

enum hr_status sweep_ranks_run(struct sweeping *sweeping, struct hr_error *error)
{
    struct member member = member_of(sweeping->options->ranks);
    const enum hr_status status = run_all(sweeping, &member, error);

    member_free(&member);
    return hr_ranks_agree(sweeping->options->ranks, status, error);
}
