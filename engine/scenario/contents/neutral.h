/** @file
 * What a comparison of forms looks like without the assumed terms.
 */
#ifndef HEADROOM_NEUTRAL_H
#define HEADROOM_NEUTRAL_H

#include "contents.h"

/** How many numbers neutral_apply() would change. */
size_t neutral_count(const struct hr_scenario *scenario, enum hr_neutral what);

/** Give each number of @p what that is only an assumption its neutral value, where it
 * has one. */
void neutral_apply(struct hr_scenario *scenario, enum hr_neutral what,
                   struct hr_messages *problems);

#endif
