#include "block.h"

#include "flows.h"
#include "site_quarters.h"

#include <stdlib.h>
#include <string.h>

/* Hands out aligned pieces of one allocation; with no base it only measures. */
struct arena {
    char *base;
    size_t used;
};

static void *carve(struct arena *arena, size_t count, size_t size)
{
    void *piece = arena->base == NULL ? NULL : arena->base + arena->used;

    arena->used += (count * size + 63) / 64 * 64;
    return piece;
}

/* The area at hand, and the forms that are simulated, as a plan of its own: what is not
 * of these is the whole plan's. */
struct slice {
    struct plan plan;
    struct plan_site *site;
    struct plan_form *form;
    int *organisation; /* [form][site] */
};

static size_t groups_of(const struct plan_site *site)
{
    return (size_t)post_groups(site->slots);
}

static size_t most_groups(const struct plan *plan)
{
    size_t most = 0;

    for (size_t s = 0; s < plan->sites; s++) {
        const size_t here = groups_of(&plan->site[s]);

        most = here > most ? here : most;
    }
    return most;
}

static const struct plan_site *site_of(const struct plan *plan, size_t area, size_t s)
{
    return &plan->site[plan_area_site(plan, area, s)];
}

static size_t all_groups(const struct plan *plan, size_t area)
{
    size_t all = 0;

    for (size_t s = 0; s < plan_area_sites(plan, area); s++)
        all += groups_of(site_of(plan, area, s));
    return all;
}

static size_t most_sites(const struct plan *plan)
{
    size_t most = 0;

    for (size_t a = 0; a < plan_areas(plan); a++) {
        const size_t here = plan_area_sites(plan, a);

        most = here > most ? here : most;
    }
    return most;
}

static void lay_out_patch(struct arena *arena, const struct plan *plan, size_t area,
                          size_t form, struct patch *patch)
{
    const size_t sites = plan_area_sites(plan, area);
    const size_t organisations = (size_t)plan_area_organisations(plan, area, form);
    const size_t room = (sites + SITES_AT_ONCE - 1) / SITES_AT_ONCE * SITES_AT_ONCE;
    struct practice *practice = carve(arena, room, sizeof(*practice));
    struct organisation *organisation =
        carve(arena, organisations, sizeof(*organisation));
    struct network *network =
        carve(arena, plan_area_networks(plan, area), sizeof(*network));
    double *scratch = carve(arena, 3 * sites, sizeof(*scratch));
    uint64_t *due = carve(arena, sites, sizeof(*due));
    int *looked = carve(arena, sites, sizeof(*looked));
    int *leaving = carve(arena, sites, sizeof(*leaving));
    int *decided = carve(arena, 2 * sites, sizeof(*decided));
    uint64_t *marked = carve(arena, sites / 64 + 1, sizeof(*marked));
    int *next_member = carve(arena, sites, sizeof(*next_member));
    int *first_member = carve(arena, organisations, sizeof(*first_member));

    if (patch != NULL)
        *patch = (struct patch){.practice = practice,
                                .organisation = organisation,
                                .network = network,
                                .scratch = scratch,
                                .due = due,
                                .looked = looked,
                                .leaving = leaving,
                                .decided = decided,
                                .marked = marked,
                                .next_member = next_member,
                                .first_member = first_member};
    if (patch != NULL)
        memset(practice + sites, 0, (room - sites) * sizeof(*practice));
    for (size_t s = 0; s < sites; s++) {
        const size_t groups = groups_of(site_of(plan, area, s));
        struct post_group *posts = carve(arena, groups, sizeof(*posts));
        struct lanes *score = carve(arena, groups * POSTS, sizeof(*score));

        if (patch != NULL) {
            practice[s].posts = posts;
            practice[s].score = score;
        }
    }
}

/* What the areas have in turn. */
static void lay_out_area(struct arena *arena, const struct plan *plan, size_t area,
                         struct block *block)
{
    const size_t sites = plan_area_sites(plan, area);

    block->nature = carve(arena, sites, sizeof(*block->nature));
    block->site = carve(arena, sites, sizeof(*block->site));
    block->claims =
        carve(arena, plan->delegated.on ? sites : 0, sizeof(*block->claims));
    block->slot_fte =
        carve(arena, POSTS * all_groups(plan, area), sizeof(*block->slot_fte));
    block->network_of = carve(arena, sites, sizeof(*block->network_of));
    block->next_of = carve(arena, sites, sizeof(*block->next_of));
    block->first_of =
        carve(arena, plan_area_networks(plan, area), sizeof(*block->first_of));
    for (size_t f = 0; f < plan->forms; f++)
        lay_out_patch(arena, plan, area, f,
                      block->patch == NULL ? NULL : &block->patch[f]);
}

static void lay_out_slice(struct arena *arena, const struct plan *plan,
                          struct block *block)
{
    const size_t several = plan->areas > 0 ? 1 : 0;
    const size_t own = several > 0 || plan->given != NULL ? 1 : 0;
    const size_t sites = several * most_sites(plan);
    struct slice *slice = carve(arena, own, sizeof(*slice));
    struct plan_site *site = carve(arena, sites, sizeof(*site));
    struct plan_form *form = carve(arena, several * plan->forms, sizeof(*form));
    int *organisation = carve(arena, sites * plan->forms, sizeof(*organisation));

    block->slice = slice;
    if (slice == NULL || own == 0)
        return;
    *slice = (struct slice){
        .plan = *plan, .site = site, .form = form, .organisation = organisation};
    slice->plan.forms -= plan->given != NULL;
}

/* What the trials have, whatever the area. */
static void lay_out_trials(struct arena *arena, const struct plan *plan,
                           struct block *block)
{
    const size_t forms = plan->forms, quarters = (size_t)plan->quarters;
    const size_t kept = plan->areas > 0 ? quarters : 1;

    block->value = carve(arena, plan->values, sizeof(*block->value));
    block->shock = carve(arena, plan->shocks, sizeof(*block->shock));
    block->tally = carve(arena, forms, sizeof(*block->tally));
    block->sums = carve(arena, forms * kept, sizeof(*block->sums));
    block->series =
        carve(arena, forms * SERIES_COUNT * quarters, sizeof(*block->series));
    block->flows =
        carve(arena, forms * flows_size(plan->quarters), sizeof(*block->flows));
    block->metric = carve(arena, forms * METRICS, sizeof(*block->metric));
    block->site_metric =
        carve(arena, forms * plan->sites * SITE_METRICS, sizeof(*block->site_metric));
    block->site_quarters =
        carve(arena, site_quarters_size(plan), sizeof(*block->site_quarters));
    block->draws = carve(arena, most_groups(plan), sizeof(*block->draws));
    block->mover = carve(arena, forms, sizeof(*block->mover));
    block->scarcity = carve(arena, forms, sizeof(*block->scarcity));
    block->hire_inside = carve(arena, forms, sizeof(*block->hire_inside));
    block->hire_outside = carve(arena, forms, sizeof(*block->hire_outside));
    block->rates = carve(arena, forms, sizeof(*block->rates));
    block->patch = carve(arena, forms, sizeof(*block->patch));
    block->here = carve(arena, forms, sizeof(*block->here));
    lay_out_slice(arena, plan, block);
}

/* Bytes of the trials, and in @p all of those and the largest area. */
static size_t measure(const struct plan *plan, size_t *all)
{
    struct arena arena = {0};
    struct block block = {0};
    size_t trials;

    lay_out_trials(&arena, plan, &block);
    trials = *all = arena.used;
    for (size_t a = 0; a < plan_areas(plan); a++) {
        arena.used = trials;
        lay_out_area(&arena, plan, a, &block);
        *all = arena.used > *all ? arena.used : *all;
    }
    return trials;
}

size_t block_bytes(const struct plan *plan)
{
    size_t all;

    (void)measure(plan, &all);
    return all;
}

static void describe_slots(const struct site *site, double *fte)
{
    const int partners = site->posts[PARTNER];
    const int filled = partners + site->posts[SALARIED];
    const double mean = workforce_mean_fte(site->posts, site->fte);

    for (int slot = 0; slot < site->slots; slot++) {
        const double employed = slot < filled ? site->fte[SALARIED] : mean;

        fte[slot] = slot < partners ? site->fte[PARTNER] : employed;
    }
}

/* Of each group its first site, and of each site the next one of its group, the first
 * after the last. */
static void describe_rings(const int *group_of, size_t sites, int *first, int *next)
{
    for (size_t s = sites; s-- > 0;)
        first[group_of[s]] = -1;
    for (size_t s = sites; s-- > 0;) {
        next[s] = first[group_of[s]];
        first[group_of[s]] = (int)s;
    }
    for (size_t s = 0; s < sites; s++) {
        if (next[s] < 0)
            next[s] = first[group_of[s]];
    }
}

static void describe_groups(struct block *block)
{
    const struct plan *plan = block->plan;

    for (size_t s = 0; s < plan->sites; s++)
        block->network_of[s] = plan->site[s].network;
    describe_rings(block->network_of, plan->sites, block->first_of, block->next_of);
    for (size_t f = 0; f < plan->forms; f++)
        describe_rings(plan->form[f].organisation, plan->sites,
                       block->patch[f].first_member, block->patch[f].next_member);
}

static void describe_sites(struct block *block)
{
    const struct plan *plan = block->plan;
    double *slot_fte = block->slot_fte;

    for (size_t s = 0; s < plan->sites; s++) {
        const struct plan_site *site = &plan->site[s];
        const double partner_fte = site->posts[PARTNER] * site->fte[PARTNER];

        block->site[s] = (struct site){
            .entity = site->entity,
            .posts = {site->posts[PARTNER], site->posts[SALARIED]},
            .slots = site->slots,
            .fte = {site->fte[PARTNER], site->fte[SALARIED]},
            .slot_fte = slot_fte,
            .list = site->list,
            .per_patient = 1.0 / site->list,
            .per_partner_fte = partner_fte > 0.0 ? 1.0 / partner_fte : 0.0,
            .weight = site->weighted_list / site->list,
            .core_income = 0.25 * site->weighted_list * site->core_rate,
            .core_rate = 0.25 * site->core_rate * site->weighted_list / site->list,
            .cost_rate = 0.25 * site->cost_rate,
        };
        describe_slots(&block->site[s], slot_fte);
        slot_fte += POSTS * groups_of(site);
    }
}

/* The area's own practices, networks and organisations, numbered from 0. */
static const struct plan *cut(const struct plan *plan, size_t area, struct slice *slice)
{
    const struct plan_area *own = &plan->area[area];

    slice->plan.sites = own->sites;
    slice->plan.networks = own->networks;
    slice->plan.site = slice->site;
    slice->plan.form = slice->form;
    for (size_t s = 0; s < own->sites; s++)
        slice->site[s] = plan->site[own->site[s]];
    for (size_t f = 0; f < plan->forms; f++) {
        const struct plan_form *form = &plan->form[f];
        int *organisation = &slice->organisation[f * own->sites];

        for (size_t s = 0; s < own->sites; s++)
            organisation[s] = form->organisation[own->site[s]] - form->before[area];
        slice->form[f] = *form;
        slice->form[f].organisations = plan_area_organisations(plan, area, f);
        slice->form[f].organisation = organisation;
        slice->form[f].entity = &form->entity[form->before[area]];
    }
    return &slice->plan;
}

void block_enter(struct block *block, size_t area)
{
    const struct plan *plan = block->whole;
    struct arena arena = {block->memory, block->trials};

    block->area = area;
    if (plan->areas > 0)
        block->plan = cut(plan, area, block->slice);
    else
        block->plan = plan->given != NULL ? &block->slice->plan : plan;
    lay_out_area(&arena, plan, area, block);
    describe_groups(block);
    describe_sites(block);
}

enum hr_status block_init(struct block *block, const struct plan *plan,
                          struct hr_error *error)
{
    struct arena arena = {0};
    size_t bytes;

    *block = (struct block){.whole = plan};
    block->trials = measure(plan, &bytes);
    arena.base = aligned_alloc(64, bytes);
    if (arena.base == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a block of trials (%zu MB)",
                       bytes >> 20);
    memset(arena.base, 0, bytes);
    block->memory = arena.base;
    block->source.seed = plan->seed;
    for (size_t s = 0; s < plan->sites; s++)
        block->patients += plan->site[s].list;
    lay_out_trials(&arena, plan, block);
    block_enter(block, 0);
    return HR_OK;
}

void block_free(struct block *block)
{
    free(block->memory);
    *block = (struct block){0};
}
