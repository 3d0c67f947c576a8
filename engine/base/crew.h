/** @file
 * Work that may be done by several at once, where somebody above says by how many.
 */
#ifndef HEADROOM_CREW_H
#define HEADROOM_CREW_H

#include <stddef.h>

/** Done for each item once, in any order; items do not meet, nor do workers. */
struct crew_work {
    void (*run)(void *context, size_t item, size_t worker);
    void *context;
};

/** Done once. */
struct crew_task {
    void (*run)(void *context);
    void *context;
};

/** Who does it: @p each returns when all items are done. A crew of {0} is the caller.
 */
struct crew {
    size_t workers;
    void (*each)(size_t workers, size_t items, const struct crew_work *job);
    void (*beside)(const struct crew_task *here, const struct crew_task *there);
};

/** Do two things that do not meet; @p here is done by the caller's own thread. */
static inline void crew_beside(const struct crew *crew, const struct crew_task *here,
                               const struct crew_task *there)
{
    if (crew->beside != NULL && crew->workers > 1) {
        crew->beside(here, there);
        return;
    }
    here->run(here->context);
    there->run(there->context);
}

static inline size_t crew_size(const struct crew *crew)
{
    return crew->each != NULL ? crew->workers : 1;
}

static inline void crew_do(const struct crew *crew, size_t items,
                           const struct crew_work *job)
{
    if (crew->each != NULL) {
        crew->each(crew->workers, items, job);
        return;
    }
    for (size_t i = 0; i < items; i++)
        job->run(job->context, i, 0);
}

#endif
