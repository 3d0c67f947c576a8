/** @file
 * A run that is open: what the public functions of run.h work on.
 */
#ifndef HEADROOM_RUNNER_H
#define HEADROOM_RUNNER_H

#include "headroom/run.h"

#include "driver.h"
#include "tail.h"

enum { RUNNER_TEXT = 64 };

struct hr_runner {
    const struct hr_scenario *scenario;
    struct hr_run_options options;
    struct plan plan;
    struct shape shape;
    struct kernel kernel;
    struct part part; /**< all full blocks, from the first on */
    struct tail tail;
    double seconds;            /**< of wall time, of all advances */
    double stage_seconds[16];  /**< of the first thread */
    int threads;               /**< of the last advance */
    char started[RUNNER_TEXT]; /**< ISO 8601, UTC */
};

/** The time now, ISO 8601, UTC. */
void runner_now(char text[RUNNER_TEXT]);

/** Compile @p scenario, its problems as one sentence. */
HR_MUST_CHECK
enum hr_status runner_compile(const struct hr_scenario *scenario, struct plan *plan,
                              struct hr_error *error);

#endif
