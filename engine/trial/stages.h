/** @file
 * The stages of a quarter, in their order.
 */
#ifndef HEADROOM_STAGES_H
#define HEADROOM_STAGES_H

#include "block.h"
#include "structure.h"

/** All forms, or what they share. */
typedef void stage_function(struct block *block, int quarter);
/** One form, whatever becomes of the others. */
typedef void form_stage_function(struct block *block, size_t form, int quarter);

#define ROW(name)      stage_function stage_##name;
#define FORM_ROW(name) form_stage_function stage_##name;
#include "stage_rows.def"
#undef FORM_ROW
#undef ROW

/** Add the sites to the sums of the quarter in their last pass; at the horizon, after
 * their accounts are closed. */
static inline bool stage_is_last(const struct block *block, int quarter)
{
    return quarter == block->plan->quarters - 1;
}

/** The rules in force for a form's sites in a quarter. */
struct settlement_rules stage_rules(const struct block *block, size_t form,
                                    int quarter);

/** What a change of a form's structure is reckoned from; @p rules are borrowed. */
struct structure_inputs stage_structure_inputs(const struct block *block, size_t form,
                                               const struct settlement_rules *rules);

/** What that quarter's tally is reckoned from; @p rules are borrowed. */
struct tally_inputs stage_tally(const struct block *block, size_t form,
                                const struct settlement_rules *rules);

/** Whether a delegated budget is settled in @p quarter. */
static inline bool stage_settles_budgets(const struct plan *plan, int quarter)
{
    return plan->delegated.on && quarter % 4 == 3;
}

#endif
