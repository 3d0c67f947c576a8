/** @file
 * A run that several processes share: the ranks of an MPI job, or one alone.
 *
 * Results travel through parts in the run's folder, which all ranks see, and rank 0
 * alone reads what was there, holds the lock and publishes. Of the two sources
 * together_alone.c and together_mpi.c one is built.
 */
#ifndef HEADROOM_TOGETHER_H
#define HEADROOM_TOGETHER_H

#include "stored_run.h"

/** Whether this process speaks for the run; NULL is one alone. */
bool together_is_first(const struct hr_ranks *ranks);

/** stored_run_open() of all ranks as one, each of which calls it. */
HR_MUST_CHECK
enum hr_status together_open(struct stored_run *run, struct hr_error *error);

/** stored_run_advance() of all ranks as one, each of which calls it, as often as is
 * wished. Rank 0 has all that was run, the others nothing. */
HR_MUST_CHECK
enum hr_status together_advance(struct stored_run *run, struct hr_error *error);

/** Rank 0's bytes on all ranks. Every rank calls it. */
void together_spread(struct hr_ranks *ranks, void *bytes, size_t size);

#endif
