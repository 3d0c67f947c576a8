#include "chunks.h"

void chunk_sizes(int rank, const hsize_t *size, hsize_t *chunk)
{
    hsize_t room = CHUNK_NUMBERS;

    for (int d = rank - 1; d >= 0; d--) {
        const hsize_t whole = size[d] > 0 ? size[d] : 1;
        const hsize_t parts = (whole + room - 1) / room;

        chunk[d] = (whole + parts - 1) / parts;
        room /= chunk[d];
        if (room == 0)
            room = 1;
    }
}
