/** @file
 * What paths and practices come to, beside the trials.
 */
#ifndef HEADROOM_TOTALS_H
#define HEADROOM_TOTALS_H

#include "headroom/result.h"

#include <stddef.h>

/** A result, or a chosen point of one, and its sizes. */
struct totals {
    struct hr_result *result;
    struct hr_error *error;
    size_t forms, trials, reference;
};

/** Whether means along quarters and over practices come to the means of the trials that
 * they are made from, and differences to the difference of means. What single quarters
 * and practices say is not settled by that. HR_NOT_HELD where one does not. */
HR_MUST_CHECK
enum hr_status totals_check(const struct totals *totals);

#endif
