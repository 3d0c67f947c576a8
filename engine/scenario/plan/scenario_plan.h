/** @file
 * What the layers above read of a scenario: its plan, and what names it.
 */
#ifndef HEADROOM_SCENARIO_PLAN_H
#define HEADROOM_SCENARIO_PLAN_H

#include "headroom/scenario.h"
#include "plan.h"

/** All that a trial reads. The caller frees the plan with plan_free(). A scenario that
 * was read compiles, unless memory runs out: reading refuses one whose calibration
 * leaves its range or whose workforce feeds back on itself. */
HR_MUST_CHECK
enum hr_status scenario_compile(const struct hr_scenario *scenario, struct plan *plan,
                                struct hr_messages *problems);

enum {
    SCENARIO_IDENTITY = 65 /**< characters of an identity, the final NUL included */
};

/** What names a run: a hash of all that its trials read - values of keys, practices,
 * histories, claims tables, calibrated costs, seed, the engine's numbers -, and of
 * nothing else: texts, sources, trials and threads are out. @p plan is what the
 * scenario compiled to. False where memory ran out. */
bool scenario_identity(const struct hr_scenario *scenario, const struct plan *plan,
                       char identity[SCENARIO_IDENTITY]);

/** The table of practices as a scenario has it, with @p practice, as many and in the
 * same order, in the place of its own: a number that is NaN is blank. The caller frees
 * it; NULL where memory ran out. */
char *scenario_practices_with(const struct hr_scenario *scenario,
                              struct hr_practice *practice);

#endif
