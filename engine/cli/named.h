/** @file
 * Names of files that a command makes, and what they promise.
 */
#ifndef HEADROOM_NAMED_H
#define HEADROOM_NAMED_H

#include <argp.h>

enum named { NAMED_RESULT, NAMED_ANALYSIS, NAMED_WORKBOOK };

/** A usage error where the name of @p path ends like a file of another kind: who opens
 * it would take it for one. A name without an ending promises nothing. */
void check_name(const struct argp_state *state, const char *path, enum named named);

#endif
