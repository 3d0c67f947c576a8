/** @file
 * Where a run stands while it is under way: the answer so far, and what of it is kept.
 */
#ifndef HEADROOM_STANDING_H
#define HEADROOM_STANDING_H

#include "runner_state.h"

/** Tell the run's listener, after ten seconds, twenty, forty and so on but at least
 * every ten minutes. @p more are sums of trials that the run has not yet. */
void standing_tell(struct hr_runner *runner, const struct sums *more);

/** Note that so many trials are on disk, in @p folder, which is borrowed. */
void standing_keep(struct hr_runner *runner, uint64_t trials, const char *folder);

#endif
