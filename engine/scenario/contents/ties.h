/** @file
 * Assumptions that are drawn together: what a scenario says under `correlation`.
 *
 * Rank correlations (Spearman's) between draws, by a normal copula: each keeps its own
 * law exactly. Draws are named as they are addressed: forms.*.levy is one, whatever
 * forms state it.
 */
#ifndef HEADROOM_TIES_H
#define HEADROOM_TIES_H

#include "messages.h"
#include "plan.h"
#include "yaml.h"

struct input;
struct hr_scenario;

/** Every two of some draws. */
struct tie {
    const char **key;
    size_t keys;
    double rank;
    const char *source, *evidence; /**< or NULL */
    struct place at;
};

struct ties {
    struct tie *tie;
    size_t count;
};

/** Read the list, which takes the place of what an included file says. */
void ties_read(const struct input *input, struct fy_node *list, const struct place *at);

/** Refuse what is no draw, ranks that are none, and ranks that contradict each other.
 */
void ties_check(const struct hr_scenario *scenario, struct hr_messages *problems);

/** Warn of what is tied and is one number in every trial. */
void ties_warn(struct hr_scenario *scenario);

/** Into a plan that has its values: the draws that are tied, in the order of the
 * schema, and how each is made of those before it. False where memory ran out. */
HR_MUST_CHECK
bool ties_compile(const struct hr_scenario *scenario, struct plan *plan);

#endif
