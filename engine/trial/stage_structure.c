#include "stages.h"

#include "workforce.h"

static void settle_structure(struct block *block, size_t form, int quarter,
                             uint64_t due)
{
    const struct settlement_rules rules = stage_rules(block, form, quarter);
    const struct structure_inputs in = stage_structure_inputs(block, form, &rules);

    for (; due != 0; due &= due - 1)
        structure_step(&in, lanes_first(due), &block->patch[form], &block->near_ties);
}

static void open_quarter(struct patch *patch, int quarter)
{
    const struct lanes none = {{0}};

    ledger_open(&patch->ledger);
    patch->wanted = patch->filled = none;
    for (int n = 0; n < patch->networks; n++) {
        patch->network[n].led_fte = none;
        patch->network[n].orphaned = none;
        patch->network[n].endings[trailing_place(quarter)] = none;
    }
    for (int o = 0; o < patch->organisations; o++)
        organisation_open(&patch->organisation[o]);
}

static void count_cascades(struct patch *patch)
{
    for (int n = 0; n < patch->networks; n++) {
        const struct lanes *e = patch->network[n].endings;

        EACH_LANE (i)
            patch->events.largest_cascade.at[i] =
                larger(patch->events.largest_cascade.at[i],
                       e[0].at[i] + e[1].at[i] + e[2].at[i] + e[3].at[i]);
    }
}

/* Chance that an eligible vacancy fills inside and outside the form: hires are
 * zero-sum over the patch, and limited by what supply allows. */
static void share_hires(struct block *block, size_t form, const struct lanes *inside,
                        const struct lanes *outside)
{
    const struct plan *plan = block->plan;
    const struct workforce_parameters *w = &block_parameters(block)->workforce;
    const struct lanes *own = &block_terms(block, plan->form[form].row)->recruit_factor;
    const struct lanes *other =
        &block_terms(block, plan->form[form].exit_row)->recruit_factor;

    EACH_LANE (i) {
        const double pace = 3.0 * block->drivers.recruitment.at[i] /
                            block->drivers.months_to_fill.at[i];
        const double neutral = smaller(1.0, pace);
        const double in = smaller(1.0, pace * own->at[i]);
        const double out = smaller(1.0, pace * other->at[i]);
        const double expected = inside->at[i] * in + outside->at[i] * out;
        const double fair = neutral * (inside->at[i] + outside->at[i]);
        const double supply = 0.25 * w->supply_cap.at[i] * block->wanted.at[i];
        const double scale = smaller(fair, supply) / (expected > 0.0 ? expected : 1.0);

        block->hire_inside[form].at[i] = smaller(1.0, scale * in);
        block->hire_outside[form].at[i] = smaller(1.0, scale * out);
    }
}

/* Lists and organisations are fixed: may write wanted and eligible posts, the people
 * and members of organisations, and what a vacancy's chance to fill is. */
static void take_census(struct block *block, size_t form)
{
    struct patch *patch = &block->patch[form];
    struct lanes inside = {{0}}, outside = {{0}};

    for (int s = 0; s < patch->sites; s++) {
        struct practice *practice = &patch->practice[s];
        const struct flags *members = lanes_mask(practice->standing.member);

        organisation_count(practice, &patch->organisation[patch->organisation_of[s]]);
        workforce_census(&block->site[s], &block->nature[s], practice);
        EACH_LANE (i) {
            const double eligible = practice->workforce.eligible.at[i];
            const double member = lane_in(members, i, eligible);

            inside.at[i] += member;
            outside.at[i] += eligible - member;
        }
    }
    for (int o = 0; o < patch->organisations; o++)
        organisation_size(block_parameters(block), &block->drivers,
                          patch->activity.accounts, &patch->organisation[o]);
    share_hires(block, form, &inside, &outside);
}

void stage_structure(struct block *block, int quarter)
{
    for (size_t f = 0; f < block->plan->forms; f++) {
        uint64_t due;

        structure_grow(&block->drivers, &block->patch[f]);
        due = structure_due(&block->patch[f], quarter);
        open_quarter(&block->patch[f], quarter);
        settle_structure(block, f, quarter, due);
        count_cascades(&block->patch[f]);
        take_census(block, f);
    }
}
