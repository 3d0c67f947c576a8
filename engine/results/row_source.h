/** @file
 * Numbers that need not be in memory as a whole: rows, read a stretch at a time.
 */
#ifndef HEADROOM_ROW_SOURCE_H
#define HEADROOM_ROW_SOURCE_H

#include "headroom/error.h"

#include <stddef.h>

/** Numbers @p first to first + count - 1 of one row. */
struct row_stretch {
    size_t row;
    size_t first, count;
};

struct row_source {
    /** Copy a stretch to @p value. */
    enum hr_status (*read)(void *context, const struct row_stretch *stretch,
                           double *value, struct hr_error *error);
    void *context;
};

#endif
