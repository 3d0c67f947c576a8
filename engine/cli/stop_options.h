/** @file
 * Ending a run once enough is known: its options, and what is said of it.
 */
#ifndef HEADROOM_STOP_OPTIONS_H
#define HEADROOM_STOP_OPTIONS_H

#include "command.h"

/** Its input. Starts with {.scenario = ...}. */
struct stop_options {
    struct scenario_options *scenario; /**< of which they are changes */
    char change[4][96];
    int changes;
};

/** --stop, --objective, --max-trials and --max-seconds, as changes of the scenario's
 * keys under stop. */
extern const struct argp stop_argp;

/** Say why the run ended where it did; nothing where its trials were given. */
void stop_print(const struct hr_run_facts *facts);

#endif
