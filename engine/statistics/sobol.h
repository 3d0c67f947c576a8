/** @file
 * Shares of a quantity's variance from runs that share some of their draws.
 *
 * A and B are two runs whose draws are all independent; in AB the draw in question is
 * B's and all else A's. Estimators of Jansen (1999), errors by influence functions.
 */
#ifndef HEADROOM_SOBOL_H
#define HEADROOM_SOBOL_H

#include <stddef.h>

struct sobol_share {
    double share, se;
};

/** What the draw moves alone. No NaN; n at least 2. */
struct sobol_share sobol_first(const double *a, const double *b, const double *ab,
                               size_t n);

/** What it moves alone and with others. */
struct sobol_share sobol_total(const double *a, const double *b, const double *ab,
                               size_t n);

/** The share of what @p a and @p b have in common: two runs of the same assumptions,
 * the rest drawn anew. */
struct sobol_share sobol_common(const double *a, const double *b, size_t n);

#endif
