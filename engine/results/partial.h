/** @file
 * The file beside a result's place in which it is written: `NAME.partial.HOST.PID`.
 *
 * Its name says which process of which machine writes it. A writer that was killed
 * leaves its partial file behind; the next to write the same result on that machine
 * sees that the process is no more, and removes it.
 */
#ifndef HEADROOM_PARTIAL_H
#define HEADROOM_PARTIAL_H

#include "headroom/error.h"

#include <limits.h>

/** Make the partial file of @p path, empty, and tell its name. HR_BAD_INPUT where no
 * file can be put under @p path, whatever its content. */
HR_MUST_CHECK
enum hr_status partial_create(const char *path, char partial[PATH_MAX],
                              struct hr_error *error);

#endif
