/** @file
 * Running a variant of a scenario for one metric of some forms.
 */
#ifndef HEADROOM_TRYING_H
#define HEADROOM_TRYING_H

#include "headroom/metrics.h"
#include "headroom/run.h"
#include "headroom/scenario.h"

struct trying {
    const struct hr_run_options *how; /**< or NULL */
    struct hr_metric metric;
    const char *const *form;
    size_t forms;
    uint64_t trials;
    unsigned chance; /**< streams, as in hr_run_options */
    const char *redrawn;
};

/** Run the forms, and the reference, into value[form][trial]: more being better. */
HR_MUST_CHECK
enum hr_status trying_run(const struct trying *trying,
                          const struct hr_scenario *variant, double *value,
                          struct hr_error *error);

/** How much there is to run. */
struct trying_runs {
    size_t count;
    bool at_most; /**< fewer where a search ends sooner */
};

/** Tell whoever runs it how much there is to run, and about how long that takes. */
void trying_announce(const struct trying *trying, const struct hr_scenario *scenario,
                     struct trying_runs runs);

/** First less second, of a trying's two forms. */
HR_MUST_CHECK
enum hr_status trying_difference(const struct trying *trying,
                                 const struct hr_scenario *variant, double *difference,
                                 struct hr_error *error);

/** Hold a scenario; its problems as one sentence. */
HR_MUST_CHECK
enum hr_status trying_hold(const struct hr_scenario *scenario, struct hr_base **base,
                           struct hr_error *error);

/** Changes of a scenario that is held; likewise. */
HR_MUST_CHECK
enum hr_status trying_vary(const struct hr_base *base, const char *const *changes,
                           size_t n, struct hr_scenario **variant,
                           struct hr_error *error);

/** Say why a scenario cannot be varied, and free the problems. */
HR_MUST_CHECK
enum hr_status trying_fail(enum hr_status status, struct hr_messages *problems,
                           struct hr_error *error);

#endif
