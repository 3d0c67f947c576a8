/** @file
 * A large array piece by piece: what of it is in memory at once.
 */
#ifndef HEADROOM_SLICES_H
#define HEADROOM_SLICES_H

#include "result_set.h"

#include <stdbool.h>

/** Rows of an array, or a stretch of one: as its chunks lie in a file, so that each is
 * written and read once. */
struct slice {
    size_t row, rows;
    size_t first, count; /**< along the last axis */
};

/** An array as rows along its last axis. */
struct slices {
    size_t rows, length;
    struct slice next;
};

/** Whether an array can be taken in slices: only its last two axes are longer than one,
 * and nothing lies along practices, whose order matters. */
bool slices_fit(const struct result_set *set, const struct result_data *data);

/** Of an array that fits. */
struct slices slices_of(const struct result_set *set, const struct result_data *data);

/** The next slice; false after the last. */
bool slices_take(struct slices *slices, struct slice *slice);

/** Numbers in the largest slice. */
size_t slices_room(const struct slices *slices);

/** Read a slice of an array that is not held from its rows. */
HR_MUST_CHECK
enum hr_status slice_read(const struct result_data *data, const struct slice *slice,
                          double *value, struct hr_error *error);

/** Read all of an array, held or not, into @p value. */
HR_MUST_CHECK
enum hr_status slices_read_all(const struct result_set *set,
                               const struct result_data *data, double *value,
                               struct hr_error *error);

#endif
