/** @file
 * The columns of a table of practices, each with what stands in it.
 */
#ifndef HEADROOM_TABLE_COLUMNS_H
#define HEADROOM_TABLE_COLUMNS_H

#include "headroom/scenario.h"

#include <stdbool.h>

enum practice_column {
    CODE,
    NAME,
    NETWORK,
    TYPE,
    LIST,
    WEIGHTED_LIST,
    CORE_RATE,
    PARTNER_HEADCOUNT,
    PARTNER_FTE,
    SALARIED_HEADCOUNT,
    SALARIED_FTE,
    FIRST_AGE, /**< from here on a column may be left out */
    LAST_AGE = FIRST_AGE + HR_AGE_BANDS - 1,
    AREA,
    COST_RATE,
    PRACTICE_COLUMNS
};

extern const struct practice_column_row {
    const char *name, *unit;
    double low, high; /**< of a number that is accepted; both 0: words */
    const char *what; /**< in words */
    bool needed;      /**< in every row */
} practice_columns[PRACTICE_COLUMNS];

#endif
