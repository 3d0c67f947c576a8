/** @file
 * Going through the groups and data sets of a file, which nest as ours do.
 */
#ifndef HEADROOM_WALK_H
#define HEADROOM_WALK_H

#include "read_items.h"

typedef void walk_visit(struct reading *reading, hid_t object, const char *path);

/** Call @p data_set and @p group (either may be NULL) for each below the root. Refused
 * are links that lead elsewhere, objects with two names, which may go round in circles,
 * groups too deep and things too many. */
void walk_file(struct reading *reading, walk_visit *data_set, walk_visit *group);

#endif
