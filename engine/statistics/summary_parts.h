/** @file
 * What summaries of a sample, of a pair and of a stream share.
 */
#ifndef HEADROOM_SUMMARY_PARTS_H
#define HEADROOM_SUMMARY_PARTS_H

#include "sample.h"
#include "summary.h"

/** Where the numbers of an estimate stand in a row. */
struct places {
    enum statistic value, error, low, high, flags;
};

enum { SUMMARY_TAILS = 2 };

extern const double summary_confidence, summary_tail_level;
extern const double summary_probabilities[SUMMARY_QUANTILES];
extern const double summary_tail_sign[SUMMARY_TAILS];

extern const struct places summary_mean_places, summary_positive_places;
extern const struct places summary_quantile_places[SUMMARY_QUANTILES];
extern const struct places summary_tail_places[SUMMARY_TAILS];

/** Write an estimate to its places in a row. */
void summary_put(struct interval_estimate estimate, struct places at,
                 double statistic[STATISTICS]);

/** Add to the flags of all estimates of a row. */
void summary_add_flags(int flags, double statistic[STATISTICS]);

/** The ranks of the quantiles' intervals, kept if they are of as many numbers. */
const struct estimate_ranks *summary_ranks_of(struct summary_ranks *known, size_t count,
                                              double confidence);

/** Fill a row from a sample. */
void summary_of_sorted(const struct sample *sample, struct summary_work *work,
                       double statistic[STATISTICS]);

#endif
