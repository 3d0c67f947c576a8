#include "history.h"

#include "csv.h"
#include "parameters.h"
#include "value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { YEAR = INDICES, PAST, HISTORY_COLUMNS = PAST + PASTS };
enum { LAST_YEAR = 9999 };

static const char *name_of(int column)
{
    static const char *const names[PAST] = {[CONTRACT] = "contract",
                                            [PAY] = "pay",
                                            [PRICES] = "prices",
                                            [LOCUM] = "locum",
                                            [YEAR] = "year"};

    return column < PAST ? names[column] : past_columns[column - PAST].name;
}

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
    const char *names[HISTORY_COLUMNS];
    const struct csv_columns known = {
        names, HISTORY_COLUMNS,
        "a history has year, contract, pay, prices, locum, and may have list_growth "
        "and shortage"};

    for (int c = 0; c < HISTORY_COLUMNS; c++)
        names[c] = name_of(c);
    if (!csv_find_columns(&past->csv, past->file, &known, past->at, past->problems))
        return false;
    for (int c = 0; c < HISTORY_COLUMNS; c++) {
        if (past->at[c] == CSV_ABSENT && c < PAST)
            messages_add(past->problems, &header, names[c], "the column is missing");
    }
    return messages_total(past->problems) == before;
}

static void check_range(const struct past *past, const struct place *at,
                        const struct past_column *column, double number)
{
    if (!(number >= column->least && number <= column->most))
        messages_add(past->problems, at, column->name, "%g is outside [%g, %g]", number,
                     column->least, column->most);
}

static double number_in(const struct past *past, size_t row, int column)
{
    const struct place at = csv_at(&past->csv, past->file, row);
    const char *text = csv_cell(&past->csv, row, (size_t)past->at[column]);
    const char *name = name_of(column);
    double number = NAN;
    const enum text_number why = text_to_number(text, &number);

    if (why != TEXT_NUMBER)
        value_refuse_number(past->problems, &(struct value_said){name, "", at}, text,
                            why);
    else if (column < PAST && !(number > 0.0))
        messages_add(past->problems, &at, name, "%g must be above 0", number);
    else if (column >= PAST)
        check_range(past, &at, &past_columns[column - PAST], number);
    return number;
}

static bool is_year(double number)
{
    return number >= 0.0 && number <= LAST_YEAR && number == floor(number);
}

static void begin_with(const struct past *past, const struct place *at, double year,
                       struct hr_scenario *scenario)
{
    if (is_year(year))
        scenario->history_start = (int)year;
    else if (!isnan(year)) /* which was told */
        messages_add(past->problems, at, name_of(YEAR),
                     "%g is no year: write a whole one, such as 2016", year);
}

static void read_year(const struct past *past, size_t row, struct hr_scenario *scenario)
{
    const struct place at = csv_at(&past->csv, past->file, row);
    const double year = number_in(past, row, YEAR);

    if (row == 1)
        begin_with(past, &at, year, scenario);
    if (row > 1 && year != number_in(past, row - 1, YEAR) + 1.0)
        messages_add(past->problems, &at, name_of(YEAR),
                     "%g does not follow the year before", year);
    for (int k = 0; k < INDICES; k++)
        scenario->history[(row - 1) * INDICES + (size_t)k] =
            number_in(past, row, k) / number_in(past, 1, k);
    for (int k = 0; k < PASTS; k++) {
        if (scenario->past[k] != NULL)
            scenario->past[k][row - 1] = number_in(past, row, PAST + k);
    }
}

/* Keys that say what a column does. */
static const struct said {
    enum past_series column;
    const char *key;
} said_otherwise[] = {
    {PAST_LIST_GROWTH, "demand.list_growth"},
    {PAST_SHORTAGE, "market.dwell_years.shortage"},
    {PAST_SHORTAGE, "market.dwell_years.glut"},
};

/* Whether a number takes the place of a past that its file includes, or that any file
 * names where it is said on the command line. */
static bool takes_its_place(const struct hr_scenario *scenario,
                            const struct setting *number, const struct setting *past)
{
    if (number->at.number == past->at.number)
        return false;
    return number->at.number == scenario->command_line ||
           (past->at.number != scenario->command_line &&
            number->at.number < past->at.number);
}

/* Of two that say the same, who includes goes before what is included. */
static void settle(struct hr_scenario *scenario, const struct said *said)
{
    const struct setting *past = settings_find(&scenario->settings, "prices.history");
    const struct setting *number = settings_find(&scenario->settings, said->key);
    double **column = &scenario->past[said->column];

    if (past == NULL || number == NULL || number->defaulted || *column == NULL ||
        !takes_its_place(scenario, number, past))
        return;
    messages_add(&scenario->warnings, &number->at, said->key,
                 "takes the place of the column %s of prices.history, which %s says on "
                 "line %d",
                 past_columns[said->column].name, past->at.file, past->at.line);
    free(*column);
    *column = NULL;
}

static bool make_room(const struct past *past, size_t rows,
                      struct hr_scenario *scenario)
{
    bool good;

    scenario->history = calloc(rows * INDICES, sizeof(double));
    good = scenario->history != NULL;
    for (int k = 0; k < PASTS; k++) {
        if (past->at[PAST + k] == CSV_ABSENT)
            continue;
        scenario->past[k] = calloc(rows, sizeof(double));
        good &= scenario->past[k] != NULL;
    }
    return good;
}

static void read_years(struct past *past, struct hr_scenario *scenario)
{
    const struct setting *horizon =
        settings_find(&scenario->settings, "patch.horizon_years");
    size_t rows = past->csv.rows;

    csv_check_widths(&past->csv, past->file, past->problems);
    while (rows > 1 && csv_is_blank(&past->csv, rows - 1))
        rows--;
    if (!make_room(past, rows, scenario)) {
        past->problems->incomplete = true;
        return;
    }
    for (size_t row = 1; row < rows; row++)
        read_year(past, row, scenario);
    scenario->history_years = (int)rows - 1;
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
    for (size_t k = 0; k < sizeof(said_otherwise) / sizeof(*said_otherwise); k++)
        settle(scenario, &said_otherwise[k]);
}
