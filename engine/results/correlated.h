/** @file
 * What became of the rank correlations that a scenario asks for: /quality/correlation.
 *
 * Of every two draws that go together the rank correlation (Spearman's) asked for, that
 * of the trials, and its standard error.
 */
#ifndef HEADROOM_CORRELATED_H
#define HEADROOM_CORRELATED_H

#include "outcome.h"
#include "result_set.h"

enum { CORRELATED_PATH = 320 };

#define CORRELATED_TARGET   "/quality/correlation/target"
#define CORRELATED_ACHIEVED "/quality/correlation/achieved"

/** Add /quality/correlation to @p into from the parameters that @p from holds; they may
 * be one set. Nothing where nothing was tied. HR_FAILED where memory ran out. */
HR_MUST_CHECK
enum hr_status correlated_add(const struct result_set *from, struct result_set *into,
                              const struct outcome_ties *ties, struct hr_error *error);

/** Standard error of Fisher's z of Spearman's coefficient of @p n trials (Bonett and
 * Wright, 2000); NaN where they are too few. */
double correlated_error_of_z(double target, size_t n);

/** Where a drawn parameter's values are. */
void correlated_path(const char *key, char path[CORRELATED_PATH]);

#endif
