/** @file
 * Observed costs of claims, or their quantiles, for a delegated budget.
 */
#ifndef HEADROOM_CLAIMS_TABLE_H
#define HEADROOM_CLAIMS_TABLE_H

#include "contents.h"

/** What a table may hold. */
enum claims_columns {
    CLAIMS_ANY,       /**< whichever its header says */
    CLAIMS_VALUES,    /**< `cost` alone: each row one claim */
    CLAIMS_QUANTILES, /**< `probability` and `cost`: points of the quantile function */
};

/** Read a table into @p law, in the money of the table. False, with messages, where it
 * is none, or not one of such columns. */
bool claims_table_law(const char *text, const struct place *file,
                      enum claims_columns columns, struct severity *law,
                      struct hr_messages *problems);

/** Read column `cost`, each row one claim, or `probability` and `cost`, points of the
 * quantile function; into scenario->claims, scaled to mean 1. */
void claims_table_read(struct hr_scenario *scenario, const char *text,
                       const struct place *file, struct hr_messages *problems);

#endif
