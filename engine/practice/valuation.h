/** @file
 * What lies beyond practices' own books: hospital use avoided, and the cost of
 * keeping contracts with many partners.
 */
#ifndef HEADROOM_VALUATION_H
#define HEADROOM_VALUATION_H

#include "patch.h"

/** Discount factors of the quarter's middle. */
void valuation_discount(const struct valuation_parameters *valuation, int quarter,
                        struct drivers *drivers);

/** Value of admissions and attendances that a form avoids among the members' patients
 * it has @p reached (list times ramp), posted to whom it benefits (nominal). */
void valuation_system(const struct settlement_rules *rules,
                      const struct form_terms *terms, const struct lanes *reached,
                      struct ledger *ledger, struct lanes *effects);

/** Add the organisations that hold a contract to the @p count of single practices that
 * do; their cost to the commissioner (nominal, posted). */
void valuation_relationships(const struct settlement_rules *rules, struct patch *patch,
                             struct lanes *count, struct lanes *cost);

#endif
