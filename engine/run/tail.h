/** @file
 * The last block of a run where it is not full.
 *
 * It stands apart from the run's sums and counts and enters only what is published, so
 * that it can be run again in full when more trials are asked for.
 */
#ifndef HEADROOM_TAIL_H
#define HEADROOM_TAIL_H

#include "kernel.h"
#include "part.h"
#include "quality.h"

/** Start with {0}. */
struct tail {
    size_t trials;        /**< fewer than LANES; 0: there is no tail */
    struct slab slab;     /**< of them */
    struct moments *leaf; /**< [shape->sums] */
    struct lanes *path;   /**< [shape->counted]: numbers that are not yet counted */
    struct quality quality;
};

/** Run what is left of @p trials, all of a run, after its full blocks; nothing where
 * nothing is. @p tail is empty; it is so still on failure. */
HR_MUST_CHECK
enum hr_status tail_run(struct tail *tail, const struct shape *shape,
                        const struct kernel *kernel, uint64_t trials,
                        struct hr_error *error);
void tail_free(struct tail *tail);

#endif
