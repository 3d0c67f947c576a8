/** @file
 * Names and locks of partial files: whose writer lives, and whose does not.
 */
#ifndef HEADROOM_PARTIAL_NAME_H
#define HEADROOM_PARTIAL_NAME_H

#include <limits.h>
#include <stdbool.h>

/** A new name beside @p place, for a file that is locked or for one that cannot be.
 * False, with errno, where there is none. */
bool partial_name(const char *place, bool locks, char name[PATH_MAX]);

enum lock {
    LOCK_HELD,    /**< as long as the descriptor, or a copy of it, is open */
    LOCK_TAKEN,   /**< by somebody else's descriptor, on any machine */
    LOCK_UNKNOWN, /**< nobody can tell here: there is no lock service */
};

/** Try to lock the whole of an open file for ourselves alone. */
enum lock partial_lock(int file);

/** Whether @p name is still the name of an open file. */
bool partial_is(const char *name, int file);

/** Remove the partial files of @p place that nobody holds. */
void partial_remove_left_behind(const char *place);

#endif
