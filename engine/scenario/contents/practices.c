#include "practices.h"

#include "csv.h"
#include "draw.h"
#include "plan.h"
#include "practice_row.h"
#include "practice_words.h"
#include "stream.h"
#include "table_columns.h"
#include "text.h"
#include "value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** A table being read. */
struct sheet {
    struct csv csv;
    int at[PRACTICE_COLUMNS]; /**< where each column stands, or CSV_ABSENT */
    const struct place *file;
    struct store *store;
    struct hr_messages *problems;
};

static bool find_columns(struct sheet *sheet)
{
    const struct place header = csv_at(&sheet->csv, sheet->file, 0);
    const size_t before = messages_total(sheet->problems);
    const char *names[PRACTICE_COLUMNS];
    const struct csv_columns known = {names, PRACTICE_COLUMNS,
                                      "take it out if it is not needed"};

    for (int c = 0; c < PRACTICE_COLUMNS; c++)
        names[c] = practice_columns[c].name;
    if (!csv_find_columns(&sheet->csv, sheet->file, &known, sheet->at, sheet->problems))
        return false;
    for (int c = 0; c < (int)FIRST_AGE; c++) {
        if (sheet->at[c] == CSV_ABSENT)
            messages_add(sheet->problems, &header, practice_columns[c].name,
                         "the column is missing (%s); %s", practice_columns[c].what,
                         practice_columns[c].needed
                             ? "every practice needs it"
                             : "leave a cell blank where it is not known");
    }
    return messages_total(sheet->problems) == before;
}

static const char *cell(const struct sheet *sheet, size_t row,
                        enum practice_column column)
{
    return sheet->at[column] == CSV_ABSENT
               ? ""
               : csv_cell(&sheet->csv, row, (size_t)sheet->at[column]);
}

static void refuse_number(const struct sheet *sheet, size_t row,
                          enum practice_column column, enum text_number why)
{
    const struct place at = csv_at(&sheet->csv, sheet->file, row);
    const char *text = cell(sheet, row, column);

    if (why == TEXT_OTHER && strpbrk(text, "0123456789") == NULL)
        messages_add(
            sheet->problems, &at, practice_columns[column].name,
            "\"%s\" is not a number: leave the cell blank where it is not known", text);
    else
        value_refuse_number(sheet->problems,
                            &(struct value_said){practice_columns[column].name,
                                                 practice_columns[column].unit, at},
                            text, why);
}

/* NaN where the cell is blank, or wrong and reported. */
static double number_in(const struct sheet *sheet, size_t row,
                        enum practice_column column)
{
    const struct place at = csv_at(&sheet->csv, sheet->file, row);
    const char *text = cell(sheet, row, column);
    double number = 0.0;
    enum text_number why;

    if (words_of_no_data(text))
        return NAN;
    why = text_to_number(text, &number);
    if (why != TEXT_NUMBER) {
        refuse_number(sheet, row, column, why);
        return NAN;
    }
    if (number < practice_columns[column].low ||
        number > practice_columns[column].high) {
        messages_add(sheet->problems, &at, practice_columns[column].name,
                     "%s is outside [%g, %g] %s", text, practice_columns[column].low,
                     practice_columns[column].high, practice_columns[column].unit);
        return NAN;
    }
    return number;
}

/* What a row is that is no practice's; NULL where it is one. */
static const char *something_else(const struct sheet *sheet, size_t row)
{
    const char *code = cell(sheet, row, CODE);

    if (words_of_total(*code == '\0' ? cell(sheet, row, NAME) : code))
        return "a total";
    return csv_filled(&sheet->csv, row) == 1 && *code != '\0' && !words_of_code(code)
               ? "a note"
               : NULL;
}

static const char *words_in(const struct sheet *sheet, size_t row,
                            enum practice_column column)
{
    return store_text(sheet->store, cell(sheet, row, column));
}

static const char *contract_in(const struct sheet *sheet, size_t row)
{
    const char *contract = words_of_contract(cell(sheet, row, TYPE));

    return contract == NULL ? words_in(sheet, row, TYPE) : contract;
}

static void check_words(const struct sheet *sheet, size_t row,
                        const struct hr_practice *practice)
{
    const struct place at = csv_at(&sheet->csv, sheet->file, row);

    if (*practice->code == '\0')
        messages_add(sheet->problems, &at, practice_columns[CODE].name, "is blank");
    else if (!words_of_code(practice->code))
        messages_add(sheet->problems, &at, practice_columns[CODE].name,
                     "\"%s\" is not a code: up to %d letters, digits, _, - and .",
                     practice->code, LONGEST_CODE - 1);
    if (*practice->contract == '\0')
        messages_add(sheet->problems, &at, practice_columns[TYPE].name,
                     "is blank: every practice has one of GMS, PMS, APMS");
    else if (words_of_contract(practice->contract) == NULL)
        messages_add(sheet->problems, &at, practice_columns[TYPE].name,
                     "\"%s\" is not one of GMS, PMS, APMS", practice->contract);
    if (words_of_no_data(cell(sheet, row, LIST)))
        messages_add(sheet->problems, &at, practice_columns[LIST].name,
                     "is %s; every practice needs its number of patients",
                     *cell(sheet, row, LIST) == '\0' ? "blank" : "not known");
}

/* A calibration is of all practices or of none. */
static double cost_rate_in(const struct sheet *sheet, size_t row)
{
    const struct place at = csv_at(&sheet->csv, sheet->file, row);

    if (sheet->at[COST_RATE] != CSV_ABSENT &&
        words_of_no_data(cell(sheet, row, COST_RATE)))
        messages_add(sheet->problems, &at, practice_columns[COST_RATE].name,
                     "is blank: give it for every practice, or take the column out");
    return number_in(sheet, row, COST_RATE);
}

static void read_row(const struct sheet *sheet, size_t row,
                     struct hr_practice *practice)
{
    practice->code = words_in(sheet, row, CODE);
    practice->name = words_in(sheet, row, NAME);
    practice->network = words_of_no_data(cell(sheet, row, NETWORK))
                            ? ""
                            : words_in(sheet, row, NETWORK);
    practice->contract = contract_in(sheet, row);
    practice->area =
        words_of_no_data(cell(sheet, row, AREA)) ? "" : words_in(sheet, row, AREA);
    practice->list = number_in(sheet, row, LIST);
    practice->weighted_list = number_in(sheet, row, WEIGHTED_LIST);
    practice->core_rate = number_in(sheet, row, CORE_RATE);
    practice->headcount[0] = number_in(sheet, row, PARTNER_HEADCOUNT);
    practice->headcount[1] = number_in(sheet, row, SALARIED_HEADCOUNT);
    practice->fte[0] = number_in(sheet, row, PARTNER_FTE);
    practice->fte[1] = number_in(sheet, row, SALARIED_FTE);
    for (int band = 0; band < HR_AGE_BANDS; band++)
        practice->age_list[band] =
            number_in(sheet, row, (enum practice_column)((int)FIRST_AGE + band));
    practice->cost_rate = cost_rate_in(sheet, row);
    practice->row = csv_at(&sheet->csv, sheet->file, row).line;
    check_words(sheet, row, practice);
}

static void refuse_row(const struct sheet *sheet, size_t row, const char *what)
{
    const struct place at = csv_at(&sheet->csv, sheet->file, row);

    messages_add(sheet->problems, &at, NULL, "is %s and no practice: take the row out",
                 what);
}

static void read_practice(const struct sheet *sheet, size_t row,
                          struct hr_practice *practice)
{
    csv_check_width(&sheet->csv, sheet->file, row, sheet->problems);
    read_row(sheet, row, practice);
}

static int by_code(const void *a, const void *b)
{
    return strcmp(((const struct hr_practice *)a)->code,
                  ((const struct hr_practice *)b)->code);
}

static void refuse_pair(const struct sheet *sheet, const struct hr_practice *a,
                        const struct hr_practice *b)
{
    const struct hr_practice *first = a->row < b->row ? a : b;
    const struct hr_practice *second = a->row < b->row ? b : a;
    const struct place at = csv_place(sheet->file, (size_t)second->row);

    if (strcmp(a->code, b->code) == 0)
        messages_add(sheet->problems, &at, practice_columns[CODE].name,
                     "\"%s\" is also the code of row %d", second->code, first->row);
    else
        messages_add(
            sheet->problems, &at, practice_columns[CODE].name,
            "\"%s\" would share its random draws with \"%s\" of row %d: change "
            "one of the codes",
            second->code, first->code, first->row);
}

/** A practice and where its draws are. */
struct coded {
    const struct hr_practice *practice;
    uint32_t entity;
};

static int by_entity_and_row(const void *a, const void *b)
{
    const struct coded *x = a, *y = b;

    if (x->entity != y->entity)
        return x->entity < y->entity ? -1 : 1;
    return (x->practice->row > y->practice->row) -
           (x->practice->row < y->practice->row);
}

/* Each against the first that draws as it does. */
static void check_codes(const struct sheet *sheet, const struct practice_table *table)
{
    struct coded *coded = calloc(table->count + 1, sizeof(*coded));
    size_t count = 0, first = 0;

    if (coded == NULL) {
        sheet->problems->incomplete = true;
        return;
    }
    for (size_t i = 0; i < table->count; i++) {
        const struct hr_practice *practice = &table->practice[i];

        if (*practice->code != '\0')
            coded[count++] =
                (struct coded){practice, draw_entity_of_code(practice->code)};
    }
    qsort(coded, count, sizeof(*coded), by_entity_and_row);
    for (size_t i = 1; i < count; i++) {
        if (coded[i].entity != coded[first].entity)
            first = i;
        else
            refuse_pair(sheet, coded[first].practice, coded[i].practice);
    }
    free(coded);
}

static void read_rows(struct sheet *sheet, struct practice_table *table)
{
    table->practice = calloc(sheet->csv.rows, sizeof(*table->practice));
    if (table->practice == NULL) {
        sheet->problems->incomplete = true;
        return;
    }
    for (size_t row = 1; row < sheet->csv.rows; row++) {
        const char *what = something_else(sheet, row);

        if (csv_is_blank(&sheet->csv, row))
            continue;
        if (what != NULL)
            refuse_row(sheet, row, what);
        else
            read_practice(sheet, row, &table->practice[table->count++]);
    }
    qsort(table->practice, table->count, sizeof(*table->practice), by_code);
    check_codes(sheet, table);
    table->has_age_bands = sheet->at[FIRST_AGE] != CSV_ABSENT &&
                           sheet->at[FIRST_AGE + 1] != CSV_ABSENT &&
                           sheet->at[LAST_AGE] != CSV_ABSENT;
    table->has_areas = sheet->at[AREA] != CSV_ABSENT;
    table->has_cost_rates = sheet->at[COST_RATE] != CSV_ABSENT;
}

void practices_read(struct practice_table *table, const char *text,
                    const struct place *file, struct store *store,
                    struct hr_messages *problems)
{
    struct sheet sheet = {.file = file, .store = store, .problems = problems};

    if (csv_open(&sheet.csv, text, file, problems)) {
        if (sheet.csv.rows < 2)
            messages_add(problems, file, NULL,
                         "has no practices: a header and a row for each");
        else if (find_columns(&sheet))
            read_rows(&sheet, table);
    }
    csv_free(&sheet.csv);
}

void practices_free(struct practice_table *table)
{
    free(table->practice);
    *table = (struct practice_table){0};
}

static void print_header(FILE *out, const struct practice_columns *has)
{
    for (int c = 0; c < (int)FIRST_AGE + has->age_bands; c++)
        fprintf(out, "%s%s", c == 0 ? "" : ",", practice_columns[c].name);
    if (has->area)
        fprintf(out, ",%s", practice_columns[AREA].name);
    if (has->cost_rate)
        fprintf(out, ",%s", practice_columns[COST_RATE].name);
    fputc('\n', out);
}

char *practices_csv(const struct practice_table *table, bool cost_rates)
{
    const struct practice_columns has = {
        .age_bands = table->has_age_bands ? HR_AGE_BANDS : 0,
        .area = table->has_areas,
        .cost_rate = cost_rates && table->has_cost_rates,
    };
    char *text = NULL;
    size_t size = 0;
    FILE *out = stream_to_memory(&text, &size);

    if (out == NULL)
        return NULL;
    print_header(out, &has);
    for (size_t i = 0; i < table->count; i++)
        practice_row_print(out, &table->practice[i], &has);
    (void)stream_close(out); /* NULL where any of it was lost */
    return text;
}
