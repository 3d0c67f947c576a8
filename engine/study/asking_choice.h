/** @file
 * The one pair of forms that a question which runs is about, and how its runs go.
 */
#ifndef HEADROOM_ASKING_CHOICE_H
#define HEADROOM_ASKING_CHOICE_H

#include "asking_pairs.h"
#include "trying.h"

struct choice_of_pair {
    const char *form[2];  /**< first less second */
    const char *label[2]; /**< as people call them */
    struct trying trying; /**< of both, of all trials asked for */
    struct ranged ahead;  /**< in the result */
};

/** What is wanted of a choice. */
struct choice_wanted {
    const struct hr_again *again; /**< or NULL, where nothing is run */
    uint64_t most; /**< trials of each run where that does not say, the result's at most
                    */
    bool held;     /**< the best on average against the reference; false: against who is
                        hardest to tell from it */
};

/** The pair that is asked for, else as is wanted. The choice must not be moved. */
HR_MUST_CHECK
enum hr_status choice_make(struct decision *decision,
                           const struct choice_wanted *wanted,
                           struct choice_of_pair *choice, struct hr_error *error);

/** First less second in the first trials of the result, NaN where either does not
 * exist, into difference[trying.trials]; by running @p scenario where the result has
 * fewer, or is of a version that gives other numbers. */
HR_MUST_CHECK
enum hr_status choice_difference(const struct decision *decision,
                                 const struct choice_of_pair *choice,
                                 const struct hr_scenario *scenario, double *difference,
                                 struct hr_error *error);

/** Say which forms and which metric an analysis is of, and how many trials were run. */
void choice_store(struct decision *decision, const struct choice_of_pair *choice);

#endif
