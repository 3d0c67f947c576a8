/** @file
 * The points of a sweep: listed, and one of them chosen.
 */
#ifndef HEADROOM_SHOW_POINTS_H
#define HEADROOM_SHOW_POINTS_H

#include "headroom/result.h"

/** Whether the result is of a sweep. */
bool points_are_swept(const struct hr_result *result);

/** HR_BAD_INPUT where the result is of a sweep: for what is of one run. */
HR_MUST_CHECK
enum hr_status points_refuse(const struct hr_result *result, struct hr_error *error);

/** Choose point @p point or, where @p at is not NULL, the one point at which an axis
 * has a value, `NAME=VALUE`. HR_BAD_INPUT where there is none, or several. */
HR_MUST_CHECK
enum hr_status points_choose(struct hr_result *result, const char *at, size_t point,
                             struct hr_error *error);

/** One line a point: its values, the form that is best by what the public pays and
 * gets, and by how much over the reference. */
HR_MUST_CHECK
enum hr_status points_print(struct hr_result *result, const char *path,
                            struct hr_error *error);

/** The same as JSON. */
HR_MUST_CHECK
enum hr_status points_write(struct hr_result *result, struct hr_error *error);

#endif
