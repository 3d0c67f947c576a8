#include "stages.h"

#include "alignment.h"
#include "decisions.h"
#include "ending_rate.h"

static struct decision_inputs decisions_of(const struct block *block, size_t form,
                                           const struct settlement_rules *rules)
{
    return (struct decision_inputs){
        .rules = rules,
        .own_terms = block_terms(block, block->plan->form[form].row),
        .other_terms = block_terms(block, block->plan->form[form].exit_row),
        .notice = block->plan->notice_quarters,
    };
}

/* May write the sites' trailing years, standing and what they decided, and the burden
 * that their organisations sum up. */
static void decide_sites(struct block *block, size_t form, int quarter)
{
    const struct settlement_rules rules = stage_rules(block, form, quarter);
    struct decision_inputs in = decisions_of(block, form, &rules);
    struct patch *patch = &block->patch[form];

    for (int s = 0; s < patch->sites; s++) {
        struct practice *practice = &patch->practice[s];
        struct organisation *organisation =
            &patch->organisation[patch->organisation_of[s]];

        decisions_record(&rules, practice);
        if (!patch->activity.alone)
            alignment_burden(&rules, practice, organisation);
        in.nature = &block->nature[s];
        in.start_list = block->posts[s].list;
        decisions_distress(&in, organisation, practice, &block->near_ties);
    }
}

static void decide_organisations(struct block *block, size_t form, int quarter)
{
    const struct settlement_rules rules = stage_rules(block, form, quarter);
    const struct plan_form *rows = &block->plan->form[form];
    const struct form_terms *terms = block_terms(block, rows->row);
    struct patch *patch = &block->patch[form];
    const bool has_results =
        patch->activity.accounts || rules.inside->pool_owner != OWNER_PARTNERS;
    struct alignment_pace pace;

    if (patch->activity.alone)
        return;
    alignment_pace(terms, &pace);
    for (int o = 0; o < patch->organisations; o++) {
        if (has_results)
            organisation_decide(&rules, terms, &block->source, rows->entity[o],
                                &patch->organisation[o], &block->near_ties);
        alignment_step(&pace, &patch->organisation[o]);
    }
}

/* May write which members leave next quarter. */
static void decide_to_leave(struct block *block, size_t form)
{
    const struct plan *plan = block->plan;
    const struct form_terms *terms = block_terms(block, plan->form[form].row);
    struct patch *patch = &block->patch[form];

    for (size_t s = 0; s < plan->sites && patch->activity.accounts; s++)
        alignment_exit(terms, &block->nature[s].exit,
                       &patch->organisation[patch->organisation_of[s]],
                       &patch->practice[s], &block->near_ties);
}

/* The draws of the quarter's notices, and a bound on the rates they are held against.
 */
static void draw_notices(struct block *block, int quarter)
{
    const struct plan *plan = block->plan;
    struct lanes factor = {{0}};

    for (size_t row = 0; row < plan->rows; row++) {
        const struct lanes *own = &block_terms(block, (int)row)->ending_factor;

        EACH_LANE (i)
            factor.at[i] = larger(factor.at[i], own->at[i]);
    }
    ending_rate_most(&block_parameters(block)->distress, &factor, &block->drivers);
    for (size_t s = 0; s < plan->sites; s++)
        ending_rate_draw(&block->source, plan->site[s].entity, quarter,
                         &block->nature[s]);
}

void stage_decisions(struct block *block, int quarter)
{
    const struct plan *plan = block->plan;

    draw_notices(block, quarter);
    for (size_t f = 0; f < plan->forms; f++) {
        decide_sites(block, f, quarter);
        decide_organisations(block, f, quarter);
        if (quarter >= TRAILING - 1)
            decide_to_leave(block, f);
    }
}
