/** @file
 * The delegated budget of a plan: its laws, and how each site's claims are drawn.
 */
#ifndef HEADROOM_COMPILE_DELEGATED_H
#define HEADROOM_COMPILE_DELEGATED_H

#include "contents.h"
#include "plan.h"

/** Fill plan->delegated, plan->sampler and the sites' age shares; refuse laws and
 * terms that contradict themselves. Needs the plan's sites and values. */
void compile_delegated(const struct hr_scenario *scenario, struct plan *plan,
                       struct hr_messages *problems);

/** Expected claims of a person of @p site at central values, GBP a year. */
double compile_delegated_head(const struct plan *plan, const struct plan_site *site);

#endif
