/** @file
 * Rising functions made of straight lines, and their moments under a year's law.
 *
 * A contract is such a function of the total: what the holder bears of it.
 */
#ifndef HEADROOM_PIECEWISE_H
#define HEADROOM_PIECEWISE_H

#include "annual.h"

enum { MOST_KNOTS = 8 };

/** Through (at[i], value[i]), i = 0 .. knots-1, at and value rising. */
struct piecewise {
    int knots; /**< 1 or more */
    double at[MOST_KNOTS], value[MOST_KNOTS];
    double left, right; /**< slopes outside, 0 or more */
};

/** value = slope x. */
struct piecewise piecewise_line(double slope);

/** One more knot, above the others. */
void piecewise_append(struct piecewise *function, double at, double value);

/** min(function, cap). */
struct piecewise piecewise_capped(const struct piecewise *function, double cap);

/** height function((x + shift)/width - 1). */
struct piecewise piecewise_scaled(const struct piecewise *function, double shift,
                                  double width, double height);

double piecewise_at(const struct piecewise *function, double x);

/** Largest x with function(x) <= y; infinite where there is none or no largest. */
double piecewise_inverse(const struct piecewise *function, double y);

/** E[f(S)] and E[f(S)^2]. */
void piecewise_moments(const struct piecewise *function, const struct annual_law *law,
                       double *mean, double *second);

#endif
