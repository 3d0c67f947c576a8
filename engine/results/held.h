/** @file
 * What a result is, to those who make one: a file that is open, or numbers in memory.
 */
#ifndef HEADROOM_HELD_H
#define HEADROOM_HELD_H

#include "headroom/result.h"

#include "publish.h"
#include "reader.h"

struct hr_result {
    struct reader reader;
    enum hr_result_proof proof;
    struct result_owner owner; /**< of a result in memory */
    size_t chosen; /**< one more than the point that readers are given; 0: all */
};

/** hr_result_values() of data set @p i of the set. */
HR_MUST_CHECK
enum hr_status result_values_at(struct hr_result *result, size_t i,
                                struct hr_result_values *values,
                                struct hr_error *error);

#endif
