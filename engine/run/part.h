/** @file
 * A part of a run: some blocks of trials, and all that is kept of them.
 *
 * A plain value. Parts of one run add up in any portions and any order to the same
 * bits; a run is what its parts add up to.
 */
#ifndef HEADROOM_PART_H
#define HEADROOM_PART_H

#include "histogram.h"
#include "slab.h"
#include "sums.h"

/** Full blocks only: a short last block stands apart (tail.h). */
struct part {
    const struct shape *shape;
    struct slab *slab; /**< ascending; they hold the trials of the blocks in sums */
    size_t slabs;
    struct sums sums;            /**< [shape->sums] */
    struct histogram *histogram; /**< [shape->counted]; NULL before the first block */
};

/** Of no blocks; @p shape must outlive it. */
struct part part_none(const struct shape *shape);
void part_free(struct part *part);

/** Own @p slab, also on failure. Its blocks are not there yet. */
HR_MUST_CHECK
enum hr_status part_take_slab(struct part *part, struct slab slab,
                              struct hr_error *error);

/** Sum a finished block into @p moments [shape->sums]. */
void part_sum(const struct shape *shape, const struct block *block,
              struct moments *moments);

/** Add all of @p more, which is left with nothing, also on failure. Blocks that are
 * there already are refused. */
HR_MUST_CHECK
enum hr_status part_add(struct part *part, struct part *more, struct hr_error *error);

/** Blocks from the first one on that are there without a gap. */
uint64_t part_prefix(const struct part *part);

#endif
