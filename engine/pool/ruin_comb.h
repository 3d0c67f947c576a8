/** @file
 * Ruin where each year's loss is one of some points on a lattice: a sum of whole
 * numbers.
 */
#ifndef HEADROOM_RUIN_COMB_H
#define HEADROOM_RUIN_COMB_H

#include "ruin_lattice.h"

#include <stdbool.h>

/** As ruin_chances(), without error but for rounding. @p done is false, and nothing
 * filled, where the losses are no such points, or teeth of a width that run into each
 * other or that a contract bends where they are cut. */
HR_MUST_CHECK
enum hr_status ruin_of_comb(const struct settled_law *law,
                            const struct ruin_question *asked, double *ruin, bool *done,
                            struct hr_error *error);

#endif
