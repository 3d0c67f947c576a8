/** @file
 * A calibration that a scenario does not make: given in its own files, or carried from
 * the scenario of which it is a change.
 *
 * Costs are what today's practices were seen to have, and so what is asked of a model
 * does not change them: only keys of the patch do.
 */
#ifndef HEADROOM_CARRIED_H
#define HEADROOM_CARRIED_H

#include "contents.h"
#include "plan.h"

/** Whether override @p text changes what costs are calibrated to, so that they are
 * calibrated with it. */
bool carried_is_of_patch(const char *text);

/** Refuse half of a calibration. Where a new one is asked for, drop what is given. */
void carried_check(struct hr_scenario *scenario, struct hr_messages *problems);

/** Give @p scenario the calibration that @p base was compiled with, unless its own is
 * the same to the bit; a note says what was kept and what its own would be. */
void carried_take(struct hr_scenario *scenario, const struct plan *base,
                  struct hr_messages *problems);

/** Whose calibration a scenario that was read has. */
enum carried_from {
    CARRIED_FROM_NONE,   /**< its own, of which nothing needs saying; or one given */
    CARRIED_FROM_ITSELF, /**< its own, with its changes, as it asks */
    CARRIED_FROM_BASE,   /**< that of its recipe's base */
    CARRIED_FROM_FILES,  /**< of what its files say without the changes, but for those
                              of the patch */
};

enum carried_from carried_from(const struct hr_scenario *scenario);

/** Note that it is its own: as it asks, or because without the changes its files do not
 * stand by themselves. */
void carried_say_own(struct hr_scenario *scenario);
void carried_say_none(struct hr_scenario *scenario);

#endif
