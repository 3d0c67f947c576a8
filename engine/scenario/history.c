#include "history.h"

#include "csv.h"
#include "parameters.h"
#include "value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { YEAR = INDICES, LIST_GROWTH, HISTORY_COLUMNS };

static const char *const names[HISTORY_COLUMNS] = {
    [CONTRACT] = "contract", [PAY] = "pay",   [PRICES] = "prices",
    [LOCUM] = "locum",       [YEAR] = "year", [LIST_GROWTH] = "list_growth"};

static const double least_growth = -0.2, most_growth = 0.2;

/** A history being read. */
struct past {
    struct csv csv;
    int at[HISTORY_COLUMNS];
    const struct place *file;
    struct hr_messages *problems;
};

static bool find_columns(struct past *past)
{
    const struct place header = csv_at(&past->csv, past->file, 0);
    const size_t before = messages_total(past->problems);
    const struct csv_columns known = {
        names, HISTORY_COLUMNS,
        "a history has year, contract, pay, prices, locum, and may have list_growth"};

    if (!csv_find_columns(&past->csv, past->file, &known, past->at, past->problems))
        return false;
    for (int c = 0; c < HISTORY_COLUMNS; c++) {
        if (past->at[c] == CSV_ABSENT && c != LIST_GROWTH)
            messages_add(past->problems, &header, names[c], "the column is missing");
    }
    return messages_total(past->problems) == before;
}

static double number_in(const struct past *past, size_t row, int column)
{
    const struct place at = csv_at(&past->csv, past->file, row);
    const char *text = csv_cell(&past->csv, row, (size_t)past->at[column]);
    double number = NAN;
    const enum text_number why = text_to_number(text, &number);

    if (why != TEXT_NUMBER)
        value_refuse_number(past->problems, &at, names[column], "", text, why);
    else if (column == LIST_GROWTH &&
             !(number >= least_growth && number <= most_growth))
        messages_add(past->problems, &at, names[column], "%g is outside [%g, %g]",
                     number, least_growth, most_growth);
    else if (column != LIST_GROWTH && !(number > 0.0))
        messages_add(past->problems, &at, names[column], "%g must be above 0", number);
    return number;
}

static void read_year(const struct past *past, size_t row, double *history,
                      double *list_growth)
{
    const struct place at = csv_at(&past->csv, past->file, row);
    const double year = number_in(past, row, YEAR);

    if (row > 1 && year != number_in(past, row - 1, YEAR) + 1.0)
        messages_add(past->problems, &at, names[YEAR],
                     "%g does not follow the year before", year);
    for (int k = 0; k < INDICES; k++)
        history[(row - 1) * INDICES + (size_t)k] =
            number_in(past, row, k) / number_in(past, 1, k);
    if (list_growth != NULL)
        list_growth[row - 1] = number_in(past, row, LIST_GROWTH);
}

static void read_years(struct past *past, struct hr_scenario *scenario)
{
    const struct setting *horizon =
        settings_find(&scenario->settings, "patch.horizon_years");
    const bool grows = past->at[LIST_GROWTH] != CSV_ABSENT;
    size_t rows = past->csv.rows;

    while (rows > 1 && csv_is_blank(&past->csv, rows - 1))
        rows--;
    scenario->history = calloc(rows * INDICES, sizeof(double));
    if (grows)
        scenario->list_growth = calloc(rows, sizeof(double));
    if (scenario->history == NULL || (grows && scenario->list_growth == NULL)) {
        past->problems->incomplete = true;
        return;
    }
    for (size_t row = 1; row < rows; row++)
        read_year(past, row, scenario->history, scenario->list_growth);
    scenario->history_years = (int)rows - 1;
    scenario->history_start = (int)number_in(past, 1, YEAR);
    if (horizon != NULL && scenario->history_years < horizon->number.a)
        messages_add(past->problems, past->file, NULL,
                     "has %d years of prices; the horizon needs %g",
                     scenario->history_years, horizon->number.a);
}

void history_read(struct hr_scenario *scenario, const char *text,
                  const struct place *file, struct hr_messages *problems)
{
    struct past past = {.file = file, .problems = problems};

    if (csv_open(&past.csv, text, file, problems)) {
        if (past.csv.rows < 2)
            messages_add(problems, file, NULL,
                         "has no years: a header and a row for each");
        else if (find_columns(&past))
            read_years(&past, scenario);
    }
    csv_free(&past.csv);
}
