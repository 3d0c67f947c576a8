/** @file
 * A result for other programs: a workbook, and tables as text.
 *
 * The same result gives the same bytes. What is at the place is replaced whole or not
 * at all.
 */
#ifndef HEADROOM_EXPORT_H
#define HEADROOM_EXPORT_H

#include "headroom/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Write a workbook (.xlsx): cover, summary, comparison, bearers, years, paths,
 * practices, assumptions, quality. Numbers are numbers, in the unit of their column;
 * what does not exist is an empty cell; there is no formula. Of a sweep a point is
 * chosen before. */
HR_MUST_CHECK
enum hr_status hr_export_workbook(struct hr_result *result, const char *path,
                                  struct hr_error *error);

/** Write tidy tables, one number a row in full precision and its own unit, into a
 * folder that is made where there is none: a file for each group of data sets (one more
 * where some have other axes), assumptions.csv and, of a sweep, points.csv, a row for
 * each point; of a sweep all points, or the one that is chosen; trials, what was drawn
 * for them and quality stay in the result. UTF-8, commas, decimal points. */
HR_MUST_CHECK
enum hr_status hr_export_csv(struct hr_result *result, const char *folder,
                             struct hr_error *error);

#ifdef __cplusplus
}
#endif

#endif
