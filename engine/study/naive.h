/** @file
 * Forecasts that know no model: what a scenario has to be held against.
 */
#ifndef HEADROOM_NAIVE_H
#define HEADROOM_NAIVE_H

#include "observed.h"

/** What they are made from. */
struct naive_inputs {
    const struct hr_observed *observed;
    const struct hr_scenario *scenario;
    size_t first, end; /**< rows of one measure and kind, known ones among them */
    double start; /**< the measure at the end of the first quarter, of all practices;
                       NaN where that says nothing */
};

/** The table of them: those that can be made of a group compete. */
struct naive {
    const char *name;
    bool of_chance; /**< mean is the chance of 1 rather than 0 */
    /** Fill @p mean and @p sd of the rows from in->first on; false where it cannot. */
    bool (*make)(const struct naive_inputs *in, double *mean, double *sd);
};

enum { NAIVES = 5 };
extern const struct naive naives[NAIVES];

#endif
