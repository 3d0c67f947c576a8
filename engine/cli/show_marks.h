/** @file
 * Marks beside numbers that are not to be leaned on, and the notes below that say why.
 */
#ifndef HEADROOM_SHOW_MARKS_H
#define HEADROOM_SHOW_MARKS_H

#include "headroom/answer.h"

/** Which marks were printed. Start with {0}. */
struct show_marks {
    bool heavy, unbounded;
    bool uncounted; /**< in how many futures it is better: its trials are not kept */
    bool sideless;  /**< neither way is better */
};

/** What stands after a mean, or nothing; remembered. */
const char *show_mark_mean(struct show_marks *marks,
                           const struct hr_answer_interval *of_mean);

/** What stands after a quantile. */
const char *show_mark_quantile(struct show_marks *marks,
                               const struct hr_answer_interval *of_quantile);

/** In how many of 100 futures a difference is better, or a dash. */
const char *show_mark_better(struct show_marks *marks, const struct hr_metric *metric,
                             double better, char *text);

/** What the marks say; NULL for one that was not printed. */
const char *show_mark_heavy_note(const struct show_marks *marks);
const char *show_mark_unbounded_note(const struct show_marks *marks);
const char *show_mark_better_note(const struct show_marks *marks);

#endif
