#include "practices.h"

#include "csv.h"
#include "draw.h"
#include "plan.h"
#include "text.h"
#include "value.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum column {
    CODE,
    NAME,
    NETWORK,
    TYPE,
    LIST,
    WEIGHTED_LIST,
    CORE_RATE,
    PARTNER_HEADCOUNT,
    PARTNER_FTE,
    SALARIED_HEADCOUNT,
    SALARIED_FTE,
    FIRST_AGE,
    LAST_AGE = FIRST_AGE + HR_AGE_BANDS - 1,
    COLUMNS
};

static const struct {
    const char *name;
    const char *unit;
    double low, high;
} columns[COLUMNS] = {
    [CODE] = {"practice_code", "", 0, 0},
    [NAME] = {"practice_name", "", 0, 0},
    [NETWORK] = {"network_code", "", 0, 0},
    [TYPE] = {"contract_type", "", 0, 0},
    [LIST] = {"list", "patients", 0, 1e7},
    [WEIGHTED_LIST] = {"weighted_list", "weighted patients", 1, 1e7},
    [CORE_RATE] = {"core_rate", "GBP/weighted patient/year", 0, 5000},
    [PARTNER_HEADCOUNT] = {"partner_headcount", "heads", 0, 1000},
    [PARTNER_FTE] = {"partner_fte", "fte", 0, 1000},
    [SALARIED_HEADCOUNT] = {"salaried_headcount", "heads", 0, 1000},
    [SALARIED_FTE] = {"salaried_fte", "fte", 0, 1000},
    [FIRST_AGE] = {"list_0_24", "patients", 0, 1e7},
    [FIRST_AGE + 1] = {"list_25_64", "patients", 0, 1e7},
    [LAST_AGE] = {"list_65_plus", "patients", 0, 1e7},
};

enum { ABSENT = -1 };

/** A table being read. */
struct sheet {
    struct csv csv;
    int at[COLUMNS]; /**< where each column stands, or ABSENT */
    const struct place *file;
    struct store *store;
    struct hr_messages *problems;
};

static int column_of(const char *name)
{
    for (int c = 0; c < COLUMNS; c++) {
        if (strcmp(columns[c].name, name) == 0)
            return c;
    }
    return ABSENT;
}

static const char *nearest_column(const char *name)
{
    const char *nearest = columns[0].name;

    for (int c = 1; c < COLUMNS; c++) {
        if (text_distance(name, columns[c].name) < text_distance(name, nearest))
            nearest = columns[c].name;
    }
    return nearest;
}

static void place_column(struct sheet *sheet, int position, const char *name)
{
    const struct place header = csv_place(sheet->file, 0);
    const int column = column_of(name);

    if (column == ABSENT)
        messages_add(sheet->problems, &header, name,
                     "no such column; did you mean %s? Take it out if it is not needed",
                     nearest_column(name));
    else if (sheet->at[column] != ABSENT)
        messages_add(sheet->problems, &header, name, "is there twice");
    else
        sheet->at[column] = position;
}

static bool has_semicolons(const struct sheet *sheet)
{
    const struct place header = csv_place(sheet->file, 0);

    if (strchr(csv_cell(&sheet->csv, 0, 0), ';') == NULL)
        return false;
    messages_add(sheet->problems, &header, NULL,
                 "cells are separated by commas here, not semicolons");
    return true;
}

static bool find_columns(struct sheet *sheet)
{
    const struct place header = csv_place(sheet->file, 0);
    const size_t before = sheet->problems->count;

    for (int c = 0; c < COLUMNS; c++)
        sheet->at[c] = ABSENT;
    if (has_semicolons(sheet))
        return false;
    for (size_t i = 0; i < csv_cells(&sheet->csv, 0); i++)
        place_column(sheet, (int)i, csv_cell(&sheet->csv, 0, i));
    for (int c = 0; c < (int)FIRST_AGE; c++) {
        if (sheet->at[c] == ABSENT)
            messages_add(
                sheet->problems, &header, columns[c].name,
                "the column is missing; leave a cell blank where it is not known");
    }
    return sheet->problems->count == before;
}

static const char *cell(const struct sheet *sheet, size_t row, enum column column)
{
    return sheet->at[column] == ABSENT
               ? ""
               : csv_cell(&sheet->csv, row, (size_t)sheet->at[column]);
}

/* NaN where the cell is blank, or wrong and reported. */
static double number_in(const struct sheet *sheet, size_t row, enum column column)
{
    const struct place at = csv_place(sheet->file, row);
    const char *text = cell(sheet, row, column);
    double number = 0.0;
    enum text_number why;

    if (*text == '\0')
        return NAN;
    why = text_to_number(text, &number);
    if (why != TEXT_NUMBER) {
        value_refuse_number(sheet->problems, &at, columns[column].name,
                            columns[column].unit, text, why);
        return NAN;
    }
    if (number < columns[column].low || number > columns[column].high) {
        messages_add(sheet->problems, &at, columns[column].name,
                     "%s is outside [%g, %g] %s", text, columns[column].low,
                     columns[column].high, columns[column].unit);
        return NAN;
    }
    return number;
}

static bool is_code(const char *text)
{
    size_t n = 0;

    while (isalnum((unsigned char)text[n]) || strchr("_-.", text[n]) != NULL) {
        if (text[n++] == '\0')
            break;
    }
    return n > 1 && n <= LONGEST_CODE && text[n - 1] == '\0';
}

static void check_words(const struct sheet *sheet, size_t row,
                        const struct hr_practice *practice)
{
    const struct place at = csv_place(sheet->file, row);

    if (*practice->code == '\0')
        messages_add(sheet->problems, &at, columns[CODE].name, "is blank");
    else if (!is_code(practice->code))
        messages_add(sheet->problems, &at, columns[CODE].name,
                     "\"%s\" is not a code: up to %d letters, digits, _, - and .",
                     practice->code, LONGEST_CODE - 1);
    if (strcmp(practice->contract, "GMS") != 0 &&
        strcmp(practice->contract, "PMS") != 0 &&
        strcmp(practice->contract, "APMS") != 0)
        messages_add(sheet->problems, &at, columns[TYPE].name,
                     "\"%s\" is not one of GMS, PMS, APMS", practice->contract);
    if (*cell(sheet, row, LIST) == '\0')
        messages_add(sheet->problems, &at, columns[LIST].name,
                     "is blank; every practice needs its number of patients");
}

static const char *words_in(const struct sheet *sheet, size_t row, enum column column)
{
    return store_text(sheet->store, cell(sheet, row, column));
}

static void read_row(const struct sheet *sheet, size_t row,
                     struct hr_practice *practice)
{
    practice->code = words_in(sheet, row, CODE);
    practice->name = words_in(sheet, row, NAME);
    practice->network = words_in(sheet, row, NETWORK);
    practice->contract = words_in(sheet, row, TYPE);
    practice->list = number_in(sheet, row, LIST);
    practice->weighted_list = number_in(sheet, row, WEIGHTED_LIST);
    practice->core_rate = number_in(sheet, row, CORE_RATE);
    practice->headcount[0] = number_in(sheet, row, PARTNER_HEADCOUNT);
    practice->headcount[1] = number_in(sheet, row, SALARIED_HEADCOUNT);
    practice->fte[0] = number_in(sheet, row, PARTNER_FTE);
    practice->fte[1] = number_in(sheet, row, SALARIED_FTE);
    for (int band = 0; band < HR_AGE_BANDS; band++)
        practice->age_list[band] =
            number_in(sheet, row, (enum column)((int)FIRST_AGE + band));
    practice->row = (int)row + 1;
    check_words(sheet, row, practice);
}

static void check_width(const struct sheet *sheet, size_t row)
{
    const struct place at = csv_place(sheet->file, row);

    if (csv_cells(&sheet->csv, row) != csv_cells(&sheet->csv, 0))
        messages_add(sheet->problems, &at, NULL,
                     "has %zu cells where the header has %zu",
                     csv_cells(&sheet->csv, row), csv_cells(&sheet->csv, 0));
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
    const struct place at = csv_place(sheet->file, (size_t)second->row - 1);

    if (strcmp(a->code, b->code) == 0)
        messages_add(sheet->problems, &at, columns[CODE].name,
                     "\"%s\" is also the code of row %d", second->code, first->row);
    else
        messages_add(
            sheet->problems, &at, columns[CODE].name,
            "\"%s\" would share its random draws with \"%s\" of row %d: change "
            "one of the codes",
            second->code, first->code, first->row);
}

static void check_codes(const struct sheet *sheet, const struct practice_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        const uint32_t entity = draw_entity_of_code(table->practice[i].code);

        for (size_t j = i + 1; j < table->count && *table->practice[i].code != '\0';
             j++) {
            if (draw_entity_of_code(table->practice[j].code) == entity)
                refuse_pair(sheet, &table->practice[i], &table->practice[j]);
        }
    }
}

static void read_rows(struct sheet *sheet, struct practice_table *table)
{
    table->practice = calloc(sheet->csv.rows, sizeof(*table->practice));
    if (table->practice == NULL) {
        sheet->problems->incomplete = true;
        return;
    }
    for (size_t row = 1; row < sheet->csv.rows; row++) {
        if (csv_is_blank(&sheet->csv, row))
            continue;
        check_width(sheet, row);
        read_row(sheet, row, &table->practice[table->count++]);
    }
    qsort(table->practice, table->count, sizeof(*table->practice), by_code);
    check_codes(sheet, table);
    table->has_age_bands = sheet->at[FIRST_AGE] != ABSENT &&
                           sheet->at[FIRST_AGE + 1] != ABSENT &&
                           sheet->at[LAST_AGE] != ABSENT;
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

static void print_number(FILE *out, double number, char after)
{
    char text[TEXT_NUMBER_SIZE];

    fprintf(out, "%s%c", isnan(number) ? "" : text_from_number(number, text), after);
}

/* A name may hold commas and quotes. */
static void print_words(FILE *out, const char *words)
{
    if (strpbrk(words, ",\"\r\n") == NULL) {
        fprintf(out, "%s,", words);
        return;
    }
    fputc('"', out);
    for (; *words != '\0'; words++) {
        if (*words == '"')
            fputc('"', out);
        fputc(*words, out);
    }
    fputs("\",", out);
}

static void print_practice(FILE *out, const struct hr_practice *practice, int age_bands)
{
    print_words(out, practice->code);
    print_words(out, practice->name);
    print_words(out, practice->network);
    print_words(out, practice->contract);
    print_number(out, practice->list, ',');
    print_number(out, practice->weighted_list, ',');
    print_number(out, practice->core_rate, ',');
    print_number(out, practice->headcount[0], ',');
    print_number(out, practice->fte[0], ',');
    print_number(out, practice->headcount[1], ',');
    print_number(out, practice->fte[1], age_bands > 0 ? ',' : '\n');
    for (int band = 0; band < age_bands; band++)
        print_number(out, practice->age_list[band], band + 1 < age_bands ? ',' : '\n');
}

char *practices_csv(const struct practice_table *table)
{
    const int age_bands = table->has_age_bands ? HR_AGE_BANDS : 0;
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    if (out == NULL)
        return NULL;
    for (int c = 0; c < (int)FIRST_AGE + age_bands; c++)
        fprintf(out, "%s%s", c == 0 ? "" : ",", columns[c].name);
    fputc('\n', out);
    for (size_t i = 0; i < table->count; i++)
        print_practice(out, &table->practice[i], age_bands);
    if (fclose(out) != 0) {
        free(text);
        return NULL;
    }
    return text;
}
