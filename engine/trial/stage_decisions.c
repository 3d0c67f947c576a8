#include "stages.h"

#include "alignment.h"
#include "organisation.h"

static void decide_organisations(struct block *block, size_t form, int quarter)
{
    const struct settlement_rules rules = stage_rules(block, form, quarter);
    const struct plan_form *rows = &block->plan->form[form];
    const struct form_terms *terms = block_terms(block, rows->row);
    struct patch *patch = &block->patch[form];
    const bool has_results =
        patch->activity.accounts || rules.inside->pool_owner != OWNER_PARTNERS;
    struct organisation_inputs in = {
        .rules = &rules, .terms = terms, .source = &block->source};
    struct alignment_pace pace;

    if (patch->activity.alone)
        return;
    alignment_pace(terms, &pace);
    for (int o = 0; o < patch->organisations; o++) {
        in.entity = rows->entity[o];
        if (has_results)
            organisation_decide(&in, &patch->organisation[o], &block->near_ties);
        alignment_step(&pace, &patch->organisation[o]);
    }
}

/* May write which members leave next quarter. */
static void decide_to_leave(struct block *block, size_t form)
{
    const struct form_terms *terms = block_terms(block, block->plan->form[form].row);
    struct patch *patch = &block->patch[form];

    for (int k = 0; k < patch->leaving_count; k++) {
        const int s = patch->leaving[k];

        alignment_exit(terms, &block->nature[s].exit,
                       &patch->organisation[patch->organisation_of[s]],
                       &patch->practice[s], &block->near_ties);
        if (patch->practice[s].standing.leaves)
            patch->decided[patch->decided_count++] = s;
    }
}

void stage_decisions(struct block *block, size_t form, int quarter)
{
    decide_organisations(block, form, quarter);
    decide_to_leave(block, form);
}
