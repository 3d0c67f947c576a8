/** @file
 * Room for many numbers for a moment: memory, or, where that would be too much, a file
 * without a name that is mapped. Of a mapped file the system keeps in memory what there
 * is room for, and takes it back when others need it.
 */
#ifndef HEADROOM_SCRATCH_H
#define HEADROOM_SCRATCH_H

#include "headroom/error.h"

#include <stdbool.h>
#include <stddef.h>

/** Where such room is found. {0}: in memory, however much it is. */
struct scratch_home {
    const char *folder; /**< of the file; NULL: there is none */
    double memory;      /**< bytes above which it is a file */
};

struct scratch {
    double *number; /**< not set */
    size_t bytes;
    bool is_file;
};

/** Room for @p numbers. On failure, such as a full disk, nothing is held. */
HR_MUST_CHECK
enum hr_status scratch_take(struct scratch *scratch, size_t numbers,
                            const struct scratch_home *home, struct hr_error *error);

/** Of {0} harmless. */
void scratch_free(struct scratch *scratch);

#endif
