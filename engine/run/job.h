/** @file
 * Some blocks of one run that are to be run, and what is found.
 */
#ifndef HEADROOM_JOB_H
#define HEADROOM_JOB_H

#include "kernel.h"
#include "part.h"
#include "queue.h"

#include <stdbool.h>

/** A range of blocks of one run. */
struct job {
    struct kernel kernel;
    struct range range;
    struct part *part; /**< where what is found goes; of none at first */
    void *owner;       /**< whatever the source likes */
    /* Of the driver. */
    struct slab slab;
    struct queue queue;
    uint64_t done; /**< blocks */
    int hands;     /**< threads that hold something of it */
    struct job *next;
};

/** Room for what a job will find. */
HR_MUST_CHECK
enum hr_status job_begin(struct job *job, struct hr_error *error);

/** The job's part has the range's first blocks, as many as are done. On failure it is
 * of none. */
HR_MUST_CHECK
enum hr_status job_end(struct job *job, struct hr_error *error);

/** Let go of what was found. */
void job_drop(struct job *job);

static inline bool job_is_done(const struct job *job)
{
    return job->done == job->range.last - job->range.first;
}

#endif
