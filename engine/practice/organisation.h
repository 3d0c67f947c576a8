/** @file
 * The organisation's own books: pool, accounts, calls, surplus, joint losses, and
 * whether it goes on.
 */
#ifndef HEADROOM_ORGANISATION_H
#define HEADROOM_ORGANISATION_H

#include "lane_draw.h"
#include "settlement.h"

/** What an organisation's books are reckoned from. */
struct organisation_inputs {
    const struct settlement_rules *rules;
    const struct form_terms *terms; /**< of the form */
    const struct draw_source *source;
    uint32_t entity;
};

/** Forget last quarter's sums. */
void organisation_open(struct organisation *organisation);

/** Count an open member. */
void organisation_count(const struct practice *practice,
                        struct organisation *organisation);

/** What its size means, once all members are counted; @p has_accounts false where
 * every site is its own organisation. */
void organisation_size(const struct parameters *parameters,
                       const struct drivers *drivers, bool has_accounts,
                       struct organisation *organisation);

/** Pool, income, cost, call and surplus. */
void organisation_settle(const struct organisation_inputs *in,
                         struct organisation *organisation, struct ledger *ledger);

/** Losses left to the organisation: joint shares, then its account, then creditors. */
void organisation_losses(struct organisation *organisation, struct ledger *ledger);

/** Its result of the quarter: trailing year, drawdown, and whether it hands back its
 * losing members next quarter (trusts and companies beyond what they tolerate). */
void organisation_decide(const struct organisation_inputs *in,
                         struct organisation *organisation, struct lanes *near_ties);

#endif
