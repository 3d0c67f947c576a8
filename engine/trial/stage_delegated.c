#include "stages.h"

/* Claims are the same under all forms but for the list. */
static void draw_claims(struct block *block, size_t s, int quarter, size_t form,
                        int forms, struct year_claims year[])
{
    const struct lanes *people[FORMS_AT_ONCE];

    for (int f = 0; f < forms; f++)
        people[f] = &block->patch[form + (size_t)f].practice[s].list;
    delegated_draw(&block->source, block->plan->site[s].entity, quarter,
                   &block->claims[s], people, forms, year);
}

static void settle_site(struct block *block, size_t s, int quarter, size_t form,
                        const struct year_claims *year)
{
    const struct settlement_rules rules = stage_rules(block, form, quarter);
    struct patch *patch = &block->patch[form];

    delegated_settle_site(&rules, &block->claims[s], year, &patch->practice[s],
                          &patch->organisation[patch->organisation_of[s]],
                          &patch->ledger);
}

/* May write the site's budget of the year under each form, and sums of its
 * organisations and the ledgers. */
static void settle_sites(struct block *block, size_t s, int quarter)
{
    const size_t all = block->plan->forms;
    struct year_claims year[FORMS_AT_ONCE];

    for (size_t form = 0; form < all; form += FORMS_AT_ONCE) {
        const int forms =
            all - form < FORMS_AT_ONCE ? (int)(all - form) : FORMS_AT_ONCE;

        draw_claims(block, s, quarter, form, forms, year);
        for (int f = 0; f < forms; f++)
            settle_site(block, s, quarter, form + (size_t)f, &year[f]);
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
