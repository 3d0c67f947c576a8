/** @file
 * Dimension scales, looked at before HDF5's own functions for them read what is said of
 * them into memory that fits only what they expect.
 */
#ifndef HEADROOM_SCALES_H
#define HEADROOM_SCALES_H

#include "guard.h"

#include <stdbool.h>

/** Whether a data set is a scale, and says so as it should. */
bool scales_is_one(hid_t data_set);

/** The first scale along each dimension of a data set of @p rank; 0 where it does not
 * say it as it should. */
void scales_along(struct guard *guard, hid_t data_set, int rank, hobj_ref_t *scale);

#endif
