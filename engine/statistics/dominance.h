/** @file
 * Stochastic dominance between two alternatives on common trials.
 *
 * First order: at every level the one is at most as likely as the other to stay below
 * it. Second order: at every level its expected shortfall is at most the other's, so
 * that all who dislike risk prefer it. Larger is better.
 *
 * Two tests, both at 5 %. That the one dominates is *refuted* where the largest
 * studentised violation passes what the multiplier process of the same trials gives
 * (Linton, Song and Whang 2010). It is *claimed* only where no violation is possible at
 * any level of the central range (intersection-union). Between the two nothing is said.
 */
#ifndef HEADROOM_DOMINANCE_H
#define HEADROOM_DOMINANCE_H

#include "headroom/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    DOMINANCE_LEVELS = 32,
    DOMINANCE_TRIALS = 20000, /**< the first so many are used */
    DOMINANCE_MULTIPLIERS = 499,
};

/** One order's tests. NaN where no level was kept. */
struct dominance_order {
    size_t kept;     /**< levels at which enough trials differ */
    double largest;  /**< largest studentised violation, over kept levels */
    double critical; /**< that it must pass to refute; NaN where it is not above zero */
    double claim;    /**< largest studentised violation within the central range */
    double
        violation; /**< largest violation: of probability, or of expected shortfall */
    double at;     /**< the level of that violation */
    bool refuted, claimed;
};

enum dominance_verdict {
    DOMINANCE_NOT_RESOLVED,
    DOMINANCE_FIRST, /**< and hence second */
    DOMINANCE_SECOND,
    DOMINANCE_REFUTED, /**< both orders */
};

struct dominance {
    struct dominance_order first, second;
    enum dominance_verdict verdict;
    size_t trials; /**< used */
};

/** Two alternatives on common trials; no NaN. */
struct dominance_pair {
    const double *a, *b; /**< [trial] */
    size_t n;
};

/** Does a dominate b? @p seed addresses the multipliers. */
HR_MUST_CHECK
enum hr_status dominance_test(const struct dominance_pair *pair, uint64_t seed,
                              struct dominance *dominance, struct hr_error *error);

#endif
