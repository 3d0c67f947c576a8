#include "block.h"

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

static size_t all_groups(const struct plan *plan)
{
    size_t all = 0;

    for (size_t s = 0; s < plan->sites; s++)
        all += groups_of(&plan->site[s]);
    return all;
}

static void lay_out_patch(struct arena *arena, const struct plan *plan, size_t form,
                          struct patch *patch)
{
    struct practice *practice = carve(arena, plan->sites, sizeof(*practice));
    struct organisation *organisation =
        carve(arena, (size_t)plan->form[form].organisations, sizeof(*organisation));
    struct network *network = carve(arena, plan->networks, sizeof(*network));
    double *scratch = carve(arena, 3 * plan->sites, sizeof(*scratch));
    uint64_t *due = carve(arena, plan->sites, sizeof(*due));
    int *looked = carve(arena, plan->sites, sizeof(*looked));

    if (patch != NULL)
        *patch = (struct patch){.practice = practice,
                                .organisation = organisation,
                                .network = network,
                                .scratch = scratch,
                                .due = due,
                                .looked = looked};
    for (size_t s = 0; s < plan->sites; s++) {
        const size_t groups = groups_of(&plan->site[s]);
        struct post_group *posts = carve(arena, groups, sizeof(*posts));
        struct lanes *start_age = carve(arena, groups * POSTS, sizeof(*start_age));

        if (patch != NULL)
            practice[s] = (struct practice){.posts = posts, .start_age = start_age};
    }
}

static void lay_out(struct arena *arena, const struct plan *plan, struct block *block)
{
    const size_t forms = plan->forms, sites = plan->sites;

    block->value = carve(arena, plan->values, sizeof(*block->value));
    block->shock = carve(arena, plan->shocks, sizeof(*block->shock));
    block->nature = carve(arena, sites, sizeof(*block->nature));
    block->posts = carve(arena, sites, sizeof(*block->posts));
    block->claims =
        carve(arena, plan->delegated.on ? sites : 0, sizeof(*block->claims));
    block->slot_groups = carve(arena, all_groups(plan), sizeof(*block->slot_groups));
    block->network_of = carve(arena, sites, sizeof(*block->network_of));
    block->next_of = carve(arena, sites, sizeof(*block->next_of));
    block->tally = carve(arena, forms, sizeof(*block->tally));
    block->series = carve(arena, forms * SERIES_COUNT * (size_t)plan->quarters,
                          sizeof(*block->series));
    block->metric = carve(arena, forms * METRICS, sizeof(*block->metric));
    block->site_metric =
        carve(arena, forms * sites * SITE_METRICS, sizeof(*block->site_metric));
    block->site_quarters =
        carve(arena, site_quarters_size(plan), sizeof(*block->site_quarters));
    block->draws = carve(arena, most_groups(plan), sizeof(*block->draws));
    block->scarcity = carve(arena, forms, sizeof(*block->scarcity));
    block->hire_inside = carve(arena, forms, sizeof(*block->hire_inside));
    block->hire_outside = carve(arena, forms, sizeof(*block->hire_outside));
    block->blend = carve(arena, forms, sizeof(*block->blend));
    block->patch = carve(arena, forms, sizeof(*block->patch));
    for (size_t f = 0; f < forms; f++)
        lay_out_patch(arena, plan, f, block->patch == NULL ? NULL : &block->patch[f]);
}

size_t block_bytes(const struct plan *plan)
{
    struct arena arena = {0};
    struct block block = {0};

    lay_out(&arena, plan, &block);
    return arena.used;
}

static void describe_slots(const struct site_posts *site, struct slot_group *groups)
{
    const int partners = site->posts[PARTNER];
    const int filled = partners + site->posts[SALARIED];

    for (int slot = 0; slot < site->slots; slot++) {
        const enum slot_kind employed = slot < filled ? SLOT_SALARIED : SLOT_NEW;
        const enum slot_kind kind = slot < partners ? SLOT_PARTNER : employed;

        groups[slot / POSTS].kind[kind] |= post_in_all(slot % POSTS);
    }
}

/* The next site of the same network, the first after the last. */
static int next_of(const struct plan *plan, size_t site)
{
    size_t next = site;

    do
        next = (next + 1) % plan->sites;
    while (plan->site[next].network != plan->site[site].network);
    return (int)next;
}

static void describe_sites(struct block *block)
{
    const struct plan *plan = block->plan;
    struct slot_group *groups = block->slot_groups;

    for (size_t s = 0; s < plan->sites; s++) {
        const struct plan_site *site = &plan->site[s];

        block->network_of[s] = site->network;
        block->next_of[s] = next_of(plan, s);
        block->posts[s] = (struct site_posts){
            .entity = site->entity,
            .posts = {site->posts[PARTNER], site->posts[SALARIED]},
            .slots = site->slots,
            .fte = {site->fte[PARTNER], site->fte[SALARIED]},
            .list = site->list,
            .groups = groups,
            .slot_fte = {site->fte[PARTNER], site->fte[SALARIED]},
        };
        block->posts[s].slot_fte[SLOT_NEW] = workforce_mean_fte(&block->posts[s]);
        describe_slots(&block->posts[s], groups);
        groups += groups_of(site);
    }
}

enum hr_status block_init(struct block *block, const struct plan *plan,
                          struct hr_error *error)
{
    struct arena arena = {0};
    size_t bytes;

    *block = (struct block){.plan = plan};
    bytes = block_bytes(plan);
    arena.base = aligned_alloc(64, bytes);
    if (arena.base == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a block of trials (%zu MB)",
                       bytes >> 20);
    memset(arena.base, 0, bytes);
    block->memory = arena.base;
    block->source.seed = plan->seed;
    lay_out(&arena, plan, block);
    describe_sites(block);
    return HR_OK;
}

void block_free(struct block *block)
{
    free(block->memory);
    *block = (struct block){0};
}
