#include "whole.h"

#include <stdlib.h>
#include <string.h>

static void copy_slab(const struct slab *slab, size_t rows, size_t trials,
                      double *table)
{
    for (size_t r = 0; r < rows; r++)
        memcpy(&table[r * trials + slab->first], slab_row(slab, r, slab->first),
               slab->trials * sizeof(*table));
}

static bool take_table(struct whole *whole, const struct part *part,
                       const struct tail *tail)
{
    const size_t rows = part->shape->rows;
    double *table;

    if (tail->trials == 0 && part->slabs == 1 &&
        part->slab[0].room == part->slab[0].trials) {
        whole->table = part->slab[0].value;
        return true;
    }
    table = malloc((rows * whole->trials + 1) * sizeof(*table));
    for (size_t i = 0; table != NULL && i < part->slabs; i++)
        copy_slab(&part->slab[i], rows, whole->trials, table);
    if (table != NULL && tail->trials > 0)
        copy_slab(&tail->slab, rows, whole->trials, table);
    whole->table = whole->memory[0] = table;
    return table != NULL;
}

static bool take_moments(struct whole *whole, const struct part *part,
                         const struct tail *tail)
{
    const size_t width = part->shape->sums;
    struct moments *total = malloc((width + 1) * sizeof(*total));

    if (total != NULL)
        sums_total(&part->sums, total);
    for (size_t k = 0; total != NULL && tail->trials > 0 && k < width; k++)
        moments_merge(&total[k], &tail->leaf[k]);
    whole->moments = whole->memory[1] = total;
    return total != NULL;
}

static bool take_histogram(struct whole *whole, const struct part *part,
                           const struct tail *tail)
{
    const size_t paths = part->shape->paths;
    struct histogram *copy;

    if (tail->trials == 0 && part->histogram != NULL) {
        whole->histogram = part->histogram;
        return true;
    }
    copy = calloc(paths + 1, sizeof(*copy));
    if (copy != NULL && part->histogram != NULL)
        memcpy(copy, part->histogram, paths * sizeof(*copy));
    for (size_t k = 0; copy != NULL && tail->trials > 0 && k < paths; k++)
        histogram_add(&copy[k], tail->path[k].at, tail->trials);
    whole->histogram = whole->memory[2] = copy;
    return copy != NULL;
}

enum hr_status whole_init(struct whole *whole, const struct part *part,
                          const struct tail *tail, struct hr_error *error)
{
    *whole = (struct whole){.trials = (size_t)sums_blocks(&part->sums) * LANES +
                                      tail->trials};
    if (take_table(whole, part, tail) && take_moments(whole, part, tail) &&
        take_histogram(whole, part, tail))
        return HR_OK;
    whole_free(whole);
    return hr_fail(error, HR_FAILED, "no memory for the results of a run");
}

void whole_free(struct whole *whole)
{
    for (size_t i = 0; i < sizeof(whole->memory) / sizeof(*whole->memory); i++)
        free(whole->memory[i]);
    *whole = (struct whole){0};
}
