/** @file
 * What was drawn behind the trials of a result: assumptions by draw, not by key.
 *
 * Keys of equal values in every trial are one unknown, such as the levy that two forms
 * share; it is named with a star where their names differ. Draws that a correlation
 * ties have values of their own, but what one makes of a difference is also what those
 * make that go with it: shares and worth are of all of them together.
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
    const char **tied; /**< names of those that a correlation ties it to; "" */
    size_t *cluster;   /**< equal for draws that hang together by correlations */
    double *value;     /**< [draw][trial] */
};

/** Read the draws of the complete trials of @p trials: of the keys that the question
 * asks for. What is the same in every trial is no draw. Names live as long as the
 * analysis. Refused: a pattern that is no drawn key's. */
HR_MUST_CHECK
enum hr_status draws_read(struct decision *decision,
                          const struct decision_trials *trials, struct draws *draws,
                          struct hr_error *error);
void draws_free(struct draws *draws);

/** Read all of them, whatever the question asks for, which must be draws. */
HR_MUST_CHECK
enum hr_status draws_read_all(struct decision *decision,
                              const struct decision_trials *trials, struct draws *draws,
                              struct hr_error *error);

/** Whether a draw can move the difference of two forms: not where all its keys are
 * terms of others (nor of the reference, which some metrics count against). Such a term
 * may be drawn by the same number as that of one of the two, each on its own scale, and
 * would seem to move what it has no part in. */
bool draws_concern(const struct decision *decision, const struct draws *draws, size_t k,
                   const char *const form[2]);

/** Keep those alone. */
void draws_keep_concerning(const struct decision *decision, struct draws *draws,
                           const char *const form[2]);

/** Whether the question asks for a draw. */
bool draws_are_asked(const struct decision *decision, const struct draws *draws,
                     size_t k);

static inline const double *draws_of(const struct draws *draws, size_t k)
{
    return draws->value + k * draws->trials;
}

/** Whether a draw or one of its keys is what @p pattern names: "money.*", a section
 * such as "money", or the key itself. */
bool draws_match(const struct draws *draws, size_t k, const char *pattern,
                 size_t length);

/** Whether no draw before it hangs together with it: each such stands for all those. */
bool draws_is_first(const struct draws *draws, size_t k);

/** Mark in wanted[draw] all that hang together with a draw, itself among them; how many
 * they are. */
size_t draws_together(const struct draws *draws, size_t k, bool *wanted);

/** The rank correlation asked for between two draws; 0 where none was. */
double draws_rank(const struct decision *decision, const struct draws *draws, size_t a,
                  size_t b);

/** How a sentence speaks of a draw: with what is drawn with it, where anything is. */
const char *draws_spoken(struct decision *decision, const struct draws *draws,
                         size_t k);

/** Find what hangs together, by what the result says of its correlations; for
 * draws_read(). */
HR_MUST_CHECK
enum hr_status draws_tie(struct decision *decision, struct draws *draws,
                         struct hr_error *error);

/** Normal scores of all draws, to be freed; NULL where memory ran out. */
double *draws_scores(const struct draws *draws);

/** Numbers by draw, as they are stored. */
struct draw_table {
    const size_t *place; /**< [rows]: draws, in the order of the rows */
    size_t rows;
    const struct decision_column *column; /**< [columns] */
    double *const *number;                /**< [column][draw] */
    size_t columns;
};

/** Add the axis /draw, along it the draws' keys, units and what they are tied to, and
 * the numbers. Nothing where there is no row. */
void draws_put(struct decision *decision, const struct draws *draws,
               const struct draw_table *table);

/** The normal scores of those wanted[draw], out of those of all, into @p chosen of as
 * much room; @p into is of them. */
void draws_choose_scores(const struct draws *draws, const double *scores,
                         const bool *wanted, double *chosen, struct scores *into);

/** Say in the analysis how many trials were looked at, and whether those are the first
 * of more. */
void draws_say_trials(struct decision *decision, const struct decision_trials *trials);

#endif
