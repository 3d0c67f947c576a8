/** @file
 * Chance that a reserve is exhausted within some years, by repeated convolution.
 *
 * Years are discrete and independent given the risk-adjustment error: each takes a
 * loss from the reserve; below 0 at a year's end is ruin, and ruin is for good.
 */
#ifndef HEADROOM_RUIN_H
#define HEADROOM_RUIN_H

#include "settled.h"

/** @p ruin[y-1] = P(reserve below 0 within y years), y = 1 .. years; @p reserve is a
 * share of the budget, 0 or more. Relative error under 1e-6, but for the law's own;
 * under an error of the budget some 1e-4 of a chance. NaN where claims all but of one
 * price make teeth too narrow for the lattice of reserves, and the contract's function
 * bends, and where an error of the budget meets more such teeth than can be followed.
 */
HR_MUST_CHECK
enum hr_status ruin_chances(const struct settled_law *law, double reserve, int years,
                            double *ruin, struct hr_error *error);

#endif
