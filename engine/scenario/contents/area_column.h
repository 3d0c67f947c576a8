/** @file
 * The areas of a table of practices: what in them cannot be, and what is to be known.
 */
#ifndef HEADROOM_AREA_COLUMN_H
#define HEADROOM_AREA_COLUMN_H

#include "practices.h"

/** Refuse two areas that would share a draw. */
void areas_check(const struct practice_table *table, const struct place *file,
                 struct hr_messages *problems);

/** Note practices without an area beside others that have one, and networks that lie in
 * several areas. One sentence each. */
void areas_note(const struct practice_table *table, const struct place *file,
                struct hr_messages *warnings);

#endif
