/** @file
 * What a result decides by itself: for its scenario's objective how often each form is
 * best, what choosing it costs, and how sure the leader is.
 *
 * Dominance and what is asked by other eyes is left to hr_compare(), which reckons the
 * same numbers by the same functions.
 */
#ifndef HEADROOM_DECIDED_H
#define HEADROOM_DECIDED_H

#include "result_set.h"

/** Add /decision/<objective> and its axes to @p into, which has the axes of points and
 * forms, from the trials that @p from holds. Nothing where the objective is none, or
 * its trials are not there. HR_FAILED where memory ran out. */
HR_MUST_CHECK
enum hr_status decided_add(const struct result_set *from, struct result_set *into,
                           const char *objective, struct hr_error *error);

#endif
