#include "crew_threads.h"

#include <omp.h>

static void each(size_t workers, size_t items, const struct crew_work *job)
{
#pragma omp parallel for schedule(dynamic) num_threads((int)workers)
    for (size_t i = 0; i < items; i++)
        job->run(job->context, i, (size_t)omp_get_thread_num());
}

/* One after the other where there is no second thread. */
static void beside(const struct crew_task *here, const struct crew_task *there)
{
#pragma omp parallel num_threads(2)
    {
        if (omp_get_thread_num() == 0)
            here->run(here->context);
        if (omp_get_thread_num() == omp_get_num_threads() - 1)
            there->run(there->context);
    }
}

struct crew crew_of_threads(size_t workers)
{
    return (struct crew){workers, each, beside};
}
