/** @file
 * How often practices end without distress: the smaller, the oftener.
 *
 *     ending_factor ending_rate Y R (n/7000)^-ending_size
 *
 * a year, Y a factor of the financial year and R one of the practice's area, both
 * lognormal of mean 1 and the same under all forms.
 */
#ifndef HEADROOM_ENDING_RATE_H
#define HEADROOM_ENDING_RATE_H

#include "lane_draw.h"
#include "state.h"

/** A site's rate with its start list, once a trial: nature->ending; @p area is the
 * entity of its area. */
void ending_rate_start(const struct distress_parameters *distress,
                       const struct draw_source *source, uint32_t area,
                       double start_list, struct nature *nature);

/** The factor of the year. */
void ending_rate_year(const struct distress_parameters *distress,
                      const struct draw_source *source, int quarter,
                      struct drivers *drivers);

/** The most that this and a list may multiply a site's rate by under any form, @p
 * factor the highest of a form. */
void ending_rate_most(const struct distress_parameters *distress,
                      const struct lanes *factor, struct drivers *drivers);

/** What a site's words of the quarter hold: nature->notice, route and exit. */
void ending_rate_draw(const struct draw_source *source, uint32_t entity, int quarter,
                      struct nature *nature);

/** The yearly rate in a lane, before a form's factor. */
double ending_rate_at(const struct distress_parameters *distress,
                      const struct drivers *drivers, const struct nature *nature,
                      double list_over_start, int lane);

#endif
