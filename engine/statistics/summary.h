/** @file
 * The row of statistics by which a quantity is reported, each with its error.
 */
#ifndef HEADROOM_SUMMARY_H
#define HEADROOM_SUMMARY_H

#include "histogram.h"
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
    STATISTIC_P_POSITIVE, /**< share above zero; its error is sqrt(p (1 - p) / count) */
    STATISTIC_COUNT,      /**< trials in which the quantity exists */
    STATISTICS
};

extern const char *const statistic_names[STATISTICS];

/** Summarise @p n numbers; @p memory has room for 2 n doubles. NaN where there are too
 * few to say. */
void summary_of_sample(const double *values, size_t n, double *memory,
                       double statistic[STATISTICS]);

/** Summarise the pairs a[i] - b[i]. P_POSITIVE is then the chance that a is larger. */
void summary_of_difference(const double *a, const double *b, size_t n, double *memory,
                           double statistic[STATISTICS]);

/** Summarise a stream of which moments and histogram were kept. */
void summary_of_stream(const struct moments *moments, const struct histogram *histogram,
                       double statistic[STATISTICS]);

#endif
