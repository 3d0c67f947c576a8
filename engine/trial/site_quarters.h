/** @file
 * What may be kept of every practice in every quarter of every trial.
 *
 * One row of the table of columns says all there is to say about one of them.
 */
#ifndef HEADROOM_SITE_QUARTERS_H
#define HEADROOM_SITE_QUARTERS_H

#include "metric.h"
#include "plan.h"

enum site_quarter {
    SITE_QUARTER_LIST,
    SITE_QUARTER_STATUS,
    SITE_QUARTER_WANTED,
    SITE_QUARTER_HEADS,
    SITE_QUARTER_PARTNERS,
    SITE_QUARTER_FTE,
    SITE_QUARTER_PARTNER_FTE,
    SITE_QUARTER_LEAVERS,
    SITE_QUARTER_WORKLOAD,
    SITE_QUARTER_INCOME,
    SITE_QUARTER_COSTS,
    SITE_QUARTER_PROFIT,
    SITE_QUARTER_SHORTAGE,
    SITE_QUARTERS
};

extern const struct column site_quarter_columns[SITE_QUARTERS];

/** Lanes that a block of @p plan keeps of them: [form][column][site][quarter]. */
size_t site_quarters_size(const struct plan *plan);

#endif
