/** @file
 * What a run leaves in memory: the trials' metrics, and what is summed over trials.
 *
 * Memory grows with trials only in the trial table and the drawn parameters.
 */
#ifndef HEADROOM_COLLECTED_H
#define HEADROOM_COLLECTED_H

#include "block.h"
#include "histogram.h"
#include "moments.h"

enum { COLLECTED_WAITING = 16 * LANES };

struct collected {
    size_t trials, forms, sites, quarters;
    size_t drawn;                    /**< values that differ between trials */
    size_t *drawn_value;             /**< [drawn]: place of each in the plan's values */
    double *metric;                  /**< [metric][form][trial] */
    double *parameter;               /**< [drawn][trial] */
    double *near_ties;               /**< [trial]: comparisons too close to call */
    struct moments *series;          /**< [form][series][quarter] */
    struct histogram *histogram;     /**< the same; NULL before the first counts */
    struct moments *site;            /**< [form][site][site metric] */
    struct moments *site_difference; /**< the same, less the reference form's, paired */
    double seconds;                  /**< of wall time */
    int threads;
    const char *kernel; /**< instruction set */
};

/** Sums of one block, kept until its turn to be merged. */
struct collected_part {
    struct moments *series, *site, *site_difference; /**< one allocation, series' */
};

/** Counts of one thread. As a path's histogram is seldom in cache, numbers wait until
 * those of some blocks can be counted at once. */
struct collected_counts {
    struct histogram *histogram; /**< [form][series][quarter] */
    double *waiting;             /**< the same, [COLLECTED_WAITING] */
    size_t paths;
    size_t count; /**< numbers that wait, of each path */
};

/** All arrays for @p trials; on failure all are empty and freeing is harmless. */
HR_MUST_CHECK
enum hr_status collected_init(struct collected *collected, const struct plan *plan,
                              size_t trials, struct hr_error *error);
void collected_free(struct collected *collected);

HR_MUST_CHECK
enum hr_status collected_part_init(struct collected_part *part, const struct plan *plan,
                                   struct hr_error *error);
void collected_part_free(struct collected_part *part);

HR_MUST_CHECK
enum hr_status collected_counts_init(struct collected_counts *counts,
                                     const struct plan *plan, struct hr_error *error);
void collected_counts_free(struct collected_counts *counts);

/** Put a finished block's trials into the trial table: any thread, any order. */
void collected_store(struct collected *collected, const struct block *block);

/** Sum a finished block. */
void collected_sum(const struct block *block, struct collected_part *part);

/** Count a finished block's paths. */
void collected_count(const struct block *block, struct collected_counts *counts);

/** Add a thread's counts, in any order of threads, and leave it without. */
void collected_take(struct collected *collected, struct collected_counts *counts);

/** Merge sums; the caller keeps the blocks' order. */
void collected_merge(struct collected *collected, const struct collected_part *part);

/** Paths: forms times series times quarters. */
static inline size_t collected_paths(const struct plan *plan)
{
    return plan->forms * SERIES_COUNT * (size_t)plan->quarters;
}

#endif
