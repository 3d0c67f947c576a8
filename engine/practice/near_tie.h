/** @file
 * Comparisons that decide something, and a count of those too close to call.
 *
 * Two correct implementations may round differently; where a compared pair lies
 * within 1e-10 of each other they may part company. Such trials are counted.
 */
#ifndef HEADROOM_NEAR_TIE_H
#define HEADROOM_NEAR_TIE_H

#include "elementary.h"

/** Whether a and b, neither negative, are closer than 1e-10 relative. */
HR_INLINE int near_tie(double a, double b)
{
    return fabs(a - b) <= 1e-10 * larger(a, b);
}

/** a < b, neither negative; adds one to *ties where that is too close to call. */
HR_INLINE uint64_t below(double a, double b, double *ties)
{
    *ties += near_tie(a, b) ? 1.0 : 0.0;
    return a < b;
}

/** The same for one comparison by itself, where a branch costs less than a count. */
HR_INLINE uint64_t decides(double a, double b, double *ties)
{
    if (__builtin_expect(near_tie(a, b), 0))
        *ties += 1.0;
    return a < b;
}

/** Minus four times log(1-u): below an annual rate h with probability 1-exp(-h/4). */
HR_INLINE double event_time(double u)
{
    return -4.0 * log_of(1.0 - u);
}

/** A uniform below 1 - exp(-h/4) is below h/4, whatever rounding does. */
static const double of_quarter = 0.25 * (1.0 + 1e-8);

/** Probability that an event of annual rate h happens in a quarter. */
HR_INLINE double quarter_probability(double rate)
{
    return 1.0 - exp_of(-0.25 * rate);
}

#endif
