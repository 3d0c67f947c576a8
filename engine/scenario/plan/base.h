/** @file
 * A scenario that is held fast and varied.
 */
#ifndef HEADROOM_SCENARIO_BASE_H
#define HEADROOM_SCENARIO_BASE_H

#include "contents.h"
#include "plan.h"

/** What the base compiles to. */
const struct plan *base_plan(const struct hr_base *base);

/** Whether a change can be read: its key is there, its value one that it may have. */
HR_MUST_CHECK
enum hr_status base_check(const struct hr_base *base, const char *change,
                          struct hr_messages *problems);

/** What its keys must be to each other, and why a calibration is accepted. */
void scenario_check(struct hr_scenario *scenario, struct hr_messages *problems);

/** End a reading: problems in order, and no scenario where there are any. */
HR_MUST_CHECK
enum hr_status scenario_finish(struct hr_scenario *scenario,
                               struct hr_scenario **result,
                               struct hr_messages *problems);

/** Read a scenario as its recipe says. */
HR_MUST_CHECK
enum hr_status scenario_read_recipe(const struct recipe *recipe,
                                    struct hr_scenario **result,
                                    struct hr_messages *problems);

#endif
