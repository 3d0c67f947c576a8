/** @file
 * What may be said of a difference, and how likely an outcome is in words.
 */
#ifndef HEADROOM_VERDICT_H
#define HEADROOM_VERDICT_H

#include "headroom/metrics.h"

#include <stddef.h>

/** In the order in which they are tried. */
enum verdict {
    VERDICT_DOES_NOT_EXIST,
    VERDICT_SAME,         /**< in every trial */
    VERDICT_NOT_RESOLVED, /**< within 3 Monte Carlo errors of zero */
    VERDICT_TOO_SMALL,    /**< below what is material */
    VERDICT_BETTER,
    VERDICT_WORSE,
    VERDICT_MORE, /**< of what is better neither way */
    VERDICT_FEWER,
    VERDICTS
};

enum { VERDICT_ERRORS = 3 /**< Bonferroni, 5 % over 15 headlines: 2.94 */ };

/** "better", "too small to matter", ... and the mark before it, ASCII and typeset. */
struct verdict_words {
    const char *words, *mark, *page_mark;
};

extern const struct verdict_words verdict_words[VERDICTS];

/** Judge a mean difference of standard error @p se; what is smaller than @p material
 * does not matter. One trial, which has no error, resolves nothing. */
enum verdict verdict_of(double difference, double se, double material,
                        enum hr_better better);

/** Trials that would resolve a difference seen in @p trials of them; infinite for none.
 */
double verdict_trials(double difference, double se, double trials);

/** "very likely" and its kin for @p count of @p trials, to stand beside the count.
 * Where the 95 % interval straddles a border between words, the weaker word. */
const char *verdict_likelihood(double count, double trials);

/** Wilson's interval of a share at @p confidence; 0 and 1 of no trials. */
void verdict_interval(double count, double trials, double confidence, double *low,
                      double *high);

#endif
