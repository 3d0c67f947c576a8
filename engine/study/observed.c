#include "observed.h"

#include "files.h"
#include "text.h"
#include "value.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEASURE, YEAR, SITE, LIST, VALUE, STANDARD_ERROR, FITTED, COLUMNS };

static const char *const names[COLUMNS] = {
    [MEASURE] = "measure", [YEAR] = "year",   [SITE] = "site",
    [LIST] = "list",       [VALUE] = "value", [STANDARD_ERROR] = "standard_error",
    [FITTED] = "fitted"};

/** A table being read. */
struct reading {
    struct hr_observed *observed;
    const struct hr_practice *practice;
    size_t practices;
    double from; /**< first financial year that is scored */
    int at[COLUMNS];
    const struct place *file;
    struct hr_messages *problems;
};

static const char *cell(const struct reading *reading, size_t row, int column)
{
    return reading->at[column] == CSV_ABSENT
               ? ""
               : csv_cell(&reading->observed->csv, row, (size_t)reading->at[column]);
}

static struct place place_of(const struct reading *reading, size_t row)
{
    return csv_at(&reading->observed->csv, reading->file, row);
}

static double number_in(const struct reading *reading, size_t row, int column)
{
    const struct place at = place_of(reading, row);
    const char *text = cell(reading, row, column);
    double number = NAN;
    const enum text_number why = text_to_number(text, &number);

    if (why != TEXT_NUMBER)
        value_refuse_number(reading->problems,
                            &(struct value_said){names[column], "", at}, text, why);
    return number;
}

static void read_measure(const struct reading *reading, struct observed_row *row)
{
    const struct place at = place_of(reading, row->row);
    const char *name = cell(reading, row->row, MEASURE);

    row->observable = observable_find(name);
    if (row->observable == NULL)
        messages_add(
            reading->problems, &at, names[MEASURE],
            "no measure is called \"%s\"; the nearest is %s; headroom backtest "
            "--measures lists them",
            name, observable_nearest(name));
}

/* "2015", "2015/16" or the first of "2015-2018"; @p rest is what follows. */
static bool year_from(const char *text, int *year, const char **rest)
{
    int length = 0;

    if (!isdigit((unsigned char)*text) || sscanf(text, "%4d%n", year, &length) != 1 ||
        length != 4)
        return false;
    *rest = text + length;
    if (**rest == '/' && isdigit((unsigned char)(*rest)[1]) &&
        isdigit((unsigned char)(*rest)[2]))
        *rest += 3;
    return true;
}

static bool read_years(const char *text, struct observed_row *row)
{
    const char *rest;
    int first, last;

    if (!year_from(text, &first, &rest))
        return false;
    last = first;
    if (*rest == '-' && !year_from(rest + 1, &last, &rest))
        return false;
    row->from = first;
    row->to = last + 1;
    return *rest == '\0' && last >= first;
}

static bool read_time(const char *text, struct observed_row *row)
{
    double time = NAN;

    if (text_to_number(text, &time) != TEXT_NUMBER || floor(4.0 * time) != 4.0 * time)
        return false;
    row->from = row->to = time;
    return time >= 1000.0 && time < 10000.0;
}

static void check_reach(const struct reading *reading, const struct observed_row *row,
                        const struct place *at)
{
    const struct hr_observed *observed = reading->observed;
    const double end = observed->base + observed->years;

    if (row->to > end)
        messages_add(reading->problems, at, names[YEAR],
                     "%s is after the scenario's last year, %.0f: patch.horizon_years "
                     "of %.0f reaches it",
                     row->year, end - 1.0, ceil(row->to) - observed->base);
    if (!row->known && row->to <= observed->base)
        messages_add(reading->problems, at, names[YEAR],
                     "%s is before the scenario's first quarter has ended", row->year);
    if (!row->known && row->from < reading->from && row->to > reading->from)
        messages_add(reading->problems, at, names[YEAR],
                     "%s begins before %g, the first that is scored", row->year,
                     reading->from);
}

static void read_year(const struct reading *reading, struct observed_row *row)
{
    const struct place at = place_of(reading, row->row);
    const bool at_a_time = row->observable->shown.at_a_time;

    row->year = cell(reading, row->row, YEAR);
    if (at_a_time ? !read_time(row->year, row) : !read_years(row->year, row)) {
        messages_add(reading->problems, &at, names[YEAR],
                     at_a_time
                         ? "\"%s\" is no time: write the financial year and quarters "
                           "of it that are over, as in 2018.75 for the end of December"
                         : "\"%s\" is no financial year: write 2015, or 2015-2018 for "
                           "several",
                     row->year);
        return;
    }
    row->known = at_a_time ? row->to < reading->from : row->to <= reading->from;
    check_reach(reading, row, &at);
}

static void read_site(const struct reading *reading, struct observed_row *row)
{
    const struct place at = place_of(reading, row->row);
    size_t i = 0;

    row->site = cell(reading, row->row, SITE);
    if (*row->site == '\0')
        return;
    row->kind = BY_PRACTICE;
    while (i < reading->practices && strcmp(reading->practice[i].code, row->site) != 0)
        i++;
    if (i == reading->practices)
        messages_add(reading->problems, &at, names[SITE],
                     "the scenario has no practice %s", row->site);
}

static void read_list(const struct reading *reading, struct observed_row *row)
{
    const struct place at = place_of(reading, row->row);
    int length = 0;

    row->list = cell(reading, row->row, LIST);
    row->high = INFINITY;
    if (*row->list == '\0')
        return;
    if (row->kind == BY_PRACTICE)
        messages_add(reading->problems, &at, names[LIST],
                     "one practice or those of a band of lists, not both");
    row->kind = BY_LIST;
    if (strspn(row->list, "0123456789-.") != strlen(row->list) ||
        sscanf(row->list, "%lf-%lf%n", &row->low, &row->high, &length) != 2 ||
        row->list[length] != '\0' || !(row->low < row->high))
        messages_add(reading->problems, &at, names[LIST],
                     "\"%s\" is no band of lists: write it as 2000-3000", row->list);
}

static void read_numbers(const struct reading *reading, struct observed_row *row)
{
    const struct place at = place_of(reading, row->row);

    row->seen.value = number_in(reading, row->row, VALUE);
    if (*cell(reading, row->row, STANDARD_ERROR) != '\0')
        row->seen.error = number_in(reading, row->row, STANDARD_ERROR);
    if (row->seen.error < 0.0)
        messages_add(reading->problems, &at, names[STANDARD_ERROR],
                     "%g must not be below 0", row->seen.error);
    if (*cell(reading, row->row, FITTED) != '\0') {
        const double fitted = number_in(reading, row->row, FITTED);

        row->fitted = fitted == 1.0;
        if (fitted != 0.0 && fitted != 1.0 && !isnan(fitted))
            messages_add(reading->problems, &at, names[FITTED], "%g is not 0 or 1",
                         fitted);
    }
}

static void read_row(const struct reading *reading, size_t number)
{
    struct observed_row *row = &reading->observed->row[reading->observed->rows++];

    *row = (struct observed_row){.row = number};
    read_measure(reading, row);
    if (row->observable != NULL)
        read_year(reading, row);
    read_site(reading, row);
    read_list(reading, row);
    read_numbers(reading, row);
}

static int order(const void *a, const void *b)
{
    const struct observed_row *x = a, *y = b;
    int by = strcmp(x->observable->shown.name, y->observable->shown.name);

    if (by == 0)
        by = (int)x->kind - (int)y->kind;
    if (by == 0)
        by = strcmp(x->site, y->site);
    if (by == 0)
        by = (x->low > y->low) - (x->low < y->low);
    if (by == 0)
        by = (x->high > y->high) - (x->high < y->high);
    if (by == 0)
        by = (x->to > y->to) - (x->to < y->to);
    return by == 0 ? (x->from > y->from) - (x->from < y->from) : by;
}

static void sort_rows(const struct reading *reading)
{
    struct hr_observed *observed = reading->observed;
    bool scored = false;

    qsort(observed->row, observed->rows, sizeof(*observed->row), order);
    for (size_t i = 0; i < observed->rows; i++) {
        const struct place at = place_of(reading, observed->row[i].row);

        scored |= !observed->row[i].known;
        if (i > 0 && order(&observed->row[i - 1], &observed->row[i]) == 0)
            messages_add(reading->problems, &at, NULL,
                         "says what row %d says too: which is it?",
                         place_of(reading, observed->row[i - 1].row).line);
    }
    if (!scored)
        messages_add(reading->problems, reading->file, NULL,
                     "has no row of %g or later: nothing to score", reading->from);
}

static bool find_columns(struct reading *reading)
{
    const struct place header = place_of(reading, 0);
    const size_t before = messages_total(reading->problems);
    const struct csv_columns known = {
        names, COLUMNS,
        "a table of what was seen has measure, year, value, and may have site, list, "
        "standard_error and fitted"};
    static const int needed[] = {MEASURE, YEAR, VALUE};

    if (!csv_find_columns(&reading->observed->csv, reading->file, &known, reading->at,
                          reading->problems))
        return false;
    for (size_t k = 0; k < sizeof(needed) / sizeof(*needed); k++) {
        if (reading->at[needed[k]] == CSV_ABSENT)
            messages_add(reading->problems, &header, names[needed[k]],
                         "the column is missing");
    }
    return messages_total(reading->problems) == before;
}

static void read_table(struct reading *reading)
{
    struct hr_observed *observed = reading->observed;
    const size_t before = messages_total(reading->problems);

    observed->row = calloc(observed->csv.rows + 1, sizeof(*observed->row));
    if (observed->row == NULL) {
        reading->problems->incomplete = true;
        return;
    }
    csv_check_widths(&observed->csv, reading->file, reading->problems);
    for (size_t row = 1; row < observed->csv.rows; row++) {
        if (!csv_is_blank(&observed->csv, row))
            read_row(reading, row);
    }
    if (messages_total(reading->problems) == before)
        sort_rows(reading);
}

enum hr_status hr_observed_read(const struct hr_scenario *scenario, const char *path,
                                double from, struct hr_observed **observed,
                                struct hr_messages *problems)
{
    const struct place file = {.file = path};
    struct reading reading = {.file = &file, .problems = problems};
    char *text = files_read(path, &file, problems);

    *observed = reading.observed = calloc(1, sizeof(**observed));
    if (*observed == NULL) {
        problems->incomplete = true;
    } else if (text != NULL) {
        reading.observed->base = (int)hr_scenario_number(scenario, "patch.base_year");
        reading.observed->years =
            (int)hr_scenario_number(scenario, "patch.horizon_years");
        reading.from = from > 0.0 ? from : reading.observed->base + 1.0;
        reading.practice = hr_scenario_practices(scenario, &reading.practices);
        if (csv_open(&reading.observed->csv, text, &file, problems) &&
            find_columns(&reading))
            read_table(&reading);
    }
    free(text);
    messages_sort(problems);
    if (messages_status(problems) != HR_OK) {
        hr_observed_free(*observed);
        *observed = NULL;
    }
    return messages_status(problems);
}

void hr_observed_free(struct hr_observed *observed)
{
    if (observed == NULL)
        return;
    csv_free(&observed->csv);
    free(observed->row);
    free(observed);
}

void observed_quarters(const struct hr_observed *observed,
                       const struct observed_row *row, int *first, int *last)
{
    *last = (int)rint(4.0 * (row->to - observed->base)) - 1;
    *first = row->observable->shown.at_a_time
                 ? *last
                 : (int)rint(4.0 * (row->from - observed->base));
}
