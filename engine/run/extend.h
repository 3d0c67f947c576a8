/** @file
 * A result that is there as the first part of a longer run.
 */
#ifndef HEADROOM_EXTEND_H
#define HEADROOM_EXTEND_H

#include "stored_keep.h"

/** HR_BAD_INPUT where the run's result is not there, is of other inputs or numbers, or
 * has as many trials as the run or more. */
HR_MUST_CHECK
enum hr_status extend_check(const struct hr_scenario *scenario, const char *path,
                            struct hr_error *error);

/** Take the full blocks of the result's trials into the run, as a part on disk. */
HR_MUST_CHECK
enum hr_status extend_take(struct stored_run *run, struct hr_error *error);

#endif
