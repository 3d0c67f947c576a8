/** @file
 * Moments of many quantities over blocks of trials, summed in an order that depends on
 * the blocks alone.
 *
 * A block is a leaf of one fixed binary tree: node k of level l covers the 2^l blocks
 * from 2^l k on, and is its left half merged with its right one. Blocks that are there
 * are held as the fewest nodes that cover them. So whoever added them, in whatever
 * portions and order, holds the same bits.
 */
#ifndef HEADROOM_SUMS_H
#define HEADROOM_SUMS_H

#include "headroom/error.h"
#include "moments.h"

#include <stdbool.h>

/** Blocks first to first + blocks - 1; blocks is a power of two that divides first. */
struct sums_node {
    uint64_t first, blocks;
    struct moments *moments; /**< [width] */
};

struct sums {
    size_t width;           /**< quantities */
    struct sums_node *node; /**< disjoint, ascending */
    size_t count, room;
    struct moments *spare; /**< memory of nodes that went into others, for the next
                              ones; the start of each leads to the one after it */
};

/** Of no blocks; takes no memory. */
struct sums sums_none(size_t width);
void sums_free(struct sums *sums);

/** Memory for the moments of a node; NULL where there is none. */
struct moments *sums_memory(struct sums *sums);

/** Add a node and own its moments, also on failure. Blocks that are there already are
 * refused. */
HR_MUST_CHECK
enum hr_status sums_add(struct sums *sums, struct sums_node node,
                        struct hr_error *error);

/** Add all nodes of @p from, which is left with none, also on failure, and is given
 * what memory is spare: it will want it again. */
HR_MUST_CHECK
enum hr_status sums_move(struct sums *sums, struct sums *from, struct hr_error *error);

/** Blocks that are there. */
uint64_t sums_blocks(const struct sums *sums);

/** Whether all blocks from @p first to before @p last are there, and no others. */
bool sums_cover(const struct sums *sums, uint64_t first, uint64_t last);

/** The nodes folded from the left, largest first where they cover blocks from 0 on,
 * into @p total [width]. */
void sums_total(const struct sums *sums, struct moments *total);

#endif
