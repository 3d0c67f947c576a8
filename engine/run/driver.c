#include "driver.h"

#include "clock.h"
#include "path_counts.h"
#include "thread_stack.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <time.h>

enum { MOST_AT_ONCE = 16 /**< blocks; a power of two */ };

/* A piece takes about so long at most, so that a request to stop is soon obeyed. */
static const double piece_seconds = 0.05;

/* For so long a thread sleeps that finds nothing to do while others are at work. */
static const struct timespec nap = {.tv_nsec = 200000};

/* Everything the threads share; all but the first two under the lock. */
struct team {
    const struct driver_options *options;
    const struct driver_source *source; /**< or NULL */
    omp_lock_t lock;
    struct job *job; /**< jobs that are not finished, in the order of their coming */
    bool opening;    /**< a thread is about to bring one */
    bool dry;        /**< there is none before another is finished */
    int closing;     /**< threads that put away what is finished */
    bool stopped;
    uint64_t done; /**< blocks */
    enum hr_status status;
    struct hr_error error;
};

/* What a thread has of its own; the first four of the job at hand. */
struct worker {
    struct job *job; /**< or NULL */
    struct block block;
    struct path_counts counts;
    struct sums sums;
    double block_seconds; /**< of its last piece; 0 before the first */
};

int driver_threads(int asked, uint64_t trials)
{
    const int wanted = asked > 0 ? asked : omp_get_max_threads();
    const uint64_t blocks = (trials + LANES - 1) / LANES;

    return (uint64_t)wanted < blocks ? wanted : (int)blocks;
}

/* Under the lock. */
static void fail(struct team *team, const struct hr_error *error)
{
    if (team->status == HR_OK) {
        team->status = error->status;
        team->error = *error;
    }
    team->stopped = true;
}

/* The first job from @p job on of which there is something to take. */
static struct job *find_left(struct job *job)
{
    while (job != NULL && job->queue.left == 0)
        job = job->next;
    return job;
}

/* Blocks to take at once: few where they are slow or few are left; a power of two. */
static uint64_t piece_of(const struct team *team, const struct worker *worker)
{
    uint64_t left = 0, share, piece = 1;

    for (const struct job *job = team->job; job != NULL; job = job->next)
        left += job->queue.left;
    share = left / (2 * (uint64_t)team->options->threads);
    while (worker->block_seconds > 0.0 && piece < MOST_AT_ONCE && 2 * piece <= share &&
           2.0 * (double)piece * worker->block_seconds <= piece_seconds)
        piece *= 2;
    return piece;
}

static void append(struct team *team, struct job *job)
{
    struct job **place = &team->job;

    while (*place != NULL)
        place = &(*place)->next;
    job->next = NULL;
    *place = job;
}

/* Under the lock, which is open while the job is made: the others work on. */
static void open_job(struct team *team)
{
    struct job *job = NULL;
    struct hr_error error;
    enum hr_status status;

    team->opening = true;
    team->dry = true; /* unless a job is finished meanwhile */
    omp_unset_lock(&team->lock);
    status = team->source->open(team->source->context, &job, &error);
    omp_set_lock(&team->lock);
    team->opening = false;
    if (status != HR_OK)
        fail(team, &error);
    if (job == NULL)
        return;
    team->dry = false;
    append(team, job);
}

/* One job is had in reserve, so that no thread waits for it. */
static bool is_short(const struct team *team)
{
    const struct job *first = find_left(team->job);

    return team->source != NULL && !team->stopped && !team->opening && !team->dry &&
           (first == NULL || find_left(first->next) == NULL);
}

static bool is_over(const struct team *team)
{
    return team->job == NULL && !team->opening && team->closing == 0 && team->dry;
}

enum found { FOUND_PIECE, FOUND_NOTHING_YET, FOUND_THE_END };

static enum found take(struct team *team, const struct worker *worker, struct job **job,
                       struct range *piece)
{
    enum found found = FOUND_NOTHING_YET;

    omp_set_lock(&team->lock);
    if (is_short(team))
        open_job(team);
    *job = find_left(team->job);
    if (!team->stopped && *job != NULL) {
        found = FOUND_PIECE;
        (void)queue_take(&(*job)->queue, piece_of(team, worker), piece);
        (*job)->hands += *job != worker->job;
    } else if (team->stopped || team->source == NULL || is_over(team)) {
        found = FOUND_THE_END;
    }
    omp_unset_lock(&team->lock);
    return found;
}

static void report(struct team *team)
{
    const struct driver_progress *progress = team->options->progress;
    const double until = team->options->until;

    if ((progress != NULL && !progress->report(progress->context, team->done)) ||
        (until > 0.0 && clock_seconds() >= until))
        team->stopped = true;
}

/* Hand over the sums of a piece; @p status says whether it could be run. */
static void hand_over(struct team *team, struct worker *worker,
                      const struct range *piece, enum hr_status status,
                      struct hr_error *error)
{
    struct job *job = worker->job;

    omp_set_lock(&team->lock);
    if (status == HR_OK)
        status = sums_move(&job->part->sums, &worker->sums, error);
    if (status != HR_OK) {
        fail(team, error);
    } else {
        job->done += piece->last - piece->first;
        team->done += piece->last - piece->first;
        report(team);
    }
    omp_unset_lock(&team->lock);
}

static enum hr_status run_block(struct worker *worker, uint64_t b,
                                struct hr_error *error)
{
    struct job *job = worker->job;
    const struct shape *shape = job->part->shape;
    struct sums_node leaf = {
        .first = b, .blocks = 1, .moments = sums_memory(&worker->sums)};

    if (leaf.moments == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the sums of a block");
    job->kernel.run(&worker->block, b * LANES, LANES);
    shape_keep_reference(shape, &worker->block);
    slab_store(&job->slab, shape, &worker->block);
    path_counts_add(&worker->counts, &worker->block);
    part_sum(shape, &worker->block, leaf.moments);
    return sums_add(&worker->sums, leaf, error);
}

static void run_piece(struct team *team, struct worker *worker,
                      const struct range *piece)
{
    const double start = clock_seconds();
    enum hr_status status = HR_OK;
    struct hr_error error;

    for (uint64_t b = piece->first; b < piece->last && status == HR_OK; b++)
        status = run_block(worker, b, &error);
    worker->block_seconds =
        (clock_seconds() - start) / (double)(piece->last - piece->first);
    hand_over(team, worker, piece, status, &error);
}

/* Under the lock: the last who had a hand in a finished job puts it away. */
static void close_job(struct team *team, struct job *job)
{
    struct job **place = &team->job;
    struct hr_error error;
    enum hr_status status;

    while (*place != job)
        place = &(*place)->next;
    *place = job->next;
    team->closing++;
    omp_unset_lock(&team->lock);
    status = team->source->close(team->source->context, job, &error);
    omp_set_lock(&team->lock);
    team->closing--;
    team->dry = false;
    if (status != HR_OK)
        fail(team, &error);
}

/* Give up the job at hand, and what is counted of it. */
static void leave(struct team *team, struct worker *worker)
{
    struct job *job = worker->job;

    if (job == NULL)
        return;
    sums_free(&worker->sums);
    block_free(&worker->block);
    worker->job = NULL;
    omp_set_lock(&team->lock);
    path_counts_move(&worker->counts, &job->part->histogram);
    job->hands--;
    if (team->source != NULL && job->hands == 0 && job_is_done(job) &&
        team->status == HR_OK)
        close_job(team, job);
    omp_unset_lock(&team->lock);
}

static enum hr_status make_room(struct team *team, struct worker *worker,
                                const struct shape *shape, struct hr_error *error)
{
    worker->sums = sums_none(shape->sums);
    if (path_counts_init(&worker->counts, shape, error) != HR_OK)
        return error->status;
    if (block_init(&worker->block, shape->plan, error) != HR_OK) {
        path_counts_free(&worker->counts);
        return error->status;
    }
    if (omp_get_thread_num() == 0)
        worker->block.stage_seconds = team->options->stage_seconds;
    return HR_OK;
}

/* Turn to a job, in which the thread has a hand already. */
static bool enter(struct team *team, struct worker *worker, struct job *job)
{
    struct hr_error error;

    if (make_room(team, worker, job->part->shape, &error) == HR_OK) {
        worker->job = job;
        return true;
    }
    omp_set_lock(&team->lock);
    job->hands--;
    fail(team, &error);
    omp_unset_lock(&team->lock);
    return false;
}

static uint64_t blocks_done(struct team *team)
{
    uint64_t done;

    omp_set_lock(&team->lock);
    done = team->done;
    omp_unset_lock(&team->lock);
    return done;
}

/* What only the caller's own thread may do. */
static void attend(struct team *team)
{
    const struct driver_options *options = team->options;

    if (omp_get_thread_num() > 0 || options->attend == NULL)
        return;
    if (options->attend(options->attending, blocks_done(team)))
        return;
    omp_set_lock(&team->lock);
    team->stopped = true;
    omp_unset_lock(&team->lock);
}

/* One thread: pieces as they come. */
static void work(struct team *team)
{
    struct worker worker = {0};
    struct job *job;
    struct range piece;
    enum found found;

    while ((found = take(team, &worker, &job, &piece)) != FOUND_THE_END) {
        if (found == FOUND_NOTHING_YET && worker.job == NULL)
            nanosleep(&nap, NULL);
        if (found == FOUND_NOTHING_YET || job != worker.job)
            leave(team, &worker);
        if (found == FOUND_PIECE && (worker.job == job || enter(team, &worker, job))) {
            run_piece(team, &worker, &piece);
            attend(team);
        }
    }
    leave(team, &worker);
}

static void run_team(struct team *team)
{
    int threads = team->options->threads;

    team->status = thread_stack_check(threads, &team->error);
    if (team->status != HR_OK)
        return;
    omp_init_lock(&team->lock);
#pragma omp parallel num_threads(threads)
    {
#pragma omp single nowait
        if (team->options->team_size != NULL)
            *team->options->team_size = omp_get_num_threads();
        work(team);
    }
    omp_destroy_lock(&team->lock);
}

enum hr_status driver_run_jobs(const struct driver_options *options,
                               const struct driver_source *source,
                               struct hr_error *error)
{
    struct team team = {.options = options, .source = source};

    run_team(&team);
    if (team.status != HR_OK)
        *error = team.error;
    return team.status;
}

enum hr_status driver_run(const struct driver_options *options, struct job *job,
                          struct hr_error *error)
{
    struct team team = {.options = options, .job = job};

    if (job_begin(job, error) != HR_OK)
        return error->status;
    run_team(&team);
    if (team.status == HR_OK)
        return job_end(job, error);
    *error = team.error;
    job_drop(job);
    return team.status;
}
