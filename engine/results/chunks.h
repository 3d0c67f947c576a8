/** @file
 * How large the chunks of an array are.
 */
#ifndef HEADROOM_CHUNKS_H
#define HEADROOM_CHUNKS_H

#include <hdf5.h>

enum { CHUNK_NUMBERS = 1 << 17 /**< doubles in a mebibyte */ };

/** Whole rows, as many as fit a mebibyte; a longer row is cut into equal parts. */
void chunk_sizes(int rank, const hsize_t *size, hsize_t *chunk);

#endif
