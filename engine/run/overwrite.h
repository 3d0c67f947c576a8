/** @file
 * What a run may put another file in the place of, unless it is told to.
 */
#ifndef HEADROOM_OVERWRITE_H
#define HEADROOM_OVERWRITE_H

#include "headroom/scenario.h"

#include <stdbool.h>

enum overwrite {
    OVERWRITE_EQUAL,   /**< a result of the same trials */
    OVERWRITE_SHORTER, /**< of fewer trials too */
    OVERWRITE_STOPPED, /**< of any number at which a run was stopped */
};

/** The run that is to be written. */
struct overwrite_by {
    enum overwrite what;
    bool neutral; /**< with its neutral runs */
};

/** HR_BAD_INPUT where something stands under @p path that is not empty and is no whole
 * result of just this scenario, seed and, but
 * for what @p by says, trials included, of the same numbers and without neutral runs
 * that would be dropped: it would be lost. */
HR_MUST_CHECK
enum hr_status overwrite_check(const struct hr_scenario *scenario,
                               const struct overwrite_by *by, const char *path,
                               struct hr_error *error);

#endif
