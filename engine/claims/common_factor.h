/** @file
 * Theta: what raises or lowers everybody's claims in a year, and so does not
 * diversify. Mean 1; gamma gives negative binomial counts and closed forms.
 */
#ifndef HEADROOM_COMMON_FACTOR_H
#define HEADROOM_COMMON_FACTOR_H

#include "headroom/error.h"

#include <stddef.h>

enum factor_kind { FACTOR_NONE, FACTOR_GAMMA, FACTOR_LOGNORMAL };

struct common_factor {
    enum factor_kind kind;
    double variance;
};

/** A law as points and weights that sum to 1; accurate to rounding. */
struct factor_nodes {
    size_t n;
    double *at, *weight; /**< owned, one allocation */
};

HR_MUST_CHECK
enum hr_status common_factor_check(const struct common_factor *factor,
                                   struct hr_error *error);

/** Theta at uniform @p u; the engine's own functions alone. */
double common_factor_quantile(const struct common_factor *factor, double u);

/** Cumulants 1 .. 4 of Theta. Gamma: 1, v, 2v^2, 6v^3. */
void common_factor_cumulants(const struct common_factor *factor, double cumulant[4]);

/** Nodes dense enough for E[exp(i w Theta)] up to frequency @p fastest. */
HR_MUST_CHECK
enum hr_status factor_nodes_init(struct factor_nodes *nodes,
                                 const struct common_factor *factor, double fastest,
                                 struct hr_error *error);
void factor_nodes_free(struct factor_nodes *nodes);

#endif
