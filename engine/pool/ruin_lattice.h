/** @file
 * Ruin over years of a law without risk-adjustment error, on a lattice of reserves.
 */
#ifndef HEADROOM_RUIN_LATTICE_H
#define HEADROOM_RUIN_LATTICE_H

#include "settled.h"

struct ruin_question {
    double reserve; /**< share of the budget, at the start */
    int years;
    int states; /**< of the coarser of two lattices */
};

/** Shares of the budget that a lattice spans. */
double ruin_span(const struct ruin_question *asked, const struct settled_law *law);

/** From two lattices, one twice as fine, as in ruin.h; @p apart: how far they lie from
 * each other, at most. */
HR_MUST_CHECK
enum hr_status ruin_on_lattices(const struct ruin_question *asked,
                                const struct settled_law *law, double *ruin,
                                double *apart, struct hr_error *error);

#endif
