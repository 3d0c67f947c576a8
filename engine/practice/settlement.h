/** @file
 * Who gets what is left, and who pays what is missing (sites).
 *
 * Order: residuals; pool; company accounts (organisation.h); profit, reserve and
 * drawings; losses by liability; wind-ups.
 */
#ifndef HEADROOM_SETTLEMENT_H
#define HEADROOM_SETTLEMENT_H

#include "ledger.h"
#include "rates.h"

/** The rules in force for a form's sites: its own choices and those outside. */
struct settlement_rules {
    const struct parameters *parameters;
    const struct drivers *drivers;
    const struct form_choices *inside;
    const struct form_choices *outside;
    const struct activity *activity;
    int quarter;
};

/** Forget what joining or an ending moved last quarter. */
void settlement_open(struct practice *practice);

/** Where what a site does is added up. */
struct settlement_books {
    struct organisation *organisation;
    struct network *network;
    struct ledger *ledger;
};

/** What the site puts into its pool, and its organisation's and network's sums. */
void settlement_pool(const struct settlement_rules *rules,
                     const struct form_terms *terms, const struct lanes *planned,
                     struct practice *practice, const struct settlement_books *books);

/** Profit, reserve, drawings and losses of an open site. */
void settlement_profit(const struct settlement_rules *rules,
                       const struct network *network, struct practice *practice,
                       struct organisation *organisation, struct ledger *ledger);

/** What a joining member's partners (or owners) pay into the company's reserve. */
void settlement_opening(const struct settlement_rules *rules,
                        const struct form_terms *terms, struct practice *practice,
                        struct organisation *organisation, struct ledger *ledger);

/** The site's part of joint losses; what its profit counts as. */
void settlement_joint(const struct organisation *organisation,
                      struct practice *practice, struct ledger *ledger);

/** The site's part of joint wind-ups; where nobody is left, all of its own goes to its
 * former partners, or to the owners if it had none. */
void settlement_joint_windup(const struct organisation *organisation,
                             struct practice *practice, struct ledger *ledger);

/** Who is liable for a site that stands alone: joint is its own partners, limited its
 * creditors, since it has no organisation. */
enum liability settlement_liability_alone(const struct form_choices *outside);

/** A wind-up that the released reserve did not cover, by liability; @p former_fte
 * are the partners who were there. One lane. */
struct windup_bill {
    enum liability liability;
    int lane;
    double amount;
    double former_fte;
    double todays_share; /**< of the former partners */
};

void settlement_windup(const struct windup_bill *bill, struct practice *practice,
                       struct organisation *organisation, struct ledger *ledger);

#endif
