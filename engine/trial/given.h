/** @file
 * A form that is not simulated: what it came to in the same trials is known.
 *
 * Points of a sweep differ in a form or two, and all compare with the reference: it is
 * simulated once and then given. Only what the last stages write of a form is kept.
 */
#ifndef HEADROOM_GIVEN_H
#define HEADROOM_GIVEN_H

#include "block.h"
#include "flows.h"

#include <string.h>

/** Lanes of a form in one block. */
static inline size_t given_size(const struct plan *plan)
{
    return (size_t)SERIES_COUNT * (size_t)plan->quarters + flows_size(plan->quarters) +
           METRICS + plan->sites * SITE_METRICS;
}

/** A stretch of a block that belongs to one form. */
struct given_stretch {
    struct lanes *first;
    size_t count;
};

enum { GIVEN_STRETCHES = 4 };

static inline void given_stretches(const struct block *block, size_t form,
                                   struct given_stretch stretch[GIVEN_STRETCHES])
{
    const struct plan *plan = block->whole;
    const size_t count[GIVEN_STRETCHES] = {
        (size_t)SERIES_COUNT * (size_t)plan->quarters, flows_size(plan->quarters),
        METRICS, plan->sites * SITE_METRICS};
    struct lanes *const all[GIVEN_STRETCHES] = {block->series, block->flows,
                                                block->metric, block->site_metric};

    for (int k = 0; k < GIVEN_STRETCHES; k++)
        stretch[k] = (struct given_stretch){all[k] + form * count[k], count[k]};
}

/** Keep what a form came to in a finished block: given_size() lanes. */
static inline void given_keep(const struct block *block, size_t form, struct lanes *to)
{
    struct given_stretch stretch[GIVEN_STRETCHES];

    given_stretches(block, form, stretch);
    for (int k = 0; k < GIVEN_STRETCHES; k++) {
        memcpy(to, stretch[k].first, stretch[k].count * sizeof(*to));
        to += stretch[k].count;
    }
}

/** Put what was kept of the plan's last form into its place. */
static inline void given_take(const struct block *block)
{
    const struct plan *plan = block->whole;
    const struct lanes *from = plan->given + block->first / LANES * given_size(plan);
    struct given_stretch stretch[GIVEN_STRETCHES];

    given_stretches(block, plan->forms - 1, stretch);
    for (int k = 0; k < GIVEN_STRETCHES; k++) {
        memcpy(stretch[k].first, from, stretch[k].count * sizeof(*from));
        from += stretch[k].count;
    }
}

#endif
