/** @file
 * What a form's terms come to at a site in a quarter, reckoned once for all its sites,
 * and what they leave out altogether.
 */
#ifndef HEADROOM_RATES_H
#define HEADROOM_RATES_H

#include "state.h"

/** A row of terms in a quarter; capacity reads the first, money the rest. */
struct site_rates {
    struct lanes output[ROLES]; /**< capacity in fte of a fte that is well */
    struct lanes leadership;    /**< fte */
    struct lanes diverted;      /**< share of fte */
    struct lanes continuity;    /**< added to demand once ramped */
    struct lanes staffed;       /**< share of staff posts that are filled */
    struct lanes pay_premium;
    struct lanes ramp_years;
    struct lanes surge_cover;
    struct lanes price;       /**< of a unit of non-GP cost, shocks included */
    struct lanes plain_price; /**< the same without shocks */
    struct lanes levy;        /**< GBP a patient and year at the price base */
    struct lanes recharge;    /**< share of core income */
    struct lanes relief;      /**< share of what shocks add to cost */
};

enum {
    RATES = sizeof(struct site_rates) / sizeof(struct lanes),
    CAPACITY_RATES = offsetof(struct site_rates, surge_cover) / sizeof(struct lanes),
};

/** Who reads rates of a site lane by lane; events read terms. */
enum rates_reader { READS_CAPACITY, READS_MONEY, RATES_READERS };

/** A form's rates, of its members and of sites outside. */
struct form_rates {
    struct site_rates inside, outside;
    struct site_rates mixed; /**< of the site looked at, a member in some lanes only */
    int different[RATES_READERS][RATES]; /**< rates that differ outside */
    int differing[RATES_READERS];
};

/** Reckon a quarter's rates from the terms of members and of others. */
void rates_reckon(const struct parameters *parameters, const struct form_terms *inside,
                  const struct form_terms *outside, const struct drivers *drivers,
                  struct form_rates *rates);

/** The rates of a site that is a member in some lanes only, good until the next call.
 */
const struct site_rates *rates_mixed(struct form_rates *rates, enum rates_reader reader,
                                     uint64_t members);

/** The rates of a site. */
static inline const struct site_rates *
rates_at(struct form_rates *rates, enum rates_reader reader, uint64_t members)
{
    if (members == lanes_all())
        return &rates->inside;
    return members == 0 ? &rates->outside : rates_mixed(rates, reader, members);
}

/** What happens at all under a form in the trials of a block. What does not is zero,
 * and is skipped. */
struct activity {
    bool accounts; /**< organisations keep books of their own */
    bool pools, levies, recharges, saves, relieves, leads;
    bool treats; /**< patients of members use hospitals otherwise */
    bool alone;  /**< a site's organisation is itself, and moves no money */
};

/** @p accounts as above; @p budget where one is delegated. */
struct activity rates_activity(const struct form_choices *inside,
                               const struct form_terms *terms,
                               const struct form_terms *outside, bool accounts,
                               bool budget);

#endif
