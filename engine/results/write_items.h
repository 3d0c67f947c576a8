/** @file
 * The items of a result set, one by one, into an open HDF5 file.
 */
#ifndef HEADROOM_WRITE_ITEMS_H
#define HEADROOM_WRITE_ITEMS_H

#include "chunks.h"
#include "guard.h"
#include "result_set.h"
#include "scale_lists.h"
#include "slices.h"

struct writer {
    struct guard guard;
    const struct result_set *set;
    bool compress;
    hid_t file;
    hid_t text_type, transfer;
    hid_t *open; /**< data sets stay open until the file is flushed; axes come first */
    size_t open_count;
    char group[256]; /**< that was looked for last, and is there */
    struct scale_lists scales;
    hid_t scalar;     /**< the space of a single value */
    hid_t numbers;    /**< how numbers are kept, and of what shape that is */
    int numbers_rank; /**< 0: none yet */
    hsize_t numbers_chunk[RESULT_RANK];
    bool numbers_packed;
    double *slice; /**< room for one: CHUNK_NUMBERS */
};

/** Axes first, in their order: data sets refer to them. */
void write_axis(struct writer *writer, const struct result_axis *axis);
void write_data(struct writer *writer, const struct result_data *data);
void write_words(struct writer *writer, const struct result_words *words);
void write_text(struct writer *writer, const struct result_text *text);
void write_attribute(struct writer *writer, const struct result_attribute *attribute);

#endif
