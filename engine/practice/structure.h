/** @file
 * Stage 2: what was decided earlier takes effect, then lists and organisations are
 * fixed for the quarter.
 *
 * Endings are rare, so a lane at a time: hand-backs (takeover, caretaker,
 * dispersal), organisations' exits, dissolutions, members leaving, members joining.
 */
#ifndef HEADROOM_STRUCTURE_H
#define HEADROOM_STRUCTURE_H

#include "patch.h"
#include "structure_inputs.h"

/** Lists grow, first of all. */
void structure_grow(const struct drivers *drivers, struct patch *patch);

/** The lanes, as bits, in which anything is due in this quarter's stage. Marks the
 * sites it may concern in patch->due and forgets what the last ones there paid. Needs
 * the networks' partners as they were at the end of the quarter before. */
uint64_t structure_due(struct patch *patch, int quarter);

/** Let it take effect in one of those lanes. */
void structure_step(const struct structure_inputs *in, int lane, struct patch *patch,
                    struct lanes *near_ties);

/** At the horizon: reserves and accounts go to their owners, sites in notice accrue
 * their wind-up. */
void structure_close(const struct structure_inputs *in, struct patch *patch);

#endif
