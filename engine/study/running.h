/** @file
 * A key that is run at one value after another, on the same trials.
 */
#ifndef HEADROOM_RUNNING_H
#define HEADROOM_RUNNING_H

#include "asking_choice.h"

enum {
    RUNNING_GRID = 7,
    RUNNING_SECANTS = 5,
    RUNNING_POINTS = RUNNING_GRID + RUNNING_SECANTS
};

/** One value and what was found there. */
struct tried {
    double x, mean, se;
    double *difference; /**< [trial], more being better */
};

/** A search for the value of a key that turns a difference round. */
struct running {
    struct decision *decision;
    const struct hr_switch_run_options *options;
    const struct hr_base *base;
    const char *key;
    struct choice_of_pair choice;
    double central, uplift, from, to;
    size_t trials;
    struct tried point[RUNNING_POINTS];
    size_t points;
    size_t low, high; /**< points that bracket the root */
    bool bracketed;
    size_t lows[RUNNING_SECANTS + 1],
        highs[RUNNING_SECANTS + 1]; /**< all that did, narrower and narrower */
    size_t brackets;
    struct interval_estimate root;
};

/** Run the key at @p x, as the result has it, into the next point. */
HR_MUST_CHECK
enum hr_status running_try(struct running *running, double x, struct hr_error *error);

#endif
