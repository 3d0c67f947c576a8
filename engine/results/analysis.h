/** @file
 * What was made of a result: a sentence, tables of words and numbers, options.
 *
 * An analysis is a result set of its own kind, with axes of its own. It reads as
 * results do, and goes to JSON and to a file under the same names.
 */
#ifndef HEADROOM_ANALYSIS_H
#define HEADROOM_ANALYSIS_H

#include "headroom/result.h"

#include "result_set.h"

/** Make a result of @p set, which is empty afterwards, whether or not that fails. */
HR_MUST_CHECK
enum hr_status analysis_hold(struct result_set *set, struct hr_result **analysis,
                             struct hr_error *error);

#endif
