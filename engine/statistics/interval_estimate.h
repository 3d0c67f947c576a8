/** @file
 * A number that was estimated: its error, its interval, and what to think of that.
 */
#ifndef HEADROOM_INTERVAL_ESTIMATE_H
#define HEADROOM_INTERVAL_ESTIMATE_H

/** Summed. Append only: files hold these numbers. */
enum estimate_flag {
    ESTIMATE_FEW = 1,       /**< under 30 numbers, or 10 in the tail: no interval */
    ESTIMATE_THIN = 2,      /**< under 50 in the tail, or that are not like the rest */
    ESTIMATE_HEAVY = 4,     /**< the variance may be infinite: lean on the median */
    ESTIMATE_OPEN = 8,      /**< an end of the interval is beyond the sample */
    ESTIMATE_DISCRETE = 16, /**< few distinct values, or trials in which the two fall on
                               either side: the interval is a wide one */
    ESTIMATE_SELECTED = 32, /**< under 95 % of trials exist on both sides */
    ESTIMATE_ONE_SIDED = 64, /**< under 10 trials on one side of a probability */
};

struct interval_estimate {
    double value;
    double error; /**< standard error */
    double low, high;
    int flags; /**< a sum of estimate_flag */
};

/** Ranks of the ends of a quantile's interval, from 1. */
struct estimate_ranks {
    double low, high;
};

#endif
