/** @file
 * The metrics of a result: what each is, which way it is better, and how it is shown.
 *
 * One table; `headroom metrics` prints it, and results/README.md is held to it.
 */
#ifndef HEADROOM_METRICS_H
#define HEADROOM_METRICS_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Which way a quantity is better. */
enum hr_better {
    HR_BETTER_LOWER = -1,
    HR_BETTER_NEITHER = 0,
    HR_BETTER_HIGHER = 1,
};

/** A quantity of a trial: a row of `headroom metrics`. */
struct hr_metric {
    const char *name, *unit, *meaning;
    bool money;      /**< in pounds of the price base */
    bool discounted; /**< a present value */
    enum hr_better better;
    const char *group, *label; /**< as tables list it */
    double scale;              /**< divide by this to show it */
    const char *suffix;        /**< then its unit: "m", "k", "%", or "" */
    int decimals;              /**< where no error says how many */
    bool count;                /**< a whole number in every trial */
};

/** Metrics, in the order of the result's groups. */
size_t hr_metric_count(void);
struct hr_metric hr_metric_at(size_t i);

/** False where no metric has that name. */
bool hr_metric_find(const char *name, struct hr_metric *metric);

/** The metric's name that is spelt most like @p name: to say of one that is not there.
 */
const char *hr_metric_nearest(const char *name);

#ifdef __cplusplus
}
#endif

#endif
