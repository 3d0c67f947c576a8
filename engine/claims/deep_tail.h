/** @file
 * Chances far below what a plain transform resolves, by exponential tilting.
 *
 * A transform in doubles has a floor near 1e-16. Tilted so that the level asked for is
 * where the total lies on average (Esscher; the saddle point of the tail), the same
 * transform gives the chance with a relative error of 1e-5, at most 3e-4, however
 * small: tested to 1e-100.
 */
#ifndef HEADROOM_DEEP_TAIL_H
#define HEADROOM_DEEP_TAIL_H

#include "portfolio.h"

/** P(kept claims of @p people > x), x above their mean. Refused with a common factor,
 * whose own tail would decide. */
HR_MUST_CHECK
enum hr_status deep_tail(const struct portfolio *portfolio, double people, double x,
                         double *chance, struct hr_error *error);

#endif
