/** @file
 * What a difference hangs on, where that must be run.
 */
#ifndef HEADROOM_SENSITIVITY_RUNS_H
#define HEADROOM_SENSITIVITY_RUNS_H

#include "decision_options.h"

enum sensitivity_kind {
    SENSITIVITY_FILE,
    SENSITIVITY_TERMS,
    SENSITIVITY_SPLIT,
    SENSITIVITY_SALTELLI,
};

struct sensitivity_options {
    struct decision_options decision;
    enum sensitivity_kind kind;
    int asked;            /**< of the kinds that run */
    const char *saltelli; /**< its keys, or NULL */
    struct hr_again again;
};

/** Run what the options ask for, and print it. */
HR_MUST_CHECK
enum hr_status sensitivity_run(struct decision_run *run,
                               struct sensitivity_options *options,
                               struct hr_error *error);

#endif
