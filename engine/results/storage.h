/** @file
 * Whether a data set is kept as ours are, before any of it is read.
 *
 * In the file itself, not elsewhere; through filters that every reader has; of a type
 * that needs no conversion; and no larger than what the file holds of it can become.
 */
#ifndef HEADROOM_STORAGE_H
#define HEADROOM_STORAGE_H

#include "read_items.h"

/** Refuse what is not so. */
void storage_check(struct reading *reading, hid_t data_set, const char *path);

#endif
