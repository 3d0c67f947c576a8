#include "csv.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/** Text being cut into cells. */
struct cutter {
    struct csv *csv;
    const char *from;
    char *to;
    size_t cells;
    bool headed; /* past what may stand above the header */
};

static bool at_line_end(const struct cutter *cutter)
{
    return *cutter->from == '\n' || *cutter->from == '\r';
}

/* False where the quote is not closed, or something follows it. */
static bool cut_quoted(struct cutter *cutter)
{
    for (cutter->from++; *cutter->from != '\0'; cutter->from++) {
        if (*cutter->from == '"' && *++cutter->from != '"')
            return strchr(",\r\n", *cutter->from) != NULL;
        *cutter->to++ = *cutter->from;
    }
    return false;
}

static bool cut_cell(struct cutter *cutter)
{
    char *cell = cutter->to;
    bool good = true;

    if (*cutter->from == '"') {
        good = cut_quoted(cutter);
    } else {
        while (*cutter->from != '\0' && *cutter->from != ',' && !at_line_end(cutter))
            *cutter->to++ = *cutter->from++;
    }
    cutter->csv->cell[cutter->cells++] = cell;
    return good;
}

static void skip_line_end(struct cutter *cutter)
{
    if (*cutter->from == '\r')
        cutter->from++;
    if (*cutter->from == '\n')
        cutter->from++;
}

/* A line of words above the header, as one cell. */
static void cut_note(struct cutter *cutter)
{
    cutter->csv->cell[cutter->cells++] = cutter->to;
    while (*cutter->from != '\0' && !at_line_end(cutter))
        *cutter->to++ = *cutter->from++;
    skip_line_end(cutter);
    *cutter->to++ = '\0';
}

static bool is_note(const struct csv *csv, size_t row)
{
    return *csv_cell(csv, row, 0) == '#';
}

static bool cut_cells(struct cutter *cutter)
{
    bool more = true, good = true;

    while (more && good) {
        good = cut_cell(cutter);
        more = *cutter->from == ',';
        if (more)
            cutter->from++;
        else
            skip_line_end(cutter);
        *cutter->to++ = '\0';
    }
    return good;
}

static bool cut_row(struct cutter *cutter)
{
    struct csv *csv = cutter->csv;
    const bool note = *cutter->from == '#' && !cutter->headed;
    bool good = true;

    csv->first[csv->rows++] = cutter->cells;
    if (note)
        cut_note(cutter);
    else
        good = cut_cells(cutter);
    csv->first[csv->rows] = cutter->cells;
    cutter->headed |= !note && !csv_is_blank(csv, csv->rows - 1);
    return good;
}

static size_t count_of(const char *text, const char *bytes)
{
    size_t count = 1;

    for (; *text != '\0'; text++)
        count += strchr(bytes, *text) != NULL;
    return count;
}

static bool make_room(struct csv *csv, const char *text)
{
    /* Quoted cells hold their own commas and line breaks, so these suffice. */
    csv->memory = calloc(strlen(text) + 2, 1);
    csv->cell = calloc(count_of(text, ",\r\n") + 1, sizeof(*csv->cell));
    csv->first = calloc(count_of(text, "\r\n") + 2, sizeof(*csv->first));
    return csv->memory != NULL && csv->cell != NULL && csv->first != NULL;
}

static void trim_cells(struct csv *csv, size_t cells)
{
    for (size_t i = 0; i < cells; i++)
        csv->cell[i] = text_trim(csv->cell[i]);
}

static void skip_to_header(struct csv *csv)
{
    while (csv->rows > 0 && (csv_is_blank(csv, 0) || is_note(csv, 0))) {
        csv->above++;
        csv->rows--;
    }
}

bool csv_open(struct csv *csv, const char *text, const struct place *file,
              struct hr_messages *problems)
{
    struct cutter cutter = {.csv = csv, .from = text};

    *csv = (struct csv){0};
    if (!make_room(csv, text)) {
        problems->incomplete = true;
        return false;
    }
    if (strncmp(text, BYTE_ORDER_MARK, 3) == 0)
        cutter.from += 3;
    cutter.to = csv->memory;
    while (*cutter.from != '\0') {
        if (!cut_row(&cutter)) {
            const struct place at = csv_place(file, csv->rows);

            messages_add(problems, &at, NULL,
                         "a quote is not closed, or not at the end of its cell");
            return false;
        }
    }
    trim_cells(csv, cutter.cells);
    skip_to_header(csv);
    return true;
}

void csv_free(struct csv *csv)
{
    free(csv->memory);
    free(csv->cell);
    free(csv->first);
    *csv = (struct csv){0};
}

const char *csv_note(const struct csv *csv, size_t note)
{
    return csv->cell[csv->first[note]];
}

size_t csv_cells(const struct csv *csv, size_t row)
{
    return row < csv->rows
               ? csv->first[csv->above + row + 1] - csv->first[csv->above + row]
               : 0;
}

const char *csv_cell(const struct csv *csv, size_t row, size_t column)
{
    return column < csv_cells(csv, row)
               ? csv->cell[csv->first[csv->above + row] + column]
               : "";
}

size_t csv_filled(const struct csv *csv, size_t row)
{
    size_t filled = 0;

    for (size_t column = 0; column < csv_cells(csv, row); column++)
        filled += *csv_cell(csv, row, column) != '\0';
    return filled;
}

bool csv_is_blank(const struct csv *csv, size_t row)
{
    return csv_filled(csv, row) == 0;
}

struct place csv_place(const struct place *file, size_t number)
{
    return (struct place){file->file, file->number, (int)number, PLACE_ROW};
}

struct place csv_at(const struct csv *csv, const struct place *file, size_t row)
{
    return csv_place(file, csv->above + row + 1);
}
