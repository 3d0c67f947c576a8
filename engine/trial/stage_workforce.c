#include "stages.h"

#include "capacity.h"
#include "demand.h"
#include "workforce.h"

/* Whether a site may be in the first year of belonging to its organisation. */
static bool joins_late(const struct form_choices *choices)
{
    return choices->join_rule != JOIN_ALL && choices->join_rule != JOIN_SHARE;
}

static void open_movers(struct block *block, int quarter)
{
    const struct plan *plan = block->plan;

    for (size_t f = 0; f < plan->forms; f++) {
        const struct plan_form *form = &plan->form[f];
        const struct form_choices *choices = &plan->row[form->row].choices;

        block->mover[f] = (struct workforce_form){
            .inside = {.terms = block_terms(block, form->row),
                       .hire = &block->hire_inside[f]},
            .outside = {.terms = block_terms(block, form->exit_row),
                        .hire = &block->hire_outside[f]},
            .converts = choices->convert_partners,
            .settling = quarter < 4 || joins_late(choices),
        };
    }
}

/* What befalls the people of a site under each form: may write what events keep of it,
 * and near ties. */
static void move_people(struct block *block, size_t s, struct workforce_quarter *now)
{
    const size_t forms = block->plan->forms;

    now->site = &block->site[s];
    now->nature = &block->nature[s];
    for (size_t f = 0; f < forms; f++) {
        struct practice *practice = &block->patch[f].practice[s];

        block->mover[f].practice = practice;
        if (practice->recount)
            workforce_recount(now->site, practice);
    }
    workforce_draw(now, block->mover, forms, block->draws);
    workforce_move(now, block->draws, block->mover, forms, &block->near_ties);
}

/* A form's sites as they are counted: what is the same at all of them, and what is put
 * in for the site at hand. */
struct counting {
    struct capacity_inputs in;
    struct patch *patch;
    struct form_rates *rates;
    const struct nature *nature; /* of each site, as the next */
    const struct site *site;
};

static struct counting start_counting(const struct block *block, size_t form,
                                      int quarter)
{
    return (struct counting){
        .in = {.parameters = block_parameters(block),
               .terms = block_terms(block, block->plan->form[form].row),
               .drivers = &block->drivers,
               .quarter = quarter},
        .patch = &block->patch[form],
        .rates = &block->rates[form],
        .nature = block->nature,
        .site = block->site,
    };
}

/* Who is there then, and what they can do before anybody helps: may write the rest of
 * the site's workforce, its capacity, its organisation's spare and shortfall, and the
 * patch's posts. */
static void own_capacity(struct counting *c, size_t s)
{
    struct capacity_inputs *in = &c->in;
    struct patch *patch = c->patch;
    struct practice *practice = &patch->practice[s];

    in->rates = rates_at(c->rates, READS_CAPACITY, practice->standing.member);
    in->nature = &c->nature[s];
    in->site = &c->site[s];
    workforce_count(&c->site[s], &in->rates->pay_premium, &in->terms->convert_pay,
                    practice);
    lanes_keep(lanes_positive(&practice->workforce.partner_fte),
               &practice->standing.partnered);
    capacity_before_help(in, practice);
    if (patch->activity.accounts)
        capacity_offer(in, practice, &patch->organisation[patch->organisation_of[s]]);
    EACH_LANE (i) {
        patch->wanted.at[i] += practice->workforce.wanted.at[i];
        patch->filled.at[i] += practice->workforce.filled.at[i];
    }
}

/* Sites whose people move before it is counted what they can do: what an event has just
 * written is slow to read. */
enum { WORKFORCES = 8 };

/* The first pass over sites. */
void stage_workforce(struct block *block, int quarter)
{
    const struct plan *plan = block->plan;
    struct workforce_quarter now = {
        .parameters = block_parameters(block),
        .newcomers = &block->newcomers,
        .source = &block->source,
        .shocks = block->shock,
        .shock_count = (int)plan->shocks,
        .quarter = quarter,
    };

    demand_sites(&block->source, block->site, (int)plan->sites, quarter,
                 &block->drivers, block->nature);
    workforce_chances(&now, &block->drivers);
    open_movers(block, quarter);
    workforce_bounds(&now, block->mover, plan->forms);
    for (size_t s = 0; s < plan->sites; s += WORKFORCES) {
        const size_t left = plan->sites - s;
        const size_t end = s + (left < WORKFORCES ? left : WORKFORCES);

        for (size_t k = s; k < end; k++)
            move_people(block, k, &now);
        for (size_t f = 0; f < plan->forms; f++) {
            struct counting counting = start_counting(block, f, quarter);

            for (size_t k = s; k < end; k++)
                own_capacity(&counting, k);
            for (size_t k = s; k < end && now.chances.contagious; k++)
                workforce_remember(&block->patch[f].practice[k].workforce);
        }
    }
}
