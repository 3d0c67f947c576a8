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

struct hr_result;

/** Add /quality/correlation to @p into from the parameters that @p from holds; they may
 * be one set. Nothing where nothing was tied. HR_FAILED where memory ran out. */
HR_MUST_CHECK
enum hr_status correlated_add(const struct result_set *from, struct result_set *into,
                              const struct outcome_ties *ties, struct hr_error *error);

/** Whether what a result says there follows from its parameters, where it holds them,
 * and is within 4 standard errors of what was asked for, on the scale of Fisher's z; of
 * several pairs all together as rarely beyond as one. Of draws with few values, or many
 * at an end of their range, ranks are tied and nothing is asked. */
HR_MUST_CHECK
enum hr_status correlated_check(struct hr_result *result, struct hr_error *error);

#endif
