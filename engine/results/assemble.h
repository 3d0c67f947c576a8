/** @file
 * What a run hands over becomes the description of its result file: which data sets
 * there are, along which axes, and what each number means. results/README.md is this
 * module's account to the reader of a file.
 */
#ifndef HEADROOM_ASSEMBLE_H
#define HEADROOM_ASSEMBLE_H

#include "outcome.h"
#include "result_set.h"

/** Fill @p set, which starts as {0} and borrows from @p outcome. On failure it is
 * empty; otherwise the caller frees it. */
HR_MUST_CHECK
enum hr_status assemble_set(struct result_set *set, const struct outcome *outcome,
                            struct hr_error *error);

#endif
