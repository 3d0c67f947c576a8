/** @file
 * What a practice decides at the end of a quarter, from its trailing year: to stop
 * recruiting, to hand back, to join, to leave its organisation.
 */
#ifndef HEADROOM_DECISIONS_H
#define HEADROOM_DECISIONS_H

#include "lane_draw.h"
#include "settlement.h"

/** A site's own decisions are drawn with its entity. */
struct decision_inputs {
    const struct settlement_rules *rules;
    const struct form_terms *own_terms; /**< of the form, member or not */
    const struct draw_source *source;
    uint32_t entity;
    int notice; /**< quarters */
    int last;   /**< quarter after which nothing takes effect: the horizon */
};

/** Add the quarter to the site's trailing year. */
void decisions_record(const struct settlement_rules *rules, struct practice *practice);

/** Freeze, distress, notice, joining. */
void decisions_distress(const struct decision_inputs *in,
                        const struct organisation *organisation,
                        struct practice *practice, struct lanes *near_ties);

#endif
