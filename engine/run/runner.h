/** @file
 * What is done with a run that is open, by the public functions of run.h among others.
 */
#ifndef HEADROOM_RUNNER_H
#define HEADROOM_RUNNER_H

#include "runner_state.h"

/** Some of a scenario's forms, the reference among them. */
struct runner_forms {
    const bool *keep;          /**< [form]; NULL: all */
    bool reference_last;       /**< in the run it follows all others */
    const struct lanes *given; /**< what the reference came to: it is not simulated, and
                                    last; or NULL */
    struct lanes *kept;        /**< where to keep what it comes to; or NULL */
};

/** hr_run_open() of some forms; NULL: of all. */
HR_MUST_CHECK
enum hr_status runner_open(const struct hr_scenario *scenario,
                           const struct hr_run_options *options,
                           const struct runner_forms *forms, struct hr_runner **runner,
                           struct hr_error *error);

/** The time now, ISO 8601, UTC. */
void runner_now(char text[RUNNER_TEXT]);

/** Compile @p scenario, its problems as one sentence. */
HR_MUST_CHECK
enum hr_status runner_compile(const struct hr_scenario *scenario, struct plan *plan,
                              struct hr_error *error);

/** A stretch of work: what is told of it, and when it is to end. */
struct leg {
    uint64_t before, trials; /**< finished before it; of all */
    double until; /**< clock_seconds() at which it ends; 0: when it is done */
    bool stopped; /**< set where progress said so */
    bool (*attend)(void *attending, uint64_t blocks); /**< as in driver.h; or NULL */
    void *attending;
};

/** Run a range into @p more, which is not yet the run's: the range's first blocks, as
 * many as the leg allowed. On failure it is of none. */
HR_MUST_CHECK
enum hr_status runner_run(struct hr_runner *runner, const struct range *range,
                          struct leg *leg, struct part *more, struct hr_error *error);

/** Look through a part of one slab that was run: its books balance. It is freed where
 * they do not. */
HR_MUST_CHECK
enum hr_status runner_check(struct hr_runner *runner, struct part *more,
                            struct hr_error *error);

/** Run what is left of @p trials after the full blocks. */
HR_MUST_CHECK
enum hr_status runner_finish(struct hr_runner *runner, uint64_t trials,
                             struct hr_error *error);

#endif
