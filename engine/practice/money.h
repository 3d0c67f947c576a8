/** @file
 * Income and cost of a practice in a quarter, and its plan.
 */
#ifndef HEADROOM_MONEY_H
#define HEADROOM_MONEY_H

#include "rates.h"
#include "site.h"

/** What the money of a site is reckoned from, besides its state. */
struct money_inputs {
    const struct parameters *parameters;
    const struct form_terms *terms; /**< of the form, member or not */
    const struct site_rates *rates; /**< in force at the site */
    const struct activity *activity;
    const struct drivers *drivers;
    const struct nature *nature;
    const struct lanes *scarcity; /**< factor on the price of locums */
    const struct organisation *organisation;
    const struct site *site;
    int quarter;
    enum bearer setup_payer;
};

/** A quarter's residual and cost in the plan of the reference form's @p terms. */
void money_plan(const struct money_inputs *in, const double fte[ROLES], double mean_fte,
                int filled, struct nature *nature);

/** What money buys in the quarter, the same at every site. */
void money_prices(const struct money_parameters *money, struct drivers *drivers);

/** Note whether some shock acts on pay or cost. */
void money_shocks(struct drivers *drivers);

/** Every line of the site's quarter but set-up; the residual is what is left for
 * partners. What it has subtracted enters the trailing year's cost. */
void money_step(const struct money_inputs *in, struct practice *practice);

/** Add what joining costs a site that joins now; nothing otherwise. */
void money_setup(const struct money_inputs *in, struct practice *practice);

/** What the residual of this quarter was planned to be. */
void money_planned(const struct money_inputs *in, const struct practice *practice,
                   struct lanes *planned);

#endif
