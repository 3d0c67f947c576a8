/** @file
 * What was drawn behind the trials of a result: assumptions by draw, not by key.
 *
 * Keys of equal values in every trial are one unknown, such as the levy that two forms
 * share; it is named with a star where their names differ.
 */
#ifndef HEADROOM_ASKING_DRAWS_H
#define HEADROOM_ASKING_DRAWS_H

#include "asking.h"
#include "surface.h"

enum { DRAWS_TRIALS = 50000 /**< the first so many are enough for curves */ };

struct draws {
    size_t count, trials;
    const char **name; /**< "forms.*.levy" */
    const char **keys; /**< all of them, with commas between */
    const char **unit;
    double *value; /**< [draw][trial] */
};

/** Read the draws of the complete trials of @p trials: of the keys that the question
 * asks for. What is the same in every trial is no draw. Names live as long as the
 * analysis. Refused: a pattern that is no drawn key's. */
HR_MUST_CHECK
enum hr_status draws_read(struct decision *decision,
                          const struct decision_trials *trials, struct draws *draws,
                          struct hr_error *error);
void draws_free(struct draws *draws);

static inline const double *draws_of(const struct draws *draws, size_t k)
{
    return draws->value + k * draws->trials;
}

/** Whether a draw or one of its keys is what @p pattern names: "money.*", a section
 * such as "money", or the key itself. */
bool draws_match(const struct draws *draws, size_t k, const char *pattern,
                 size_t length);

/** Normal scores of all draws, to be freed; NULL where memory ran out. */
double *draws_scores(const struct draws *draws);

/** Add the axis /draw in the order of @p place, with the draws' keys and units, and
 * number[i][draw] along it. Nothing where there is no draw. */
void draws_put(struct decision *decision, const struct draws *draws,
               const size_t *place, const struct decision_column *column,
               double *const *number, size_t numbers);

/** Say in the analysis how many trials were looked at, and whether those are the first
 * of more. */
void draws_say_trials(struct decision *decision, const struct decision_trials *trials);

#endif
