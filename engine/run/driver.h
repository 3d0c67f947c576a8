/** @file
 * Blocks of trials to threads, and their results back in order.
 *
 * A block's partial statistics are merged in the order of the blocks, never in the
 * order they finish, so the result has the same bits on one thread and on sixty-four.
 */
#ifndef HEADROOM_DRIVER_H
#define HEADROOM_DRIVER_H

#include "collected.h"
#include "kernel.h"

#include <stdbool.h>
#include <stdint.h>

/** How far a run has come; called from one thread at a time, a few times a second.
 * False stops the run. */
struct driver_progress {
    bool (*report)(void *context, uint64_t done, uint64_t trials);
    void *context;
};

struct driver_options {
    uint64_t trials;
    int threads;        /**< 0: as many as OpenMP would take */
    const char *kernel; /**< instruction set, or NULL for the best */
    const struct driver_progress *progress; /**< or NULL */
    double *stage_seconds; /**< one thread's time in each stage, or NULL */
};

/** Run trials 0 to options->trials - 1 and fill @p collected, which the caller frees
 * with collected_free(). */
HR_MUST_CHECK
enum hr_status driver_run(const struct plan *plan, const struct driver_options *options,
                          struct collected *collected, struct hr_error *error);

/** Threads that driver_run() would use: @p asked, or with 0 as many as OpenMP would
 * take, but no more than there are blocks of @p trials. */
int driver_threads(int asked, uint64_t trials);

#endif
