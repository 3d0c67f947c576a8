/** @file
 * A result and what it is run again with.
 */
#ifndef HEADROOM_AGAIN_H
#define HEADROOM_AGAIN_H

#include "headroom/run.h"

#include "kernel.h"
#include "scenario_plan.h"

struct again {
    struct hr_result *result;
    struct hr_scenario *scenario;
    struct hr_base *base; /**< of a sweep, held fast */
    struct plan plan;
    struct block block;
    uint64_t trials;
};

/** Run @p sample of the trials, or all, and hold what each gives against the file's. */
HR_MUST_CHECK
enum hr_status again_sample(struct again *again, uint64_t sample,
                            struct hr_verified *held, struct hr_error *error);

/** Run all trials of @p scenario into a result, and hold it against the file. */
HR_MUST_CHECK
enum hr_status again_compare(const struct again *again,
                             const struct hr_scenario *scenario,
                             struct hr_verified *held, struct hr_error *error);

/** Of a sweep each point by itself: what is said of it, its statistics, and of @p
 * sample trials its share; with all of them the whole of it, and the sweep's inputs. */
HR_MUST_CHECK
enum hr_status again_points(struct hr_result *result, uint64_t sample,
                            struct hr_verified *held, struct hr_error *error);

#endif
