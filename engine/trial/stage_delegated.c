#include "stages.h"

/* Claims are the same under all forms but for the list, and are drawn again only for
 * another. */
static void settle_sites(struct block *block, size_t s, int quarter)
{
    const struct plan *plan = block->plan;
    struct site_claims *claims = &block->claims[s];

    for (size_t f = 0; f < plan->forms; f++) {
        const struct settlement_rules rules = stage_rules(block, f, quarter);
        struct patch *patch = &block->patch[f];
        struct practice *practice = &patch->practice[s];

        delegated_open_site(practice);
        delegated_draw(&block->source, plan->site[s].entity, quarter,
                       &practice->standing.list, claims);
        delegated_settle_site(&rules, claims, practice,
                              &patch->organisation[patch->organisation_of[s]],
                              &patch->ledger);
    }
}

static void settle_organisations(struct block *block, size_t form, int quarter)
{
    const struct settlement_rules rules = stage_rules(block, form, quarter);
    struct patch *patch = &block->patch[form];

    for (int o = 0; o < patch->organisations; o++)
        delegated_settle_organisation(&rules, &patch->organisation[o], &patch->ledger);
}

static void forget_last_year(struct block *block)
{
    for (size_t f = 0; f < block->plan->forms; f++) {
        struct patch *patch = &block->patch[f];

        for (int s = 0; s < patch->sites; s++)
            delegated_open_site(&patch->practice[s]);
        for (int o = 0; o < patch->organisations; o++)
            delegated_open_organisation(&patch->organisation[o]);
    }
}

void stage_delegated(struct block *block, int quarter)
{
    const struct plan *plan = block->plan;
    const struct delegated_parameters *parameters = &block_parameters(block)->delegated;
    struct lanes theta;

    if (plan->delegated.on && quarter % 4 == 0)
        forget_last_year(block);
    if (!stage_settles_budgets(plan, quarter))
        return;
    delegated_theta(&plan->delegated, parameters, &block->source, quarter, &theta);
    for (size_t s = 0; s < plan->sites; s++) {
        delegated_frequency(parameters, &block->source, plan->site[s].entity, quarter,
                            &theta, &block->claims[s]);
        settle_sites(block, s, quarter);
    }
    for (size_t f = 0; f < plan->forms; f++)
        settle_organisations(block, f, quarter);
}
