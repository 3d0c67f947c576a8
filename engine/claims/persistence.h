/** @file
 * Year-to-year persistence of a site's cost: a dear list stays dear for a while.
 *
 * x is a stationary AR(1) in logs, x(y) = phi x(y-1) + sd sqrt(1-phi^2) z(y); the
 * site's claims are multiplied by exp(x - sd^2/2), of mean 1. Off at sd 0.
 */
#ifndef HEADROOM_PERSISTENCE_H
#define HEADROOM_PERSISTENCE_H

#include "elementary.h"
#include "headroom/error.h"

struct persistence {
    double sd;  /**< of the logarithm */
    double phi; /**< correlation of successive years, [0, 1) */
};

HR_MUST_CHECK
enum hr_status persistence_check(const struct persistence *persistence,
                                 struct hr_error *error);

/** x of the first year. */
HR_INLINE double persistence_start(const struct persistence *persistence, double u)
{
    return persistence->sd * normal_quantile(u);
}

/** x of the year after one of @p x. */
HR_INLINE double persistence_next(const struct persistence *persistence, double x,
                                  double u)
{
    const double phi = persistence->phi;

    return phi * x + persistence->sd * sqrt(1.0 - phi * phi) * normal_quantile(u);
}

/** The factor on claims. */
HR_INLINE double persistence_factor(const struct persistence *persistence, double x)
{
    return exp_of(x - 0.5 * persistence->sd * persistence->sd);
}

#endif
