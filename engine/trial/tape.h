/** @file
 * A tape that records one lane of a block quarter by quarter: how a trial is replayed
 * with its full ledger.
 *
 * Columns are rows of tables; a value is read where the state keeps it.
 */
#ifndef HEADROOM_TAPE_H
#define HEADROOM_TAPE_H

#include "block.h"

/** A recorded quantity: its name, its unit and where it stands. */
struct tape_column {
    const char *name;
    const char *unit;
    size_t place; /**< in lanes from the start of the struct it belongs to */
};

extern const struct tape_column tape_site_columns[];
extern const struct tape_column tape_organisation_columns[];
extern const struct tape_column tape_ledger_columns[];
extern const struct tape_column tape_driver_columns[];
extern const size_t tape_site_count, tape_organisation_count, tape_ledger_count,
    tape_driver_count;

/** All arrays are one allocation; index [form][unit][quarter][column]. */
struct tape {
    int lane;
    double *site;
    double *organisation; /**< of form f from organisations_before[f] */
    double *ledger;       /**< [form][quarter][column] */
    double *driver;       /**< [quarter][column] */
    size_t *organisations_before;
};

HR_MUST_CHECK
enum hr_status tape_init(struct tape *tape, const struct plan *plan, int lane,
                         struct hr_error *error);
void tape_free(struct tape *tape);

/** Record the quarter just simulated: of the area at hand its practices and
 * organisations, and the ledger of the areas so far. */
void tape_record(struct tape *tape, const struct block *block, int quarter);

/** The columns of one site, organisation or ledger in one quarter. */
const double *tape_site(const struct tape *tape, const struct plan *plan, size_t form,
                        size_t site, int quarter);
const double *tape_organisation(const struct tape *tape, const struct plan *plan,
                                size_t form, int organisation, int quarter);
const double *tape_ledger(const struct tape *tape, const struct plan *plan, size_t form,
                          int quarter);

#endif
