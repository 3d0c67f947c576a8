/** @file
 * What simple formulas give for a quantile of a total, from its mean, sd and shape:
 * all as multiples of the mean. z is the normal quantile at p.
 */
#ifndef HEADROOM_APPROXIMATIONS_H
#define HEADROOM_APPROXIMATIONS_H

#include "portfolio.h"

/** 1 + cv z. */
double normal_approximation(const struct claim_moments *moments, double p);

/** Normal power: 1 + cv (z + g1 (z^2-1)/6). */
double normal_power_approximation(const struct claim_moments *moments, double p);

/** Cornish-Fisher: + cv (g2 (z^3-3z)/24 - g1^2 (2z^3-5z)/36). */
double cornish_fisher_approximation(const struct claim_moments *moments, double p);

/** Shifted gamma: 1 + cv (G(p; a) - a)/sqrt(a), a = 4/g1^2. */
double shifted_gamma_approximation(const struct claim_moments *moments, double p);

#endif
