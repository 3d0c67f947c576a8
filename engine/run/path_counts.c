#include "path_counts.h"

#include <stdlib.h>
#include <string.h>

enum hr_status path_counts_init(struct path_counts *counts, const struct shape *shape,
                                struct hr_error *error)
{
    const size_t counted = shape->counted;

    *counts = (struct path_counts){
        .shape = shape,
        .histogram = shape_histograms(shape),
        .waiting = malloc((counted * PATH_COUNTS_WAITING + 1) * sizeof(double)),
        .now =
            aligned_alloc(_Alignof(struct lanes), (counted + 1) * sizeof(struct lanes)),
    };
    if (counts->histogram != NULL && counts->waiting != NULL && counts->now != NULL)
        return HR_OK;
    path_counts_free(counts);
    return hr_fail(error, HR_FAILED, "no memory for a thread's histograms");
}

void path_counts_free(struct path_counts *counts)
{
    free(counts->histogram);
    free(counts->waiting);
    free(counts->now);
    *counts = (struct path_counts){0};
}

static void count_waiting(struct path_counts *counts)
{
    for (size_t k = 0; counts->count > 0 && k < counts->shape->counted; k++)
        histogram_add(&counts->histogram[k], &counts->waiting[k * PATH_COUNTS_WAITING],
                      counts->count);
    counts->count = 0;
}

static struct lanes less(const struct lanes *a, const struct lanes *b)
{
    struct lanes difference;

    for (int i = 0; i < LANES; i++)
        difference.at[i] = a->at[i] - b->at[i];
    return difference;
}

static struct lanes plus(const struct lanes *a, const struct lanes *b)
{
    struct lanes sum;

    for (int i = 0; i < LANES; i++)
        sum.at[i] = a->at[i] + b->at[i];
    return sum;
}

void path_counts_of(const struct shape *shape, const struct block *block,
                    struct lanes *now)
{
    const size_t quarters = (size_t)shape->plan->quarters;
    const size_t per_form = SERIES_COUNT * quarters;
    const struct lanes *reference =
        &block->series[(size_t)shape->plan->reference * per_form];
    struct lanes *difference = now + shape->paths, *total = difference + shape->paths;

    if (shape->counted == 0)
        return;
    memcpy(now, block->series, shape->paths * sizeof(*now));
    for (size_t first = 0; first < shape->paths; first += per_form) {
        for (size_t k = 0; k < per_form; k++)
            difference[first + k] = less(&now[first + k], &reference[k]);
    }
    for (size_t k = 0; k < shape->totals; k++) {
        const size_t form = k / quarters, quarter = k % quarters;
        const struct lanes *cost =
            &difference[(form * SERIES_COUNT + SERIES_PUBLIC_COST) * quarters +
                        quarter];

        total[k] = quarter == 0 ? *cost : plus(&total[k - 1], cost);
    }
}

void path_counts_add(struct path_counts *counts, const struct block *block)
{
    double *waiting = &counts->waiting[counts->count];

    path_counts_of(counts->shape, block, counts->now);
    for (size_t k = 0; k < counts->shape->counted; k++) {
        for (int i = 0; i < block->count; i++)
            waiting[k * PATH_COUNTS_WAITING + (size_t)i] = counts->now[k].at[i];
    }
    counts->count += (size_t)block->count;
    if (counts->count + LANES > PATH_COUNTS_WAITING)
        count_waiting(counts);
}

void path_counts_move(struct path_counts *counts, struct histogram **histogram)
{
    count_waiting(counts);
    if (*histogram == NULL) {
        *histogram = counts->histogram;
        counts->histogram = NULL;
    }
    for (size_t k = 0; counts->histogram != NULL && k < counts->shape->counted; k++)
        histogram_merge(&(*histogram)[k], &counts->histogram[k]);
    path_counts_free(counts);
}
