#include "quality.h"

#include <math.h>
#include <stdlib.h>

enum { AT_ONCE = 4096 };

/* One row of a slab, some of its trials. */
struct stretch {
    const struct slab *slab;
    const struct shape *shape;
    uint64_t first;
    size_t count;
    double value[AT_ONCE];
};

static enum hr_status read_row(struct stretch *stretch, size_t row,
                               struct hr_error *error)
{
    const struct row_stretch some = {row, stretch->first, stretch->count};

    return slab_read(stretch->slab, &some, stretch->value, error);
}

static enum hr_status add_form(struct quality *quality, struct stretch *stretch,
                               size_t form, struct hr_error *error)
{
    const struct shape *shape = stretch->shape;
    struct moments workload;

    if (read_row(stretch, shape_metric(shape, METRIC_IMBALANCE, form), error) != HR_OK)
        return error->status;
    for (size_t t = 0; t < stretch->count; t++)
        quality->imbalance = fmax(quality->imbalance, stretch->value[t]);
    if (read_row(stretch, shape_metric(shape, METRIC_WORKLOAD, form), error) != HR_OK)
        return error->status;
    workload = moments_of(stretch->value, stretch->count);
    moments_merge(&quality->workload[form], &workload);
    return HR_OK;
}

static enum hr_status add_stretch(struct quality *quality, struct stretch *stretch,
                                  struct hr_error *error)
{
    enum hr_status status = read_row(stretch, shape_near_ties(stretch->shape), error);

    for (size_t t = 0; status == HR_OK && t < stretch->count; t++)
        quality->near_tie_trials += stretch->value[t] > 0.0;
    for (size_t f = 0; f < stretch->shape->plan->forms && status == HR_OK; f++)
        status = add_form(quality, stretch, f, error);
    return status;
}

enum hr_status quality_add(struct quality *quality, const struct slab *slab,
                           const struct shape *shape, struct hr_error *error)
{
    struct stretch stretch = {.slab = slab, .shape = shape, .first = slab->first};
    const uint64_t end = slab->first + slab->trials;
    enum hr_status status = HR_OK;

    if (quality->workload == NULL)
        quality->workload = calloc(shape->plan->forms, sizeof(*quality->workload));
    if (quality->workload == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the quality of a run");
    while (stretch.first < end && status == HR_OK) {
        const uint64_t left = end - stretch.first;

        stretch.count = left < AT_ONCE ? (size_t)left : AT_ONCE;
        status = add_stretch(quality, &stretch, error);
        stretch.first += stretch.count;
    }
    return status;
}

void quality_free(struct quality *quality)
{
    free(quality->workload);
    *quality = (struct quality){0};
}
