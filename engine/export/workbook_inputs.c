#include "book.h"

#include "inputs_order.h"
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FORMS = 60, NUMBERS = 3 /* that a shape has at most */ };

/* What today's GPs gain, and how much likelier the practice is lost. */
static struct sheet practices_sheet(struct book *book, const char *who)
{
    const struct hr_answer *answer = book->answer;
    struct book_column column[4 + 3 * MOST_FORMS] = {{"Code", 12, true},
                                                     {"Name", 34, true},
                                                     {"Network", 12, true},
                                                     {"List", 10, false}};
    char head[3 * MOST_FORMS][128];
    size_t columns = 4;

    for (size_t f = 0; f < answer->forms && f < MOST_FORMS; f++) {
        if (f == answer->reference)
            continue;
        snprintf(head[columns - 4], 128, "%s: its %s gain, £k", answer->label[f], who);
        column[columns] = (struct book_column){head[columns - 4], 16, false};
        columns++;
        snprintf(head[columns - 4], 128, "± £k");
        column[columns] = (struct book_column){head[columns - 4], 8, false};
        columns++;
        snprintf(head[columns - 4], 128, "%s: lost, more or fewer of 100 futures",
                 answer->label[f]);
        column[columns] = (struct book_column){head[columns - 4], 16, false};
        columns++;
    }
    return book_sheet(
        book, &(struct book_page){
                  "Practices", "Practices",
                  "Against the reference form, mean over futures, present value; lost: "
                  "closed, or in caretaker hands",
                  column, columns, 2});
}

struct practice_values {
    struct hr_result_values list, gain, gain_se, lost;
};

static enum hr_status read_practices(struct book *book, const char *measure,
                                     struct practice_values *values,
                                     struct hr_error *error)
{
    char path[96], error_path[96];

    snprintf(path, sizeof(path), "/sites/%s_difference", measure);
    snprintf(error_path, sizeof(error_path), "/sites/%s_difference_se", measure);
    if (book_values(book, "/inputs/practices/list", &values->list, error) != HR_OK ||
        book_values(book, path, &values->gain, error) != HR_OK ||
        book_values(book, error_path, &values->gain_se, error) != HR_OK ||
        book_values(book, "/sites/lost_difference", &values->lost, error) != HR_OK)
        return error->status;
    return HR_OK;
}

static double of_site(const struct hr_result_values *values, size_t form, size_t site)
{
    return values->value == NULL ? NAN : values->value[form * values->size[2] + site];
}

static void practice_gains(struct sheet *sheet, const struct practice_values *values,
                           size_t site)
{
    const struct book_unit gain = {.scale = 1e3, .pounds = true, .sign = true};
    const struct book_unit error = {.scale = 1e3, .pounds = true, .decimals = 1};
    const struct book_unit points = {.scale = 0.01, .sign = true, .decimals = 1};

    for (size_t f = 0; f < sheet->book->answer->forms && f < MOST_FORMS; f++) {
        if (f == sheet->book->answer->reference)
            continue;
        sheet_number(sheet, of_site(&values->gain, f, site), &gain);
        sheet_number(sheet, of_site(&values->gain_se, f, site), &error);
        sheet_number(sheet, of_site(&values->lost, f, site), &points);
    }
}

static void add_bars(struct sheet *sheet)
{
    lxw_conditional_format bars = {.type = LXW_CONDITIONAL_DATA_BAR,
                                   .bar_color = 0x1B7837,
                                   .bar_negative_color = 0x762A83};

    for (lxw_col_t c = 4; sheet->row > BOOK_HEAD + 1 && c < sheet->columns; c += 3)
        (void)worksheet_conditional_format_range(sheet->page, BOOK_HEAD + 1, c,
                                                 sheet->row - 1, c, &bars);
}

static enum hr_status write_practices(struct book *book, struct hr_error *error)
{
    const struct book_unit whole = {.scale = 1};
    struct hr_result_values partners;
    struct practice_values values;
    size_t sites = 0;
    const char *const *code = hr_result_labels(book->result, "site", &sites);
    const char *const *name =
        hr_result_labels(book->result, "/inputs/practices/name", &sites);
    const char *const *network =
        hr_result_labels(book->result, "/inputs/practices/network", &sites);
    bool known;
    struct sheet sheet;

    if (book_values(book, "/sites/todays_partners_difference", &partners, error) !=
        HR_OK)
        return error->status;
    known = partners.value != NULL;
    if (read_practices(book, known ? "todays_partners" : "todays_gps", &values,
                       error) != HR_OK)
        return error->status;
    sheet = practices_sheet(book, known ? "partners" : "GPs");
    for (size_t s = 0; code != NULL && s < sites; s++) {
        sheet_text(&sheet, code[s]);
        sheet_text(&sheet, name == NULL ? NULL : name[s]);
        sheet_text(&sheet, network == NULL ? NULL : network[s]);
        sheet_number(&sheet, values.list.value == NULL ? NAN : values.list.value[s],
                     &whole);
        practice_gains(&sheet, &values, s);
        sheet_next_row(&sheet);
    }
    sheet_filter(&sheet);
    add_bars(&sheet);
    return HR_OK;
}

/* The assumptions, as columns. */
struct assumptions {
    size_t count;
    const char *const *key,
        *const *meaning, *const *unit, *const *value, *const *evidence,
                                                          *const *source, *const *owner,
                                                                              *const
                                                                                  *date;
    struct hr_result_values low, high, uplift;
};

static enum hr_status read_assumptions(struct book *book, struct assumptions *all,
                                       struct hr_error *error)
{
    static const char *const name[] = {"key",      "meaning", "unit",  "value",
                                       "evidence", "source",  "owner", "date"};
    const char *const **column[] = {&all->key,   &all->meaning,  &all->unit,
                                    &all->value, &all->evidence, &all->source,
                                    &all->owner, &all->date};

    for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
        char path[64];

        snprintf(path, sizeof(path), "/inputs/assumptions/%s", name[i]);
        *column[i] = hr_result_labels(book->result, path, &all->count);
        if (*column[i] == NULL)
            return hr_fail(error, HR_NOT_HELD, "%s cannot be read", path);
    }
    if (book_values(book, "/inputs/assumptions/low", &all->low, error) != HR_OK ||
        book_values(book, "/inputs/assumptions/high", &all->high, error) != HR_OK ||
        book_values(book, "/inputs/assumptions/uplift", &all->uplift, error) != HR_OK)
        return error->status;
    return HR_OK;
}

/* The column, of three, that a number of a shape stands in by its name; -1: none. */
static int place_of(const char *name)
{
    static const char *const names[NUMBERS][4] = {{"low", "alpha", NULL},
                                                  {"mode", "mean", "median", "beta"},
                                                  {"high", "sd", "sigma"}};

    for (int place = 0; place < NUMBERS; place++) {
        for (int i = 0; i < 4 && names[place][i] != NULL; i++) {
            if (strcmp(names[place][i], name) == 0)
                return place;
        }
    }
    return -1;
}

/* "pert low 1 mode 1.1 high 1.3": a shape, and each number in its column; false where
 * it is a word. */
static bool read_shape(char *text, const char **shape, double number[NUMBERS])
{
    char *rest, *name, *value;
    bool found = false;

    *shape = strtok_r(text, " ", &rest);
    while ((name = strtok_r(NULL, " ", &rest)) != NULL &&
           (value = strtok_r(NULL, " ", &rest)) != NULL) {
        const int place = place_of(name);
        double read;

        if (place < 0 || text_to_number(value, &read) != TEXT_NUMBER)
            return false;
        number[place] = read;
        found = true;
    }
    return found && name == NULL;
}

/* A shape and up to three numbers; a bare number is fixed, and any other text a word.
 */
static void write_value(struct sheet *sheet, const char *value)
{
    const struct book_unit as_is = {.scale = 1, .decimals = BOOK_UNSURE};
    double bare, number[NUMBERS] = {NAN, NAN, NAN};
    const char *shape = "fixed";
    char copy[256];

    snprintf(copy, sizeof(copy), "%s", value);
    if (text_to_number(value, &bare) == TEXT_NUMBER) {
        number[0] = bare;
    } else if (!read_shape(copy, &shape, number)) {
        sheet_text(sheet, "word");
        sheet_text(sheet, value);
        sheet->column += NUMBERS - 1;
        return;
    }
    sheet_text(sheet, shape);
    for (int i = 0; i < NUMBERS; i++)
        sheet_number(sheet, number[i], &as_is);
}

static const struct book_column assumption_columns[] = {
    {"Key", 36, true},
    {"What it is", 44, true},
    {"Unit", 16, true},
    {"Least", 9, false},
    {"Most", 9, false},
    {"Shape", 11, true},
    {"Low or value", 11, false},
    {"Mode, mean or median", 11, false},
    {"High, sd or sigma", 11, false},
    {"Evidence", 12, true},
    {"Source", 44, true},
    {"Owner", 16, true},
    {"Date", 11, true},
    {"New shape", 11, true},
    {"New low or value", 11, false},
    {"New mode, mean or median", 11, false},
    {"New high, sd or sigma", 11, false},
    {"New evidence", 12, true},
    {"New source", 30, true},
    {"New owner", 16, true},
    {"New date", 11, true},
    {"Price year", 9, true},
};

enum {
    ASSUMPTION_COLUMNS = sizeof(assumption_columns) / sizeof(*assumption_columns),
    OPEN_FROM = 13,
    SHAPE_AT = 13,
    EVIDENCE_AT = 17,
};

static void assumption_row(struct sheet *sheet, const struct assumptions *all, size_t i)
{
    const struct book_unit as_is = {.scale = 1, .decimals = BOOK_UNSURE};

    sheet_text(sheet, all->key[i]);
    sheet_text(sheet, all->meaning[i]);
    sheet_text(sheet, all->unit[i]);
    sheet_number(sheet, all->low.value == NULL ? NAN : all->low.value[i], &as_is);
    sheet_number(sheet, all->high.value == NULL ? NAN : all->high.value[i], &as_is);
    write_value(sheet, all->value[i]);
    sheet_text(sheet, all->evidence[i]);
    sheet_text(sheet, all->source[i]);
    sheet_text(sheet, *all->owner[i] == '\0' ? "nobody yet" : all->owner[i]);
    sheet_text(sheet, all->date[i]);
    while (sheet->column < ASSUMPTION_COLUMNS)
        (void)worksheet_write_blank(sheet->page, sheet->row, sheet->column++,
                                    sheet->book->open);
    sheet_next_row(sheet);
}

static void offer(const struct sheet *sheet, lxw_col_t column, char **words)
{
    lxw_data_validation list = {.validate = LXW_VALIDATION_TYPE_LIST,
                                .value_list = words};

    if (sheet->row > BOOK_HEAD + 1)
        (void)worksheet_data_validation_range(sheet->page, BOOK_HEAD + 1, column,
                                              sheet->row - 1, column, &list);
}

static enum hr_status assumption_rows(struct sheet *sheet,
                                      const struct assumptions *all,
                                      struct hr_error *error)
{
    size_t *place = malloc((all->count + 1) * sizeof(*place));
    enum hr_status status;

    if (place == NULL)
        return hr_fail(error, HR_FAILED, "no memory to list the assumptions");
    status = inputs_order(sheet->book->result,
                          &(struct inputs){all->key, all->evidence, all->count}, place,
                          error);
    for (size_t i = 0; status == HR_OK && i < all->count; i++)
        assumption_row(sheet, all, place[i]);
    free(place);
    return status;
}

static enum hr_status write_assumptions(struct book *book, struct hr_error *error)
{
    char *shapes[] = {"fixed", "normal",     "lognormal", "uniform",
                      "pert",  "triangular", "beta",      NULL};
    char *evidence[] = {"assumption", "chosen", "survey", "derived", "published", NULL};
    lxw_protection allowed = {.autofilter = 1, .sort = 1, .format_columns = 1};
    struct assumptions all = {0};
    struct sheet sheet;

    if (read_assumptions(book, &all, error) != HR_OK)
        return error->status;
    sheet = book_sheet(
        book, &(struct book_page){
                  "Assumptions", "Assumptions: every number put in",
                  "What rests on least stands first, and of that what moves a "
                  "difference most. Yellow cells are for those who know better; leave "
                  "empty what stays",
                  assumption_columns, ASSUMPTION_COLUMNS, 1});
    if (assumption_rows(&sheet, &all, error) != HR_OK)
        return error->status;
    sheet_filter(&sheet);
    offer(&sheet, SHAPE_AT, shapes);
    offer(&sheet, EVIDENCE_AT, evidence);
    worksheet_protect(sheet.page, NULL, &allowed);
    return HR_OK;
}

enum hr_status workbook_inputs(struct book *book, struct hr_error *error)
{
    if (write_practices(book, error) != HR_OK ||
        write_assumptions(book, error) != HR_OK)
        return error->status;
    workbook_quality(book);
    return HR_OK;
}
