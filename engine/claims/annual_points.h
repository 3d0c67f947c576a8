/** @file
 * Totals that have a chance of their own beside the grid: no claim at all, and any
 * number of claims that each reach the limit.
 *
 * The grid has each spread evenly over a cell; these say where it lies.
 */
#ifndef HEADROOM_ANNUAL_POINTS_H
#define HEADROOM_ANNUAL_POINTS_H

#include "annual_law.h"
#include "portfolio.h"

/** Fills the points of @p law, whose grid stands; none where they are negligible. */
HR_MUST_CHECK
enum hr_status annual_points_init(struct annual_law *law,
                                  const struct portfolio *portfolio, double people,
                                  const struct factor_nodes *nodes,
                                  struct hr_error *error);

/** The point that @p x is but for rounding; else @p x. */
double annual_points_snap(const struct annual_law *law, double x);

/** Whether one that has a chance lies there, the ends included. */
bool annual_points_within(const struct annual_law *law, double from, double to);

/** What they add to P(S <= x) and to E[(x-S)+] of the grid. */
double annual_points_below(const struct annual_law *law, double x);
double annual_points_shortfall(const struct annual_law *law, double x);

#endif
