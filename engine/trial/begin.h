/** @file
 * How a block begins its trials: everything that is drawn once, and the start of all
 * that changes.
 */
#ifndef HEADROOM_BEGIN_H
#define HEADROOM_BEGIN_H

#include "block.h"

/** Draw the parameters of trials @p first onwards and set everything to its start. */
void block_begin(struct block *block, uint64_t first, int count);

#endif
