/** @file
 * Looking at a run while it goes on, as often as wished, and being wrong no more often
 * than if it had been looked at once.
 *
 * Look k, from 1, may spend a / (k (k + 1)) of the error a: what all looks spend
 * together stays below a, however many follow.
 */
#ifndef HEADROOM_LOOKS_H
#define HEADROOM_LOOKS_H

#include "alternatives.h"

/** Trials of look @p look, from 1, of which the first is at @p first trials: each has
 * twice those of the one before. */
double looks_trials(double first, int look);

/** The confidence of one look of those that together hold @p confidence. */
double looks_confidence(double confidence, int look);

/** What is to be told apart. */
struct looks_rule {
    double confidence;   /**< of all looks together */
    double indifference; /**< means so close are as good as each other */
    bool order;          /**< the whole order of the means; false: who leads */
};

struct looks_ranking {
    size_t leader;
    size_t ahead, behind; /**< the pair that is hardest to tell apart */
    double lead;          /**< of that pair, in standard errors */
    double wanted;        /**< the lead from which it is told apart at this look */
    bool resolved;
};

/** Look at complete trials for the @p look -th time. */
struct looks_ranking looks_rank(const struct alternatives *all,
                                const struct looks_rule *rule, int look);

#endif
