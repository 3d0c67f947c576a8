/** @file
 * The claims of a list of people: cells of frequency and severity under a common
 * factor.
 *
 * Cells (age bands, or one for all) are independent given Theta, so their
 * transforms multiply. Theta multiplies the mean number of claims. The normal mode
 * has no claims at all: a mean cost and a coefficient of variation per person.
 */
#ifndef HEADROOM_PORTFOLIO_H
#define HEADROOM_PORTFOLIO_H

#include "common_factor.h"
#include "severity.h"

#include <stdbool.h>

enum frequency {
    FREQUENCY_POISSON,  /**< any number of claims a person and year */
    FREQUENCY_TWO_PART, /**< at most one: the whole cost of a person's year */
};

struct claim_cell {
    double share; /**< of the list */
    enum frequency frequency;
    double rate; /**< claims a person and year; two-part: the share who cost */
    struct severity severity;
};

enum { MOST_CELLS = 12 };

struct portfolio {
    struct claim_cell cell[MOST_CELLS];
    int cells; /**< 0: the normal mode */
    struct common_factor factor;
    double limit;       /**< GBP a claim; what is above is ceded; INFINITY: none */
    double normal_mean; /**< GBP a person and year */
    double normal_k;    /**< coefficient of variation of a person's year */
};

/** Of a year's total: mean and central moments or cumulants, GBP to the power. */
struct claim_moments {
    double mean, variance, third, fourth; /**< cumulants 1 .. 4 */
};

/** Refuses impossible rates, shares, k and factors; then moments are safe to ask. */
HR_MUST_CHECK
enum hr_status portfolio_check(const struct portfolio *portfolio,
                               struct hr_error *error);

/** Refuses where the r-th moment of a kept claim is infinite. */
HR_MUST_CHECK
enum hr_status portfolio_needs_moment(const struct portfolio *portfolio, int r,
                                      struct hr_error *error);

/** Cumulants of what is kept of the claims of @p people in a year. Fails where memory
 * runs out. */
HR_MUST_CHECK
enum hr_status portfolio_kept(const struct portfolio *portfolio, double people,
                              struct claim_moments *kept, struct hr_error *error);

/** The same given Theta = @p theta. */
struct claim_moments portfolio_kept_given(const struct portfolio *portfolio,
                                          double people, double theta);

/** Expected cost above the limit, GBP a year. */
double portfolio_ceded_mean(const struct portfolio *portfolio, double people);

double claim_moments_cv(const struct claim_moments *moments);
double claim_moments_skewness(const struct claim_moments *moments);
double claim_moments_excess_kurtosis(const struct claim_moments *moments);

/** A cell whose people all but surely cost something has no mass at 0 that could keep a
 * second difference about it small; and whether a portfolio has one. */
bool claim_cell_nearly_certain(const struct claim_cell *cell);
bool portfolio_nearly_certain(const struct portfolio *portfolio);

void portfolio_free(struct portfolio *portfolio);

#endif
