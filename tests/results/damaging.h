/** @file
 * Files, harmed in known places.
 */
#ifndef HEADROOM_DAMAGING_H
#define HEADROOM_DAMAGING_H

#include <stddef.h>

/** Flip the lowest bit of the byte @p offset after where @p bytes first occur. */
void flip_bit_at(const char *path, const void *bytes, size_t count, long offset);

/** Cut a file to half its length. */
void cut_in_half(const char *path);

/** Cut off what stands after the HDF5 file; nothing where it is cut off already. */
void take_off_seal(const char *path);

/** Write a file of one line. */
void write_line(const char *path, const char *line);

/** Give the attribute @p name of the file another value. */
void set_integer(const char *path, const char *name, unsigned long long value);
void set_text(const char *path, const char *name, const char *text);

#endif
