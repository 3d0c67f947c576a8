#include "stages.h"

#include "capacity.h"

/* Locums are dearer where more posts stand vacant than at the start. */
static void price_locums(const struct parameters *parameters, const struct patch *patch,
                         struct lanes *scarcity)
{
    EACH_LANE (i) {
        const double wanted = patch->wanted.at[i];
        const double vacant = wanted - patch->filled.at[i];
        const double vacancy = wanted > 0.0 ? vacant / wanted : 0.0;
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
        for (int o = 0; o < patch->organisations && patch->activity.accounts; o++)
            capacity_match(terms, &patch->organisation[o]);
    }
}
