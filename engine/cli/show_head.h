/** @file
 * What stands above the tables of `show`: what the result is of, and its answer in
 * sentences.
 */
#ifndef HEADROOM_SHOW_HEAD_H
#define HEADROOM_SHOW_HEAD_H

#include "show_foot.h"

/** Print @p text and end the line, bold on a terminal; wrapped, and then plain, where
 * it is wider. How many lines that took. */
int show_strong(const char *text, int width);

/** Print what a run changed in its scenario, one a line: the first few, or all. How
 * many lines that took. */
int show_changes(const char *changes, bool all, int width);

/** Print the title, what was changed, and, but for one measure or form alone, the
 * answer. How many lines that took. */
int show_head(struct hr_result *result, const struct hr_answer *answer,
              const struct show_choice *choice, int width);

#endif
