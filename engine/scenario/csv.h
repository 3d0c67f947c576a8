/** @file
 * A table of comma-separated values (RFC 4180), cell by cell.
 *
 * Takes quoted cells with commas, quotes and line breaks in them, a byte order mark,
 * and line ends of any kind.
 */
#ifndef HEADROOM_CSV_H
#define HEADROOM_CSV_H

#include "messages.h"

struct csv {
    char *memory;
    char **cell;
    size_t *first; /**< number of the first cell of each row, and one past the last */
    size_t rows;   /**< the header is row 0 */
};

/** False, with messages, where quotes do not match or memory ran out. csv_free() is
 * harmless in any case. */
bool csv_open(struct csv *csv, const char *text, const struct place *file,
              struct hr_messages *problems);
void csv_free(struct csv *csv);

size_t csv_cells(const struct csv *csv, size_t row);

/** Text of a cell, trimmed; "" beyond the end of a short row. */
const char *csv_cell(const struct csv *csv, size_t row, size_t column);

/** Whether a row holds nothing. */
bool csv_is_blank(const struct csv *csv, size_t row);

/** A row's place in a file: the header is row 1. */
struct place csv_place(const struct place *file, size_t row);

#endif
