#include "shape.h"

#include "block.h"
#include "flows.h"
#include "given.h"
#include "site_quarters.h"

#include <stdlib.h>

/* Places of the values that differ between trials; returns how many. */
static size_t find_drawn(const struct plan *plan, size_t *places)
{
    size_t count = 0;

    for (size_t v = 0; v < plan->values; v++) {
        if (plan->value[v].distribution.kind == FIXED)
            continue;
        if (places != NULL)
            places[count] = v;
        count++;
    }
    return count;
}

enum hr_status shape_init(struct shape *shape, const struct plan *plan,
                          struct hr_error *error)
{
    const size_t drawn = plan->drops_parameters ? 0 : find_drawn(plan, NULL);
    const size_t paths = plan->forms * SERIES_COUNT * (size_t)plan->quarters;
    const size_t sites = plan->forms * plan->sites * SITE_METRICS;
    const size_t totals = plan->forms * (size_t)plan->quarters;
    const size_t flows = plan->forms * flows_size(plan->quarters);

    *shape = (struct shape){
        .plan = plan,
        .drawn_value = calloc(drawn + 1, sizeof(size_t)),
        .drawn = drawn,
        .paths = paths,
        .counted = 2 * paths + totals,
        .site_sums = sites,
        .totals = totals,
        .flows = flows,
        .sums = 2 * (paths + sites + flows) + totals,
        .rows = METRICS * plan->forms + drawn + 1,
        .block_size = block_bytes(plan),
    };
    if (shape->drawn_value == NULL) {
        *shape = (struct shape){0};
        return hr_fail(error, HR_FAILED, "no memory for the shape of a run");
    }
    if (drawn > 0)
        find_drawn(plan, shape->drawn_value);
    return HR_OK;
}

void shape_keep_sites(struct shape *shape)
{
    shape->site_rows = site_quarters_size(shape->plan);
    shape->rows = shape_site(shape, shape->site_rows);
}

void shape_keep_trials_only(struct shape *shape)
{
    shape->counted = 0;
    shape->sums = 0;
}

/* The quarters of a path hold much the same numbers. */
struct histogram *shape_histograms(const struct shape *shape)
{
    return histograms_new(shape->counted, (size_t)shape->plan->quarters);
}

void shape_free(struct shape *shape)
{
    site_store_close(&shape->site_store);
    free(shape->drawn_value);
    *shape = (struct shape){0};
}

void shape_keep_reference(const struct shape *shape, const struct block *block)
{
    const struct plan *plan = shape->plan;

    if (shape->kept_reference != NULL)
        given_keep(block, (size_t)plan->reference,
                   shape->kept_reference + block->first / LANES * given_size(plan));
}
