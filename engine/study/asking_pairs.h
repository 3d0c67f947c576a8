/** @file
 * Which two forms a question is about.
 */
#ifndef HEADROOM_ASKING_PAIRS_H
#define HEADROOM_ASKING_PAIRS_H

#include "asking.h"
#include "writing.h"

/** Places among the ranked forms: a less b. */
struct pair {
    size_t a, b;
};

struct pair_list {
    struct pair *pair; /**< to be freed; NULL after a failure */
    size_t count;
};

/** The trials of the question's metric, at most @p most, and which pairs it is about.
 */
HR_MUST_CHECK
enum hr_status pairs_read(const struct decision *decision, size_t most,
                          struct decision_trials *trials, struct pair_list *pairs,
                          struct hr_error *error);

/** The pair that the question names, else the leader and each other ranked form, into
 * pair[ranked.count], those hardest to tell from the leader first. Refused: one that is
 * not ranked, fewer than two ranked forms, a metric that is better neither way. */
HR_MUST_CHECK
enum hr_status pairs_of(const struct decision *decision,
                        const struct decision_trials *trials, struct pair *pair,
                        size_t *count, struct hr_error *error);

/** Name of a form of the pair. */
static inline const char *pairs_name(const struct decision *decision,
                                     const struct decision_trials *trials,
                                     size_t ranked)
{
    return decision->name[trials->which[ranked]];
}

/** Mean of the turned difference, its interval, and whether that leaves zero out. Where
 * memory runs out it marks @p decision's set as failed. */
struct ranged pairs_ahead(struct decision *decision, const double *difference,
                          size_t n);

#endif
