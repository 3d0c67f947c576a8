/** @file
 * The first trials of a run again, with numbers that are only assumed made neutral.
 */
#ifndef HEADROOM_BESIDE_H
#define HEADROOM_BESIDE_H

#include "runner.h"
#include "whole.h"

enum { BESIDE_TRIALS = 1000 };

/** Start with {0}; trials is 0 where there is nothing to make neutral. */
struct beside {
    struct hr_scenario *scenario;
    struct hr_runner *runner;
    struct whole whole;
    size_t changed; /**< numbers made neutral */
    size_t trials;
};

/** Run the first trials of @p runner, BESIDE_TRIALS at most, as @p what makes them. On
 * failure what is held has to be freed all the same. */
HR_MUST_CHECK
enum hr_status beside_run(struct beside *beside, const struct hr_runner *runner,
                          enum hr_neutral what, struct hr_error *error);
void beside_free(struct beside *beside);

#endif
