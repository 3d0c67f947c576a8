#include "stages.h"

struct settlement_rules stage_rules(const struct block *block, size_t form, int quarter)
{
    const struct plan *plan = block->plan;

    return (struct settlement_rules){
        .parameters = block_parameters(block),
        .drivers = &block->drivers,
        .inside = &plan->row[plan->form[form].row].choices,
        .outside = &plan->row[plan->form[form].exit_row].choices,
        .activity = &block->patch[form].activity,
        .quarter = quarter,
    };
}

struct structure_inputs stage_structure_inputs(const struct block *block, size_t form,
                                               const struct settlement_rules *rules)
{
    return (struct structure_inputs){
        .rules = rules,
        .terms = block_terms(block, block->plan->form[form].row),
        .source = &block->source,
        .nature = block->nature,
    };
}

struct tally_inputs stage_tally(const struct block *block, size_t form,
                                const struct settlement_rules *rules)
{
    const struct plan *plan = block->plan;
    const struct plan_form *rows = &plan->form[form];

    return (struct tally_inputs){
        .rules = rules,
        .source = &block->source,
        .leadership = &block_terms(block, rows->row)->leadership_fte,
        .leadership_outside = &block_terms(block, rows->exit_row)->leadership_fte,
        .quarter = rules->quarter,
        .quarters = plan->quarters,
        .sites = (int)block->whole->sites,
        .patients = block->patients,
        .has_accounts = block->patch[form].activity.accounts,
        .settles_budgets = stage_settles_budgets(plan, rules->quarter),
        .public_insurer = plan->delegated.public_insurer,
    };
}
