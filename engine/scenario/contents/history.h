/** @file
 * Past prices that replace the price process.
 */
#ifndef HEADROOM_HISTORY_H
#define HEADROOM_HISTORY_H

#include "contents.h"

/** Read `year,contract,pay,prices,locum` and, where they are known, `list_growth` and
 * `shortage`, one row a year; the first is the model's year 0 and what the prices of
 * the others are relative to. */
void history_read(struct hr_scenario *scenario, const char *text,
                  const struct place *file, struct hr_messages *problems);

#endif
