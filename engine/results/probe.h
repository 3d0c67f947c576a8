/** @file
 * Looking at a file in a process of its own, which may die of it.
 *
 * HDF5 trusts much of what it reads, and comes down over, or turns in circles on, a
 * file that was made or damaged so. What looks at a file first does so here: whatever
 * happens to it becomes a sentence.
 */
#ifndef HEADROOM_PROBE_H
#define HEADROOM_PROBE_H

#include "headroom/error.h"

/** Call @p look in a child process and pass on its status and sentence. HR_BAD_INPUT
 * where it does not come back, or takes far longer than a file of its size may. It
 * changes nothing in this process, and what it prints is lost. */
HR_MUST_CHECK
enum hr_status probe_file(const char *path,
                          enum hr_status (*look)(void *context, struct hr_error *error),
                          void *context, struct hr_error *error);

#endif
