/** @file
 * Small CSV tables: `# key: value` lines, a heading, rows.
 */
#ifndef HEADROOM_TABLE_H
#define HEADROOM_TABLE_H

#include "headroom/error.h"

#include <stddef.h>

enum { TABLE_COLUMNS = 24, TABLE_KEYS = 32 };

struct table {
    char *text; /**< owned; everything below points into it */
    const char *key[TABLE_KEYS], *value[TABLE_KEYS];
    int keys;
    const char *column[TABLE_COLUMNS];
    int columns;
    const char **cell; /**< owned; rows x columns */
    size_t rows;
};

HR_MUST_CHECK
enum hr_status table_read(struct table *table, const char *path,
                          struct hr_error *error);
void table_free(struct table *table);

/** Value of `# key: value`, or NULL. */
const char *table_key(const struct table *table, const char *key);

/** Index of a column, or -1. */
int table_column(const struct table *table, const char *name);
const char *table_cell(const struct table *table, size_t row, int column);

/** A column as numbers, owned by the caller; refused where one is not a number. */
HR_MUST_CHECK
enum hr_status table_numbers(const struct table *table, const char *path,
                             const char *column, double **number,
                             struct hr_error *error);

#endif
