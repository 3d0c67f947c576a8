/** @file
 * Counts of the numbers on each path, from which quantiles by quarter are read.
 *
 * As a path's histogram is seldom in cache, numbers wait until those of some blocks can
 * be counted at once. Counts do not mind the order.
 */
#ifndef HEADROOM_PATH_COUNTS_H
#define HEADROOM_PATH_COUNTS_H

#include "block.h"
#include "histogram.h"
#include "shape.h"

enum { PATH_COUNTS_WAITING = 16 * LANES };

/** Of one thread. Start with {0}. */
struct path_counts {
    struct histogram *histogram; /**< [path] */
    double *waiting;             /**< [path][PATH_COUNTS_WAITING] */
    size_t paths;
    size_t count; /**< numbers that wait, of each path */
};

HR_MUST_CHECK
enum hr_status path_counts_init(struct path_counts *counts, const struct shape *shape,
                                struct hr_error *error);
void path_counts_free(struct path_counts *counts);

/** Count a finished block. */
void path_counts_add(struct path_counts *counts, const struct block *block);

/** Add all to histograms [path], which are made where *histogram is NULL, and leave
 * nothing. */
void path_counts_move(struct path_counts *counts, struct histogram **histogram);

#endif
