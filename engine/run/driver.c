#include "driver.h"

#include <inttypes.h>
#include <math.h>
#include <omp.h>
#include <sched.h>
#include <stdlib.h>
#include <time.h>

/* Blocks that may be finished and waiting for an earlier one, per thread. */
enum { WAITING = 4 };

/* Everything the threads of a run share. */
struct shared {
    const struct plan *plan;
    const struct driver_options *options;
    struct kernel kernel;
    struct collected *collected;
    size_t blocks;
    size_t window;               /**< parts in flight */
    struct collected_part *part; /**< [window], of block b at b mod window */
    bool *finished;              /**< [window], and not yet merged */
    size_t merged;               /**< blocks, in their order */
    omp_lock_t merging;          /**< of the three above */
    omp_lock_t lock;             /**< of the failure and of the histograms */
    enum hr_status status;
    struct hr_error error;
};

static double wall_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static size_t blocks_of(uint64_t trials)
{
    return (size_t)((trials + LANES - 1) / LANES);
}

int driver_threads(int asked, uint64_t trials)
{
    const int wanted = asked > 0 ? asked : omp_get_max_threads();
    const size_t blocks = blocks_of(trials);

    return (size_t)wanted < blocks ? wanted : (int)blocks;
}

static enum hr_status parts_init(struct shared *shared, struct hr_error *error)
{
    shared->part = calloc(shared->window, sizeof(*shared->part));
    shared->finished = calloc(shared->window, sizeof(*shared->finished));
    if (shared->part == NULL || shared->finished == NULL)
        return hr_fail(error, HR_FAILED, "no memory to run trials");
    for (size_t w = 0; w < shared->window; w++) {
        if (collected_part_init(&shared->part[w], shared->plan, error) != HR_OK)
            return error->status;
    }
    return HR_OK;
}

static void parts_free(struct shared *shared)
{
    for (size_t w = 0; shared->part != NULL && w < shared->window; w++)
        collected_part_free(&shared->part[w]);
    free(shared->part);
    free(shared->finished);
}

static void run_block(const struct shared *shared, size_t b, struct block *block)
{
    const uint64_t first = (uint64_t)b * LANES;
    const uint64_t left = shared->options->trials - first;

    shared->kernel.run(block, first, left < LANES ? (int)left : LANES);
    collected_store(shared->collected, block);
}

static void remember_failure(struct shared *shared, const struct hr_error *error)
{
    omp_set_lock(&shared->lock);
    shared->status = error->status;
    shared->error = *error;
    omp_unset_lock(&shared->lock);
}

static void report(struct shared *shared, size_t blocks_done)
{
    const struct driver_progress *progress = shared->options->progress;
    const uint64_t trials = shared->options->trials;
    const uint64_t passed = (uint64_t)blocks_done * LANES;
    const uint64_t done = passed < trials ? passed : trials;
    struct hr_error error;

    if (progress == NULL || progress->report(progress->context, done, trials) ||
        done == trials)
        return;
    (void)hr_fail(&error, HR_STOPPED,
                  "stopped after %" PRIu64 " of %" PRIu64
                  " trials; nothing was written",
                  done, trials);
    remember_failure(shared, &error);
}

/* A block's sums have no room while too many blocks after an unfinished one are done.
 */
static void wait_for_room(const struct shared *shared, size_t b)
{
    size_t merged;

    for (;;) {
#pragma omp atomic read acquire
        merged = shared->merged;
        if (b < merged + shared->window)
            return;
        sched_yield();
    }
}

/* Sums are merged in the order of the blocks, by whoever finishes the next of them. */
static void hand_over(struct shared *shared, size_t b)
{
    size_t next;

    omp_set_lock(&shared->merging);
    shared->finished[b % shared->window] = true;
    for (next = shared->merged; shared->finished[next % shared->window]; next++) {
        shared->finished[next % shared->window] = false;
        if (shared->status == HR_OK) {
            collected_merge(shared->collected, &shared->part[next % shared->window]);
            report(shared, next + 1);
        }
    }
#pragma omp atomic write release
    shared->merged = next;
    omp_unset_lock(&shared->merging);
}

/* One thread: blocks as they come. */
static void work(struct shared *shared)
{
    struct collected_counts counts;
    struct block block = {0};
    struct hr_error error = {0};

    if (collected_counts_init(&counts, shared->plan, &error) != HR_OK ||
        block_init(&block, shared->plan, &error) != HR_OK) {
        remember_failure(shared, &error);
    } else if (omp_get_thread_num() == 0) {
        block.stage_seconds = shared->options->stage_seconds;
        shared->collected->threads = omp_get_num_threads();
    }
#pragma omp barrier
#pragma omp for schedule(monotonic : dynamic, 1)
    for (size_t b = 0; b < shared->blocks; b++) {
        wait_for_room(shared, b);
        if (shared->status == HR_OK) {
            run_block(shared, b, &block);
            collected_count(&block, &counts);
            collected_sum(&block, &shared->part[b % shared->window]);
        }
        hand_over(shared, b);
    }
    omp_set_lock(&shared->lock);
    collected_take(shared->collected, &counts);
    omp_unset_lock(&shared->lock);
    block_free(&block);
}

enum hr_status driver_run(const struct plan *plan, const struct driver_options *options,
                          struct collected *collected, struct hr_error *error)
{
    const int threads = driver_threads(options->threads, options->trials);
    struct shared shared = {
        .plan = plan,
        .options = options,
        .collected = collected,
        .blocks = blocks_of(options->trials),
        .window = (size_t)threads * WAITING,
    };
    const double start = wall_seconds();

    if (kernel_choose(options->kernel, &shared.kernel, error) != HR_OK)
        return error->status;
    if (collected_init(collected, plan, (size_t)options->trials, error) != HR_OK)
        return error->status;
    shared.status = parts_init(&shared, error);
    omp_init_lock(&shared.lock);
    omp_init_lock(&shared.merging);
    if (shared.status == HR_OK) {
#pragma omp parallel num_threads(threads)
        work(&shared);
        *error = shared.error;
    }
    omp_destroy_lock(&shared.merging);
    omp_destroy_lock(&shared.lock);
    parts_free(&shared);
    if (shared.status != HR_OK) {
        collected_free(collected);
        return error->status;
    }
    collected->seconds = wall_seconds() - start;
    collected->kernel = shared.kernel.name;
    return HR_OK;
}
