/** @file
 * Who is best at each price, in the terminal.
 */
#ifndef HEADROOM_VOI_PRICES_H
#define HEADROOM_VOI_PRICES_H

#include "decision_options.h"

/** Read "unmet=FROM:TO:STEP"; anything else is a usage error. */
struct hr_prices prices_parse(const struct argp_state *state, const char *text);

void print_prices(const struct decision_run *run);

#endif
