/** @file
 * A run that is open: what the public functions of run.h work on.
 */
#ifndef HEADROOM_RUNNER_STATE_H
#define HEADROOM_RUNNER_STATE_H

#include "headroom/run.h"

#include "driver.h"
#include "quality.h"
#include "tail.h"

enum { RUNNER_TEXT = 64 };

struct hr_runner {
    const struct hr_scenario *scenario;
    struct hr_run_options options;
    struct plan plan;
    struct shape shape;
    struct kernel kernel;
    struct part part;       /**< all full blocks, from the first on */
    struct quality quality; /**< of the part */
    struct tail tail;
    double seconds;            /**< of wall time, of all advances */
    double stage_seconds[16];  /**< of the first thread */
    int threads;               /**< of the last advance */
    char started[RUNNER_TEXT]; /**< ISO 8601, UTC */
    struct hr_run_stop stop;   /**< what the last look found */
    double began, next_word;   /**< clock_seconds(): of what its listener is told */
    uint64_t kept_trials;      /**< that are on disk */
    const char *kept_in;       /**< the folder; NULL: none is */
    double kept_at;            /**< clock_seconds() */
};

#endif
