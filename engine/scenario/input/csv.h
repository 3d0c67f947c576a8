/** @file
 * A table of comma-separated values (RFC 4180), cell by cell.
 *
 * Takes quoted cells with commas, quotes and line breaks in them, a byte order mark,
 * line ends of any kind, and above the header lines that begin with #, which say what
 * the table is.
 */
#ifndef HEADROOM_CSV_H
#define HEADROOM_CSV_H

#include "messages.h"

struct csv {
    char *memory;
    char **cell;
    size_t *first; /**< number of the first cell of each row, and one past the last */
    size_t rows;   /**< the header is row 0 */
    size_t above;  /**< blank rows and notes above the header, not counted in rows */
};

/** False, with messages, where quotes do not match or memory ran out. csv_free() is
 * harmless in any case. */
bool csv_open(struct csv *csv, const char *text, const struct place *file,
              struct hr_messages *problems);
void csv_free(struct csv *csv);

/** A note above the header, with its #, trimmed; blank rows among them are "". @p note
 * is below csv->above. */
const char *csv_note(const struct csv *csv, size_t note);

size_t csv_cells(const struct csv *csv, size_t row);

/** Text of a cell, trimmed; "" beyond the end of a short row. */
const char *csv_cell(const struct csv *csv, size_t row, size_t column);

/** How many cells of a row hold something; whether none does. */
size_t csv_filled(const struct csv *csv, size_t row);
bool csv_is_blank(const struct csv *csv, size_t row);

/** The place of a row as it stands in the file. */
struct place csv_at(const struct csv *csv, const struct place *file, size_t row);

/** The place of the row of that number in the file, from 1. */
struct place csv_place(const struct place *file, size_t number);

/** The columns a table may have. */
struct csv_columns {
    const char *const *name;
    size_t count;
    const char *remedy; /**< said of a column that is none of them */
};

/** Find @p columns in the header, whatever the case of their letters and the separators
 * of their words: @p at receives where each stands, or CSV_ABSENT. Columns that are
 * there twice, or are none of them, are reported; one without a name and with nothing
 * in it is passed over. False where this is no header: something stands above it, or
 * other separators than commas are used. */
bool csv_find_columns(const struct csv *csv, const struct place *file,
                      const struct csv_columns *columns, int *at,
                      struct hr_messages *problems);

enum { CSV_ABSENT = -1 };

/** Report a row of more or fewer cells than the header: what a comma cut off would be
 * dropped; or all such rows that are not blank. */
void csv_check_width(const struct csv *csv, const struct place *file, size_t row,
                     struct hr_messages *problems);
void csv_check_widths(const struct csv *csv, const struct place *file,
                      struct hr_messages *problems);

#endif
