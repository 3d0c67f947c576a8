/** @file
 * Whether a result that was read is laid out as the table of columns.h says.
 *
 * Whoever asks an open result for a documented data set may rely on its axes, on
 * labels and attributes that are always there, and on numbers that agree with each
 * other. What is not documented, as of a later 1.x, lies along axes of the file.
 */
#ifndef HEADROOM_LAYOUT_H
#define HEADROOM_LAYOUT_H

#include "result_set.h"

/** Whether a set is an analysis, which has axes and data sets of its own. */
bool layout_is_analysis(const struct result_set *set);

/** Refuse with HR_NOT_HELD what is laid out otherwise. */
HR_MUST_CHECK
enum hr_status layout_check(const char *path, const struct result_set *set,
                            struct hr_error *error);

#endif
