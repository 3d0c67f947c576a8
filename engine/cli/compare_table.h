/** @file
 * A comparison in the terminal.
 */
#ifndef HEADROOM_COMPARE_TABLE_H
#define HEADROOM_COMPARE_TABLE_H

#include "decision_options.h"

/** After the sentence: a table for each metric, then who bears it. */
void print_compared(const struct decision_run *run);

/** Practice by practice, or how many of them. */
void print_sites(const struct decision_run *run, size_t form);

/** The same of two results. */
void print_results_compared(const struct decision_run *run);

#endif
