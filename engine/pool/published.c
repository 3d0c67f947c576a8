/* Published and exact tables beside the engine: each CSV of a folder, row by row. */
#include "headroom/claims.h"

#include "files.h"
#include "problems.h"
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

/* Within the larger of its two tolerances; a row that must be missed, outside. */
static void judge(struct hr_published_line *line, const struct published_case *row)
{
    line->tolerance = fmax(row->absolute, row->relative * fabs(row->value));
    line->holds =
        (fabs(line->engine - line->value) <= line->tolerance) != line->must_miss;
}

static enum hr_status run_row(struct run *run, const struct published_table *table,
                              size_t at, struct hr_error *error)
{
    struct published_case row;
    struct hr_published_line line = {
        .table = published_key(table, "title"),
        .source = published_key(table, "source"),
        .label = published_cell(table, at, "label"),
        .quantity = published_cell(table, at, "quantity"),
        .must_miss = strcmp(published_cell(table, at, "must"), "miss") == 0,
    };

    if (published_case_read(&row, table, at, error) != HR_OK)
        return error->status;
    line.value = row.value;
    if (published_quantity(&row, line.quantity, &line.engine, error) != HR_OK)
        return published_refuse(table, at, error);
    judge(&line, &row);
    run->rows++;
    run->failed += !line.holds;
    if (run->line != NULL)
        run->line(&line, run->context);
    return HR_OK;
}

static enum hr_status run_rows(struct run *run, const struct published_table *table,
                               struct hr_error *error)
{
    const size_t before = run->rows;
    enum hr_status status = HR_OK;

    for (size_t row = 1; row < table->csv.rows && status == HR_OK; row++) {
        if (!csv_is_blank(&table->csv, row))
            status = run_row(run, table, row, error);
    }
    if (status == HR_OK && run->rows == before)
        status = hr_fail(error, HR_BAD_INPUT, "%s: no rows", table->path);
    return status;
}

static enum hr_status run_file(struct run *run, const char *path,
                               struct hr_error *error)
{
    struct published_table table = {.path = path};
    const struct place file = {.file = path};
    struct hr_messages problems = {0};
    char *text = files_read(path, &file, &problems);
    enum hr_status status;

    if (text != NULL && csv_open(&table.csv, text, &file, &problems))
        status = run_rows(run, &table, error);
    else
        status = problems_fail(&problems, HR_BAD_INPUT, "", error);
    csv_free(&table.csv);
    free(text);
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
            void *context, struct hr_published_count *count, struct hr_error *error)
{
    struct run run = {.line = line, .context = context};
    struct dirent **entry = NULL;
    const int n = scandir(folder, &entry, is_table, alphasort);
    enum hr_status status = HR_OK;
    char path[4096];

    if (n <= 0)
        status = hr_fail(error, n < 0 && errno == ENOMEM ? HR_FAILED : HR_BAD_INPUT,
                         "%s: %s", folder, n < 0 ? strerror(errno) : "holds no tables");
    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof(path), "%s/%s", folder, entry[i]->d_name);
        if (status == HR_OK)
            status = run_file(&run, path, error);
        free(entry[i]);
    }
    free(entry);
    *count = (struct hr_published_count){run.rows, run.failed};
    if (status == HR_OK && run.failed > 0)
        return hr_fail(error, HR_NOT_HELD, "%zu of %zu rows do not hold", run.failed,
                       run.rows);
    return status;
}
