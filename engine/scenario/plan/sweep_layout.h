/** @file
 * The points of a sweep.
 */
#ifndef HEADROOM_SWEEP_LAYOUT_H
#define HEADROOM_SWEEP_LAYOUT_H

#include "contents.h"

/** Lay out the points of a scenario that is otherwise complete, and check each value
 * by itself. */
void sweep_settle(struct hr_scenario *scenario, struct hr_messages *problems);

#endif
