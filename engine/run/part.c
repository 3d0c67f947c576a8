#include "part.h"

#include "flows.h"

#include <stdlib.h>
#include <string.h>

struct part part_none(const struct shape *shape)
{
    return (struct part){.shape = shape, .sums = sums_none(shape->sums)};
}

void part_free(struct part *part)
{
    for (size_t i = 0; i < part->slabs; i++)
        slab_free(&part->slab[i]);
    free(part->slab);
    sums_free(&part->sums);
    free(part->histogram);
    *part = (struct part){.shape = part->shape, .sums = part->sums};
}

enum hr_status part_take_slab(struct part *part, struct slab slab,
                              struct hr_error *error)
{
    struct slab *more = realloc(part->slab, (part->slabs + 1) * sizeof(*more));
    size_t place = part->slabs;

    if (more == NULL) {
        slab_free(&slab);
        return hr_fail(error, HR_FAILED, "no memory for a part of a run");
    }
    part->slab = more;
    while (place > 0 && more[place - 1].first > slab.first)
        place--;
    memmove(&more[place + 1], &more[place], (part->slabs - place) * sizeof(slab));
    more[place] = slab;
    part->slabs++;
    return HR_OK;
}

/* What public cost under a form comes to so far over that under the reference. */
static void sum_totals(const struct shape *shape, const struct block *block,
                       struct moments *total)
{
    const size_t quarters = (size_t)shape->plan->quarters;
    const size_t reference = (size_t)shape->plan->reference;
    const struct lanes *cost = &block->series[SERIES_PUBLIC_COST * quarters];
    const struct lanes *other = &cost[reference * SERIES_COUNT * quarters];

    for (size_t f = 0; f < shape->plan->forms; f++) {
        const struct lanes *own = &cost[f * SERIES_COUNT * quarters];
        struct lanes sum = {{0}};

        for (size_t q = 0; q < quarters; q++) {
            for (int i = 0; i < LANES; i++)
                sum.at[i] += own[q].at[i] - other[q].at[i];
            total[f * quarters + q] = moments_of(sum.at, (size_t)block->count);
        }
    }
}

static void sum_paths(const struct shape *shape, const struct block *block,
                      struct moments *path, struct moments *less)
{
    const struct plan *plan = shape->plan;
    const size_t per_form = SERIES_COUNT * (size_t)plan->quarters;
    const struct lanes *reference = &block->series[(size_t)plan->reference * per_form];
    const size_t count = (size_t)block->count;

    for (size_t k = 0; k < shape->paths; k++) {
        path[k] = moments_of(block->series[k].at, count);
        less[k] = moments_of_difference(block->series[k].at, reference[k % per_form].at,
                                        count);
    }
}

static void sum_flows(const struct shape *shape, const struct block *block,
                      struct moments *flow)
{
    const size_t per_form = flows_size(shape->plan->quarters);
    const struct lanes *reference =
        &block->flows[(size_t)shape->plan->reference * per_form];
    const size_t count = (size_t)block->count;

    for (size_t k = 0; k < shape->flows; k++) {
        flow[k] = moments_of(block->flows[k].at, count);
        flow[shape->flows + k] = moments_of_difference(
            block->flows[k].at, reference[k % per_form].at, count);
    }
}

void part_sum(const struct shape *shape, const struct block *block,
              struct moments *moments)
{
    const struct plan *plan = shape->plan;
    const size_t per_form = plan->sites * SITE_METRICS;
    const size_t count = (size_t)block->count;
    const struct lanes *reference =
        &block->site_metric[(size_t)plan->reference * per_form];
    struct moments *site = moments + shape->paths, *less = site + shape->site_sums;

    if (shape->sums == 0)
        return;
    sum_paths(shape, block, moments, less + shape->site_sums);
    sum_totals(shape, block, less + shape->site_sums + shape->paths);
    sum_flows(shape, block, moments + shape->sums - 2 * shape->flows);
    for (size_t k = 0; k < shape->site_sums; k++) {
        const double *own = block->site_metric[k].at;

        site[k] = moments_of(own, count);
        less[k] = moments_of_difference(own, reference[k % per_form].at, count);
    }
}

static void add_histograms(struct part *part, struct part *more)
{
    if (part->histogram == NULL) {
        part->histogram = more->histogram;
        more->histogram = NULL;
    }
    for (size_t k = 0; more->histogram != NULL && k < part->shape->counted; k++)
        histogram_merge(&part->histogram[k], &more->histogram[k]);
}

enum hr_status part_add(struct part *part, struct part *more, struct hr_error *error)
{
    enum hr_status status = sums_move(&part->sums, &more->sums, error);

    for (size_t i = 0; i < more->slabs && status == HR_OK; i++) {
        const struct slab slab = more->slab[i];

        more->slab[i] = (struct slab){0};
        status = part_take_slab(part, slab, error);
    }
    if (status == HR_OK)
        add_histograms(part, more);
    part_free(more);
    return status;
}

uint64_t part_prefix(const struct part *part)
{
    uint64_t prefix = 0;

    for (size_t i = 0; i < part->sums.count && part->sums.node[i].first == prefix; i++)
        prefix += part->sums.node[i].blocks;
    return prefix;
}
