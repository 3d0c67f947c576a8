/** @file
 * Arrays and attributes of a part's file, one call each.
 */
#ifndef HEADROOM_PART_ITEMS_H
#define HEADROOM_PART_ITEMS_H

#include "guard.h"

/** An array in one piece, by path; groups above it are made. */
struct part_array {
    const char *path;
    hid_t type; /**< in memory and, in the machine's own order, in the file */
    int rank;
    hsize_t size[2];
};

void part_put_array(struct guard *guard, hid_t file, const struct part_array *array,
                    const void *value);
void part_put_integer(struct guard *guard, hid_t file, const char *name,
                      uint64_t value);
void part_put_text(struct guard *guard, hid_t file, const char *path, const char *text);

/** Open an array and check its rank; its sizes into @p array. */
hid_t part_open_array(struct guard *guard, hid_t file, struct part_array *array);

/** Read a whole array of the sizes that @p array states. */
void part_get_array(struct guard *guard, hid_t file, const struct part_array *array,
                    void *value);
uint64_t part_get_integer(struct guard *guard, hid_t file, const char *name);

/** The caller frees it; NULL on failure. */
char *part_get_text(struct guard *guard, hid_t file, const char *path);

#endif
