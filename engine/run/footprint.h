/** @file
 * How much memory a run takes.
 */
#ifndef HEADROOM_FOOTPRINT_H
#define HEADROOM_FOOTPRINT_H

#include "shape.h"

/** Bytes that grow with trials: the trial table. */
double footprint_of_trials(const struct shape *shape, double trials);

/** All that a run holds at once. */
double footprint_of_run(const struct shape *shape, double trials, int threads);

/** Memory that is not there is refused before any trial runs: the system may promise it
 * all the same, and end the program where it is used. */
HR_MUST_CHECK
enum hr_status footprint_check(const struct shape *shape, uint64_t trials, int threads,
                               struct hr_error *error);

#endif
