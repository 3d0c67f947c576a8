/** @file
 * What a file of an earlier version lacks, said wherever it is read.
 */
#ifndef HEADROOM_LACKS_H
#define HEADROOM_LACKS_H

#include "headroom/result.h"

#include "json.h"

/** Print a note of it, in lines of at most @p width; nothing where it lacks nothing. */
void lacks_print(const struct hr_result *result, int width);

/** Write its paths as the list "lacks". */
void lacks_write(struct json *json, const struct hr_result *result);

#endif
