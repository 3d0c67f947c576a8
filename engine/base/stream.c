#include "stream.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_ROOM = 256 };

struct memory {
    char **text;
    size_t *size;
    char *bytes;
    size_t used, room;
    bool lost;
};

/* There is always room for a zero more. */
static bool make_room(struct memory *memory, size_t more)
{
    size_t room = memory->room;
    char *bytes;

    if (more < room - memory->used)
        return true;
    while (room < SIZE_MAX / 2 && more >= room - memory->used)
        room *= 2;
    bytes = more < room - memory->used ? realloc(memory->bytes, room) : NULL;
    if (bytes == NULL)
        return false;
    memory->bytes = bytes;
    memory->room = room;
    return true;
}

static ssize_t add(void *cookie, const char *bytes, size_t size)
{
    struct memory *memory = cookie;

    memory->lost = memory->lost || !make_room(memory, size);
    if (memory->lost)
        return 0;
    memcpy(memory->bytes + memory->used, bytes, size);
    memory->used += size;
    return (ssize_t)size;
}

static int hand_over(void *cookie)
{
    struct memory *memory = cookie;
    const bool lost = memory->lost;

    if (lost)
        free(memory->bytes);
    else
        memory->bytes[memory->used] = '\0';
    *memory->text = lost ? NULL : memory->bytes;
    *memory->size = lost ? 0 : memory->used;
    free(memory);
    if (lost)
        errno = ENOMEM;
    return lost ? -1 : 0;
}

FILE *stream_to_memory(char **text, size_t *size)
{
    struct memory *memory = calloc(1, sizeof(*memory));
    FILE *out = NULL;

    *text = NULL;
    *size = 0;
    if (memory != NULL) {
        *memory = (struct memory){text, size, malloc(LEAST_ROOM), 0, LEAST_ROOM, false};
        if (memory->bytes != NULL)
            out = fopencookie(
                memory, "w", (cookie_io_functions_t){.write = add, .close = hand_over});
    }
    if (out == NULL && memory != NULL) {
        free(memory->bytes);
        free(memory);
    }
    return out;
}

bool stream_close(FILE *out)
{
    const bool whole = ferror(out) == 0;

    if (fclose(out) != 0)
        return false;
    if (!whole)
        errno = EIO;
    return whole;
}
