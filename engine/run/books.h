/** @file
 * That no pound appears or vanishes, in any quarter of any trial.
 */
#ifndef HEADROOM_BOOKS_H
#define HEADROOM_BOOKS_H

#include "slab.h"

/** HR_NOT_HELD, naming the trial and the form, where the worst quarter of a trial of
 * @p slab is out of balance by more than rounding explains, as a share of the quarter's
 * gross flows. */
HR_MUST_CHECK
enum hr_status books_check(const struct slab *slab, const struct shape *shape,
                           struct hr_error *error);

#endif
