/** @file
 * Whether two numbers of files are one.
 */
#ifndef HEADROOM_SAME_BITS_H
#define HEADROOM_SAME_BITS_H

#include <math.h>
#include <stdbool.h>
#include <string.h>

/** Equal bit by bit, or both NaN. */
static inline bool same_bits(double a, double b)
{
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof(a)) == 0;
}

#endif
