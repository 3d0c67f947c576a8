/** @file
 * What MPI gives a run: who one is, a counter that all ranks share, a barrier at which
 * failures and a few bytes are spread, and the names of parts.
 *
 * Only the main thread may call any of it.
 */
#ifndef HEADROOM_RANKS_H
#define HEADROOM_RANKS_H

#include "headroom/run.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Processes that a launcher says it started; 1 where none says. */
uint64_t ranks_launched(void);

/** Whether a launcher started this process, alone or with others. */
bool ranks_are_launched(void);

/** Begin to share work: nothing of it is taken or done. Every rank calls it. */
void ranks_begin(struct hr_ranks *ranks);

/** The next number, from 0, that no rank has taken. Where the network has no shared
 * counter, every count-th is a rank's own; then ranks_stopped() and ranks_add() know of
 * this rank alone. */
uint64_t ranks_take(struct hr_ranks *ranks);

/** Let no rank take anything more; ranks_stopped() tells all of them. */
void ranks_stop(struct hr_ranks *ranks);
bool ranks_stopped(struct hr_ranks *ranks);

/** Add to what is done; returns what all ranks have. */
uint64_t ranks_add(struct hr_ranks *ranks, uint64_t more);

/** Let others' requests through while this rank computes. */
void ranks_attend(struct hr_ranks *ranks);

/** Rank 0's bytes on all ranks. Every rank calls it. */
void ranks_spread(struct hr_ranks *ranks, void *bytes, size_t size);

/** All ranks' texts one after another, at rank 0, which frees it; NULL elsewhere, and
 * without memory. Every rank calls it. */
char *ranks_gather(struct hr_ranks *ranks, const char *text);

#endif
