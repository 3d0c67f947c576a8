/** @file
 * The four objectives: by whose eyes forms are compared.
 */
#ifndef HEADROOM_OBJECTIVE_H
#define HEADROOM_OBJECTIVE_H

#include "sentence.h"

#include <stdbool.h>

struct objective {
    const char *name; /**< as options and scenarios say it */
    const char
        *metric; /**< larger or smaller being better as the metric's table says */
};

extern const struct objective objectives[VIEWS];

/** False where no objective has that name. */
bool objective_find(const char *name, enum view *view);

#endif
