/** @file
 * A pool's simulated years beside its exact answers: by how many standard errors each
 * measure differs, where there are enough cases to tell.
 */
#ifndef HEADROOM_POOL_COMPARE_H
#define HEADROOM_POOL_COMPARE_H

#include "headroom/claims.h"

#include "sample.h"
#include "settled.h"

/** Losses of a year, shares of the budget. */
struct pool_sample {
    struct sample sorted;
    double mean, sd, skewness, kurtosis;
};

/** Of @p n losses, sorted into @p memory, which has room for 2 n and must outlive the
 * sample. */
struct pool_sample pool_sample_of(const double *loss, size_t n, double *memory);

/** Fills what is simulated of the measures of a year, whose total has the exact
 * @p kurtosis (infinite where it has none): where that is large for so many trials a
 * sample's mean and spread say nothing of their own error. */
void pool_compare_year(struct hr_pool_value *side, const struct pool_sample *sample,
                       double kurtosis, double budget);

/** Of a chance: so many events of @p n. */
void pool_compare_chance(struct hr_pool_value *value, double events, double n);

#endif
