/** @file
 * Which distributions there are, and one of them with its parameters.
 */
#ifndef HEADROOM_DISTRIBUTION_KIND_H
#define HEADROOM_DISTRIBUTION_KIND_H

#include "quantile_curve.h"

#include <stdbool.h>

enum distribution_kind {
    FIXED,      /**< a */
    UNIFORM,    /**< low a, high b */
    TRIANGULAR, /**< low a, mode b, high c */
    PERT,       /**< low a, mode b, high c */
    NORMAL,     /**< mean a, standard deviation b */
    LOGNORMAL,  /**< median a, standard deviation of the logarithm b */
    BETA,       /**< alpha a, beta b */
    GAMMA,      /**< shape a, scale b */
    DISCRETE,   /**< values and weights */
    DISTRIBUTIONS
};

enum { DISCRETE_LONGEST = 16 };

struct distribution {
    enum distribution_kind kind;
    double a, b, c;
    int count; /**< of a discrete distribution */
    double value[DISCRETE_LONGEST];
    double weight[DISCRETE_LONGEST];    /**< need not sum to one */
    double low, high;                   /**< the range it is truncated to */
    double mass_below, mass;            /**< F(low) and F(high) - F(low) */
    const struct quantile_curve *curve; /**< what its quantiles follow, or NULL */
};

#endif
