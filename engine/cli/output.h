/** @file
 * Where a result goes when nobody says.
 */
#ifndef HEADROOM_OUTPUT_H
#define HEADROOM_OUTPUT_H

#include "command.h"

enum { LONGEST_PATH = 4096 };

/** NAME.h5 after the scenario's file, with the changes made by -s in its name; in the
 * results/ folder beside the scenario or beside its scenarios/ folder where there is
 * one that can be written, else here. */
void output_default(const struct scenario_options *options, char path[LONGEST_PATH]);

/** The changes made by -s as they were given, one a line; to be freed. The empty text
 * where there are none, NULL where memory ran out. */
char *output_changes(const struct scenario_options *options);

#endif
