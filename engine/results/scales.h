/** @file
 * Dimension scales, looked at before HDF5's own functions for them read what is said of
 * them into memory that fits only what they expect.
 */
#ifndef HEADROOM_SCALES_H
#define HEADROOM_SCALES_H

#include <hdf5.h>

#include <stdbool.h>

/** Whether a data set is a scale, and says so as it should. */
bool scales_is_one(hid_t data_set);

/** Whether each of its dimensions has a list of scales as it should. */
bool scales_are_listed(hid_t data_set);

#endif
