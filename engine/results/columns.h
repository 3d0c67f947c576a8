/** @file
 * THE table of what a result file holds: of each data set, axis and attribute its path,
 * axes, unit, kind and meaning.
 *
 * What is written takes its description from here, what is read is checked against it,
 * hashes learn from it what is told rather than reckoned, and a test holds
 * results/README.md, by which scripts/validate-result goes, to it. A data set is a row
 * and one call of columns_add() with its numbers.
 */
#ifndef HEADROOM_RESULTS_COLUMNS_H
#define HEADROOM_RESULTS_COLUMNS_H

#include "metric.h"
#include "result_set.h"

enum data_kind { DATA_NUMBERS, DATA_WORDS, DATA_TEXT };

enum {
    DATA_OPTIONAL = 1,   /**< there only where it has something to hold */
    DATA_TOLD = 2,       /**< outside the content hash */
    DATA_MONEY = 4,      /**< in pounds of the price base */
    DATA_DISCOUNTED = 8, /**< a present value */
    DATA_STATED = 16,    /**< words of people, machine and time, of which nothing in the
                              file says what they should be */
};

struct data_row {
    const char *path; /**< a * stands for any name, of one part */
    enum data_kind kind;
    const char *axes;    /**< such as "point, form, trial"; "" of a text */
    const char *unit;    /**< NULL: each its own */
    const char *meaning; /**< NULL: each its own */
    unsigned flags;
    int since; /**< the 1.x that brought it */
};

struct axis_row {
    const char *path;
    const char *meaning;
    bool words; /**< labels; else numbers */
    bool always;
    bool told; /**< outside the content hash */
};

struct attribute_row {
    const char *path;
    enum result_kind kind;
    unsigned flags;
    int since;
};

size_t columns_count(void);
const struct data_row *columns_row(size_t i);
size_t columns_axis_count(void);
const struct axis_row *columns_axis(size_t i);
size_t columns_attribute_count(void);
const struct attribute_row *columns_attribute(size_t i);

/** What is documented of a path as of that kind; NULL where nothing is. */
const struct data_row *columns_find(const char *path, enum data_kind kind);

/** Whether the set holds what a row is of. */
bool columns_holds(const struct result_set *set, const struct data_row *row);

/** The same of a path that may lie along one set of axes or another: the row that lies
 * along these. */
const struct data_row *columns_find_along(const char *path, enum data_kind kind,
                                          const char *along);

/** Whether what stands at @p path, axis, data set or attribute, is told rather than
 * reckoned: outside the content hash. */
bool columns_is_told(const char *path);

/** Whether it is DATA_STATED. */
bool columns_is_stated(const char *path);

/** Whether what stands at @p path is kept deflated in every file: /sums, which no table
 * shows and which is nearly empty. */
bool columns_is_packed(const char *path);

/** Add what is at @p path as its row says; nothing where @p value is NULL. Axes that
 * are not in the set yet are a fault. */
void columns_add(struct result_set *set, const char *path, const double *value);
void columns_add_words(struct result_set *set, const char *path,
                       const char *const *value);
void columns_add_text(struct result_set *set, const char *path, const char *value);

/** The same where a unit and a meaning are each data set's own. */
void columns_add_own(struct result_set *set, const char *path,
                     const struct column *column, const double *value);

/** Add a data set whose numbers are not held: rows of @p rows from @p row on. With
 * @p column NULL it is described as the table does. */
void columns_add_rows(struct result_set *set, const char *path,
                      const struct column *column, const struct row_source *rows,
                      size_t row);

void columns_add_own_words(struct result_set *set, const char *path,
                           const char *meaning, const char *const *value);

/** An axis of labels or, where @p word is NULL, of the numbers from 0. */
void columns_add_axis(struct result_set *set, const char *path, size_t size,
                      const char *const *word);

/** A NULL text is left out. */
void columns_add_attribute(struct result_set *set, const char *path, const char *text);
void columns_add_integer(struct result_set *set, const char *path, uint64_t integer);
void columns_add_number(struct result_set *set, const char *path, double number);

#endif
