/** @file
 * What a practice decides at the end of a quarter, from its trailing year: to stop
 * recruiting, to hand back, to join, to leave its organisation.
 */
#ifndef HEADROOM_DECISIONS_H
#define HEADROOM_DECISIONS_H

#include "lane_draw.h"
#include "settlement.h"

/** A site's own decisions, drawn once for all forms. */
struct decision_draws {
    struct lanes notice; /**< event times */
    struct lanes route;  /**< uniforms */
};

struct decision_inputs {
    const struct settlement_rules *rules;
    const struct form_terms *own_terms; /**< of the form, member or not */
    int notice;                         /**< quarters */
};

/** Add the quarter to the site's trailing year. */
void decisions_record(const struct settlement_rules *rules, struct practice *practice);

void decisions_draw(const struct draw_source *source, uint32_t entity, int quarter,
                    struct decision_draws *draws);

/** Freeze, distress, notice, joining. */
void decisions_distress(const struct decision_inputs *in,
                        const struct decision_draws *draws,
                        const struct organisation *organisation,
                        struct practice *practice, struct lanes *near_ties);

#endif
