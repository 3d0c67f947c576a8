#include "file_size.h"

#include "summary.h"

#include <math.h>

/* Texts and what HDF5 needs for itself; groups of neutral runs. Measured. */
static const double once = 1.0e6, once_neutral = 0.4e6;

/* A practice's inputs and labels; data sets that say something of each under a form. */
static const double of_site = 400.0, sets_of_site = 36.0;

/* Each metric, its difference and the form's it is of; with neutral runs four times
 * more. Paths and their differences; flows by year and bearer. */
static double statistics_of(const struct plan *plan, bool neutral)
{
    const double metrics = (neutral ? 7.0 : 3.0) * METRICS;
    const double paths = (2.0 * SERIES_COUNT + 1.0) * plan->quarters;

    return 8.0 * STATISTICS * (double)plan->forms * (metrics + paths);
}

static double sites_of(const struct plan *plan)
{
    return 8.0 * sets_of_site * (double)(plan->forms * plan->sites);
}

/* Of the trial table, near ties and the axis of trials among them. */
static double rows_kept(const struct shape *shape)
{
    size_t metrics = 0;

    for (size_t m = 0; m < METRICS; m++)
        metrics += (shape->plan->drops_metric >> m & 1) == 0;
    return (double)(metrics * shape->plan->forms + shape->drawn + shape->site_rows + 2);
}

/* Nodes of the tree of sums, as many as the number of blocks has ones, and histograms,
 * all of them compressed: as measured. */
static double sums_of(const struct shape *shape, uint64_t trials)
{
    const int nodes = __builtin_popcountll(trials / LANES);
    const double of_sum = 7.5, of_histogram = 10.0 * cbrt((double)trials);

    return of_sum * nodes * (double)shape->sums + of_histogram * (double)shape->counted;
}

double file_size_of_run(const struct shape *shape, uint64_t trials, bool neutral)
{
    const struct plan *plan = shape->plan;

    return once + (neutral ? once_neutral : 0.0) + of_site * (double)plan->sites +
           sites_of(plan) + statistics_of(plan, neutral) + sums_of(shape, trials) +
           8.0 * (double)trials * rows_kept(shape);
}

double file_size_of_sweep(const struct shape *shape, uint64_t trials, size_t points,
                          size_t metrics)
{
    const struct plan *plan = shape->plan;
    const double of_point = sites_of(plan) + statistics_of(plan, false) +
                            8.0 * (double)(trials * metrics * plan->forms);

    return once + of_site * (double)plan->sites + (double)points * of_point +
           8.0 * (double)(trials * shape->drawn);
}
