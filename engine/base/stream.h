/** @file
 * Streams that are written to, and whether all of it arrived.
 */
#ifndef HEADROOM_STREAM_H
#define HEADROOM_STREAM_H

#include <stdbool.h>
#include <stdio.h>

/** A stream into memory, as open_memstream() opens one; but that passes over what found
 * no room, and this one remembers it. NULL where memory ran out. Once it is closed
 * @p text, to be freed, holds all of it with a zero after its @p size bytes, or is NULL
 * where any was lost. */
FILE *stream_to_memory(char **text, size_t *size);

/** Close @p out. False, with errno set, where any of what was written to it was lost,
 * be it long ago: closing alone does not tell of a disk that was full for a moment. */
bool stream_close(FILE *out);

#endif
