/** @file
 * What a comparison of forms looks like without the assumed terms.
 */
#ifndef HEADROOM_NEUTRAL_H
#define HEADROOM_NEUTRAL_H

#include "contents.h"

/** How many terms neutral_apply() would change. */
size_t neutral_count(const struct hr_scenario *scenario);

/** Give each term that is only an assumption its neutral value, where it has one. */
void neutral_apply(struct hr_scenario *scenario, struct hr_messages *problems);

#endif
