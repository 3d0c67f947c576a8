/** @file
 * What a practice decides at the end of a quarter, from its trailing year: to stop
 * recruiting, to hand back, to join, to leave its organisation.
 */
#ifndef HEADROOM_DECISIONS_H
#define HEADROOM_DECISIONS_H

#include "lane_draw.h"
#include "settlement.h"
#include "site.h"

struct decision_inputs {
    const struct settlement_rules *rules;
    const struct form_terms *own_terms;   /**< of the form, member or not */
    const struct form_terms *other_terms; /**< of its exit form */
    int notice;                           /**< quarters */
    const struct nature *nature;          /**< of the site, as the next */
    const struct site *site;
};

/** Add the quarter to the site's trailing year. */
void decisions_record(const struct settlement_rules *rules, struct practice *practice);

/** Freeze, distress, joining, notice. Rates are reckoned only where the draw of the
 * quarter is below a bound that all forms share, or the site is in distress. */
void decisions_distress(const struct decision_inputs *in,
                        const struct organisation *organisation,
                        struct practice *practice, struct lanes *near_ties);

#endif
