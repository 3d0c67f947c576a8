/** @file
 * The items of an HDF5 file, one by one, into a result set.
 */
#ifndef HEADROOM_READ_ITEMS_H
#define HEADROOM_READ_ITEMS_H

#include "guard.h"
#include "result_set.h"

struct reading {
    struct guard guard;
    hid_t file;
    hid_t text_type;
    hsize_t bytes;                 /**< of the file */
    hsize_t kept;                  /**< bytes of the data sets looked at so far */
    size_t words;                  /**< bytes of their texts */
    hobj_ref_t scale[RESULT_AXES]; /**< of each axis of the set */
    struct result_set *set;
    struct result_set *marks;
};

/** Add the attributes of a group, of which @p path is "" for the file's own. */
void read_attributes(struct reading *reading, hid_t group, const char *path);

/** Add a data set if it is an axis; if it is none. */
void read_axis(struct reading *reading, hid_t data_set, const char *path);
void read_other(struct reading *reading, hid_t data_set, const char *path);

/** A text attribute of a data set, in the memory of the set; "" where it has none. */
const char *read_text_of(struct reading *reading, hid_t data_set, const char *path,
                         const char *name);

#endif
