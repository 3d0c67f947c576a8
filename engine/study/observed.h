/** @file
 * A table of what was seen, row by row.
 */
#ifndef HEADROOM_OBSERVED_H
#define HEADROOM_OBSERVED_H

#include "csv.h"
#include "observable.h"
#include "score.h"

/** How a row picks practices. */
enum observed_kind { OF_ALL, BY_LIST, BY_PRACTICE };

struct observed_row {
    const struct observable *observable;
    const char *year, *site, *list; /**< as written */
    enum observed_kind kind;
    double from, to; /**< in financial years: both the same at a time */
    double low, high;
    struct observation seen;
    bool fitted;
    bool known; /**< before what is scored */
    size_t row; /**< of the table */
};

struct hr_observed {
    struct csv csv;           /**< owns the words */
    struct observed_row *row; /**< by measure, kind, practice or list, then time */
    size_t rows;
    int base, years; /**< of the scenario */
};

/** The quarters of a row, from 0; where it is known and before the run, negative. */
void observed_quarters(const struct hr_observed *observed,
                       const struct observed_row *row, int *first, int *last);

#endif
