/** @file
 * A sweep compared point by point.
 */
#ifndef HEADROOM_COMPARE_OVER_H
#define HEADROOM_COMPARE_OVER_H

#include "decision_options.h"

/** One line a point along the axis of the options: who is best, how often, by how much.
 * By the public purse unless the question says otherwise. */
HR_MUST_CHECK
enum hr_status compare_over(struct decision_run *run, struct hr_error *error);

#endif
