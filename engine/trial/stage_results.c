#include "stages.h"

#include "flows.h"
#include "site_keeping.h"
#include "valuation.h"

static void close_form(struct block *block, size_t form, int quarter)
{
    const struct settlement_rules rules = stage_rules(block, form, quarter);
    const struct structure_inputs in = stage_structure_inputs(block, form, &rules);

    structure_close(&in, &block->patch[form]);
}

static void record_holders(const struct patch *patch, struct quarter_sums *sums)
{
    for (int s = 0; s < patch->sites; s++) {
        const struct delegated *d = &patch->practice[s].delegated;

        tally_holder(&d->budget, &d->result, &d->loss, sums);
    }
    for (int o = 0; o < patch->organisations; o++) {
        const struct organisation_budget *d = &patch->organisation[o].delegated;

        tally_holder(&d->budget, &d->result, &d->loss, sums);
    }
}

/* At the horizon sites are counted once their accounts are closed. */
static void count_closed(const struct tally_inputs *in, const struct patch *patch,
                         struct quarter_sums *sums)
{
    for (int first = 0; first < patch->sites; first += SITES_AT_ONCE)
        tally_some(in, patch, first, sums);
}

static void record_form(struct block *block, size_t form, int quarter)
{
    const struct plan *plan = block->plan;
    const struct settlement_rules rules = stage_rules(block, form, quarter);
    const struct form_terms *terms = block_terms(block, plan->form[form].row);
    const struct tally_inputs in = stage_tally(block, form, &rules);
    struct patch *patch = &block->patch[form];
    struct quarter_sums *sums = block_sums(block, form, quarter);
    struct quarter_sums *here = &block->here[form];

    if (stage_is_last(block, quarter))
        count_closed(&in, patch, here);
    tally_whole(&in, patch, here);
    valuation_relationships(&rules, patch, &here->relationships,
                            &here->relationships_cost);
    valuation_system(&rules, terms, &here->reached, &patch->ledger,
                     &here->system_effects);
    for (int o = 0; o < patch->organisations && patch->activity.accounts; o++)
        tally_organisation(&patch->organisation[o], here);
    if (in.settles_budgets)
        record_holders(patch, here);
    patch->ledger.paid[FLOW_CORE_INCOME] = patch->ledger.core;
    here->ledger = patch->ledger;
    here->events = patch->events;
    if (block->area == 0)
        *sums = *here;
    else
        tally_area(here, sums);
    if (!block_is_in_last_area(block))
        return;
    flows_add(&sums->ledger, &block->drivers, quarter, plan->quarters,
              &block->flows[form * flows_size(plan->quarters)]);
    tally_quarter(&in, sums, &block->tally[form],
                  &block->series[form * SERIES_COUNT * (size_t)plan->quarters]);
}

void stage_results(struct block *block, size_t form, int quarter)
{
    if (stage_is_last(block, quarter))
        close_form(block, form, quarter);
    record_form(block, form, quarter);
    if (block->plan->stores_sites)
        site_keeping_quarter(block, form, quarter);
}
