#include "path_counts.h"

#include <stdlib.h>

enum hr_status path_counts_init(struct path_counts *counts, const struct shape *shape,
                                struct hr_error *error)
{
    const size_t paths = shape->paths;

    *counts = (struct path_counts){
        .histogram = calloc(paths, sizeof(struct histogram)),
        .waiting = malloc(paths * PATH_COUNTS_WAITING * sizeof(double)),
        .paths = paths,
    };
    if (counts->histogram != NULL && counts->waiting != NULL)
        return HR_OK;
    path_counts_free(counts);
    return hr_fail(error, HR_FAILED, "no memory for a thread's histograms");
}

void path_counts_free(struct path_counts *counts)
{
    free(counts->histogram);
    free(counts->waiting);
    *counts = (struct path_counts){0};
}

static void count_waiting(struct path_counts *counts)
{
    for (size_t k = 0; k < counts->paths; k++)
        histogram_add(&counts->histogram[k], &counts->waiting[k * PATH_COUNTS_WAITING],
                      counts->count);
    counts->count = 0;
}

void path_counts_add(struct path_counts *counts, const struct block *block)
{
    double *waiting = &counts->waiting[counts->count];

    for (size_t k = 0; k < counts->paths; k++) {
        for (int i = 0; i < block->count; i++)
            waiting[k * PATH_COUNTS_WAITING + (size_t)i] = block->series[k].at[i];
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
    for (size_t k = 0; k < counts->paths && counts->histogram != NULL; k++)
        histogram_merge(&(*histogram)[k], &counts->histogram[k]);
    path_counts_free(counts);
}
