/** @file
 * That no pound appears or vanishes, in any quarter of any trial.
 */
#ifndef HEADROOM_BOOKS_H
#define HEADROOM_BOOKS_H

#include "headroom/error.h"
#include "plan.h"

#include <stddef.h>

/** HR_NOT_HELD, naming the trial and the form, where a trial's worst quarter is out of
 * balance by more than rounding explains; @p imbalance is [form][trial], as a share of
 * the quarter's gross flows. */
HR_MUST_CHECK
enum hr_status books_check(const struct plan *plan, size_t trials,
                           const double *imbalance, struct hr_error *error);

#endif
