/** @file
 * What a result says of its trials, and whether that follows from them.
 */
#ifndef HEADROOM_DERIVED_H
#define HEADROOM_DERIVED_H

#include "headroom/result.h"

#include <stdbool.h>
#include <stddef.h>

/** The largest of @p n numbers, none below zero; a NaN is the worst. */
double derived_worst(const double *values, size_t n);

/** Compute anew what the file decides, where it does. */
HR_MUST_CHECK
enum hr_status derived_check_decision(struct hr_result *result, struct hr_error *error);

#endif
