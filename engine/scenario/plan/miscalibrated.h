/** @file
 * Why a calibration is not accepted: which practices, in their table, and what to do.
 */
#ifndef HEADROOM_MISCALIBRATED_H
#define HEADROOM_MISCALIBRATED_H

#include "calibrate.h"

/** Refuse a calibration whose factor is not accepted, unless it was given. Name the
 * practices whose own cost, for their partners to earn the known income, lies farthest
 * beyond what is accepted, each with the cells to leave blank, until with those the
 * flat rate would be accepted; and say what the whole comes to. */
void miscalibrated_check(const struct hr_scenario *scenario, const struct plan *plan,
                         struct hr_messages *problems);

/** Refuse that more than the usual is accepted without a stated reason. */
void miscalibrated_check_reason(const struct hr_scenario *scenario,
                                struct hr_messages *problems);

#endif
