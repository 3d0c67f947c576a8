/** @file
 * Ranges of blocks to threads, and what they find into a part.
 *
 * A thread takes a piece of the range, folds it into nodes of the tree of sums by
 * itself and hands these over: nobody waits for anybody, and as the tree is fixed the
 * part has the same bits on one thread and on sixty-four.
 */
#ifndef HEADROOM_DRIVER_H
#define HEADROOM_DRIVER_H

#include "kernel.h"
#include "part.h"
#include "queue.h"

#include <stdbool.h>
#include <stdint.h>

/** How far the work has come; called from one thread at a time, a few times a second.
 * False stops it. */
struct driver_progress {
    bool (*report)(void *context, uint64_t blocks);
    void *context;
};

struct driver_options {
    int threads; /**< from driver_threads() */
    struct kernel kernel;
    const struct driver_progress *progress; /**< or NULL */
    double until; /**< clock_seconds() at which to stop; 0: never */
    /** Called on the first thread, which is the caller's, between two pieces of its
     * work, with the blocks done so far; false stops it. Or NULL. */
    bool (*attend)(void *attending, uint64_t blocks);
    void *attending;
    double *stage_seconds; /**< one thread's time in each stage, or NULL */
    int *team_size;        /**< how many threads there were, or NULL */
};

/** Run the blocks of @p range into @p part, which is of none. Where progress or the
 * time stops it, blocks under way are finished, and the part holds the range's first
 * blocks without a gap. On failure the part is of none. */
HR_MUST_CHECK
enum hr_status driver_run(const struct driver_options *options,
                          const struct range *range, struct part *part,
                          struct hr_error *error);

enum { MOST_THREADS = 1024 };

/** Threads to use: @p asked, or with 0 as many as OpenMP would take, but no more than
 * there are blocks in @p trials. */
int driver_threads(int asked, uint64_t trials);

#endif
