/** @file
 * Counts of the numbers on each path, of how far they are from the reference's in the
 * same trial, and of what public cost so far is, from which quantiles by quarter are
 * read.
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
    const struct shape *shape;
    struct histogram *histogram; /**< [shape->counted] */
    double *waiting;             /**< [shape->counted][PATH_COUNTS_WAITING] */
    struct lanes *now;           /**< [shape->counted]: of one block */
    size_t count;                /**< numbers that wait, of each */
};

HR_MUST_CHECK
enum hr_status path_counts_init(struct path_counts *counts, const struct shape *shape,
                                struct hr_error *error);
void path_counts_free(struct path_counts *counts);

/** What is counted of a finished block, @p now [shape->counted]. */
void path_counts_of(const struct shape *shape, const struct block *block,
                    struct lanes *now);

/** Count a finished block. */
void path_counts_add(struct path_counts *counts, const struct block *block);

/** Add all to histograms [shape->counted], which are made where *histogram is NULL, and
 * leave nothing. */
void path_counts_move(struct path_counts *counts, struct histogram **histogram);

#endif
