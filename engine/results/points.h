/** @file
 * One point of a sweep, as readers of a run want it.
 */
#ifndef HEADROOM_POINTS_H
#define HEADROOM_POINTS_H

#include "headroom/result.h"

/** Leave of a data set what the chosen point has, where one is chosen. */
void points_narrow(const struct hr_result *result, const char *path,
                   struct hr_result_values *values);

#endif
