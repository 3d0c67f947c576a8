/** @file
 * An answer in the terminal: sentences, then differences.
 */
#ifndef HEADROOM_SHOW_TABLE_H
#define HEADROOM_SHOW_TABLE_H

#include "show_foot.h"

/** Print the answer of the file at @p path. */
void show_answer(struct hr_result *result, const struct hr_answer *answer,
                 const struct show_choice *choice, const char *path);

/** The same as JSON, with how many terms were made neutral, 0 if none; freed by the
 * caller; NULL without memory. */
char *show_json(struct hr_result *result, const struct hr_answer *answer,
                size_t changed);

#endif
