/** @file
 * What a practice can do against what is asked of it.
 *
 * Order within a quarter: absence locums, cover from sister sites, partners'
 * unpaid stretch, surge locums; workload counts all but the stretch.
 */
#ifndef HEADROOM_CAPACITY_H
#define HEADROOM_CAPACITY_H

#include "rates.h"
#include "site.h"

/** What a site's capacity is reckoned from in a quarter. */
struct capacity_inputs {
    const struct parameters *parameters;
    const struct form_terms *terms; /**< of the form, member or not */
    const struct site_rates *rates; /**< in force at the site */
    const struct drivers *drivers;
    const struct nature *nature;
    const struct site *site;
    int quarter;
};

/** How fast staff follow the list, the same at every site. */
void capacity_staff_speed(const struct capacity_parameters *capacity,
                          struct drivers *drivers);

/** Demand, staff, GPs and absence locums: D_i and K_i before any help. */
void capacity_before_help(const struct capacity_inputs *in, struct practice *practice);

/** What an open member could lend or lacks, with its organisation's alignment; added to
 * the organisation's sums. */
void capacity_offer(const struct capacity_inputs *in, struct practice *practice,
                    struct organisation *organisation);

/** What share of the spare is lent and of the shortfall is covered; the sums start
 * again. */
void capacity_match(const struct form_terms *terms, struct organisation *organisation);

/** Cover from sister sites: what the site has of it, or gives. */
void capacity_help(const struct capacity_inputs *in,
                   const struct organisation *organisation, struct practice *practice);

/** Stretch, surge locums, workload and unmet need. */
void capacity_after_help(const struct capacity_inputs *in, struct practice *practice);

#endif
