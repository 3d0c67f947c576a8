/** @file
 * A delegated budget on a small or busy patch.
 */
#ifndef HEADROOM_BUDGET_PATCH_H
#define HEADROOM_BUDGET_PATCH_H

#include "small_patch.h"

/** Everybody on a list costs exactly 1,000 pounds a year; no terms; level site. */
void certain_budget(struct plan *plan);

/** Lognormal claims of 1,000 pounds a person and year (0.25 claims of CV 2), drawn by
 * @p method; no terms, nothing common. */
void risky_budget(struct plan *plan, enum claim_method method);

#endif
