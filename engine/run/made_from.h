/** @file
 * What a result was made from, as it holds it.
 */
#ifndef HEADROOM_MADE_FROM_H
#define HEADROOM_MADE_FROM_H

#include "headroom/result.h"
#include "scenario_plan.h"

/** As hr_run_scenario(), with the plan it compiles to, which the caller frees whatever
 * comes back. */
HR_MUST_CHECK
enum hr_status made_from(const struct hr_result *result, struct hr_scenario **scenario,
                         struct plan *plan, struct hr_error *error);

#endif
