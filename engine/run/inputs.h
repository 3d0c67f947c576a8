/** @file
 * The inputs of a run as its result file keeps them: parallel columns, made from the
 * scenario and the plan.
 */
#ifndef HEADROOM_INPUTS_H
#define HEADROOM_INPUTS_H

#include "headroom/scenario.h"
#include "outcome.h"
#include "plan.h"

/** Where inputs come from. */
struct inputs_source {
    const struct hr_scenario *scenario;
    const struct plan *plan; /**< what the scenario was compiled to */
    uint64_t trials;         /**< that were run */
};

struct inputs_memory {
    void **piece;
    size_t count;
};

/** A number of a practice, and the flag that says it was imputed (0: it never is). */
struct number_column {
    const char *name;
    const char *unit;
    const char *long_name;
    size_t place; /**< in struct hr_practice */
    unsigned flag;
};

enum { NUMBER_COLUMNS = 10 };

const struct number_column *inputs_number_column(int c);

/** Fill the parts of @p outcome that come before any trial: labels, practices,
 * assumptions, calibration, texts. What they need is allocated into *memory, a list
 * that inputs_free() frees. Pointers into the scenario and the plan are borrowed. */
HR_MUST_CHECK
enum hr_status inputs_fill(const struct inputs_source *source, struct outcome *outcome,
                           struct inputs_memory *memory, struct hr_error *error);
void inputs_free(struct inputs_memory *memory);

/** Zeroed memory that inputs_free() frees; NULL where there is none. */
void *inputs_take(struct inputs_memory *memory, size_t count, size_t size);

#endif
