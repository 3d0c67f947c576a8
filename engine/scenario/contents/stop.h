/** @file
 * When a run may end before its last trial: what a scenario says under `stop`.
 */
#ifndef HEADROOM_STOP_H
#define HEADROOM_STOP_H

#include "messages.h"

#include <stdint.h>

/** What a target is said of. */
enum stop_statistic {
    STOP_MEAN,
    STOP_QUANTILE,
    STOP_LOWER_TAIL,
    STOP_UPPER_TAIL,
    STOP_ABOVE /**< the share of trials above a number */
};

/** A number that is to be known so well. */
struct stop_target {
    const char *metric, *form;
    const char *against; /**< the form whose number is taken off; or NULL */
    const char *words;   /**< the statistic as written */
    enum stop_statistic statistic;
    double at;     /**< probability of the quantile, level of the tail, or the number */
    double width;  /**< half of the interval's, in the metric's unit or, where */
    bool relative; /**< as a share of the number itself */
    struct place place;
};

/** Start with {0}: a run of so many trials as the scenario says. */
struct stop {
    bool on;
    bool ranks;           /**< once the ranking is resolved */
    double confidence;    /**< of it */
    const char *view;     /**< by which objective: public, gp, patient, economic */
    bool order;           /**< the whole order; false: who is best */
    double indifference;  /**< in the objective's unit */
    uint64_t first, most; /**< trials of the first look; no look is beyond most */
    double seconds;       /**< looked at between looks; 0: without limit */
    struct stop_target *target;
    size_t targets;
    struct place said; /**< the targets */
};

struct hr_scenario;

/** What stop says of a scenario. */
const struct stop *scenario_stop(const struct hr_scenario *scenario);

#endif
