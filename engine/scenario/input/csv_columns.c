#include "csv.h"

#include "text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
    SEARCHED_FOR_A_HEADER = 10, /* rows */
    LEAST_WORD = 4,             /* letters */
};

/* A header being read. */
struct header {
    const struct csv *csv;
    const struct place *file;
    const struct csv_columns *columns;
    int *at; /* where each column stands, or CSV_ABSENT */
    struct hr_messages *problems;
};

static int letter_of(char letter)
{
    return strchr(" -.", letter) == NULL ? tolower((unsigned char)letter) : '_';
}

static bool is_named(const char *text, const char *name)
{
    while (*text != '\0' && *name != '\0' && letter_of(*text) == *name) {
        text++;
        name++;
    }
    return *text == '\0' && *name == '\0';
}

static size_t column_of(const struct header *header, const char *text)
{
    size_t c = 0;

    while (c < header->columns->count && !is_named(text, header->columns->name[c]))
        c++;
    return c;
}

static size_t known_in_row(const struct header *header, size_t row)
{
    size_t known = 0;

    for (size_t i = 0; i < csv_cells(header->csv, row); i++)
        known +=
            column_of(header, csv_cell(header->csv, row, i)) < header->columns->count;
    return known;
}

static bool is_header(const struct header *header, size_t row)
{
    return 2 * known_in_row(header, row) > header->columns->count;
}

/* Whether what should be the header is something above it. */
static bool is_above_header(const struct header *header)
{
    const struct place at = csv_at(header->csv, header->file, 0);
    size_t row = 0;

    while (row < header->csv->rows && row < SEARCHED_FOR_A_HEADER &&
           !is_header(header, row))
        row++;
    if (row == 0 || row == header->csv->rows || row == SEARCHED_FOR_A_HEADER)
        return false;
    messages_add(header->problems, &at, NULL,
                 "the header is row %d: take out what stands above it",
                 csv_at(header->csv, header->file, row).line);
    return true;
}

static bool has_other_separators(const struct header *header)
{
    const struct place at = csv_at(header->csv, header->file, 0);
    const char *first = csv_cell(header->csv, 0, 0);
    const bool tabs = strchr(first, '\t') != NULL;

    if (csv_cells(header->csv, 0) > 1 || (!tabs && strchr(first, ';') == NULL))
        return false;
    messages_add(header->problems, &at, NULL,
                 "cells are separated by commas here, not %s",
                 tabs ? "tabs" : "semicolons");
    return true;
}

static bool is_empty_column(const struct csv *csv, size_t column)
{
    for (size_t row = 0; row < csv->rows; row++) {
        if (*csv_cell(csv, row, column) != '\0')
            return false;
    }
    return true;
}

static size_t word_length(const char *text)
{
    size_t length = 0;

    while (isalpha((unsigned char)text[length]))
        length++;
    return length;
}

/* Whether a name begins with the words of a header, or with its first one, be that a
 * plural: List Size and Lists are of list, Partners of partner_headcount. */
static bool begins_alike(const char *text, const char *name)
{
    const size_t own = word_length(name), length = word_length(text);

    return own >= LEAST_WORD && strncasecmp(text, name, own) == 0 &&
           (length == own ||
            (length == own + 1 && tolower((unsigned char)text[own]) == 's'));
}

/* Of the columns that are missing: the name that one or two slips, or one in four
 * letters, would make of it, or the first that begins alike; or NULL. */
static const char *nearest_to(const struct header *header, const char *text)
{
    const char *nearest = NULL;
    size_t least = 3 + strlen(text) / 4;

    for (size_t c = 0; c < header->columns->count; c++) {
        const char *name = header->columns->name[c];
        const size_t distance = text_distance(text, name);

        if (header->at[c] != CSV_ABSENT)
            continue;
        if (distance < least) {
            least = distance;
            nearest = name;
        } else if (nearest == NULL && begins_alike(text, name)) {
            nearest = name;
        }
    }
    return nearest;
}

static void refuse_column(const struct header *header, size_t column)
{
    const struct place at = csv_at(header->csv, header->file, 0);
    const char *name = csv_cell(header->csv, 0, column);
    const char *nearest = nearest_to(header, name);

    if (*name == '\0')
        messages_add(header->problems, &at, NULL,
                     "column %zu has no name: name it, or take it out", column + 1);
    else if (nearest == NULL)
        messages_add(header->problems, &at, name, "no such column; %s",
                     header->columns->remedy);
    else
        messages_add(header->problems, &at, name,
                     "no such column; did you mean %s? Take it out if it is not needed",
                     nearest);
}

static void place_column(const struct header *header, size_t column)
{
    const char *text = csv_cell(header->csv, 0, column);
    const struct place place = csv_at(header->csv, header->file, 0);
    const size_t c = column_of(header, text);

    if (c == header->columns->count)
        return;
    if (header->at[c] != CSV_ABSENT)
        messages_add(header->problems, &place, header->columns->name[c],
                     "is there twice");
    else
        header->at[c] = (int)column;
}

static void refuse_others(const struct header *header)
{
    for (size_t column = 0; column < csv_cells(header->csv, 0); column++) {
        if (column_of(header, csv_cell(header->csv, 0, column)) ==
                header->columns->count &&
            !is_empty_column(header->csv, column))
            refuse_column(header, column);
    }
}

bool csv_find_columns(const struct csv *csv, const struct place *file,
                      const struct csv_columns *columns, int *at,
                      struct hr_messages *problems)
{
    const struct header header = {csv, file, columns, at, problems};

    for (size_t c = 0; c < columns->count; c++)
        at[c] = CSV_ABSENT;
    if (has_other_separators(&header) || is_above_header(&header))
        return false;
    for (size_t column = 0; column < csv_cells(csv, 0); column++)
        place_column(&header, column);
    refuse_others(&header);
    return true;
}

void csv_check_width(const struct csv *csv, const struct place *file, size_t row,
                     struct hr_messages *problems)
{
    const struct place at = csv_at(csv, file, row);
    const size_t cells = csv_cells(csv, row), wanted = csv_cells(csv, 0);

    if (cells != wanted)
        messages_add(problems, &at, NULL, "has %zu cells where the header has %zu: %s",
                     cells, wanted,
                     cells < wanted ? "leave a cell blank where it is not known"
                                    : "write a decimal point, no thousands separator, "
                                      "and quotes around words with a comma");
}

void csv_check_widths(const struct csv *csv, const struct place *file,
                      struct hr_messages *problems)
{
    for (size_t row = 1; row < csv->rows; row++) {
        if (!csv_is_blank(csv, row))
            csv_check_width(csv, file, row, problems);
    }
}
