/** @file
 * A part of a plan by itself: what practices cost.
 */
#ifndef HEADROOM_COMPILE_H
#define HEADROOM_COMPILE_H

#include "contents.h"
#include "plan.h"

/** The sites of a plan and their calibrated cost, whatever it is, and no more. The
 * caller frees it in any case; false where memory ran out. */
HR_MUST_CHECK
bool compile_calibration(const struct hr_scenario *scenario, struct plan *plan);

#endif
