#include "inputs_memory.h"

#include <stdlib.h>

void *inputs_take(struct inputs_memory *memory, size_t count, size_t size)
{
    void **more = realloc(memory->piece, (memory->count + 1) * sizeof(*more));
    void *piece;

    if (more == NULL)
        return NULL;
    memory->piece = more;
    piece = calloc(count + 1, size);
    if (piece != NULL)
        memory->piece[memory->count++] = piece;
    return piece;
}

void inputs_keep(struct inputs_memory *memory, void *piece)
{
    void **more = realloc(memory->piece, (memory->count + 1) * sizeof(*more));

    if (more == NULL)
        return;
    memory->piece = more;
    memory->piece[memory->count++] = piece;
}

void inputs_free(struct inputs_memory *memory)
{
    for (size_t i = 0; i < memory->count; i++)
        free(memory->piece[i]);
    free(memory->piece);
    *memory = (struct inputs_memory){0};
}
