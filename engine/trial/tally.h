/** @file
 * Sums of a trial under one form, from which its metrics are made at the end.
 */
#ifndef HEADROOM_TALLY_H
#define HEADROOM_TALLY_H

#include "metric.h"
#include "patch.h"

/** Real and discounted unless said. */
struct tally {
    struct lanes npv[BEARERS];
    struct lanes net;          /**< all bearers, at the public rate */
    struct lanes partner_work; /**< partners' fte at the salaried rate */
    struct lanes org_income;
    struct lanes core_income;
    struct lanes relationships_cost, moved, system_effects;
    struct lanes locum, unmet_cost, partner_loss;
    struct lanes todays_gps;
    struct lanes todays_years;              /**< fte-years */
    struct lanes core, overhead;            /**< real */
    struct lanes counted, fte_years, heads; /**< real profit; years of fte and heads */
    struct lanes year_counted, year_fte, worst_year; /**< of the year so far; worst */
    struct lanes vacancy, workload, unmet, relationships; /**< sums over quarters */
    struct lanes leavers, posts;
    struct lanes posts_before; /**< filled at the end of the quarter before */
    struct lanes delegated, delegated_years, delegated_worst_year; /**< real */
    struct lanes delegated_worst_loss; /**< share of a holder's budget */
    struct lanes imbalance;
};

/** What a quarter adds up to over the sites of an area, or of all; nominal. What is the
 * largest of something, and no sum, comes last. */
struct quarter_sums {
    struct lanes counted, partner_fte, partners, employed_fte;
    struct lanes vacant, wanted, filled, leavers;
    struct lanes list, strain; /**< list of sites not closed; list times workload */
    struct lanes unmet;        /**< appointments */
    struct lanes reached;      /**< list of members times ramp */
    struct lanes locum, levy, recharge, leadership;
    struct lanes paid_in, todays, todays_fte;
    struct lanes led;
    struct lanes org_income, org_overrun, moved;
    struct lanes relationships, relationships_cost, system_effects;
    struct lanes alignment, organisations;
    struct lanes delegated, delegated_budget; /**< of all holders */
    struct ledger ledger;
    struct events events;        /**< since the start */
    struct lanes drawdown;       /**< of an organisation since the start */
    struct lanes delegated_loss; /**< of a holder */
};

/** What the tally of a quarter is reckoned from. */
struct tally_inputs {
    const struct settlement_rules *rules;
    const struct draw_source *source;
    const struct lanes *leadership, *leadership_outside; /**< the term, by membership */
    int quarter;
    int quarters;
    int sites;
    double patients;      /**< at the start */
    bool has_accounts;    /**< organisations keep books of their own */
    bool settles_budgets; /**< delegated ones, in this quarter */
    bool public_insurer;
};

/** Add SITES_AT_ONCE sites of a patch, or those that are left, to sums that began at 0.
 * What today's GPs of a site drew and were paid less what they paid in is added to its
 * own account of them too, real and discounted. */
void tally_some(const struct tally_inputs *in, const struct patch *patch, int first,
                struct quarter_sums *sums);

/** Then what is known of all sites together. */
void tally_whole(const struct tally_inputs *in, const struct patch *patch,
                 struct quarter_sums *sums);

/** Add an organisation's part of the quarter. */
void tally_organisation(const struct organisation *organisation,
                        struct quarter_sums *sums);

/** Add a holder of a delegated budget, one whose budget is not 0. */
void tally_holder(const struct lanes *budget, const struct lanes *result,
                  const struct lanes *loss, struct quarter_sums *sums);

/** Add another area's part of the quarter. */
void tally_area(const struct quarter_sums *area, struct quarter_sums *sums);

/** Close a quarter: the tally, and one value of every series ([series][quarters]). */
void tally_quarter(const struct tally_inputs *in, const struct quarter_sums *sums,
                   struct tally *tally, struct lanes *series);

/** The metrics of the trial, [metric]; @p sums are those of its last quarter. */
void tally_finish(const struct tally_inputs *in, const struct quarter_sums *sums,
                  const struct tally *tally, struct lanes *metric);

#endif
