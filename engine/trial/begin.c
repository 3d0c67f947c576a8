#include "begin.h"

#include "ending_rate.h"
#include "flows.h"
#include "money.h"

#include <math.h>
#include <string.h>

static void draw_value(const struct plan_value *value, const struct block *block,
                       struct lanes *lanes)
{
    const struct draw_source source = {block->source.seed,
                                       draw_trial(block->first, value->stream)};

    if (value->distribution.kind == FIXED) {
        EACH_LANE (i)
            lanes->at[i] = value->distribution.a * value->uplift;
        return;
    }
    if (value->tied > 0) {
        for (int i = 0; i < LANES; i++)
            lanes->at[i] = plan_drawn(block->whole, value, block->first + (uint64_t)i);
        return;
    }
    lane_draw(&source, draw_address(value->entity, DRAW_PARAMETER, ONCE_PER_TRIAL, 0),
              lanes);
    for (int i = 0; i < LANES; i++)
        lanes->at[i] = plan_quantile(value, lanes->at[i]);
}

static void begin_site(struct block *block, size_t s)
{
    const struct plan *plan = block->plan;
    const struct plan_site *site = &plan->site[s];
    const struct parameters *parameters = block_parameters(block);
    const double fte[ROLES] = {site->posts[PARTNER] * site->fte[PARTNER],
                               site->posts[SALARIED] * site->fte[SALARIED]};
    const struct money_inputs in = {
        .parameters = parameters,
        .terms = block_terms(block, plan->form[plan->reference].row),
        .site = &block->site[s],
    };

    ending_rate_start(&parameters->distress, &block->source, site->area, site->list,
                      &block->nature[s]);
    workforce_nature(parameters, &block->source, &block->site[s], &block->nature[s]);
    money_plan(&in, fte, workforce_mean_fte(site->posts, site->fte),
               site->posts[PARTNER] + site->posts[SALARIED], &block->nature[s]);
    if (plan->delegated.on)
        delegated_begin(&plan->delegated, &parameters->delegated, &block->source,
                        site->entity, site->band, &plan->sampler[block_site(block, s)],
                        &block->claims[s]);
}

/* Somebody reads later what a site was paid, or what it shared and drew. */
static bool keeps_payments(const struct block *block)
{
    return block->tape != NULL || block->plan->stores_sites;
}

static bool keeps_shares(const struct block *block, size_t form)
{
    const int row = block->plan->form[form].row;

    return block->tape != NULL ||
           block->plan->row[row].choices.liability == LIABILITY_JOINT;
}

/* Where a form's sites put it. */
static void give_room(const struct block *block, size_t form, struct patch *patch)
{
    const bool payments = keeps_payments(block), shares = keeps_shares(block, form);

    for (int s = 0; s < patch->sites; s++) {
        struct practice *practice = &patch->practice[s];

        practice->paid = payments ? &practice->own_payments : &patch->payments;
        practice->shares =
            shares ? &practice->own_shares : &patch->shares[s % SITES_AT_ONCE];
    }
}

static void begin_practice(const struct block *block, size_t s,
                           struct practice *practice)
{
    const struct plan_site *site = &block->plan->site[s];
    const double led = site->posts[PARTNER] > 0 ? 1.0 : 0.0;

    *practice = (struct practice){
        .posts = practice->posts, .score = practice->score, .resized = true};
    EACH_LANE (i) {
        practice->list.at[i] = site->list;
        practice->capacity.staff.at[i] = 1.0;
        practice->capacity.workload.at[i] = 1.0;
        practice->settlement.reserve.at[i] =
            led * block_parameters(block)->money.reserve_weeks.at[i] / 52.0 * 4.0 *
            block->nature[s].plan_cost.at[i];
    }
    practice->standing.open = practice->standing.young = practice->standing.ramping =
        UINT8_MAX;
    practice->standing.had_partner = led > 0.0 ? UINT8_MAX : 0;
    workforce_start(block_parameters(block), &block->source, &block->site[s], practice);
    workforce_recount(&block->site[s], practice);
    lanes_keep(lanes_positive(&practice->workforce.partner_fte),
               &practice->standing.partnered);
}

static void begin_patch(struct block *block, size_t f)
{
    const struct plan *plan = block->plan;
    const struct plan_form *form = &plan->form[f];
    const struct form_choices *choices = &plan->row[form->row].choices;
    struct patch *patch = &block->patch[f];
    const struct form_terms *terms = block_terms(block, form->row);

    *patch = (struct patch){
        .sites = (int)plan->sites,
        .networks = (int)plan->networks,
        .organisations = form->organisations,
        .activity = rates_activity(choices, terms, block_terms(block, form->exit_row),
                                   choices->group_by != GROUP_SITE, plan->delegated.on),
        .network_of = block->network_of,
        .next_of = block->next_of,
        .first_of = block->first_of,
        .organisation_of = form->organisation,
        .site = block->site,
        .practice = patch->practice,
        .organisation = patch->organisation,
        .network = patch->network,
        .scratch = patch->scratch,
        .due = patch->due,
        .looked = patch->looked,
        .leaving = patch->leaving,
        .decided = patch->decided,
        .marked = patch->marked,
        .next_member = patch->next_member,
        .first_member = patch->first_member,
    };
    memset(patch->scratch, 0, 3 * plan->sites * sizeof(*patch->scratch));
    memset(patch->marked, 0,
           (size_t)patch_words(patch->sites) * sizeof(*patch->marked));
    memset(patch->due, 0, plan->sites * sizeof(*patch->due));
    memset(patch->network, 0, plan->networks * sizeof(*patch->network));
    memset(patch->organisation, 0,
           (size_t)form->organisations * sizeof(*patch->organisation));
    for (int o = 0; o < form->organisations; o++)
        patch->organisation[o].alignment = terms->alignment_start;
}

/* People are the same under all forms at the start. */
static void begin_practices(struct block *block)
{
    const struct lanes none = {{0}};
    const struct plan *plan = block->plan;

    block->wanted = none;
    for (size_t s = 0; s < plan->sites; s++) {
        const size_t groups = (size_t)post_groups(plan->site[s].slots);
        const struct practice *first = &block->patch[0].practice[s];

        begin_site(block, s);
        EACH_LANE (i)
            block->wanted.at[i] += block->nature[s].wanted.at[i];
        begin_practice(block, s, &block->patch[0].practice[s]);
        for (size_t f = 1; f < plan->forms; f++) {
            struct practice *practice = &block->patch[f].practice[s];
            struct post_group *posts = practice->posts;
            struct lanes *score = practice->score;

            *practice = *first;
            practice->posts = posts;
            practice->score = score;
            memcpy(posts, first->posts, groups * sizeof(*posts));
            memcpy(score, first->score, groups * POSTS * sizeof(*score));
        }
    }
    for (size_t f = 0; f < plan->forms; f++)
        give_room(block, f, &block->patch[f]);
}

void block_begin(struct block *block, uint64_t first, int count)
{
    const struct plan *plan = block->whole;
    const struct lanes none = {{0}};

    block->first = first;
    block->source.first = draw_trial(first, plan->stream);
    block->count = count;
    block->near_ties = none;
    for (size_t v = 0; v < plan->values; v++)
        draw_value(&plan->value[v], block, &block->value[v]);
    workforce_newcomers(&block_parameters(block)->workforce, &block->newcomers);
    memset(block->flows, 0,
           plan->forms * flows_size(plan->quarters) * sizeof(*block->flows));
    for (size_t f = 0; f < plan->forms; f++) {
        block->tally[f] = (struct tally){0};
        EACH_LANE (i)
            block->tally[f].worst_year.at[i] = INFINITY;
    }
}

void block_begin_area(struct block *block)
{
    const struct plan *plan = block->plan;

    block->drivers = (struct drivers){0};
    for (size_t k = 0; k < plan->shocks; k++) {
        EACH_LANE (i)
            block->shock[k].started.at[i] = -NEVER;
    }
    for (size_t f = 0; f < plan->forms; f++)
        begin_patch(block, f);
    begin_practices(block);
    for (size_t f = 0; f < plan->forms; f++) {
        for (size_t s = 0; s < plan->sites; s++) {
            EACH_LANE (i)
                block->tally[f].posts_before.at[i] +=
                    block->patch[f].practice[s].workforce.filled.at[i];
        }
    }
}
