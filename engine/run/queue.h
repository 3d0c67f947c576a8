/** @file
 * What is left to do: ranges of blocks, each of a point, handed out piece by piece.
 *
 * Points are done one after another, so that early ones finish first. Whoever shares a
 * queue takes from it under a lock.
 */
#ifndef HEADROOM_QUEUE_H
#define HEADROOM_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Blocks from first to before last of a point. */
struct range {
    size_t point;
    uint64_t first, last;
};

struct queue {
    const struct range *range; /**< borrowed */
    size_t ranges;
    size_t at;     /**< range that is being handed out */
    uint64_t next; /**< block of it */
    uint64_t left; /**< blocks of all ranges */
};

struct queue queue_of(const struct range *range, size_t ranges);

/** Take the next piece: at most @p most blocks, within one multiple of @p most. False
 * where nothing is left. */
bool queue_take(struct queue *queue, uint64_t most, struct range *piece);

/** Hand out nothing more. */
void queue_close(struct queue *queue);

#endif
