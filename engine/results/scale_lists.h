/** @file
 * Which data set lies along which scale, as HDF5's dimension scales say it: a list at
 * the data set, and one at the scale.
 *
 * H5DSattach_scale() writes the scale's whole list again for each data set, and that
 * grows with their square; here it is written once, when all are known.
 */
#ifndef HEADROOM_SCALE_LISTS_H
#define HEADROOM_SCALE_LISTS_H

#include "guard.h"
#include "result_set.h"

/** A data set along a scale, as the list at the scale has it. */
struct scale_use {
    hobj_ref_t data_set;
    int dimension;
};

struct scale_list {
    hid_t scale;
    hobj_ref_t reference;
    struct scale_use *use;
    size_t uses;
};

/** Start with {0}. */
struct scale_lists {
    struct scale_list list[RESULT_AXES];
    int axes;
};

/** The next axis is an open scale. */
void scale_lists_add(struct scale_lists *lists, struct guard *guard, hid_t scale);

/** Lay an open data set along axes. */
void scale_lists_attach(struct scale_lists *lists, struct guard *guard, hid_t data_set,
                        const int *axis, int rank);

/** Write the lists of all scales; they are empty afterwards, whatever happens. */
void scale_lists_write(struct scale_lists *lists, struct guard *guard);

#endif
