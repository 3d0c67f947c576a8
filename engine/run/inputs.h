/** @file
 * The inputs of a run as its result file keeps them: parallel columns, made from the
 * scenario and the plan.
 */
#ifndef HEADROOM_INPUTS_H
#define HEADROOM_INPUTS_H

#include "headroom/scenario.h"
#include "inputs_memory.h"
#include "outcome.h"
#include "plan.h"

/** Where inputs come from. */
struct inputs_source {
    const struct hr_scenario *scenario;
    const struct plan *plan; /**< what the scenario was compiled to */
    uint64_t trials;         /**< that were run */
};

/** Fill the parts of @p outcome that come before any trial: labels, practices,
 * assumptions, calibration, texts. What they need is allocated into *memory, a list
 * that inputs_free() frees. Pointers into the scenario and the plan are borrowed. */
HR_MUST_CHECK
enum hr_status inputs_fill(const struct inputs_source *source, struct outcome *outcome,
                           struct inputs_memory *memory, struct hr_error *error);

#endif
