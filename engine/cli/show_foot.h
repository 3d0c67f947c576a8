/** @file
 * What stands below the tables of `show`: numbers that were set, marks explained.
 */
#ifndef HEADROOM_SHOW_FOOT_H
#define HEADROOM_SHOW_FOOT_H

#include "show_marks.h"

/** What of an answer is printed. */
struct show_choice {
    bool full;          /**< every metric, and each form's own level */
    const char *metric; /**< these alone, with commas, or NULL */
    const char *form;   /**< this one alone, or NULL */
};

/** What the foot says more than the answer. */
struct show_foot {
    int width;
    bool neutral; /**< what is left with assumed numbers neutral was shown */
    const struct show_marks *marks;
    const char *path; /**< of the result */
};

/** Print the numbers that somebody set: what is neutral leaves them as they are. Where
 * not all are asked for, the first and how many more. */
void show_chosen(struct hr_result *result, bool all, int width);

void show_foot(const struct hr_answer *answer, const struct show_choice *choice,
               const struct show_foot *foot);

#endif
