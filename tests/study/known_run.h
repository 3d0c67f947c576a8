/** @file
 * A run of six practices in memory, and the scenario that it is of.
 */
#ifndef HEADROOM_KNOWN_RUN_H
#define HEADROOM_KNOWN_RUN_H

#include "headroom/decision.h"
#include "headroom/run.h"
#include "headroom/scenario.h"

struct known_run {
    struct hr_scenario *scenario;
    struct hr_runner *runner;
    struct hr_result *result;
};

enum { KNOWN_TRIALS = 32 };

/** Group fixtures; the state is a struct known_run, of KNOWN_TRIALS trials or of 512.
 */
int known_run_open(void **state);
int known_run_open_longer(void **state);
int known_run_close(void **state);

/** An attribute of an analysis, and a place of a data set. */
double known_number(const struct hr_result *analysis, const char *name);
double known_value(struct hr_result *analysis, const char *path, size_t place);

#endif
