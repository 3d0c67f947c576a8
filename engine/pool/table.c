#include "table.h"

#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum hr_status read_whole(char **text, const char *path, struct hr_error *error)
{
    FILE *file = fopen(path, "rb");
    size_t size = 0, room = 1 << 16, got;

    *text = malloc(room);
    if (file == NULL || *text == NULL) {
        if (file != NULL)
            fclose(file);
        return hr_fail(error, HR_BAD_INPUT, "%s: %s", path, strerror(errno));
    }
    while ((got = fread(*text + size, 1, room - size - 1, file)) > 0) {
        size += got;
        if (size + 1 == room) {
            char *more = realloc(*text, room *= 2);

            if (more == NULL)
                break;
            *text = more;
        }
    }
    fclose(file);
    (*text)[size] = '\0';
    return HR_OK;
}

/* Cuts the next field off *line, quotes undone in place. */
static char *next_field(char **line)
{
    char *from = *line, *to = from;
    char *field = from;
    int quoted = 0;

    for (; *from != '\0' && (quoted || *from != ','); from++) {
        if (*from == '"' && quoted && from[1] == '"')
            *to++ = *from++;
        else if (*from == '"')
            quoted = !quoted;
        else
            *to++ = *from;
    }
    *line = *from == ',' ? from + 1 : NULL;
    *to = '\0';
    return text_trim(field);
}

static int split(char *line, const char **field, int most)
{
    int n = 0;

    while (line != NULL && n < most)
        field[n++] = next_field(&line);
    return n;
}

static void read_key(struct table *table, char *line)
{
    char *colon = strchr(line, ':');

    if (colon == NULL || table->keys == TABLE_KEYS)
        return;
    *colon = '\0';
    table->key[table->keys] = text_trim(line);
    table->value[table->keys++] = text_trim(colon + 1);
}

static enum hr_status add_row(struct table *table, char *line, const char *path,
                              struct hr_error *error)
{
    const size_t columns = (size_t)table->columns;
    const char **more =
        realloc(table->cell, (table->rows + 1) * columns * sizeof(*more));
    int n;

    if (more == NULL)
        return hr_fail(error, HR_FAILED, "%s: no memory for its rows", path);
    table->cell = more;
    n = split(line, more + table->rows * columns, table->columns);
    if (n != table->columns)
        return hr_fail(error, HR_BAD_INPUT, "%s: row %zu has %d fields, not %d", path,
                       table->rows + 1, n, table->columns);
    table->rows++;
    return HR_OK;
}

static enum hr_status read_line(struct table *table, char *line, const char *path,
                                struct hr_error *error)
{
    line = text_trim(line);
    if (*line == '\0')
        return HR_OK;
    if (*line == '#') {
        read_key(table, line + 1);
        return HR_OK;
    }
    if (table->columns > 0)
        return add_row(table, line, path, error);
    table->columns = split(line, table->column, TABLE_COLUMNS);
    return HR_OK;
}

enum hr_status table_read(struct table *table, const char *path, struct hr_error *error)
{
    enum hr_status status;
    char *line;

    *table = (struct table){0};
    status = read_whole(&table->text, path, error);
    line = table->text;
    while (status == HR_OK && line != NULL && *line != '\0') {
        char *end = strchr(line, '\n');

        if (end != NULL)
            *end = '\0';
        status = read_line(table, line, path, error);
        line = end == NULL ? NULL : end + 1;
    }
    if (status == HR_OK && table->rows == 0)
        status = hr_fail(error, HR_BAD_INPUT, "%s: no rows", path);
    if (status != HR_OK)
        table_free(table);
    return status;
}

void table_free(struct table *table)
{
    free(table->cell);
    free(table->text);
    *table = (struct table){0};
}

const char *table_key(const struct table *table, const char *key)
{
    for (int i = 0; i < table->keys; i++) {
        if (strcmp(table->key[i], key) == 0)
            return table->value[i];
    }
    return NULL;
}

int table_column(const struct table *table, const char *name)
{
    for (int i = 0; i < table->columns; i++) {
        if (strcmp(table->column[i], name) == 0)
            return i;
    }
    return -1;
}

const char *table_cell(const struct table *table, size_t row, int column)
{
    return table->cell[row * (size_t)table->columns + (size_t)column];
}

enum hr_status table_numbers(const struct table *table, const char *path,
                             const char *column, double **number,
                             struct hr_error *error)
{
    const int at = table_column(table, column);

    *number = NULL;
    if (at < 0)
        return hr_fail(error, HR_BAD_INPUT, "%s: no column \"%s\"", path, column);
    *number = malloc(table->rows * sizeof(**number));
    if (*number == NULL)
        return hr_fail(error, HR_FAILED, "%s: no memory for its rows", path);
    for (size_t row = 0; row < table->rows; row++) {
        const char *text = table_cell(table, row, at);

        if (text_to_number(text, &(*number)[row]) != TEXT_NUMBER)
            return hr_fail(error, HR_BAD_INPUT,
                           "%s: row %zu: %s: \"%s\" is not a plain number", path,
                           row + 1, column, text);
    }
    return HR_OK;
}
