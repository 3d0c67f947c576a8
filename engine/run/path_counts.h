/** @file
 * Counts of the numbers on each path, of how far they are from the reference's in the
 * same trial, and of what public cost so far is, from which quantiles by quarter are
 * read.
 *
 * As a path's histogram is seldom in cache, numbers wait, as the places of their bins,
 * until those of some blocks can be counted at once. Counts do not mind the order.
 */
#ifndef HEADROOM_PATH_COUNTS_H
#define HEADROOM_PATH_COUNTS_H

#include "block.h"
#include "histogram.h"
#include "shape.h"

enum { PATH_COUNTS_WAITING = 32 /**< blocks */ };

/** What the numbers that wait lie between; INFINITY and -INFINITY where there is none.
 */
struct path_ends {
    double lowest, highest;
};

/** What a number that is counted takes while numbers wait. */
enum {
    PATH_COUNTS_BYTES =
        sizeof(struct path_ends) + PATH_COUNTS_WAITING * LANES * sizeof(uint16_t)
};

/** Of one thread. Start with {0}. */
struct path_counts {
    const struct shape *shape;
    struct histogram *histogram; /**< [shape->counted] */
    uint16_t *place;             /**< [PATH_COUNTS_WAITING][shape->counted][LANES] */
    struct path_ends *ends;      /**< [shape->counted] */
    struct lanes *less;          /**< [quarters]: of one path */
    size_t waiting;              /**< blocks */
};

HR_MUST_CHECK
enum hr_status path_counts_init(struct path_counts *counts, const struct shape *shape,
                                struct hr_error *error);
void path_counts_free(struct path_counts *counts);

/** What is counted of a finished block, @p now [shape->counted]. */
void path_counts_of(const struct shape *shape, const struct block *block,
                    struct lanes *now);

/** Count a finished block, which is full. */
void path_counts_add(struct path_counts *counts, const struct block *block);

/** Add all to histograms [shape->counted], which are made where *histogram is NULL, and
 * leave nothing. */
void path_counts_move(struct path_counts *counts, struct histogram **histogram);

#endif
