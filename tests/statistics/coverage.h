/** @file
 * How often the intervals of estimate.h hold what they should: samples of known laws.
 */
#ifndef HEADROOM_COVERAGE_H
#define HEADROOM_COVERAGE_H

#include <stddef.h>

enum { COVERAGE_LAWS = 5, COVERAGE_STATISTICS = 3 };

/** Heavier as they go: normal, exponential, lognormal of sd 1, Student's t of 3 and
 * Pareto of index 3. */
extern const char *const coverage_law[COVERAGE_LAWS];
/** Mean, 95 % quantile, mean of the highest 5 %. */
extern const char *const coverage_statistic[COVERAGE_STATISTICS];

/** Share of @p repetitions samples of @p n whose 95 % interval holds the truth. */
void coverage_of(int law, size_t n, int repetitions, double held[COVERAGE_STATISTICS]);

/** The same of the differences between two quantities of one law on common chance
 * (normal scores correlated by 0.95), the second larger by 2. */
void coverage_of_differences(int law, size_t n, int repetitions,
                             double held[COVERAGE_STATISTICS]);

#endif
