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

/** Value of admissions and attendances that a member's form avoids, posted to whom it
 * benefits; added to @p effects (nominal). */
void valuation_system(const struct settlement_rules *rules,
                      const struct form_terms *terms, const struct practice *practice,
                      struct ledger *ledger, struct lanes *effects);

/** Organisations and single practices that hold a contract, and their cost to the
 * commissioner (nominal, posted). */
void valuation_relationships(const struct settlement_rules *rules, struct patch *patch,
                             struct lanes *count, struct lanes *cost);

#endif
