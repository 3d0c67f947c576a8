/** @file
 * The law of the normal mode: normal, and under a common factor a mixture of one normal
 * law for each of the factor's nodes.
 */
#ifndef HEADROOM_EXACT_NORMAL_H
#define HEADROOM_EXACT_NORMAL_H

#include "annual.h"
#include "portfolio.h"

/** Fills the parts of @p law, whose mean and variance stand; annual_free() frees them.
 */
HR_MUST_CHECK
enum hr_status exact_normal(struct annual_law *law, const struct portfolio *portfolio,
                            double people, struct hr_error *error);

#endif
