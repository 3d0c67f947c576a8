#include "stages.h"

#include "capacity.h"
#include "demand.h"
#include "workforce.h"

static void workforce_of(struct block *block, size_t form, int s, int quarter,
                         const struct workforce_chances *chances)
{
    const struct plan *plan = block->plan;
    const struct plan_form *rows = &plan->form[form];
    struct patch *patch = &block->patch[form];
    struct practice *practice = &patch->practice[s];
    struct organisation *organisation = &patch->organisation[patch->organisation_of[s]];
    const struct form_terms *terms = stage_terms(block, form, practice);
    const double converts = plan->row[rows->row].choices.convert_partners ? 1.0 : 0.0;
    const struct workforce_quarter now = {
        .parameters = block_parameters(block),
        .newcomers = &block->newcomers,
        .source = &block->source,
        .site = &block->posts[s],
        .chances = chances,
        .shocks = block->shock,
        .shock_count = (int)plan->shocks,
        .quarter = quarter,
    };
    const struct capacity_inputs capacity = {
        .parameters = now.parameters,
        .terms = terms,
        .drivers = &block->drivers,
        .nature = &block->nature[s],
        .start_list = plan->site[s].list,
        .quarter = quarter,
    };
    struct workforce_rates rates;

    EACH_LANE (i) {
        const double member = practice->standing.member.at[i];
        const double inside = block->hire_inside[form].at[i];
        const double outside = block->hire_outside[form].at[i];
        const double hire = member > 0.0 ? inside : outside;

        rates.converts.at[i] = member * converts;
        rates.hire.at[i] = practice->workforce.eligible.at[i] > 0.0 ? hire : 0.0;
    }
    workforce_rates(now.parameters, terms, &block_terms(block, rows->row)->convert_pay,
                    quarter, &block->nature[s], practice, &rates);
    workforce_move(&now, &rates, block->draws, practice, &block->near_ties);
    workforce_count(now.site, &rates, practice);
    capacity_before_help(&capacity, organisation, practice);
    if (patch->has_accounts)
        capacity_pool(practice, organisation);
}

void stage_workforce(struct block *block, int quarter)
{
    const struct plan *plan = block->plan;
    struct workforce_chances chances;

    workforce_chances(block_parameters(block), &block->drivers, block->shock,
                      (int)plan->shocks, &chances);
    for (size_t s = 0; s < plan->sites; s++) {
        int active = 0;

        for (size_t f = 0; f < plan->forms; f++) {
            const int here = block->patch[f].practice[s].active;

            active = here > active ? here : active;
        }
        demand_site(&block->source, plan->site[s].entity, quarter, &block->drivers,
                    &block->nature[s]);
        workforce_draw(&block->source, &chances, plan->site[s].entity, quarter, active,
                       block->draws);
        for (size_t f = 0; f < plan->forms; f++) {
            if (s + 1 < plan->sites)
                workforce_fetch(&block->patch[f].practice[s + 1]);
            workforce_of(block, f, (int)s, quarter, &chances);
        }
    }
}

/* Locums are dearer where more posts stand vacant than at the start. */
static void price_locums(const struct parameters *parameters, const struct patch *patch,
                         struct lanes *scarcity)
{
    struct lanes vacant = {{0}}, wanted = {{0}};

    for (int s = 0; s < patch->sites; s++) {
        const struct workforce *w = &patch->practice[s].workforce;

        EACH_LANE (i) {
            vacant.at[i] += w->wanted.at[i] - w->filled.at[i];
            wanted.at[i] += w->wanted.at[i];
        }
    }
    EACH_LANE (i) {
        const double vacancy = wanted.at[i] > 0.0 ? vacant.at[i] / wanted.at[i] : 0.0;
        const double beyond = vacancy - parameters->workforce.vacancy_start.at[i];

        scarcity->at[i] =
            within(exp_of(parameters->money.locum_scarcity.at[i] * beyond), 0.7, 1.6);
    }
}

void stage_capacity(struct block *block, int quarter)
{
    (void)quarter;
    for (size_t f = 0; f < block->plan->forms; f++) {
        struct patch *patch = &block->patch[f];
        const struct form_terms *terms = block_terms(block, block->plan->form[f].row);

        price_locums(block_parameters(block), patch, &block->scarcity[f]);
        for (int o = 0; o < patch->organisations && patch->has_accounts; o++)
            capacity_match(terms, &patch->organisation[o]);
    }
}
