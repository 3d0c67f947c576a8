/** @file
 * What the inputs of a result need while it is written, in one list.
 */
#ifndef HEADROOM_INPUTS_MEMORY_H
#define HEADROOM_INPUTS_MEMORY_H

#include <stddef.h>

struct inputs_memory {
    void **piece;
    size_t count;
};

/** Zeroed memory that inputs_free() frees; NULL where there is none. */
void *inputs_take(struct inputs_memory *memory, size_t count, size_t size);

/** Have inputs_free() free what is allocated already. */
void inputs_keep(struct inputs_memory *memory, void *piece);

void inputs_free(struct inputs_memory *memory);

#endif
