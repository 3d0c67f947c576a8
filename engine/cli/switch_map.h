/** @file
 * Which form is best on a grid of two assumptions.
 */
#ifndef HEADROOM_SWITCH_MAP_H
#define HEADROOM_SWITCH_MAP_H

#include "decision_options.h"

/** Map the two keys of the question, by running each cell where @p again is not NULL,
 * and print it; a grid of zeros is the usual. */
HR_MUST_CHECK
enum hr_status switch_map(struct decision_run *run, size_t grid[2],
                          const struct hr_again *again, struct hr_error *error);

#endif
