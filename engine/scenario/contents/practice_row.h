/** @file
 * A practice as a row of the table of practices.
 */
#ifndef HEADROOM_PRACTICE_ROW_H
#define HEADROOM_PRACTICE_ROW_H

#include "headroom/scenario.h"

#include <stdio.h>

/** The columns that a table may lack. */
struct practice_columns {
    int age_bands;
    bool area, cost_rate;
};

/** Print @p practice to @p out in the order of the table's columns, blank where a
 * number is NaN. */
void practice_row_print(FILE *out, const struct hr_practice *practice,
                        const struct practice_columns *columns);

#endif
