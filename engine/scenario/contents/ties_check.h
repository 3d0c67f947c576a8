/** @file
 * Whether assumptions can be drawn together as a scenario says, and how they are.
 */
#ifndef HEADROOM_TIES_CHECK_H
#define HEADROOM_TIES_CHECK_H

#include "contents.h"
#include "plan.h"

/** Refuse what is no draw, ranks that are none, and ranks that contradict each other.
 */
void ties_check(const struct hr_scenario *scenario, struct hr_messages *problems);

/** Warn of what is tied and is one number in every trial. */
void ties_warn(struct hr_scenario *scenario);

/** Into a plan that has its values: the draws that are tied, in the order of the
 * schema, and how each is made of those before it. False where memory ran out. */
HR_MUST_CHECK
bool ties_compile(const struct hr_scenario *scenario, struct plan *plan);

#endif
