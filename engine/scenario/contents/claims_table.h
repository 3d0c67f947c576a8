/** @file
 * Observed costs of claims, or their quantiles, for a delegated budget.
 */
#ifndef HEADROOM_CLAIMS_TABLE_H
#define HEADROOM_CLAIMS_TABLE_H

#include "contents.h"

/** Read column `cost`, each row one claim, or `probability` and `cost`, points of the
 * quantile function; into scenario->claims, scaled to mean 1. */
void claims_table_read(struct hr_scenario *scenario, const char *text,
                       const struct place *file, struct hr_messages *problems);

#endif
