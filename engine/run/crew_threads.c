#include "crew_threads.h"

#include <omp.h>

static void each(size_t workers, size_t items, const struct crew_work *job)
{
#pragma omp parallel for schedule(dynamic) num_threads((int)workers)
    for (size_t i = 0; i < items; i++)
        job->run(job->context, i, (size_t)omp_get_thread_num());
}

struct crew crew_of_threads(size_t workers)
{
    return (struct crew){workers, each};
}
