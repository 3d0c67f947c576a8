/** @file
 * A workbook as Headroom's are: one table a sheet, title above it, numbers as numbers.
 */
#ifndef HEADROOM_BOOK_H
#define HEADROOM_BOOK_H

#include "headroom/answer.h"

#include <stdbool.h>
#include <xlsxwriter.h>

enum {
    BOOK_HEAD = 3,    /**< row of a table's heads; rows count from 0 */
    BOOK_PLACES = 7,  /**< most decimals shown, and one */
    BOOK_STYLES = 12, /**< pounds or not, with its sign or not, and each mark or none */
    BOOK_UNSURE = -100 /**< decimals that nothing says: as many as the number needs */
};

struct book {
    lxw_workbook *workbook;
    struct hr_result *result;
    const struct hr_answer *answer;
    const char *path; /**< that was asked for */
    lxw_format *title, *note, *head, *head_right, *text, *bold, *share, *general,
        *whole, *open, *link;
    lxw_format *number[BOOK_STYLES][BOOK_PLACES];
    lxw_error failed; /**< the first failure */
};

struct book_column {
    const char *head;
    double width; /**< in characters */
    bool text;    /**< else its head stands at the right, as numbers do */
};

struct sheet {
    struct book *book;
    lxw_worksheet *page;
    lxw_row_t row; /**< that is written next */
    lxw_col_t column;
    size_t columns;
};

/** How numbers of a column read. */
struct book_unit {
    double scale;
    bool pounds, sign;
    int decimals;
    char mark; /**< after the number: * of a mean not to be leaned on, ^ of a quantile
                  without a bound; or 0 */
};

/** Make the formats of a workbook that has been opened. */
void book_start(struct book *book);

/** What a sheet starts with. */
struct book_page {
    const char *name, *title, *note;
    const struct book_column *column;
    size_t columns;
    lxw_col_t fixed; /**< columns that stay where the rest is scrolled */
};

struct sheet book_sheet(struct book *book, const struct book_page *page);

/** Cells from the left; a NULL text and a NaN are empty ones. */
void sheet_text(struct sheet *sheet, const char *text);
void sheet_formatted(struct sheet *sheet, const char *text, lxw_format *format);
void sheet_number(struct sheet *sheet, double number, const struct book_unit *unit);
void sheet_share(struct sheet *sheet, double share);
void sheet_next_row(struct sheet *sheet);

/** A row of its own: what is counted, and how many. */
void sheet_count(struct sheet *sheet, const char *fact, double number);

void sheet_filter(const struct sheet *sheet); /**< over all rows that were written */

/** How a metric's numbers of this error read. */
struct book_unit book_unit_of(const struct hr_metric *metric, double error, bool sign);

/** What stands after a mean that is not to be leaned on; else 0. */
char book_mark_of_mean(const struct hr_answer_interval *of_mean);

/** "£m, present value", as a column of units says it. @p text has 96 bytes. */
const char *book_unit_words(const struct hr_metric *metric, char text[96]);

/** Write the sheets. */
HR_MUST_CHECK
enum hr_status workbook_measures(struct book *book, struct hr_error *error);
HR_MUST_CHECK
enum hr_status workbook_series(struct book *book, struct hr_error *error);
HR_MUST_CHECK
enum hr_status workbook_inputs(struct book *book, struct hr_error *error);
void workbook_quality(struct book *book);

/** Numbers of a data set; NULL where the file has none of that name. */
HR_MUST_CHECK
enum hr_status book_values(const struct book *book, const char *path,
                           struct hr_result_values *values, struct hr_error *error);

#endif
