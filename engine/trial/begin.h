/** @file
 * How a block begins its trials: everything that is drawn once, and the start of all
 * that changes.
 */
#ifndef HEADROOM_BEGIN_H
#define HEADROOM_BEGIN_H

#include "block.h"

/** Draw the parameters of trials @p first onwards: what all areas share. */
void block_begin(struct block *block, uint64_t first, int count);

/** Set the drivers and everything of the area at hand to its start. */
void block_begin_area(struct block *block);

#endif
