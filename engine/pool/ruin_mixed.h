/** @file
 * Ruin under a risk-adjustment error, which holds for all years of a path: the mean
 * over the error's law of the chances that each factor on the budget leaves.
 *
 * They have steps where a loss that many totals share - a cap, a number of claims of
 * one price - comes to spend the reserve, and for a long list are all but one step; so
 * the rule goes where they change.
 */
#ifndef HEADROOM_RUIN_MIXED_H
#define HEADROOM_RUIN_MIXED_H

#include "settled.h"

/** Chances of ruin within 1 .. years of a law without error. */
struct ruin_given {
    enum hr_status (*chances)(const struct settled_law *law, const void *question,
                              double *ruin, struct hr_error *error);
    const void *question;
    int years;
    int most; /**< times that they may be asked */
};

/** To some 1e-4, each chance; NaN where the steps are too many for that. */
HR_MUST_CHECK
enum hr_status ruin_mixed(const struct settled_law *law, const struct ruin_given *given,
                          double *ruin, struct hr_error *error);

#endif
