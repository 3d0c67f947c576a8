/** @file
 * The order in which what was put in is listed.
 */
#ifndef HEADROOM_INPUTS_ORDER_H
#define HEADROOM_INPUTS_ORDER_H

#include "headroom/result.h"

#include <stddef.h>

/** What was put in, as columns. */
struct inputs {
    const char *const *key, *const *evidence;
    size_t count;
};

/** Places of the assumptions: what rests on least first; of what rests on the same,
 * what moves a form's difference in economic_net_position furthest from its 10 % to its
 * 90 % in the first; then by key. Where the result cannot tell what moves it (it keeps
 * no trials or nothing drawn, or is a point of a sweep) by evidence and key. As the
 * page lists them. @p place has room for all. */
HR_MUST_CHECK
enum hr_status inputs_order(struct hr_result *result, const struct inputs *inputs,
                            size_t *place, struct hr_error *error);

#endif
