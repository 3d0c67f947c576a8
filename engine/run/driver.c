#include "driver.h"

#include "clock.h"
#include "path_counts.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>

enum { MOST_AT_ONCE = 16 /**< blocks; a power of two */ };

/* A piece takes about so long at most, so that a request to stop is soon obeyed. */
static const double piece_seconds = 0.05;

/* Everything the threads share; all but the first four under the lock. */
struct team {
    const struct driver_options *options;
    const struct shape *shape;
    const struct slab *slab;
    omp_lock_t lock;
    struct queue queue;
    struct part *part;
    uint64_t done; /**< blocks */
    enum hr_status status;
    struct hr_error error;
};

/* What a thread has of its own. */
struct worker {
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

/* Blocks to take at once: few where they are slow or few are left; a power of two. */
static uint64_t piece_of(const struct team *team, const struct worker *worker)
{
    const uint64_t share = team->queue.left / (2 * (uint64_t)team->options->threads);
    uint64_t piece = 1;

    while (worker->block_seconds > 0.0 && piece < MOST_AT_ONCE && 2 * piece <= share &&
           2.0 * (double)piece * worker->block_seconds <= piece_seconds)
        piece *= 2;
    return piece;
}

static bool take(struct team *team, const struct worker *worker, struct range *piece)
{
    bool taken;

    omp_set_lock(&team->lock);
    taken = queue_take(&team->queue, piece_of(team, worker), piece);
    omp_unset_lock(&team->lock);
    return taken;
}

static uint64_t blocks_done(struct team *team)
{
    uint64_t done;

    omp_set_lock(&team->lock);
    done = team->done;
    omp_unset_lock(&team->lock);
    return done;
}

/* Under the lock. */
static void fail(struct team *team, const struct hr_error *error)
{
    if (team->status == HR_OK) {
        team->status = error->status;
        team->error = *error;
    }
    queue_close(&team->queue);
}

static void report(struct team *team)
{
    const struct driver_progress *progress = team->options->progress;
    const double until = team->options->until;

    if ((progress != NULL && !progress->report(progress->context, team->done)) ||
        (until > 0.0 && clock_seconds() >= until))
        queue_close(&team->queue);
}

/* Hand over the sums of a piece; @p status says whether it could be run. */
static void hand_over(struct team *team, struct worker *worker,
                      const struct range *piece, enum hr_status status,
                      struct hr_error *error)
{
    omp_set_lock(&team->lock);
    if (status == HR_OK)
        status = sums_move(&team->part->sums, &worker->sums, error);
    if (status != HR_OK) {
        fail(team, error);
    } else {
        team->done += piece->last - piece->first;
        report(team);
    }
    omp_unset_lock(&team->lock);
}

static enum hr_status run_block(const struct team *team, struct worker *worker,
                                uint64_t b, struct hr_error *error)
{
    struct sums_node leaf = {
        .first = b, .blocks = 1, .moments = sums_memory(&worker->sums)};

    if (leaf.moments == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the sums of a block");
    team->options->kernel.run(&worker->block, b * LANES, LANES);
    shape_keep_reference(team->shape, &worker->block);
    slab_store(team->slab, team->shape, &worker->block);
    path_counts_add(&worker->counts, &worker->block);
    part_sum(team->shape, &worker->block, leaf.moments);
    return sums_add(&worker->sums, leaf, error);
}

static void run_piece(struct team *team, struct worker *worker,
                      const struct range *piece)
{
    const double start = clock_seconds();
    enum hr_status status = HR_OK;
    struct hr_error error;

    for (uint64_t b = piece->first; b < piece->last && status == HR_OK; b++)
        status = run_block(team, worker, b, &error);
    worker->block_seconds =
        (clock_seconds() - start) / (double)(piece->last - piece->first);
    hand_over(team, worker, piece, status, &error);
}

static enum hr_status worker_init(struct worker *worker, const struct team *team,
                                  struct hr_error *error)
{
    *worker = (struct worker){.sums = sums_none(team->shape->sums)};
    if (path_counts_init(&worker->counts, team->shape, error) != HR_OK ||
        block_init(&worker->block, team->shape->plan, error) != HR_OK)
        return error->status;
    if (omp_get_thread_num() > 0)
        return HR_OK;
    worker->block.stage_seconds = team->options->stage_seconds;
    if (team->options->team_size != NULL)
        *team->options->team_size = omp_get_num_threads();
    return HR_OK;
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
    queue_close(&team->queue);
    omp_unset_lock(&team->lock);
}

/* One thread: pieces as they come. */
static void work(struct team *team)
{
    struct worker worker;
    struct hr_error error;
    struct range piece;
    const enum hr_status status = worker_init(&worker, team, &error);

    while (status == HR_OK && take(team, &worker, &piece)) {
        run_piece(team, &worker, &piece);
        attend(team);
    }
    omp_set_lock(&team->lock);
    if (status != HR_OK)
        fail(team, &error);
    else
        path_counts_move(&worker.counts, &team->part->histogram);
    omp_unset_lock(&team->lock);
    path_counts_free(&worker.counts);
    sums_free(&worker.sums);
    block_free(&worker.block);
}

static void run_team(struct team *team, int threads)
{
    omp_init_lock(&team->lock);
#pragma omp parallel num_threads(threads)
    work(team);
    omp_destroy_lock(&team->lock);
}

enum hr_status driver_run(const struct driver_options *options,
                          const struct range *range, struct part *part,
                          struct hr_error *error)
{
    const size_t blocks = (size_t)(range->last - range->first);
    struct slab slab;
    struct team team = {
        .options = options,
        .shape = part->shape,
        .slab = &slab,
        .queue = queue_of(range, 1),
        .part = part,
    };

    if (slab_init(&slab, part->shape, range->first * LANES, blocks * LANES, error) !=
        HR_OK)
        return error->status;
    run_team(&team, options->threads);
    slab.trials = (size_t)team.done * LANES;
    if (team.status != HR_OK) {
        *error = team.error;
        slab_free(&slab);
    } else {
        team.status = part_take_slab(part, slab, error);
    }
    if (team.status != HR_OK)
        part_free(part);
    return team.status;
}
