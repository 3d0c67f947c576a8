/** @file
 * Whether the rank correlations that a result says its draws have are theirs.
 */
#ifndef HEADROOM_CORRELATED_CHECK_H
#define HEADROOM_CORRELATED_CHECK_H

#include "headroom/result.h"

/** Whether what a result says there follows from its parameters, where it holds them,
 * and is within 4 standard errors of what was asked for, on the scale of Fisher's z; of
 * several pairs all together as rarely beyond as one. Of draws with few values, or many
 * at an end of their range, ranks are tied and nothing is asked. */
HR_MUST_CHECK
enum hr_status correlated_check(struct hr_result *result, struct hr_error *error);

#endif
