/** @file
 * Studies: questions that take many runs or many exact answers.
 */
#ifndef HEADROOM_STUDY_H
#define HEADROOM_STUDY_H

#include "headroom/claims.h"
#include "headroom/error.h"
#include "headroom/run.h"
#include "headroom/scenario.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What an organisation must meet to be big enough. */
struct hr_size_target {
    bool of_model; /**< a metric of the full model; else of the budget alone */
    struct hr_pool_target pool;
    char metric[64]; /**< name of a metric */
    bool at_least;   /**< it must be at least, not at most, the limit */
    double limit;
};

/** Read `P(loss>2%)<=5%`, `reserve(1%)<=12` (GBP a head against a loss of that chance
 * in a year) or `METRIC<=NUMBER`, `METRIC>=NUMBER`. */
HR_MUST_CHECK
enum hr_status hr_size_parse(const char *text, struct hr_size_target *target,
                             struct hr_error *error);

/** One size and what was found there. */
struct hr_size_point {
    double people; /**< target population of the organisations */
    double value;
    double standard_error; /**< 0 where the value is exact */
    bool meets;
    double low,
        high; /**< of a metric: where its mean lies, at 95 %; NaN under 30 trials */
};

enum { HR_SIZE_POINTS = 48 };

/** The smallest size that meets a target, how sure that is, and what was tried. */
struct hr_size_answer {
    double people; /**< the smallest size that meets the target; NaN where none does */
    double low, high; /**< an interval of about 95 %; see the functions */
    size_t open;      /**< draws of the scenario for which no size meets the target */
    size_t draws; /**< draws behind the interval; 0: no key of it is a distribution */
    struct hr_size_point curve[HR_SIZE_POINTS]; /**< by rising size */
    size_t points;
};

/** The smallest holder of a delegated budget, by root finding on the exact law at
 * central values. The interval is that of the same answer over @p draws of what the
 * scenario leaves open (2.5 and 97.5 %; infinite where no size will do). */
HR_MUST_CHECK
enum hr_status hr_size_of_pool(const struct hr_scenario *scenario,
                               const struct hr_size_target *target, uint64_t draws,
                               struct hr_size_answer *answer, struct hr_error *error);

/** A size that is looked for: of which form, for which target, between which target
 * populations. */
struct hr_size_search {
    const char *form;
    const struct hr_size_target *target; /**< of a metric */
    double low, high;                    /**< patients; low at least 1 */
};

/** The smallest target population of a form at which the mean of a metric meets the
 * target: runs of the same trials at sizes from low to high, halving the bracket.
 * The interval reaches from the largest size whose mean is at 95 % beyond the target to
 * the smallest from which on all are within it as surely. */
HR_MUST_CHECK
enum hr_status hr_size_of_form(const struct hr_scenario *scenario,
                               const struct hr_size_search *wanted,
                               const struct hr_run_options *options,
                               struct hr_size_answer *answer, struct hr_error *error);

#ifdef __cplusplus
}
#endif

#endif
