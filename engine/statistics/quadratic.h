/** @file
 * A quantity as a quadratic of some draws' normal scores, and the mildest combination
 * of them at which it is zero.
 *
 * Columns: one; each w; w^2 - 1; all products. Least squares by the normal equations.
 * The mildest combination is the point of the surface's zero nearest to the middle of
 * all draws, in standard deviations (Hasofer and Lind 1974).
 */
#ifndef HEADROOM_QUADRATIC_H
#define HEADROOM_QUADRATIC_H

#include "surface.h"

enum {
    QUADRATIC_DRAWS = 12,
    QUADRATIC_COLUMNS =
        1 + 2 * QUADRATIC_DRAWS + QUADRATIC_DRAWS * (QUADRATIC_DRAWS - 1) / 2
};

struct quadratic {
    size_t draws, columns;
    double coefficient[QUADRATIC_COLUMNS];
    double covariance[QUADRATIC_COLUMNS * QUADRATIC_COLUMNS];
};

/** Fit @p y[trial], none NaN. Refused: more than QUADRATIC_DRAWS draws, or more columns
 * than a quarter of the trials. */
HR_MUST_CHECK
enum hr_status quadratic_fit(struct quadratic *quadratic, const struct scores *draws,
                             const double *y, struct hr_error *error);

/** The surface at w[draws], its standard error, and, where it is not NULL, its slope.
 */
double quadratic_at(const struct quadratic *quadratic, const double *w, double *se,
                    double *slope);

struct design_point {
    int found;       /**< 0: the surface has no zero within the distance looked at */
    double distance; /**< from the middle of all draws, in standard deviations */
    double se;       /**< of the distance */
    double w[QUADRATIC_DRAWS];
};

/** The nearest zero within @p furthest. */
struct design_point quadratic_nearest_zero(const struct quadratic *quadratic,
                                           double furthest);

#endif
