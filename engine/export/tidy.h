/** @file
 * Tables of text: a file that is written beside its place, cell by cell.
 */
#ifndef HEADROOM_TIDY_H
#define HEADROOM_TIDY_H

#include "headroom/export.h"

#include <stdbool.h>
#include <stdio.h>

enum { LONGEST_NAME = 4096 };

struct tidy {
    FILE *out;
    char path[LONGEST_NAME], beside[LONGEST_NAME + 16];
};

/** Begin FOLDER/NAME.csv. */
HR_MUST_CHECK
enum hr_status tidy_open(struct tidy *tidy, const char *folder, const char *name,
                         struct hr_error *error);

/** Put it in its place where @p status is HR_OK, else remove it. */
HR_MUST_CHECK
enum hr_status tidy_close(struct tidy *tidy, enum hr_status status,
                          struct hr_error *error);

/** A cell, with a comma before it unless it is the first of its row. */
void tidy_text(FILE *out, const char *text, bool first);
void tidy_number(FILE *out, double number);

/** A row for each point of a sweep: where it is, and what became of it. */
HR_MUST_CHECK
enum hr_status tidy_points(struct hr_result *result, const char *folder,
                           struct hr_error *error);

#endif
