/** @file
 * Ranges of blocks to threads, and what they find into parts.
 *
 * A thread takes a piece of a range, folds it into nodes of the tree of sums by itself
 * and hands these over: nobody waits for anybody, and as the tree is fixed a part has
 * the same bits on one thread and on sixty-four. Several ranges, each of a run of its
 * own, share one queue: a thread that finds nothing left of one goes on with the next.
 */
#ifndef HEADROOM_DRIVER_H
#define HEADROOM_DRIVER_H

#include "job.h"

#include <stdbool.h>
#include <stdint.h>

/** How far the work has come; called from one thread at a time, a few times a second.
 * False stops it. */
struct driver_progress {
    bool (*report)(void *context, uint64_t blocks);
    void *context;
};

struct driver_options {
    int threads;                            /**< from driver_threads() */
    const struct driver_progress *progress; /**< or NULL */
    double until; /**< clock_seconds() at which to stop; 0: never */
    /** Called on the first thread, which is the caller's, between two pieces of its
     * work, with the blocks done so far; false stops it. Or NULL. */
    bool (*attend)(void *attending, uint64_t blocks);
    void *attending;
    double *stage_seconds; /**< one thread's time in each stage, or NULL */
    int *team_size;        /**< how many threads there were, or NULL */
};

/** Where jobs come from, and where they go. Both are called while other threads work.
 */
struct driver_source {
    /** Begin a job (job_begin()); NULL where there is none before another is
     * finished, or none at all. Called on one thread at a time. */
    enum hr_status (*open)(void *context, struct job **job, struct hr_error *error);
    /** All blocks of a job are done (job_end()). Called on any thread. */
    enum hr_status (*close)(void *context, struct job *job, struct hr_error *error);
    void *context;
};

/** Run jobs as they come until none comes any more. Where progress or the time stops
 * it, blocks under way are finished, and jobs that are not are the caller's to end. */
HR_MUST_CHECK
enum hr_status driver_run_jobs(const struct driver_options *options,
                               const struct driver_source *source,
                               struct hr_error *error);

/** Begin a job, run it and end it. */
HR_MUST_CHECK
enum hr_status driver_run(const struct driver_options *options, struct job *job,
                          struct hr_error *error);

enum { MOST_THREADS = 1024 };

/** Threads to use: @p asked, or with 0 as many as OpenMP would take, but no more than
 * there are blocks in @p trials. */
int driver_threads(int asked, uint64_t trials);

#endif
