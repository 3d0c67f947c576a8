/** @file
 * A last line after the HDF5 file that says what bytes stand before it.
 *
 * HDF5 does not check all that it reads, and may come down over what a flipped bit
 * turned into nonsense: the seal is checked without it. Readers of HDF5 ignore the
 * line.
 */
#ifndef HEADROOM_SEAL_H
#define HEADROOM_SEAL_H

#include "headroom/error.h"

enum seal_state {
    SEAL_HOLDS,
    SEAL_ABSENT, /**< as where another program opened the file for writing, which cuts
                      it off, or wrote a copy */
    SEAL_UNKNOWN, /**< the file could not be opened */
};

/** Append the seal to a finished file, open for reading and writing. @p name is what
 * sentences call it. */
HR_MUST_CHECK
enum hr_status seal_add(int descriptor, const char *name, struct hr_error *error);

/** HR_NOT_HELD where the bytes are not those that were sealed; HR_BAD_INPUT where there
 * is no seal and the file is not HDF5. */
HR_MUST_CHECK
enum hr_status seal_check(const char *path, enum seal_state *state,
                          struct hr_error *error);

#endif
