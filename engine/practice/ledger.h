/** @file
 * Who gains and who loses in a quarter, and what leaves the circle of bearers.
 *
 * Bearers are posted where a decision moves their money, the outside where a cost
 * is paid; that the two agree is checked every quarter, not built in.
 */
#ifndef HEADROOM_LEDGER_H
#define HEADROOM_LEDGER_H

#include "rates.h"

/** What is paid for, by whom to whom: flows.h has their names. What goes between sites,
 * organisations and their members stays among the providers and is none. */
enum flow {
    FLOW_CORE_INCOME, /* the commissioner to the providers */
    FLOW_PRICE_RELIEF,
    FLOW_SERVICES_BOUGHT,
    FLOW_DELEGATED_BUDGET, /* and what a corridor gives back; claims nobody holds */
    FLOW_RELATIONSHIPS,    /* the commissioner to the outside */
    FLOW_CARETAKER_PREMIUM,
    FLOW_OTHER_COSTS, /* providers to the outside */
    FLOW_SALARIED_GPS,
    FLOW_LOCUMS,
    FLOW_RECHARGES,
    FLOW_LEVIES, /* that go to no organisation with an account */
    FLOW_SETUP,
    FLOW_ORGANISATION_COSTS,
    FLOW_CONTRACT_WORK,
    FLOW_WIND_UPS,
    FLOW_DELEGATED_CLAIMS,
    FLOW_HOSPITAL_EFFECTS, /* the outside to the providers: use avoided */
    POSTED_FLOWS,
    FLOW_LEFT = POSTED_FLOWS, /* then what is left to each bearer, in their order */
    FLOWS = POSTED_FLOWS + BEARERS
};

struct ledger {
    struct lanes change[BEARERS]; /**< nominal, this quarter */
    struct lanes paid[POSTED_FLOWS];
    struct lanes outside; /**< paid to staff, suppliers, landlords and so on */
    struct lanes core;    /**< core income of all sites */
    struct lanes gross;   /**< all that was paid, whoever to: the scale of a quarter */
};

void ledger_open(struct ledger *ledger);

/** What joining costs a site, whoever pays it. */
void ledger_post_setup(const struct practice *practice, enum bearer setup_payer,
                       struct ledger *ledger);

/** Core income, price relief and other costs of a site; its levy too where that goes
 * straight to the outside: a site that stands outside, or where no organisation keeps
 * books. */
void ledger_post_site(const struct activity *activity, const struct practice *practice,
                      struct ledger *ledger);

/** Largest imbalance so far, as a share of the quarter's gross flows; not a number once
 * it cannot be reckoned. */
void ledger_check(const struct ledger *ledger, struct lanes *imbalance);

#endif
