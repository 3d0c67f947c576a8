/** @file
 * The order in which things are listed.
 */
#ifndef HEADROOM_ORDER_H
#define HEADROOM_ORDER_H

#include <stddef.h>

/** Places of @p count numbers so that they fall, NaN last; equal ones keep their order.
 * For lists that people read: its time grows with the square of their length. */
void order_falling(const double *key, size_t count, size_t *place);

#endif
