/** @file
 * What a result says of its trials, and whether that follows from them.
 */
#ifndef HEADROOM_DERIVED_H
#define HEADROOM_DERIVED_H

#include <stdbool.h>
#include <stddef.h>

/** The largest of @p n numbers, none below zero; a NaN is the worst. */
double derived_worst(const double *values, size_t n);

/** Equal bit by bit, or both NaN. */
bool derived_same_bits(double a, double b);

#endif
