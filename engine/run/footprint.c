#include "footprint.h"

#include "memory.h"
#include "path_counts.h"
#include "summary.h"
#include "sums.h"

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>

double footprint_of_trials(const struct shape *shape, double trials)
{
    return 8.0 * trials * (double)shape->rows;
}

/* Columns of trials of one who makes statistics. */
enum { COLUMNS_OF_STATISTICIAN = 2 + SUMMARY_MEMORY };

/* Nodes of the tree of sums that a thread has at once: long blocks are taken singly. */
enum { NODES_OF_THREAD = 1 };

/* The program with its libraries and inputs, and what writing a file takes more,
 * measured; of a histogram what is touched, for each tenfold number of trials. */
static const double program = 22e6, file = 18e6;
static const double touched = 450.0;

static const double default_memory = 0.9e9, statistics_memory = 256e6;

size_t footprint_statisticians(double trials, int threads)
{
    const double each = COLUMNS_OF_STATISTICIAN * 8.0 * trials;
    const double most = floor(statistics_memory / each);

    return most > threads ? (size_t)threads : most > 1.0 ? (size_t)most : 1;
}

double footprint_columns(double allowed)
{
    const double most = 0.25 * allowed;

    return allowed > 0.0 && most < statistics_memory ? most : statistics_memory;
}

/* A metric is summarised, then all forms are held against each other. */
static double columns_at_once(const struct shape *shape, double trials, int threads)
{
    const double deciding = 2.0 + (double)shape->plan->forms;
    const double statistics =
        (double)footprint_statisticians(trials, threads) * COLUMNS_OF_STATISTICIAN;

    return deciding > statistics ? deciding : statistics;
}

static double counts_of(const struct shape *shape, double trials)
{
    return (double)shape->counted * touched * log10(fmax(trials, 10.0));
}

static double node_of(const struct shape *shape)
{
    return (double)(shape->sums * sizeof(struct moments));
}

double footprint_of_part(const struct shape *shape, double trials)
{
    return footprint_of_trials(shape, trials) + counts_of(shape, trials) +
           0.5 * log2(fmax(trials / LANES, 2.0)) * node_of(shape);
}

/* Each thread's own, and at most a node of each size of the run's. */
static double while_running(const struct shape *shape, double trials, int threads)
{
    const double waiting = (double)shape->counted * (double)PATH_COUNTS_BYTES;
    const double own = waiting + counts_of(shape, trials) +
                       NODES_OF_THREAD * node_of(shape) + (double)shape->block_size;

    return threads * own + log2(fmax(trials / LANES, 2.0)) * node_of(shape);
}

/* Half of the sizes of nodes, and their total; columns that are summarised; what is
 * said of practices. */
static double while_writing(const struct shape *shape, double trials, int threads)
{
    const double nodes = 0.5 * log2(trials / LANES + 1.0) + 1.0;
    const double sites = 4.0 * 8.0 * (double)shape->site_sums;

    const double columns = columns_at_once(shape, trials, threads) * 8.0 * trials;

    return file + counts_of(shape, trials) + nodes * node_of(shape) + sites +
           fmin(columns, statistics_memory);
}

double footprint_of_run(const struct shape *shape, double trials, double held,
                        int threads)
{
    return program + held +
           fmax(while_running(shape, trials, threads),
                while_writing(shape, trials, threads));
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

enum hr_status footprint_check_disk(const struct shape *shape, uint64_t trials,
                                    const char *path, struct hr_error *error)
{
    const double wanted = footprint_of_trials(shape, (double)trials);
    char folder[PATH_MAX] = ".";
    const char *slash = strrchr(path, '/');
    struct statvfs system;
    double left;

    if (slash != NULL)
        snprintf(folder, sizeof(folder), "%.*s", (int)(slash - path) + 1, path);
    if (statvfs(folder, &system) != 0)
        return HR_OK;
    left = (double)system.f_bavail * (double)system.f_frsize;
    if (wanted <= left)
        return HR_OK;
    return hr_fail(error, HR_FAILED,
                   "no room for %" PRIu64 " trials: they take about %.1f GB in parts, "
                   "and where %s is to be there are %.1f GB",
                   trials, wanted / 1e9, path, left / 1e9);
}
