/** @file
 * Price indices of contract, pay, prices and locums, and the labour market.
 */
#ifndef HEADROOM_PRICES_H
#define HEADROOM_PRICES_H

#include "lane_draw.h"
#include "state.h"

/** Start the price processes: all indices are 1 in year 0. */
void prices_start(const struct price_parameters *prices,
                  const double cholesky[INDICES][INDICES],
                  const struct draw_source *source, struct drivers *drivers);

/** Step every index into @p year, as awards do each April. */
void prices_step(const struct price_parameters *prices,
                 const double cholesky[INDICES][INDICES],
                 const struct draw_source *source, int year, struct drivers *drivers);

/** Take the indices of @p year from a historical path instead. */
void prices_replay(const double history[INDICES], struct drivers *drivers);

/** Shortage or glut in @p quarter, and what follows from it. */
void market_step(const struct parameters *parameters, const struct draw_source *source,
                 int quarter, struct drivers *drivers, struct lanes *near_ties);

/** The market of a past that is replayed: that share of the way from glut to shortage.
 */
void market_replay(const struct parameters *parameters, double shortage,
                   struct drivers *drivers);

#endif
