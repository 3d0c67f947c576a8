/** @file
 * Correlations between the shocks to prices.
 */
#ifndef HEADROOM_CORRELATION_H
#define HEADROOM_CORRELATION_H

#include "contents.h"
#include "parameters.h"

/** Lower Cholesky factor of the scenario's correlations; false where they are not
 * positive definite, so that no four series could have them. */
bool correlation_factor(const struct hr_scenario *scenario,
                        double factor[INDICES][INDICES]);

#endif
