/** @file
 * A file for a moment, where the user keeps such: $TMPDIR, else /tmp.
 */
#ifndef HEADROOM_TEMPORARY_H
#define HEADROOM_TEMPORARY_H

#include "headroom/error.h"

#include <limits.h>

/** Make an empty file headroom-@p what-XXXXXX and say its path; the caller unlinks it.
 */
HR_MUST_CHECK
enum hr_status temporary_file(const char *what, char path[PATH_MAX],
                              struct hr_error *error);

#endif
