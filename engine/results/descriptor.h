/** @file
 * An HDF5 file in a descriptor that is open already.
 *
 * HDF5 opens files by their names, and locks them in a way of its own. A result is
 * written through the one descriptor that was locked for it instead, so that nobody can
 * put another file in between, a file system without locks will do, and the first write
 * that fails is known by its system error, whatever HDF5 makes of it later.
 */
#ifndef HEADROOM_DESCRIPTOR_H
#define HEADROOM_DESCRIPTOR_H

#include "guard.h"

/** Which descriptor, and the first system error met with it, or 0. Outlives the file.
 */
struct descriptor {
    int file;
    int failure;
};

/** A file access list that opens @p descriptor, whatever name is asked for. The guard
 * tells its system errors from now on. */
hid_t descriptor_access(struct guard *guard, struct descriptor *descriptor);

#endif
