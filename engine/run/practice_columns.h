/** @file
 * The table of practices as a result file keeps it: a column each, of numbers and of
 * words.
 */
#ifndef HEADROOM_PRACTICE_COLUMNS_H
#define HEADROOM_PRACTICE_COLUMNS_H

#include "headroom/scenario.h"
#include "inputs_memory.h"
#include "outcome.h"

/** A number of a practice, and the flag that says it was imputed (0: it never is). */
struct number_column {
    const char *name;
    const char *unit;
    const char *long_name;
    size_t place; /**< in struct hr_practice */
    unsigned flag;
};

enum { NUMBER_COLUMNS = 10 };

const struct number_column *practice_number_column(int c);

/** Fill outcome->practices with columns that *memory keeps; false without memory. */
bool practice_columns_fill(const struct hr_scenario *scenario, struct outcome *outcome,
                           struct inputs_memory *memory);

#endif
