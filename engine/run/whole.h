/** @file
 * What all trials of a run come to: its part and its tail as one.
 */
#ifndef HEADROOM_WHOLE_H
#define HEADROOM_WHOLE_H

#include "tail.h"

/** Borrows from the part and the tail where it can; start with {0}. */
struct whole {
    size_t trials;
    const double *table;               /**< [row][trial] */
    const struct moments *moments;     /**< [shape->sums] */
    const struct histogram *histogram; /**< [path] */
    void *memory[3];                   /**< what it does not borrow */
};

/** @p part covers its blocks from the first on without a gap. */
HR_MUST_CHECK
enum hr_status whole_init(struct whole *whole, const struct part *part,
                          const struct tail *tail, struct hr_error *error);
void whole_free(struct whole *whole);

/** Trials of a row of the trial table. */
static inline const double *whole_row(const struct whole *whole, size_t row)
{
    return &whole->table[row * whole->trials];
}

#endif
