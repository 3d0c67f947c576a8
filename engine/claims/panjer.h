/** @file
 * Panjer's recursion: the total of a small pool on a lattice, without transforms.
 */
#ifndef HEADROOM_PANJER_H
#define HEADROOM_PANJER_H

#include <stddef.h>

/** How many claims: of variance mean + variance mean^2 (0: Poisson; else negative
 * binomial, r = 1/variance, beta = mean variance). */
struct panjer_count {
    double mean, variance;
};

/** P(S = s), s = 0 .. n-1, for so many claims, each of j with chance severity[j],
 * j = 0 .. m-1. P(S = 0) underflows for means above about 700: total is then all zero.
 */
void panjer(struct panjer_count count, const double *severity, size_t m, double *total,
            size_t n);

#endif
