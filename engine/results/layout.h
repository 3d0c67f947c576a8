/** @file
 * How a result is laid out: which data set has which axes, as results/README.md says.
 *
 * Whoever asks an open result for a documented data set may rely on its axes, on
 * labels and attributes that are always there, and on numbers that agree with each
 * other. What is not documented, as of a later 1.x, lies along axes of the file.
 */
#ifndef HEADROOM_LAYOUT_H
#define HEADROOM_LAYOUT_H

#include "reader.h"

enum layout_kind { LAYOUT_NUMBERS, LAYOUT_WORDS, LAYOUT_TEXT };

struct layout_row {
    const char *path; /**< a last part of * stands for any name */
    enum layout_kind kind;
    const char *axes; /**< such as "point, form, trial" */
};

/** What is documented of a path as of that kind; NULL where nothing is. */
const struct layout_row *layout_find(const char *path, enum layout_kind kind);

/** Refuse with HR_NOT_HELD what is laid out otherwise. */
HR_MUST_CHECK
enum hr_status layout_check(const struct reader *reader, struct hr_error *error);

#endif
