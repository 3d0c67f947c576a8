#include "store.h"

#include <stdlib.h>
#include <string.h>

struct store_piece {
    struct store_piece *before;
    _Alignas(16) unsigned char memory[];
};

void *store_take(struct store *store, size_t size)
{
    struct store_piece *piece = calloc(1, sizeof(*piece) + size);

    if (piece == NULL) {
        store->failed = true;
        return NULL;
    }
    piece->before = store->last;
    store->last = piece;
    return piece->memory;
}

const char *store_text_of(struct store *store, const char *text, size_t length)
{
    char *copy = store_take(store, length + 1);

    if (copy == NULL)
        return "";
    memcpy(copy, text, length);
    return copy;
}

const char *store_text(struct store *store, const char *text)
{
    return store_text_of(store, text, strlen(text));
}

void store_free(struct store *store)
{
    while (store->last != NULL) {
        struct store_piece *piece = store->last;

        store->last = piece->before;
        free(piece);
    }
    *store = (struct store){0};
}
