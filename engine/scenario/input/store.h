/** @file
 * Memory of a scenario: taken piece by piece, given back all at once.
 */
#ifndef HEADROOM_STORE_H
#define HEADROOM_STORE_H

#include <stdbool.h>
#include <stddef.h>

struct store_piece;

/** Start with {0}. */
struct store {
    struct store_piece *last;
    bool failed; /**< memory ran out at some time */
};

/** Zeroed memory, or NULL, which the store remembers. */
void *store_take(struct store *store, size_t size);

/** A copy; the empty text where memory ran out, which the store remembers. */
const char *store_text(struct store *store, const char *text);
const char *store_text_of(struct store *store, const char *text, size_t length);

void store_free(struct store *store);

#endif
