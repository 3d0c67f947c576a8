/** @file
 * The functions of annual.h for a law whose mass lies on teeth.
 *
 * A tooth without width is a point: one that lies on x, but for rounding, is not above
 * it. One with a width is lognormal about where it lies, which has skewness and
 * kurtosis of a sum of narrow claims as well as its variance.
 */
#ifndef HEADROOM_ANNUAL_COMB_H
#define HEADROOM_ANNUAL_COMB_H

#include "annual_law.h"

double annual_comb_below(const struct annual_law *law, double x);
double annual_comb_above(const struct annual_law *law, double x);
double annual_comb_shortfall(const struct annual_law *law, double x);
double annual_comb_shortfall2(const struct annual_law *law, double x);
double annual_comb_quantile(const struct annual_law *law, double p);

#endif
