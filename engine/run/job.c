#include "job.h"

enum hr_status job_begin(struct job *job, struct hr_error *error)
{
    const uint64_t blocks = job->range.last - job->range.first;

    job->queue = queue_of(&job->range, 1);
    job->done = 0;
    job->hands = 0;
    job->next = NULL;
    return slab_init(&job->slab, job->part->shape, job->range.first * LANES,
                     (size_t)blocks * LANES, error);
}

enum hr_status job_end(struct job *job, struct hr_error *error)
{
    enum hr_status status;

    job->slab.trials = (size_t)job->done * LANES;
    status = part_take_slab(job->part, job->slab, error);
    job->slab = (struct slab){0};
    if (status != HR_OK)
        part_free(job->part);
    return status;
}

void job_drop(struct job *job)
{
    slab_free(&job->slab);
    part_free(job->part);
}
