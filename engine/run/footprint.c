#include "footprint.h"

#include "memory.h"
#include "path_counts.h"
#include "summary.h"
#include "sums.h"

#include <inttypes.h>
#include <math.h>

double footprint_of_trials(const struct shape *shape, double trials)
{
    return 8.0 * trials * (double)shape->rows;
}

/* Nodes of the tree of sums: of a thread at work, and of all blocks so far. Columns of
 * trials: of the axis, and of one who makes statistics. */
enum { NODES_OF_THREAD = 5, NODES_OF_RUN = 32, COLUMNS_OF_RUN = 1 };
enum { COLUMNS_OF_STATISTICIAN = 2 + SUMMARY_MEMORY };

static const double default_memory = 0.9e9, statistics_memory = 256e6;

size_t footprint_statisticians(double trials, int threads)
{
    const double each = COLUMNS_OF_STATISTICIAN * 8.0 * trials;
    const double most = floor(statistics_memory / each);

    return most > threads ? (size_t)threads : most > 1.0 ? (size_t)most : 1;
}

/* A metric is summarised, then all forms are held against each other. */
static double columns_at_once(const struct shape *shape, double trials, int threads)
{
    const double deciding = 2.0 + (double)shape->plan->forms;
    const double statistics =
        (double)footprint_statisticians(trials, threads) * COLUMNS_OF_STATISTICIAN;

    return COLUMNS_OF_RUN + (deciding > statistics ? deciding : statistics);
}

/* Columns that are summarised, the axis of trials, the sums and each thread's own. */
double footprint_of_run(const struct shape *shape, double trials, double held,
                        int threads)
{
    const double node = (double)(shape->sums * sizeof(struct moments));
    const double counts =
        (double)(shape->counted * (sizeof(struct histogram) + sizeof(struct lanes) +
                                   PATH_COUNTS_WAITING * sizeof(double)));

    return held + columns_at_once(shape, trials, threads) * 8.0 * trials +
           NODES_OF_RUN * node +
           threads * (counts + NODES_OF_THREAD * node + (double)shape->block_size);
}

double footprint_held(const struct shape *shape, double trials, double allowed,
                      int threads)
{
    const double half = 0.5 * memory_limit("").bytes;
    const double usual = half < default_memory ? half : default_memory;
    const double most = allowed > 0.0 ? allowed : usual;
    const double left = most - footprint_of_run(shape, trials, 0.0, threads);
    const double least = 0.25 * most; /* so that there is some work between two parts */
    const double room = left > least ? left : least;
    const double all = footprint_of_trials(shape, trials);

    return all < room ? all : room;
}

enum hr_status footprint_check(const struct shape *shape, uint64_t trials, double held,
                               int threads, struct hr_error *error)
{
    const double wanted = footprint_of_run(shape, (double)trials, held, threads);
    const struct memory_limit limit = memory_limit("");

    if (wanted <= limit.bytes)
        return HR_OK;
    return hr_fail(error, HR_FAILED,
                   "no memory for %" PRIu64
                   " trials: they take about %.1f GB, and %s has %.1f GB",
                   trials, wanted / 1e9, limit.whose, limit.bytes / 1e9);
}
