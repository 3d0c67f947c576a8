/** @file
 * A quantity summarised, and held against another of the same trials: by its
 * differences, and by how far each statistic is from the other's. Each is sorted by
 * itself, one after the other, so that four numbers a trial are in memory and no more.
 */
#ifndef HEADROOM_SUMMARY_PAIR_H
#define HEADROOM_SUMMARY_PAIR_H

#include "estimate_side.h"
#include "summary.h"

/** What one of the two says of itself; start with {0}. */
struct summary_sides {
    bool known;
    struct quantile_side quantile[SUMMARY_QUANTILES];
    struct tail_side tail[BESIDE_TAILS];
};

/** Both are used up: what is left of them are the trials in which both exist. They may
 * be one, where the reference is held against itself. */
struct summary_pair {
    double *own, *reference;
    size_t n;
    struct summary_sides *sides; /**< of the reference, for all that are held against
                                    it; not known before the first */
};

/** Rows of STATISTICS numbers. */
struct summary_rows {
    double *summary;    /**< of its own */
    double *comparison; /**< of own less reference in a trial; P_POSITIVE is the chance
                           that own is larger */
    double *between;    /**< how far each statistic is from the reference's over trials
                           that have both: another question; the standard deviation,
                           which has no error of its own, is NaN */
};

/** Summarise a pair. */
void summary_of_pair(const struct summary_pair *pair, struct summary_work *work,
                     const struct summary_rows *rows);

#endif
