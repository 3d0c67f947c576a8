/** @file
 * Where a command may write what it makes.
 */
#ifndef HEADROOM_PLACE_H
#define HEADROOM_PLACE_H

#include "headroom/error.h"

#include <stdbool.h>
#include <stddef.h>

/** Refuse, whatever is forced, a file that is read itself, by whatever name, and what
 * is no ordinary file. */
HR_MUST_CHECK
enum hr_status place_check(const char *path, const char *const *read, size_t count,
                           struct hr_error *error);

/** Whether both are there and one file, by whatever names. */
bool place_is_same(const char *path, const char *other);

/** Whether nothing is lost there: no file, or an empty one. */
bool place_is_free(const char *path);

#endif
