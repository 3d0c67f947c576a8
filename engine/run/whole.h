/** @file
 * What all trials of a run come to: its part and its tail as one.
 */
#ifndef HEADROOM_WHOLE_H
#define HEADROOM_WHOLE_H

#include "row_source.h"
#include "tail.h"

/** Borrows from the part and the tail where it can; start with {0}. */
struct whole {
    size_t trials;
    const struct part *part;
    const struct tail *tail;
    const struct moments *moments;     /**< [shape->sums] */
    const struct histogram *histogram; /**< [shape->counted] */
    void *memory[2];                   /**< what it does not borrow */
};

/** @p part covers its blocks from the first on without a gap. */
HR_MUST_CHECK
enum hr_status whole_init(struct whole *whole, const struct part *part,
                          const struct tail *tail, struct hr_error *error);
void whole_free(struct whole *whole);

/** Rows of the trial table: the context is the whole. */
HR_MUST_CHECK
enum hr_status whole_read(void *whole, const struct row_stretch *stretch, double *value,
                          struct hr_error *error);

#endif
