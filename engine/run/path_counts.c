#include "path_counts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct path_ends no_ends = {INFINITY, -INFINITY};

enum hr_status path_counts_init(struct path_counts *counts, const struct shape *shape,
                                struct hr_error *error)
{
    const size_t counted = shape->counted, quarters = (size_t)shape->plan->quarters;

    *counts = (struct path_counts){
        .shape = shape,
        .histogram = shape_histograms(shape),
        .place = malloc((counted * LANES * PATH_COUNTS_WAITING + 1) * sizeof(uint16_t)),
        .ends = malloc((counted + 1) * sizeof(struct path_ends)),
        .less = aligned_alloc(_Alignof(struct lanes), quarters * sizeof(struct lanes)),
    };
    if (counts->histogram == NULL || counts->place == NULL || counts->ends == NULL ||
        counts->less == NULL) {
        path_counts_free(counts);
        return hr_fail(error, HR_FAILED, "no memory for a thread's histograms");
    }
    for (size_t k = 0; k < counted; k++)
        counts->ends[k] = no_ends;
    return HR_OK;
}

void path_counts_free(struct path_counts *counts)
{
    free(counts->histogram);
    free(counts->place);
    free(counts->ends);
    free(counts->less);
    *counts = (struct path_counts){0};
}

static void count_number(struct path_counts *counts, size_t k)
{
    const size_t all = counts->waiting * LANES;
    size_t count = 0;

    for (size_t block = 0; block < counts->waiting; block++)
        count += histogram_count(
            &counts->histogram[k],
            &counts->place[(block * counts->shape->counted + k) * LANES], LANES);
    histogram_widen(&counts->histogram[k],
                    &(struct histogram_extent){count, all - count,
                                               counts->ends[k].lowest,
                                               counts->ends[k].highest});
    counts->ends[k] = no_ends;
}

static void count_waiting(struct path_counts *counts)
{
    for (size_t k = 0; counts->waiting > 0 && k < counts->shape->counted; k++)
        count_number(counts, k);
    counts->waiting = 0;
}

/* How far a path is from the reference's, @p less [quarters]. */
static void path_less(const struct shape *shape, const struct block *block, size_t path,
                      struct lanes *less)
{
    const size_t quarters = (size_t)shape->plan->quarters;
    const size_t reference = (size_t)shape->plan->reference * SERIES_COUNT;
    const struct lanes *own = &block->series[path * quarters];
    const struct lanes *other =
        &block->series[(reference + path % SERIES_COUNT) * quarters];

    for (size_t q = 0; q < quarters; q++) {
        for (int i = 0; i < LANES; i++)
            less[q].at[i] = own[q].at[i] - other[q].at[i];
    }
}

/* Each quarter's number becomes what there is up to it. */
static void add_up(struct lanes *number, size_t quarters)
{
    for (size_t q = 1; q < quarters; q++) {
        for (int i = 0; i < LANES; i++)
            number[q].at[i] += number[q - 1].at[i];
    }
}

static bool is_totalled(size_t path)
{
    return path % SERIES_COUNT == SERIES_PUBLIC_COST;
}

void path_counts_of(const struct shape *shape, const struct block *block,
                    struct lanes *now)
{
    const size_t quarters = (size_t)shape->plan->quarters;
    struct lanes *total = now + 2 * shape->paths;

    if (shape->counted == 0)
        return;
    memcpy(now, block->series, shape->paths * sizeof(*now));
    for (size_t first = 0; first < shape->paths; first += quarters) {
        struct lanes *less = now + shape->paths + first;

        path_less(shape, block, first / quarters, less);
        if (!is_totalled(first / quarters))
            continue;
        memcpy(total, less, quarters * sizeof(*less));
        add_up(total, quarters);
        total += quarters;
    }
}

/* Numbers by quarter of the last block that waits, from the one of place @p first on.
 */
static void wait(struct path_counts *counts, size_t first, const struct lanes *number)
{
    const size_t quarters = (size_t)counts->shape->plan->quarters;
    const size_t before = counts->waiting * counts->shape->counted;

    histogram_places(number->at, quarters * LANES,
                     &counts->place[(before + first) * LANES]);
    for (size_t q = 0; q < quarters; q++) {
        struct path_ends ends = counts->ends[first + q];

        for (int i = 0; i < LANES; i++)
            histogram_reach(&ends.lowest, &ends.highest, number[q].at[i]);
        counts->ends[first + q] = ends;
    }
}

void path_counts_add(struct path_counts *counts, const struct block *block)
{
    const struct shape *shape = counts->shape;
    const size_t quarters = (size_t)shape->plan->quarters;
    size_t total = 2 * shape->paths;

    for (size_t first = 0; shape->counted > 0 && first < shape->paths;
         first += quarters) {
        path_less(shape, block, first / quarters, counts->less);
        wait(counts, first, &block->series[first]);
        wait(counts, shape->paths + first, counts->less);
        if (!is_totalled(first / quarters))
            continue;
        add_up(counts->less, quarters);
        wait(counts, total, counts->less);
        total += quarters;
    }
    if (++counts->waiting == PATH_COUNTS_WAITING)
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
