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

    return 0.5 * log1p(2.0 * x + x * x + y * y) + I * atan2(y, 1.0 + x);
}

#endif
