#include "claims_table.h"

#include "csv.h"
#include "text.h"
#include "value.h"

#include <stdlib.h>
#include <string.h>

enum { COST, PROBABILITY, COLUMNS };

static const char *const names[COLUMNS] = {"cost", "probability"};

/** A table being read. */
struct sheet {
    struct csv csv;
    int at[COLUMNS]; /**< or CSV_ABSENT */
    size_t rows;     /**< below the header */
    double *number[COLUMNS];
    const struct place *file;
    struct hr_messages *problems;
};

/* Not the kind of table that was asked for. */
static void check_kind(const struct sheet *sheet, const struct place *header,
                       enum claims_columns columns)
{
    const bool quantiles = sheet->at[PROBABILITY] != CSV_ABSENT;

    if (columns == CLAIMS_QUANTILES && !quantiles)
        messages_add(sheet->problems, header, names[PROBABILITY],
                     "the column is missing; a table of cost alone holds claims");
    if (columns == CLAIMS_VALUES && quantiles)
        messages_add(sheet->problems, header, names[PROBABILITY],
                     "a table with this column holds quantiles, not claims");
}

static bool find_columns(struct sheet *sheet, enum claims_columns columns)
{
    const struct place header = csv_at(&sheet->csv, sheet->file, 0);
    const size_t before = messages_total(sheet->problems);
    const struct csv_columns known = {
        names, COLUMNS, "a table of claims has cost, or probability and cost"};

    if (!csv_find_columns(&sheet->csv, sheet->file, &known, sheet->at, sheet->problems))
        return false;
    if (sheet->at[COST] == CSV_ABSENT)
        messages_add(sheet->problems, &header, names[COST], "the column is missing");
    check_kind(sheet, &header, columns);
    return messages_total(sheet->problems) == before;
}

static void read_cell(const struct sheet *sheet, size_t row, int column)
{
    const struct place at = csv_at(&sheet->csv, sheet->file, row + 1);
    const char *text = csv_cell(&sheet->csv, row + 1, (size_t)sheet->at[column]);
    const enum text_number why = text_to_number(text, &sheet->number[column][row]);

    if (why != TEXT_NUMBER)
        value_refuse_number(sheet->problems,
                            &(struct value_said){names[column], "", at}, text, why);
}

static bool read_rows(struct sheet *sheet)
{
    const size_t before = messages_total(sheet->problems);

    csv_check_widths(&sheet->csv, sheet->file, sheet->problems);
    sheet->rows = sheet->csv.rows - 1;
    while (sheet->rows > 0 && csv_is_blank(&sheet->csv, sheet->rows))
        sheet->rows--;
    for (int c = 0; c < COLUMNS; c++) {
        sheet->number[c] = calloc(sheet->rows + 1, sizeof(double));
        if (sheet->number[c] == NULL)
            sheet->problems->incomplete = true;
        for (size_t row = 0;
             row < sheet->rows && sheet->at[c] >= 0 && sheet->number[c] != NULL; row++)
            read_cell(sheet, row, c);
    }
    return messages_total(sheet->problems) == before && !sheet->problems->incomplete;
}

static void make_law(const struct sheet *sheet, struct severity *law)
{
    struct hr_error error;
    const enum hr_status status =
        sheet->at[PROBABILITY] < 0
            ? severity_values(law, sheet->number[COST], sheet->rows, &error)
            : severity_quantiles(law, sheet->number[PROBABILITY], sheet->number[COST],
                                 sheet->rows, &error);

    if (status == HR_FAILED)
        sheet->problems->incomplete = true;
    if (status != HR_OK)
        messages_add(sheet->problems, sheet->file, NULL, "%s", error.message);
    else if (!(severity_excess(law, 0.0) > 0.0))
        messages_add(sheet->problems, sheet->file, NULL, "all of its claims cost 0");
}

bool claims_table_law(const char *text, const struct place *file,
                      enum claims_columns columns, struct severity *law,
                      struct hr_messages *problems)
{
    const size_t before = messages_total(problems);
    struct sheet sheet = {.file = file, .problems = problems};

    if (csv_open(&sheet.csv, text, file, problems) && find_columns(&sheet, columns) &&
        read_rows(&sheet))
        make_law(&sheet, law);
    csv_free(&sheet.csv);
    free(sheet.number[COST]);
    free(sheet.number[PROBABILITY]);
    return messages_total(problems) == before && !problems->incomplete;
}

void claims_table_read(struct hr_scenario *scenario, const char *text,
                       const struct place *file, struct hr_messages *problems)
{
    struct severity *law = &scenario->claims;

    if (claims_table_law(text, file, CLAIMS_ANY, law, problems))
        law->scale = 1.0 / severity_excess(law, 0.0);
    scenario->claims_text = store_text(&scenario->store, text);
}
