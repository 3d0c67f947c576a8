/** @file
 * What a run says of itself: do its books balance, and do work and hands fit?
 */
#ifndef HEADROOM_QUALITY_H
#define HEADROOM_QUALITY_H

#include "moments.h"
#include "slab.h"

/** Of some trials. Start with {0}. */
struct quality {
    uint64_t near_tie_trials; /**< with a comparison too close to call */
    double imbalance;         /**< worst of any trial */
    struct moments *workload; /**< [form]; NULL before the first slab */
};

/** Add the trials of a slab. */
HR_MUST_CHECK
enum hr_status quality_add(struct quality *quality, const struct slab *slab,
                           const struct shape *shape, struct hr_error *error);
void quality_free(struct quality *quality);

#endif
