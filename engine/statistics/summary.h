/** @file
 * The row of statistics by which a quantity is reported, each with its error, interval
 * and flags.
 */
#ifndef HEADROOM_SUMMARY_H
#define HEADROOM_SUMMARY_H

#include "histogram.h"
#include "interval_estimate.h"
#include "moments.h"

/** The statistic axis of a result set. Append only: files are read by these labels. */
enum statistic {
    STATISTIC_MEAN,
    STATISTIC_SD,
    STATISTIC_SE, /**< standard error of the mean */
    STATISTIC_Q05,
    STATISTIC_Q25,
    STATISTIC_Q50,
    STATISTIC_Q75,
    STATISTIC_Q95,
    STATISTIC_Q05_ERROR, /**< standard error; from a histogram, half a bin more */
    STATISTIC_Q25_ERROR,
    STATISTIC_Q50_ERROR,
    STATISTIC_Q75_ERROR,
    STATISTIC_Q95_ERROR,
    STATISTIC_P_POSITIVE,                   /**< share above zero */
    STATISTIC_COUNT,                        /**< trials in which the quantity exists */
    STATISTICS_OF_1_0,                      /**< as many as files of schema 1.0 have */
    STATISTIC_MEAN_LOW = STATISTICS_OF_1_0, /**< low, high: of the 95 % interval */
    STATISTIC_MEAN_HIGH,
    STATISTIC_MEAN_FLAGS, /**< a sum of enum estimate_flag */
    STATISTIC_Q05_LOW,
    STATISTIC_Q05_HIGH,
    STATISTIC_Q05_FLAGS,
    STATISTIC_Q25_LOW,
    STATISTIC_Q25_HIGH,
    STATISTIC_Q25_FLAGS,
    STATISTIC_Q50_LOW,
    STATISTIC_Q50_HIGH,
    STATISTIC_Q50_FLAGS,
    STATISTIC_Q75_LOW,
    STATISTIC_Q75_HIGH,
    STATISTIC_Q75_FLAGS,
    STATISTIC_Q95_LOW,
    STATISTIC_Q95_HIGH,
    STATISTIC_Q95_FLAGS,
    STATISTIC_TVAR05, /**< mean of the lowest twentieth */
    STATISTIC_TVAR05_ERROR,
    STATISTIC_TVAR05_LOW,
    STATISTIC_TVAR05_HIGH,
    STATISTIC_TVAR05_FLAGS,
    STATISTIC_TVAR95, /**< mean of the highest twentieth */
    STATISTIC_TVAR95_ERROR,
    STATISTIC_TVAR95_LOW,
    STATISTIC_TVAR95_HIGH,
    STATISTIC_TVAR95_FLAGS,
    STATISTIC_P_POSITIVE_ERROR,
    STATISTIC_P_POSITIVE_LOW,
    STATISTIC_P_POSITIVE_HIGH,
    STATISTIC_P_POSITIVE_FLAGS,
    STATISTICS
};

enum { SUMMARY_QUANTILES = 5 };

extern const char *const statistic_names[STATISTICS];

/** Ranks of the quantiles' intervals; start with {0}. */
struct summary_ranks {
    size_t count; /**< of which they are */
    struct estimate_ranks ranks[SUMMARY_QUANTILES];
};

/** What summaries are made in, one after another. Those of equally many numbers share
 * the ranks of their quantiles' intervals. */
struct summary_work {
    double *memory;                   /**< room for SUMMARY_MEMORY doubles a number */
    struct summary_ranks whole, each; /**< of a sample; of each side of a pair */
};

enum { SUMMARY_MEMORY = 2 };

/** Summarise @p n numbers. NaN where there are too few to say. */
void summary_of_sample(const double *values, size_t n, struct summary_work *work,
                       double statistic[STATISTICS]);

/** Summarise a stream of which moments and histogram were kept; uses no memory. */
void summary_of_stream(const struct moments *moments, const struct histogram *histogram,
                       struct summary_work *work, double statistic[STATISTICS]);

#endif
