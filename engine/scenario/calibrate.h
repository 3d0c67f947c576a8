/** @file
 * What practices' costs must be for their partners to earn what they are known to.
 */
#ifndef HEADROOM_CALIBRATE_H
#define HEADROOM_CALIBRATE_H

#include "contents.h"
#include "plan.h"

/** What is accepted of the flat rate over its evidence. */
extern const double calibrate_least_factor, calibrate_most_factor;

/** What the workforce feeds back on itself: burn-out and the pull of leaving peers. */
double calibrate_loop_gain(const struct hr_scenario *scenario);

/** Refuse a workforce that feeds back on itself without bound. */
void calibrate_check_gain(const struct hr_scenario *scenario,
                          struct hr_messages *problems);

/** Set the cost rate of each site of @p plan, its flat rate and its factor, once, on
 * central values in the reference form. Refused where the factor leaves [0.5, 1.5]. */
void calibrate(const struct hr_scenario *scenario, struct plan *plan,
               struct hr_messages *problems);

#endif
