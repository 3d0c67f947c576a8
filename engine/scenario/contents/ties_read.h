/** @file
 * How what a scenario says under `correlation` is read.
 */
#ifndef HEADROOM_TIES_READ_H
#define HEADROOM_TIES_READ_H

#include "input.h"

/** Read the list, which takes the place of what an included file says. */
void ties_read(const struct input *input, struct fy_node *list, const struct place *at);

#endif
