/** @file
 * What a scenario says under `store`: which of the tables by trial a result keeps.
 */
#ifndef HEADROOM_STORE_KEYS_H
#define HEADROOM_STORE_KEYS_H

#include "messages.h"

struct hr_scenario;
struct plan;

/** Refuse metrics that there are not. */
void store_keys_check(const struct hr_scenario *scenario, struct hr_messages *problems);

/** Into the plan. */
void store_keys_compile(const struct hr_scenario *scenario, struct plan *plan);

#endif
