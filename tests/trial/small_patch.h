/** @file
 * A patch small enough to reckon by hand: what the tests of the kernel start from.
 */
#ifndef HEADROOM_SMALL_PATCH_H
#define HEADROOM_SMALL_PATCH_H

#include "kernel.h"

/** @p sites equal practices of 8,000 in networks of four, three partners and two
 * salaried GPs each, under @p forms equal forms of one-site organisations, for
 * @p quarters. No noise, no leaving, no sickness, no shocks, all prices level. */
void small_patch(struct plan *plan, int sites, int forms, int quarters);

/** Set a parameter, a term of a form's row, or turn it into a distribution. */
void small_patch_set(struct plan *plan, size_t parameter, double value);
void small_patch_term(struct plan *plan, int row, size_t term, double value);

/** Give a site another list; its weighted list is the same. */
void small_patch_list(struct plan *plan, size_t site, double patients);

/** One shock in all trials, from a quarter, with no effect until small_patch_shock().
 */
void small_patch_add_shock(struct plan *plan, int at, int duration, int fade);
void small_patch_shock(struct plan *plan, size_t shock_term, double value);

/** All sites of the patch in one organisation of form @p form. */
void small_patch_unite(struct plan *plan, int form);

/** Run trials 0 to LANES-1 in @p block with the best kernel. */
void small_patch_run(const struct plan *plan, struct block *block);

#endif
