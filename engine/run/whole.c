#include "whole.h"

#include <stdlib.h>
#include <string.h>

/* What a slab has of a stretch of trials; returns how many. */
static size_t overlap(const struct slab *slab, const struct row_stretch *stretch,
                      uint64_t *first)
{
    const uint64_t end = stretch->first + stretch->count;
    const uint64_t slab_end = slab->first + slab->trials;
    const uint64_t last = slab_end < end ? slab_end : end;

    *first = slab->first > stretch->first ? slab->first : stretch->first;
    return last > *first ? (size_t)(last - *first) : 0;
}

static enum hr_status read_from(const struct slab *slab,
                                const struct row_stretch *stretch, double *value,
                                struct hr_error *error)
{
    uint64_t first;
    const size_t count = overlap(slab, stretch, &first);

    if (count == 0)
        return HR_OK;
    return slab_read(slab, &(struct row_stretch){stretch->row, first, count},
                     &value[first - stretch->first], error);
}

enum hr_status whole_read(void *context, const struct row_stretch *stretch,
                          double *value, struct hr_error *error)
{
    const struct whole *whole = context;
    enum hr_status status = HR_OK;

    for (size_t i = 0; i < whole->part->slabs && status == HR_OK; i++)
        status = read_from(&whole->part->slab[i], stretch, value, error);
    if (status == HR_OK && whole->tail->trials > 0)
        status = read_from(&whole->tail->slab, stretch, value, error);
    return status;
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
    whole->moments = whole->memory[0] = total;
    return total != NULL;
}

static bool take_histogram(struct whole *whole, const struct part *part,
                           const struct tail *tail)
{
    const size_t counted = part->shape->counted;
    struct histogram *copy;

    if (tail->trials == 0 && part->histogram != NULL) {
        whole->histogram = part->histogram;
        return true;
    }
    copy = shape_histograms(part->shape);
    for (size_t k = 0; copy != NULL && part->histogram != NULL && k < counted; k++)
        histogram_merge(&copy[k], &part->histogram[k]);
    for (size_t k = 0; copy != NULL && tail->trials > 0 && k < counted; k++)
        histogram_add(&copy[k], tail->path[k].at, tail->trials);
    whole->histogram = whole->memory[1] = copy;
    return copy != NULL;
}

enum hr_status whole_init(struct whole *whole, const struct part *part,
                          const struct tail *tail, struct hr_error *error)
{
    *whole = (struct whole){
        .trials = (size_t)sums_blocks(&part->sums) * LANES + tail->trials,
        .part = part,
        .tail = tail,
    };
    if (take_moments(whole, part, tail) && take_histogram(whole, part, tail))
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
