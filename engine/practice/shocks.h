/** @file
 * Named shocks: a stress at a year, or a chance each quarter; full strength for a
 * while, then a linear fade. Factors multiply, steps add.
 */
#ifndef HEADROOM_SHOCKS_H
#define HEADROOM_SHOCKS_H

#include "lane_draw.h"
#include "state.h"

/** When a shock may start and how long it lasts; the same in every trial. */
struct shock_timing {
    uint32_t entity;
    int at;       /**< quarter, or -1: at its rate */
    int duration; /**< quarters at full strength */
    int fade;     /**< quarters of decline */
};

/** No shock runs: factors 1, steps 0. */
void shocks_clear(struct drivers *drivers);

/** A quarter of some trials. */
struct shock_moment {
    const struct draw_source *source;
    int quarter;
    struct lanes *near_ties;
};

/** Start or restart @p shock now, and add what it does to @p drivers. */
void shock_step(const struct shock_moment *now, const struct shock_timing *timing,
                const struct shock_terms *terms, struct shock *shock,
                struct drivers *drivers);

#endif
