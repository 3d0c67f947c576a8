/* Points of a sweep as jobs of one queue: a thread that finds nothing left of a point
 * goes on with the next, and what a point comes to is reckoned while others run. */
#include "point_run.h"

#include "clock.h"
#include "footprint.h"

#include <math.h>
#include <stdlib.h>

/* Less work than that is not worth writing when a sweep is stopped. */
static const double worth_keeping = 10.0;

/* Beside those that threads work on: what is next, and what waits to be put. */
enum { OPEN_BESIDE = 4 };

bool sweep_is_worth_keeping(const struct sweeping *sweeping)
{
    return sweeping->options->checkpoint_seconds > 0.0 &&
           clock_seconds() - sweeping->kept >= worth_keeping;
}

/* The caller's progress; what asked to stop once has asked for good. */
static bool tell(struct sweeping *sweeping, uint64_t blocks)
{
    const struct hr_run_options *options = sweeping->options;
    const uint64_t all = sweeping->to_run * sweeping->facts->trials;
    const uint64_t done = sweeping->all_run ? all : sweeping->before + blocks * LANES;

    if (!sweeping->is_to_stop && options->progress != NULL)
        sweeping->is_to_stop =
            !options->progress(options->progress_context, done < all ? done : all, all);
    return !sweeping->is_to_stop;
}

static bool report(void *context, uint64_t blocks)
{
    return tell(context, blocks);
}

size_t sweep_blocks(const struct sweeping *sweeping)
{
    return (size_t)(sweeping->facts->trials + LANES - 1) / LANES;
}

bool sweep_is_to_run(const struct sweeping *sweeping, size_t point)
{
    return sweeping->names.status[point] == 2.0;
}

static void pass_others(struct sweeping *sweeping)
{
    while (sweeping->next < sweeping->own.last &&
           !sweep_is_to_run(sweeping, sweeping->next))
        sweeping->next++;
    sweeping->now = sweeping->open != NULL ? sweeping->open->point : sweeping->next;
}

/* Under the lock: points that are ready, as far as those before them are. */
static enum hr_status put_ready(struct sweeping *sweeping, struct hr_error *error)
{
    struct point_run *run = sweeping->open;
    enum hr_status status = HR_OK;

    while (run != NULL && run->ready && status == HR_OK) {
        status = point_run_put(sweeping, run, error);
        sweeping->open = run->next;
        sweeping->opened--;
        point_run_close(run);
        run = sweeping->open;
    }
    pass_others(sweeping);
    return status;
}

/* What the reference came to is kept where all its trials were run here. */
static enum hr_status be_ready(struct sweeping *sweeping, struct point_run *run,
                               enum hr_status status, struct hr_error *error)
{
    omp_set_lock(&sweeping->lock);
    run->ready = status == HR_OK;
    run->at_work = false;
    if (run->ready)
        point_run_know(run);
    if (status == HR_OK)
        status = put_ready(sweeping, error);
    omp_unset_lock(&sweeping->lock);
    return status;
}

/* A part of a point under way goes to disk; under the lock. */
static enum hr_status keep(struct sweeping *sweeping, struct point_run *run,
                           struct hr_error *error)
{
    enum hr_status status;

    run->stored.folder = sweeping->folder;
    status = stored_keep_part(&run->stored, &run->part, error);
    sweeping->folder = run->stored.folder;
    return status;
}

/* What a job found is the point's: all of it, or as much as was done. */
static enum hr_status add(struct sweeping *sweeping, struct point_run *run,
                          bool is_kept, struct hr_error *error)
{
    enum hr_status status = job_end(&run->job, error);

    if (status == HR_OK)
        status = runner_check(run->runner, &run->part, error);
    if (status == HR_OK && is_kept) {
        omp_set_lock(&sweeping->lock);
        status = keep(sweeping, run, error);
        omp_unset_lock(&sweeping->lock);
    }
    if (status == HR_OK)
        return part_add(&run->runner->part, &run->part, error);
    part_free(&run->part);
    return status;
}

/* A job was a point's last, or as much of it as memory holds, which is written. */
static enum hr_status close_job(void *context, struct job *job, struct hr_error *error)
{
    struct sweeping *sweeping = context;
    struct point_run *run = job->owner;
    const bool is_cut = job->range.last < run->wanted.last;
    struct range missing;

    if (add(sweeping, run, is_cut, error) != HR_OK)
        return error->status;
    if (!stored_run_missing(&run->stored, 0, &missing))
        return be_ready(sweeping, run, point_run_finish(sweeping, run, error), error);
    omp_set_lock(&sweeping->lock);
    run->at_work = false;
    omp_unset_lock(&sweeping->lock);
    return HR_OK;
}

static enum hr_status begin(struct point_run *run, const struct range *missing,
                            struct hr_error *error)
{
    const uint64_t most = stored_run_at_once(&run->stored);

    run->wanted = *missing;
    run->part = part_none(&run->runner->shape);
    run->job = (struct job){.kernel = run->runner->kernel,
                            .range = *missing,
                            .part = &run->part,
                            .owner = run};
    if (missing->last - missing->first > most)
        run->job.range.last = missing->first + most;
    return job_begin(&run->job, error);
}

/* Under the lock: a point that is open, of which no blocks are out. */
static struct point_run *find_idle(const struct sweeping *sweeping)
{
    struct point_run *run = sweeping->open;

    while (run != NULL && (run->at_work || run->ready))
        run = run->next;
    return run;
}

static bool may_open(const struct sweeping *sweeping)
{
    return sweeping->next < sweeping->own.last &&
           sweeping->opened < sweeping->open_at_once &&
           !point_run_must_wait(sweeping, sweeping->next);
}

/* Under the lock. */
static enum hr_status open_next(struct sweeping *sweeping, struct hr_error *error)
{
    const struct range all = {.point = sweeping->next, .last = sweep_blocks(sweeping)};
    struct point_run **place = &sweeping->open;

    while (*place != NULL)
        place = &(*place)->next;
    if (point_run_open(sweeping, &all, place, error) != HR_OK)
        return error->status;
    sweeping->opened++;
    sweeping->next++;
    return put_ready(sweeping, error);
}

/* The blocks of a point that are missing; where none is, what is left of it is run here
 * and now. */
static enum hr_status start(struct sweeping *sweeping, struct point_run *run,
                            struct job **job, struct hr_error *error)
{
    struct range missing;

    if (!stored_run_missing(&run->stored, 0, &missing))
        return be_ready(sweeping, run, point_run_finish(sweeping, run, error), error);
    if (begin(run, &missing, error) != HR_OK)
        return error->status;
    *job = &run->job;
    return HR_OK;
}

/* For driver_source: the next job, if there is one that need not wait. */
static enum hr_status open_job(void *context, struct job **job, struct hr_error *error)
{
    struct sweeping *sweeping = context;
    struct point_run *run = NULL;
    bool more = true;
    enum hr_status status = HR_OK;

    while (*job == NULL && more && status == HR_OK) {
        omp_set_lock(&sweeping->lock);
        run = find_idle(sweeping);
        more = run != NULL || may_open(sweeping);
        if (run == NULL && more)
            status = open_next(sweeping, error);
        else if (run != NULL)
            run->at_work = true;
        omp_unset_lock(&sweeping->lock);
        if (run != NULL)
            status = start(sweeping, run, job, error);
    }
    return status;
}

/* Blocks that are done of points under way: on disk, where that is worth it. */
static enum hr_status put_aside(struct sweeping *sweeping, bool is_kept,
                                struct hr_error *error)
{
    enum hr_status status = HR_OK;

    for (struct point_run *run = sweeping->open; run != NULL && status == HR_OK;
         run = run->next) {
        if (!run->at_work)
            continue;
        if (run->job.done > 0)
            status = add(sweeping, run, is_kept, error);
        else
            job_drop(&run->job);
        run->at_work = false;
    }
    return status;
}

static uint64_t done_so_far(const struct sweeping *sweeping)
{
    uint64_t done = sweeping->ran * sweeping->facts->trials;

    for (const struct point_run *run = sweeping->open; run != NULL; run = run->next)
        done += run->count > 0 ? stored_run_done(&run->stored) : 0;
    return done;
}

static bool is_over(const struct sweeping *sweeping)
{
    return sweeping->open == NULL && sweeping->next == sweeping->own.last;
}

/* Until all points are there, or it is time to write what is done, or to stop. */
static enum hr_status run_leg(struct sweeping *sweeping, struct hr_error *error)
{
    const struct hr_run_options *options = sweeping->options;
    const double every = options->checkpoint_seconds;
    const struct driver_progress progress = {report, sweeping};
    const struct driver_options driver = {
        .threads = driver_threads(options->threads,
                                  sweeping->to_run * sweeping->facts->trials),
        .progress = &progress,
        .until = every > 0.0 ? sweeping->kept + every : 0.0,
    };
    const struct driver_source source = {open_job, close_job, sweeping};

    sweeping->before = done_so_far(sweeping);
    if (!tell(sweeping, 0))
        return HR_STOPPED;
    if (driver_run_jobs(&driver, &source, error) != HR_OK)
        return error->status;
    return sweeping->is_to_stop && !is_over(sweeping) ? HR_STOPPED : HR_OK;
}

static enum hr_status save(struct sweeping *sweeping, struct hr_error *error)
{
    enum hr_status status = put_aside(sweeping, true, error);

    if (status == HR_OK && sweeping->has_unsaved)
        status = sweep_store_save(sweeping, error);
    sweeping->kept = clock_seconds();
    return status;
}

static enum hr_status run_legs(struct sweeping *sweeping, struct hr_error *error)
{
    enum hr_status status = HR_OK;

    while (status == HR_OK && !is_over(sweeping)) {
        status = run_leg(sweeping, error);
        if (status == HR_OK && !is_over(sweeping))
            status = save(sweeping, error);
    }
    if (status == HR_STOPPED && sweep_is_worth_keeping(sweeping) &&
        put_aside(sweeping, true, error) != HR_OK)
        return error->status;
    return status;
}

/* Of how many something is to be run. */
static bool count_points(struct sweeping *sweeping)
{
    bool *keep = calloc(sweeping->points.forms + 1, sizeof(*keep));

    for (size_t p = sweeping->own.first; keep != NULL && p < sweeping->own.last; p++)
        sweeping->to_run +=
            sweep_is_to_run(sweeping, p) && point_run_forms(sweeping, p, keep) > 0;
    free(keep);
    return keep != NULL;
}

size_t sweep_open_at_once(const struct shape *shape, uint64_t trials, int threads,
                          double memory)
{
    const double most = threads + OPEN_BESIDE;
    const double all = (double)trials * most;
    const double held = footprint_held(shape, all, memory, threads);
    const double point = footprint_of_trials(shape, (double)trials);

    return (size_t)fmax(1.0, fmin(most, floor(held / point)));
}

enum hr_status sweep_queue_want(struct sweeping *sweeping, struct hr_error *error)
{
    const struct range *own = &sweeping->own;

    if (sweep_points_want(&sweeping->points, own->first, own->last) &&
        count_points(sweeping))
        return HR_OK;
    return hr_fail(error, HR_FAILED, "no memory for the points of a sweep");
}

enum hr_status sweep_queue_run(struct sweeping *sweeping, struct hr_error *error)
{
    const uint64_t trials = sweeping->facts->trials;

    sweeping->open_at_once = sweep_open_at_once(
        &sweeping->model->shape, trials,
        driver_threads(sweeping->options->threads, sweeping->to_run * trials),
        sweeping->options->memory_bytes);
    sweeping->next = sweeping->own.first;
    pass_others(sweeping);
    return run_legs(sweeping, error);
}

void sweep_queue_close(struct sweeping *sweeping)
{
    while (sweeping->open != NULL) {
        struct point_run *next = sweeping->open->next;

        point_run_close(sweeping->open);
        sweeping->open = next;
    }
}
