/** @file
 * What a result was made from, with what people state in it.
 */
#ifndef HEADROOM_AS_STATED_H
#define HEADROOM_AS_STATED_H

#include "headroom/result.h"
#include "headroom/scenario.h"

/** The scenario that made_from() has read of a result, anew: with the words by which
 * the result calls its forms, and with the numbers of practices left blank that it says
 * were imputed, so that they are imputed again. The caller frees it. */
HR_MUST_CHECK
enum hr_status as_stated(struct hr_result *result, const struct hr_scenario *made_from,
                         struct hr_scenario **scenario, struct hr_error *error);

#endif
