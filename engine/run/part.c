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

/* Numbers of a block, of which each form has so many. */
struct rows {
    const struct lanes *row;
    size_t forms, per_form;
    size_t reference; /* among the forms */
    size_t count;     /* trials */
};

/* Their moments, and those of how far they are from the reference's. */
static void sum_rows(const struct rows *rows, struct moments *own, struct moments *less)
{
    const size_t per_form = rows->per_form;

    moments_of_rows(rows->row->at, rows->forms * per_form, rows->count, own);
    for (size_t f = 0; f < rows->forms; f++) {
        const struct moments_pair pair = {rows->row[f * per_form].at,
                                          rows->row[rows->reference * per_form].at};

        moments_of_row_differences(&pair, per_form, rows->count, less + f * per_form);
    }
}

void part_sum(const struct shape *shape, const struct block *block,
              struct moments *moments)
{
    const struct plan *plan = shape->plan;
    struct rows rows = {.forms = plan->forms,
                        .reference = (size_t)plan->reference,
                        .count = (size_t)block->count};
    struct moments *site = moments + shape->paths;
    struct moments *path_less = site + 2 * shape->site_sums;
    struct moments *flow = moments + shape->sums - 2 * shape->flows;

    if (shape->sums == 0)
        return;
    rows.row = block->series;
    rows.per_form = SERIES_COUNT * (size_t)plan->quarters;
    sum_rows(&rows, moments, path_less);
    sum_totals(shape, block, path_less + shape->paths);
    rows.row = block->flows;
    rows.per_form = flows_size(plan->quarters);
    sum_rows(&rows, flow, flow + shape->flows);
    rows.row = block->site_metric;
    rows.per_form = plan->sites * SITE_METRICS;
    sum_rows(&rows, site, site + shape->site_sums);
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
