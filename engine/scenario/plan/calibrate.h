/** @file
 * What practices' costs must be for their partners to earn what they are known to.
 */
#ifndef HEADROOM_CALIBRATE_H
#define HEADROOM_CALIBRATE_H

#include "contents.h"
#include "plan.h"

/** What is accepted of the flat rate over its evidence, money.cost_rate. */
struct calibrate_factor {
    double least, most;
};

/** Where a scenario says nothing else. */
extern const struct calibrate_factor calibrate_usual;

/** What money.calibration_factor says, or the usual. */
struct calibrate_factor calibrate_accepted(const struct hr_scenario *scenario);

/** What the workforce feeds back on itself: burn-out and the pull of leaving peers. */
double calibrate_loop_gain(const struct hr_scenario *scenario);

/** Refuse a workforce that feeds back on itself without bound. */
void calibrate_check_gain(const struct hr_scenario *scenario,
                          struct hr_messages *problems);

/** Set the cost rate of each site of @p plan, its flat rate and its factor, once, on
 * central values in the reference form; NaN where no practice has partners. */
void calibrate_rates(const struct hr_scenario *scenario, struct plan *plan);

/** The same, or what the scenario was given. */
void calibrate(const struct hr_scenario *scenario, struct plan *plan);

#endif
