/** @file
 * A practice as a row of the table of practices.
 */
#ifndef HEADROOM_PRACTICE_ROW_H
#define HEADROOM_PRACTICE_ROW_H

#include "headroom/scenario.h"

#include <stdio.h>

/** Print @p practice to @p out in the order of the table's columns, blank where a
 * number is NaN, with so many of its age bands and, with @p area, its area. */
void practice_row_print(FILE *out, const struct hr_practice *practice, int age_bands,
                        bool area);

#endif
