/** @file
 * What in a table of practices is hardly true, although it can be reckoned with.
 */
#ifndef HEADROOM_PLAUSIBLE_H
#define HEADROOM_PLAUSIBLE_H

#include "practices.h"

/** Say it, one sentence a practice and column, of a table as it was read, before
 * anything is filled in. Nothing is changed. Core rates are compared with their own
 * median or, where the table has fewer than three, with @p core_rate. */
void practices_doubt(const struct practice_table *table, double core_rate,
                     const struct place *file, struct hr_messages *doubts);

#endif
