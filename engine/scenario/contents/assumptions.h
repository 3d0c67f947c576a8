/** @file
 * The table of everything a scenario assumes, for display and for the result set.
 */
#ifndef HEADROOM_ASSUMPTIONS_H
#define HEADROOM_ASSUMPTIONS_H

#include "contents.h"

/** Build or rebuild the scenario's table from its settings. */
void assumptions_build(struct hr_scenario *scenario);

#endif
