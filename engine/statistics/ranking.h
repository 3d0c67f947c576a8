/** @file
 * Where one of several alternatives stands among them: how often it is best, and what
 * choosing it costs.
 */
#ifndef HEADROOM_RANKING_H
#define HEADROOM_RANKING_H

#include "alternatives.h"
#include "estimate.h"

struct ranking {
    struct interval_estimate best; /**< share of trials; ties are shared */
    double mean_rank;              /**< 1 the best */
    struct interval_estimate regret;
    double regret_q95, regret_max; /**< largest seen: a lower bound of the largest */
};

/** @p share is of alternatives_ranks(); @p memory has room for two numbers a trial. */
struct ranking ranking_of(const struct alternatives *all, size_t which,
                          const double *share, double confidence, double *memory);

#endif
