/** @file
 * Changes of a scenario, as hr_base_variant() takes them, by what was drawn.
 */
#ifndef HEADROOM_CHANGES_H
#define HEADROOM_CHANGES_H

#include "headroom/scenario.h"

#include "asking_draws.h"

enum { CHANGES_MOST = 256 };

/** Start with {.set = ..., .scenario = ...}. */
struct changes {
    struct result_set *set; /**< keeps the texts */
    const struct hr_scenario *scenario;
    const char *text[CHANGES_MOST];
    size_t count;
};

/** What a number of the scenario is; NULL where none is called so. */
const struct hr_assumption *changes_about(const struct hr_scenario *scenario,
                                          const char *key);

/** Set a key, as the scenario says it. */
void changes_set(struct changes *changes, const char *key, double value);

/** Set every key of a draw; @p value is as the result has it, uplifted. */
void changes_set_draw(struct changes *changes, const struct draws *draws, size_t k,
                      double value);

#endif
