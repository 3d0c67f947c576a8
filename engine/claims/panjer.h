/** @file
 * Panjer's recursion: the total of a small pool on a lattice, without transforms.
 */
#ifndef HEADROOM_PANJER_H
#define HEADROOM_PANJER_H

#include <stddef.h>

/** P(S = s), s = 0 .. n-1, for a mean number of claims @p mean of variance
 * mean + @p variance mean^2 (0: Poisson; else negative binomial, r = 1/variance,
 * beta = mean variance), each claim of j with chance severity[j], j = 0 .. m-1.
 * P(S = 0) underflows for means above about 700: total is then all zero. */
void panjer(double mean, double variance, const double *severity, size_t m,
            double *total, size_t n);

#endif
