#include "stages.h"

#include "capacity.h"
#include "money.h"
#include "organisation.h"
#include "settlement.h"

/* May write the site's capacity, its money and what it pools, and sums of its
 * organisation, its network and the ledger. */
static void money_of(struct block *block, size_t form, int s,
                     const struct settlement_rules *rules)
{
    const struct plan_site *site = &block->plan->site[s];
    struct patch *patch = &block->patch[form];
    struct practice *practice = &patch->practice[s];
    struct organisation *organisation = &patch->organisation[patch->organisation_of[s]];
    const struct form_terms *terms = block_terms(block, block->plan->form[form].row);
    const struct site_rates *rates =
        rates_at(&block->rates[form], READS_MONEY, practice->standing.member);
    const struct capacity_inputs capacity = {
        .parameters = rules->parameters,
        .terms = terms,
        .rates = rates,
        .drivers = &block->drivers,
        .nature = &block->nature[s],
        .start_list = site->list,
        .quarter = rules->quarter,
    };
    const struct money_inputs money = {
        .parameters = rules->parameters,
        .terms = terms,
        .rates = rates,
        .drivers = &block->drivers,
        .nature = &block->nature[s],
        .activity = &patch->activity,
        .scarcity = &block->scarcity[form],
        .organisation = organisation,
        .start_list = site->list,
        .weighted_list = site->weighted_list,
        .core_rate = site->core_rate,
        .cost_rate = site->cost_rate,
        .quarter = rules->quarter,
        .setup_payer = rules->inside->setup_payer,
    };
    const bool joins = patch->due[s] != 0; /* may join, in some lane */
    struct lanes planned;

    if (patch->activity.accounts)
        capacity_help(&capacity, organisation, practice);
    capacity_after_help(&capacity, practice);
    money_step(&money, practice);
    if (joins) {
        money_setup(&money, practice);
        ledger_post_setup(practice, money.setup_payer, &patch->ledger);
    }
    if (stage_settles_budgets(block->plan, rules->quarter))
        delegated_add_to_residual(practice);
    ledger_post_site(&patch->activity, practice, &patch->ledger);
    if (patch->activity.accounts && joins)
        settlement_opening(rules, terms, practice, organisation, &patch->ledger);
    if (patch->activity.pools)
        money_planned(&money, site->posts[PARTNER] * site->fte[PARTNER], practice,
                      &planned);
    settlement_pool(rules, terms, &planned, practice, organisation,
                    &patch->network[site->network], &patch->ledger);
}

void stage_money(struct block *block, int quarter)
{
    for (size_t f = 0; f < block->plan->forms; f++) {
        const struct settlement_rules rules = stage_rules(block, f, quarter);

        for (int s = 0; s < block->patch[f].sites; s++)
            money_of(block, f, s, &rules);
    }
}
