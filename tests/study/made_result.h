/** @file
 * Results made by hand, in memory: forms, trials, metrics and draws as a test says.
 */
#ifndef HEADROOM_MADE_RESULT_H
#define HEADROOM_MADE_RESULT_H

#include "headroom/decision.h"

#include "result_set.h"

enum { MADE_SITES = 3 /**< practices of every result */ };

/** Data of a result: path, axes' kind and numbers. */
struct made_data {
    const char *path;    /**< "/trials/NAME", "/parameters/KEY", "/sites/NAME", or once
                            "/quality/correlation/KEY,KEY" of two that are tied */
    const double *value; /**< [form][trial], [trial], [form][site], or the rank */
};

/** A result of @p forms forms called a, b, c ... (the first is the reference) and of
 * @p trials trials; closed by the caller. */
struct hr_result *made_result(size_t forms, size_t trials, const struct made_data *data,
                              size_t count);

/** A number of an analysis. */
double made_number(struct hr_result *analysis, const char *path, size_t place);

#endif
