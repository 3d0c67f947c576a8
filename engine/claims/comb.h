/** @file
 * The law of a year's total where every claim has one of some fixed prices: a comb.
 *
 * Its teeth lie at whole multiples of a unit that divides all prices, and what is said
 * of a threshold that falls on one must be exact, so they are points and not spread
 * over a grid. Prices that are all but fixed (a lognormal of a CV under 1 %) give each
 * tooth a width.
 */
#ifndef HEADROOM_COMB_H
#define HEADROOM_COMB_H

#include "annual.h"
#include "portfolio.h"

struct comb {
    double unit;   /**< GBP; 0: the claims are not such */
    double spread; /**< variance of a tooth over where it lies, GBP */
    bool single;   /**< one cell of one price: the total is a count */
};

/** What a cell's claims are if they all but have one price. */
bool comb_is_narrow(const struct severity *severity);

/** Whether a limit cuts through the width of such a price. */
bool comb_cuts(const struct severity *severity, double limit);

/** Variance of what is kept of a claim about its price, GBP^2. */
double comb_variance(const struct severity *severity, double limit);

struct comb comb_of(const struct portfolio *portfolio);

/** Largest unit of which all are whole multiples but for rounding; 0: none above
 * @p least. */
double comb_common_unit(double unit, double value, double least);

/** Masses of a cell's prices at multiples of the unit, j = 0 .. n-1. */
void comb_prices(const struct claim_cell *cell, double limit, double unit, size_t n,
                 double *mass);

/** Fills the teeth of @p law, whose mean and variance stand, by the law of the count;
 * those of a list too large for that are its normal limit. */
HR_MUST_CHECK
enum hr_status comb_of_counts(struct annual_law *law, const struct portfolio *portfolio,
                              const struct comb *comb, double people,
                              struct hr_error *error);

#endif
