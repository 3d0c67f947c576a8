/** @file
 * ln(1 + z) that keeps the digits of a small z.
 */
#ifndef HEADROOM_COMPLEX_LOG_H
#define HEADROOM_COMPLEX_LOG_H

#include <complex.h>
#include <math.h>

/** Principal value; many claims of small chance multiply what it loses. */
static inline double complex log_one_plus(double complex z)
{
    const double x = creal(z), y = cimag(z);
    const double square = 2.0 * x + x * x + y * y;
    const double size = square < -0.5 ? log(hypot(1.0 + x, y)) : 0.5 * log1p(square);

    return size + I * atan2(y, 1.0 + x);
}

#endif
