/* Published and exact tables beside the engine: each CSV of a folder, row by row. */
#include "headroom/claims.h"

#include "published_case.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct run {
    void (*line)(const struct hr_published_line *line, void *context);
    void *context;
    size_t rows, failed;
};

static const char *key_or_empty(const struct table *table, const char *key)
{
    const char *value = table_key(table, key);

    return value == NULL ? "" : value;
}

static const char *cell_or_empty(const struct table *table, size_t row,
                                 const char *column)
{
    const int at = table_column(table, column);

    return at < 0 ? "" : table_cell(table, row, at);
}

/* Within the larger of its two tolerances; a row that must be missed, outside. */
static void judge(struct hr_published_line *line, const struct published_case *row)
{
    line->tolerance = fmax(row->absolute, row->relative * fabs(row->value));
    line->holds =
        (fabs(line->engine - line->value) <= line->tolerance) != line->must_miss;
}

static enum hr_status run_row(struct run *run, const struct table *table, size_t at,
                              const char *path, struct hr_error *error)
{
    struct published_case row;
    struct hr_error cause = {0};
    struct hr_published_line line = {
        .table = key_or_empty(table, "title"),
        .source = key_or_empty(table, "source"),
        .label = cell_or_empty(table, at, "label"),
        .quantity = cell_or_empty(table, at, "quantity"),
        .must_miss = strcmp(cell_or_empty(table, at, "must"), "miss") == 0,
    };
    enum hr_status status = published_case_read(&row, table, at, path, error);

    if (status != HR_OK)
        return status;
    line.value = row.value;
    status = published_quantity(&row, line.quantity, &line.engine, &cause);
    if (status != HR_OK)
        return hr_fail(error, status, "%s: row %zu: %s", path, at + 1, cause.message);
    judge(&line, &row);
    run->rows++;
    run->failed += !line.holds;
    if (run->line != NULL)
        run->line(&line, run->context);
    return HR_OK;
}

static enum hr_status run_file(struct run *run, const char *path,
                               struct hr_error *error)
{
    struct table table;
    enum hr_status status = table_read(&table, path, error);

    if (status != HR_OK)
        return status;
    for (size_t row = 0; row < table.rows && status == HR_OK; row++)
        status = run_row(run, &table, row, path, error);
    table_free(&table);
    return status;
}

static int is_table(const struct dirent *entry)
{
    const size_t length = strlen(entry->d_name);

    return length > 4 && strcmp(entry->d_name + length - 4, ".csv") == 0;
}

enum hr_status
hr_validate(const char *folder,
            void (*line)(const struct hr_published_line *line, void *context),
            void *context, size_t *rows, size_t *failed, struct hr_error *error)
{
    struct run run = {.line = line, .context = context};
    struct dirent **entry = NULL;
    const int n = scandir(folder, &entry, is_table, alphasort);
    enum hr_status status = HR_OK;
    char path[4096];

    if (n <= 0)
        status = hr_fail(error, HR_BAD_INPUT, "%s: %s", folder,
                         n < 0 ? strerror(errno) : "holds no tables");
    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, entry[i]->d_name);
        if (status == HR_OK)
            status = run_file(&run, path, error);
        free(entry[i]);
    }
    free(entry);
    *rows = run.rows;
    *failed = run.failed;
    if (status == HR_OK && run.failed > 0)
        return hr_fail(error, HR_NOT_HELD, "%zu of %zu rows do not hold", run.failed,
                       run.rows);
    return status;
}
