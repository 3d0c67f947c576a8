/** @file
 * What an open run has to show: its outcome, as a file or a result in memory holds it.
 */
#ifndef HEADROOM_HARVEST_H
#define HEADROOM_HARVEST_H

#include "beside.h"
#include "inputs.h"
#include "runner.h"
#include "whole.h"

#include <limits.h>

/** The outcome borrows from the others and from the run. */
struct harvest {
    struct outcome outcome;
    struct whole whole;
    struct beside neutral[OUTCOME_NEUTRALS];
    struct inputs_memory memory;
    char host[160];
    char finished[RUNNER_TEXT];
    char price_base[RUNNER_TEXT];
    char stop_rule[512];
    char folder[PATH_MAX]; /**< in which the result is to lie */
};

/** All trials so far. On failure nothing is held. */
HR_MUST_CHECK
enum hr_status harvest_init(struct harvest *harvest, const struct hr_runner *runner,
                            struct hr_error *error);

/** Columns that would be too much to hold lie beside the result @p path meanwhile. */
void harvest_beside(struct harvest *harvest, const struct hr_runner *runner,
                    const char *path);
void harvest_free(struct harvest *harvest);

#endif
