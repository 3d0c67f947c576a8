/** @file
 * Standard normal quantiles of many numbers: the bits of normal_quantile(), each by the
 * piece of it that it needs.
 */
#ifndef HEADROOM_NORMALS_H
#define HEADROOM_NORMALS_H

#include "elementary.h"

#include <stdbool.h>
#include <stddef.h>

enum { MOST_NORMALS = 512 };

#define EACH(i, n) _Pragma("omp simd") for (size_t i = 0; i < (n); i++)

HR_INLINE bool normal_lies_aside(double u)
{
    return fabs(u - 0.5) > 0.425;
}

/* normal_quantile() in the centre, the same bits */
HR_INLINE double normal_centre(double u)
{
    const double q = u - 0.5;
    const struct quotient middle = quantile_center(0.180625 - q * q);

    return middle.n * q / middle.d;
}

static const double nearest_end = 1.5e-11; /* where r = sqrt(-ln tail) is below 5 */

/* The same beyond, for tails of nearest_end and more. */
HR_INLINE double normal_side(double u)
{
    const double tail = u < 0.5 ? u : 1.0 - u;
    const struct quotient side = quantile_tail(sqrt(-log_of(tail)) - 1.6);

    return (u < 0.5 ? -side.n : side.n) / side.d;
}

/** Of u that lie outside the centre; the rare that lie beyond nearest_end too make all
 * take the whole quantile. */
static void normals_of_sides(double *u, size_t n)
{
    uint64_t beyond = 0;

#pragma omp simd reduction(+ : beyond)
    for (size_t i = 0; i < n; i++)
        beyond += smaller(u[i], 1.0 - u[i]) < nearest_end;
    if (beyond > 0) {
        EACH(i, n)
        u[i] = normal_quantile(u[i]);
        return;
    }
    EACH(i, n)
    u[i] = normal_side(u[i]);
}

/** Of up to MOST_NORMALS u: the cheap rational function for all, then the sixth that
 * lies outside it gathered, so that no lane idles. */
static void normals_of(const double *u, size_t n, double *z)
{
    double side[MOST_NORMALS];
    uint32_t at[MOST_NORMALS];
    size_t sides = 0;

    EACH(i, n)
    z[i] = normal_centre(u[i]);
    for (size_t i = 0; i < n; i++) {
        at[sides] = (uint32_t)i;
        sides += normal_lies_aside(u[i]);
    }
    for (size_t i = 0; i < sides; i++)
        side[i] = u[at[i]];
    normals_of_sides(side, sides);
    for (size_t i = 0; i < sides; i++)
        z[at[i]] = side[i];
}

/** Whether all u lie outside the centre. */
static bool normals_lie_aside(const double *u, size_t n)
{
    uint64_t aside = 0;

#pragma omp simd reduction(+ : aside)
    for (size_t i = 0; i < n; i++)
        aside += normal_lies_aside(u[i]);
    return aside == n;
}

#endif
