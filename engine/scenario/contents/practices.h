/** @file
 * The table of practices: read from CSV, checked, completed and sorted.
 */
#ifndef HEADROOM_PRACTICES_H
#define HEADROOM_PRACTICES_H

#include "messages.h"
#include "store.h"

struct practice_table {
    struct hr_practice *practice; /**< by ascending code; its texts are the store's */
    size_t count;
    bool has_age_bands;
    bool has_areas;
    bool has_cost_rates; /**< and so a calibration: none is made */
};

/** Values that fill what the table lacks. */
struct imputation {
    double core_rate; /**< in the price year of the table */
    double weight_ratio;
    double fte_per_head[2];
};

enum {
    SMALLEST_LIST = 500, /**< patients; smaller lists are left out */
    /** More patients to a GP are an error of the data: GPs booked elsewhere. */
    MOST_PATIENTS_PER_FTE = 6000,
};

/** Read rows as they are written: NaN where a cell is blank. All that is wrong with
 * the file is reported at once. @p name is the file as shown to the user. */
void practices_read(struct practice_table *table, const char *text,
                    const struct place *file, struct store *store,
                    struct hr_messages *problems);

/** Leave out small lists, fill blanks and implausible fte, and flag what was filled. */
void practices_impute(struct practice_table *table, const struct imputation *values,
                      const struct place *file, struct hr_messages *warnings,
                      struct hr_messages *problems);

/** As CSV, with @p cost_rates where it has them; the caller frees it; NULL where memory
 * ran out. */
char *practices_csv(const struct practice_table *table, bool cost_rates);

void practices_free(struct practice_table *table);

#endif
