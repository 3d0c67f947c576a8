/** @file
 * THE table of distributions. To add one, add its kind, and its row with its law.
 */
#ifndef HEADROOM_DISTRIBUTION_LAWS_H
#define HEADROOM_DISTRIBUTION_LAWS_H

#include "distribution_kind.h"

enum { DISTRIBUTION_PARAMETERS = 3, DISTRIBUTION_SETS = 2 };

/** Names by which a distribution may be given. */
struct distribution_set {
    const char *name[DISTRIBUTION_PARAMETERS]; /**< of a, b and c; NULL ends them */
    void (*convert)(struct distribution *); /**< to natural ones; NULL: they are. What
                                               is impossible is left for fault() */
};

struct distribution_law {
    const char *name;
    bool lists; /**< its parameters are lists: value and weight */
    struct distribution_set
        set[DISTRIBUTION_SETS]; /**< the first are the natural ones */
    /** Without truncation; NULL for what has none: fixed and discrete. */
    double (*cdf)(const struct distribution *, double x);
    double (*quantile)(const struct distribution *, double p);
    /** Why it cannot be, or NULL. */
    const char *(*fault)(const struct distribution *);
    /** Its largest value; NULL where it has no bound. */
    double (*end)(const struct distribution *);
    /** Draw the curve of its quantiles, where is_smooth; NULL where they are direct. */
    void (*draw)(const struct distribution *, struct quantile_curve *);
    bool (*is_smooth)(const struct distribution *);
};

/** By kind. */
extern const struct distribution_law distribution_laws[DISTRIBUTIONS];

#endif
