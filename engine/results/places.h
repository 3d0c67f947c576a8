/** @file
 * Labels of an axis that are its places, 0 to size - 1: they need not be held.
 */
#ifndef HEADROOM_PLACES_H
#define HEADROOM_PLACES_H

#include "guard.h"
#include "row_source.h"

#include <hdf5.h>
#include <stdbool.h>

/** The places as a row that is read. */
extern const struct row_source places_source;

/** Whether a data set of @p count numbers holds their places and nothing else. */
bool places_in_file(struct guard *guard, hid_t data_set, size_t count);

#endif
