/** @file
 * The sums that a result keeps of its full blocks of trials, taken up again.
 */
#ifndef HEADROOM_SUMS_LOAD_H
#define HEADROOM_SUMS_LOAD_H

#include "headroom/result.h"
#include "histogram.h"
#include "sums.h"

/** Where sums are put. */
struct sums_target {
    struct sums *sums;           /**< of no blocks, of their width */
    struct histogram *histogram; /**< [paths], all 0 */
    size_t paths;
};

/** Read what lies under /sums. HR_BAD_INPUT where a file has none, as those of earlier
 * versions; HR_NOT_HELD where it is not laid out as the run's. */
HR_MUST_CHECK
enum hr_status sums_load(struct hr_result *result, const struct sums_target *target,
                         struct hr_error *error);

#endif
