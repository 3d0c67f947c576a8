/** @file
 * Demand per patient: a common and a site's own AR(1) in logs, both of mean one.
 */
#ifndef HEADROOM_DEMAND_H
#define HEADROOM_DEMAND_H

#include "lane_draw.h"
#include "state.h"

/** Growth, common noise and shocks of @p quarter into drivers->common; how sites' own
 * noise moves into drivers->site_demand. */
void demand_common(const struct demand_parameters *demand,
                   const struct draw_source *source, int quarter,
                   struct drivers *drivers);

/** The factor on lists in this quarter, none in the first, and its product since the
 * start. @p yearly is the growth of a past year, NULL where it is a parameter. */
void demand_lists(const struct demand_parameters *demand, const double *yearly,
                  int quarter, struct drivers *drivers);

struct site;

/** The noise of each of some sites; nature->demand becomes demand per list of this
 * quarter. */
void demand_sites(const struct draw_source *source, const struct site *site, int sites,
                  int quarter, const struct drivers *drivers, struct nature *nature);

#endif
