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

/* The residual of taken-over sites is their network's partner-led sites', or the
 * commissioner's where there is none left. */
static void settle_orphans(struct patch *patch)
{
    for (int n = 0; n < patch->networks; n++) {
        struct network *network = &patch->network[n];

        EACH_LANE (i) {
            const double orphaned = network->orphaned.at[i];
            const double fte = network->led_fte.at[i];
            const double rate = orphaned / fte;

            network->orphan_rate.at[i] = fte > 0.0 ? rate : 0.0;
            patch->ledger.change[BEARER_COMMISSIONER].at[i] +=
                fte > 0.0 ? 0.0 : orphaned;
        }
        network->bequeaths = lanes_unlike(&network->orphan_rate, 0.0);
    }
}

static void settle_form(struct block *block, size_t form, int quarter)
{
    const struct settlement_rules rules = stage_rules(block, form, quarter);
    const struct plan_form *plan = &block->plan->form[form];
    const struct form_terms *terms = block_terms(block, plan->row);
    const bool joint = rules.inside->liability == LIABILITY_JOINT;
    const bool shared = joint || rules.inside->liability == LIABILITY_LIMITED;
    struct patch *patch = &block->patch[form];

    for (int o = 0; o < patch->organisations && !patch->activity.alone; o++)
        organisation_settle(&rules, terms, &block->source, plan->entity[o],
                            patch->activity.accounts, &patch->organisation[o],
                            &patch->ledger);
    settle_orphans(patch);
    for (int s = 0; s < patch->sites; s++)
        settlement_profit(
            &rules, &patch->network[patch->network_of[s]], &patch->practice[s],
            &patch->organisation[patch->organisation_of[s]], &patch->ledger);
    for (int o = 0; o < patch->organisations && shared; o++)
        organisation_losses(&patch->organisation[o], &patch->ledger);
    for (int s = 0; s < patch->sites && joint; s++) {
        const struct organisation *organisation =
            &patch->organisation[patch->organisation_of[s]];

        settlement_joint(organisation, &patch->practice[s], &patch->ledger);
        settlement_joint_windup(organisation, &patch->practice[s], &patch->ledger);
    }
}

/* The form that the stage before ended with comes first: it is still in cache. */
void stage_settlement(struct block *block, int quarter)
{
    for (size_t f = block->plan->forms; f-- > 0;)
        settle_form(block, f, quarter);
}
