#include "whole.h"

#include <stdlib.h>
#include <string.h>

static enum hr_status copy_slab(const struct slab *slab, size_t rows, size_t trials,
                                double *table, struct hr_error *error)
{
    enum hr_status status = HR_OK;

    for (size_t r = 0; r < rows && status == HR_OK; r++)
        status = slab_read(slab, r, slab->first, slab->trials,
                           &table[r * trials + slab->first], error);
    return status;
}

static enum hr_status copy_table(const struct whole *whole, const struct part *part,
                                 const struct tail *tail, double *table,
                                 struct hr_error *error)
{
    const size_t rows = part->shape->rows;
    enum hr_status status = HR_OK;

    for (size_t i = 0; i < part->slabs && status == HR_OK; i++)
        status = copy_slab(&part->slab[i], rows, whole->trials, table, error);
    if (status == HR_OK && tail->trials > 0)
        status = copy_slab(&tail->slab, rows, whole->trials, table, error);
    return status;
}

static enum hr_status take_table(struct whole *whole, const struct part *part,
                                 const struct tail *tail, struct hr_error *error)
{
    const struct slab *slab = part->slab;
    double *table;

    if (tail->trials == 0 && part->slabs == 1 && slab->value != NULL &&
        slab->room == slab->trials) {
        whole->table = slab->value;
        return HR_OK;
    }
    table = malloc((part->shape->rows * whole->trials + 1) * sizeof(*table));
    whole->table = whole->memory[0] = table;
    if (table == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the results of a run");
    return copy_table(whole, part, tail, table, error);
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
    enum hr_status status;

    *whole = (struct whole){.trials = (size_t)sums_blocks(&part->sums) * LANES +
                                      tail->trials};
    status = take_table(whole, part, tail, error);
    if (status == HR_OK &&
        (!take_moments(whole, part, tail) || !take_histogram(whole, part, tail)))
        status = hr_fail(error, HR_FAILED, "no memory for the results of a run");
    if (status != HR_OK)
        whole_free(whole);
    return status;
}

void whole_free(struct whole *whole)
{
    for (size_t i = 0; i < sizeof(whole->memory) / sizeof(*whole->memory); i++)
        free(whole->memory[i]);
    *whole = (struct whole){0};
}
