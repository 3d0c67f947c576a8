/** @file
 * How what a scenario says under `stop` is read, checked and asked for.
 */
#ifndef HEADROOM_STOP_READ_H
#define HEADROOM_STOP_READ_H

#include "input.h"
#include "stop.h"

/** Read the list under stop.targets. */
void stop_read_targets(const struct input *input, struct fy_node *list,
                       const struct place *at);

/** Of a scenario that is otherwise complete: what stop says, or that the command line
 * says trials instead. Where it is on, `trials` is that of the last look. */
void stop_settle(struct hr_scenario *scenario, struct hr_messages *problems);

#endif
