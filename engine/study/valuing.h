/** @file
 * What the parts of hr_voi() share.
 */
#ifndef HEADROOM_VALUING_H
#define HEADROOM_VALUING_H

#include "asking_draws.h"
#include "writing.h"

/** Numbers of a draw and of a group, in the order in which they are stored. */
enum draw_number {
    DRAW_WORTH,
    DRAW_WORTH_SE,
    DRAW_WORTH_LOW,
    DRAW_WORTH_HIGH,
    DRAW_PLUG,
    DRAW_SEEN,
    DRAW_NUMBERS
};
enum group_number {
    GROUP_GAIN,
    GROUP_GAIN_LOW,
    GROUP_GAIN_HIGH,
    GROUP_UPPER,
    GROUP_FAILS,
    GROUP_MEMBERS,
    GROUP_NUMBERS
};

enum { GROUP_ALL, GROUP_FIRST_TWO /**< after which come the groups asked for */ };

/** Information about a choice while it is valued. */
struct valuing {
    struct decision *decision;
    const struct hr_voi_options *options;
    struct decision_trials trials;
    struct draws draws;
    double *scores; /**< [draw][trial] */
    double *number[DRAW_NUMBERS];
    size_t *place; /**< [lines]: the worth of its draw, or of all that are tied to it */
    size_t lines;
    size_t groups;
    double *group[GROUP_NUMBERS];
    double *share; /**< [ranked] */
    size_t leader;
    double scale; /**< of the metric to what is printed: patients of what is a head's */
    struct ranged foresight;
    uint64_t seed;
};

static const double valuing_seen =
    2.0; /**< standard errors above which a value is seen */

/** Value the draws together: all, the first two, and each group asked for. */
HR_MUST_CHECK
enum hr_status valuing_groups(struct valuing *valuing, struct hr_error *error);

/** Add the groups to the analysis. */
void valuing_store_groups(struct valuing *valuing);

#endif
