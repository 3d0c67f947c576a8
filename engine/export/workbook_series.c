#include "book.h"
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_COLUMNS = 256 };

/* As many as a sheet has columns for. */
static size_t forms_of(const struct hr_answer *answer)
{
    return answer->forms < 60 ? answer->forms : 60;
}

/* Bearers: a column a form, then a column a difference, of all but the reference. */
static struct sheet bearers_sheet(struct book *book)
{
    const struct hr_answer *answer = book->answer;
    const size_t forms = forms_of(answer);
    struct book_column column[1 + 2 * 60] = {{"Bearer", 40, true}};
    char difference[60][100];
    size_t columns = 1 + forms;

    for (size_t f = 0; f < forms; f++) {
        column[1 + f] = (struct book_column){answer->label[f], 16, false};
        if (f == answer->reference)
            continue;
        snprintf(difference[f], sizeof(difference[f]), "%s less %s", answer->label[f],
                 answer->label[answer->reference]);
        column[columns++] = (struct book_column){difference[f], 18, false};
    }
    return book_sheet(
        book, &(struct book_page){
                  "Bearers", "Bearers: who gains and who pays",
                  "£m, present value, mean over futures; then the difference from the "
                  "reference form; * a mean not to be leaned on",
                  column, columns, 1});
}

static void bearer_row(struct sheet *sheet, size_t m)
{
    const struct hr_answer *answer = sheet->book->answer;
    const size_t forms = forms_of(answer);

    sheet_text(sheet, answer->metric[m].label);
    for (size_t f = 0; f < forms; f++) {
        const struct hr_answer_cell *cell = hr_answer_at(answer, m, f);
        struct book_unit read = book_unit_of(&answer->metric[m], cell->se, false);

        read.mark = book_mark_of_mean(&cell->of_mean);
        sheet_number(sheet, cell->mean, &read);
    }
    for (size_t f = 0; f < forms; f++) {
        const struct hr_answer_cell *cell = hr_answer_at(answer, m, f);
        struct book_unit read =
            book_unit_of(&answer->metric[m], cell->difference_se, true);

        read.mark = book_mark_of_mean(&cell->of_difference);
        if (f != answer->reference)
            sheet_number(sheet, cell->difference, &read);
    }
    sheet_next_row(sheet);
}

static void bearers_chart(struct sheet *sheet)
{
    const struct hr_answer *answer = sheet->book->answer;
    const size_t forms = forms_of(answer);
    lxw_col_t column = (lxw_col_t)(1 + forms);
    lxw_chart *chart = workbook_add_chart(sheet->book->workbook, LXW_CHART_BAR);
    lxw_chart_options place = {.x_scale = 1.6,
                               .y_scale = 1.4,
                               .description =
                                   "What each bearer gains or loses under each "
                                   "form, against the reference"};

    if (sheet->row <= BOOK_HEAD + 1 || answer->forms < 2)
        return;
    for (size_t f = 0; f < forms; f++) {
        lxw_chart_series *series;
        char shown[128];

        if (f == answer->reference)
            continue;
        series = chart_add_series(chart, NULL, NULL);
        chart_series_set_categories(series, "Bearers", BOOK_HEAD + 1, 0, sheet->row - 1,
                                    0);
        chart_series_set_values(series, "Bearers", BOOK_HEAD + 1, column,
                                sheet->row - 1, column);
        chart_series_set_name(series,
                              text_visible(answer->label[f], shown, sizeof(shown)));
        column++;
    }
    chart_title_set_name(chart, "Who gains and who pays, £m against the reference");
    chart_axis_set_label_position(chart->y_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_set_reverse(chart->y_axis);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    (void)worksheet_insert_chart_opt(sheet->page, sheet->row + 1, 0, chart, &place);
}

static void write_bearers(struct book *book)
{
    struct sheet sheet = bearers_sheet(book);

    for (size_t m = 0; m < book->answer->metrics; m++) {
        if (strncmp(book->answer->metric[m].name, "npv_", 4) == 0)
            bearer_row(&sheet, m);
    }
    bearers_chart(&sheet);
}

enum { YEARS_TEXTS = 5 /* columns of words before the years */ };

static size_t financial_years(struct book *book, size_t years,
                              struct book_column *column, char (*head)[16])
{
    static const struct book_column words[YEARS_TEXTS] = {{"Flow", 24, true},
                                                          {"From", 14, true},
                                                          {"To", 14, true},
                                                          {"Form", 20, true},
                                                          {"What", 12, true}};
    const size_t most = MOST_COLUMNS - YEARS_TEXTS - 1;
    uint64_t start = 0;

    years = years < most ? years : most;
    (void)hr_result_integer(book->result, "start_year", &start);
    memcpy(column, words, sizeof(words));
    for (size_t y = 0; y < years; y++) {
        if (start == 0)
            snprintf(head[y], 16, "Year %zu", y + 1);
        else
            snprintf(head[y], 16, "%u/%02u", (unsigned)(start + y),
                     (unsigned)((start + y + 1) % 100));
        column[YEARS_TEXTS + y] = (struct book_column){head[y], 12, false};
    }
    column[YEARS_TEXTS + years] = (struct book_column){"Total", 13, false};
    return years;
}

/* What is said of the cash of a year; errors do not add up. */
static const struct {
    const char *path, *what;
    bool adds, sign;
} yearly[] = {
    {"/flows_by_year/mean", "mean", true, false},
    {"/flows_by_year/se", "±", false, false},
    {"/flows_by_year/difference", "difference", true, true},
    {"/flows_by_year/difference_se", "±", false, false},
};

enum { YEARLY = sizeof(yearly) / sizeof(*yearly) };

/* The sheet, and what it is made of. */
struct years {
    struct sheet sheet;
    struct hr_result_values values[YEARLY];
    const char *const *flow, *const *from, *const *to;
    size_t flows, count; /* of years */
};

static void year_row(struct years *years, size_t flow, size_t form, size_t k)
{
    const struct hr_answer *answer = years->sheet.book->answer;
    const struct hr_result_values *values = &years->values[k];
    const double *year =
        values->value + (form * values->size[2] + flow) * values->size[3];
    const struct book_unit thousands = {
        .scale = 1e3, .pounds = true, .sign = yearly[k].sign};
    double total = 0;

    sheet_text(&years->sheet, years->flow[flow]);
    sheet_text(&years->sheet, years->from[flow]);
    sheet_text(&years->sheet, years->to[flow]);
    sheet_text(&years->sheet, answer->label[form]);
    sheet_text(&years->sheet, yearly[k].what);
    for (size_t y = 0; y < years->count; y++) {
        sheet_number(&years->sheet, year[y], &thousands);
        total += year[y];
    }
    if (yearly[k].adds)
        sheet_number(&years->sheet, total, &thousands);
    sheet_next_row(&years->sheet);
}

static bool flow_is_there(const struct years *years, size_t flow)
{
    const struct hr_result_values *values = &years->values[0];

    for (size_t f = 0; f < values->size[1]; f++) {
        for (size_t y = 0; y < years->count; y++) {
            if (values->value[(f * values->size[2] + flow) * values->size[3] + y] != 0)
                return true;
        }
    }
    return false;
}

static void fill_years(struct years *years)
{
    const size_t reference = years->sheet.book->answer->reference;

    for (size_t i = 0; i < years->flows; i++) {
        if (!flow_is_there(years, i))
            continue;
        for (size_t f = 0; f < years->sheet.book->answer->forms; f++) {
            for (size_t k = 0; k < (f == reference ? 2 : YEARLY); k++)
                year_row(years, i, f, k);
        }
    }
    sheet_filter(&years->sheet);
}

static enum hr_status write_years(struct book *book, struct hr_error *error)
{
    struct book_column column[MOST_COLUMNS];
    char head[MOST_COLUMNS][16];
    struct years years = {0};

    for (size_t k = 0; k < YEARLY; k++) {
        if (book_values(book, yearly[k].path, &years.values[k], error) != HR_OK)
            return error->status;
        if (years.values[k].value == NULL)
            return HR_OK;
    }
    years.flow = hr_result_labels(book->result, "flow", &years.flows);
    years.from = hr_result_labels(book->result, "/flows/from", &years.flows);
    years.to = hr_result_labels(book->result, "/flows/to", &years.flows);
    if (years.flow == NULL || years.from == NULL || years.to == NULL)
        return HR_OK;
    years.count = financial_years(book, years.values[0].size[3], column, head);
    years.sheet = book_sheet(
        book, &(struct book_page){"Years", "Years: cash by financial year",
                                  "£k in the money of each year, over futures; then "
                                  "the difference from the reference form",
                                  column, YEARS_TEXTS + 1 + years.count, YEARS_TEXTS});
    fill_years(&years);
    return HR_OK;
}

static const char *const path_statistics[] = {"mean", "q05", "q25",
                                              "q50",  "q75", "q95"};

/* What a series says of a form in a quarter; NaN where the file does not say it. */
static double statistic_at(const struct sheet *sheet, const double *at,
                           const char *statistic)
{
    size_t place;

    return hr_result_find(sheet->book->result, "statistic", statistic, &place)
               ? at[place]
               : NAN;
}

/* Of the mean, or of a quantile. */
static char mark_of(const struct sheet *sheet, const double *at, const char *statistic)
{
    char name[32];
    double flags;
    struct hr_answer_interval interval = {0};

    snprintf(name, sizeof(name), "%s_flags", statistic);
    flags = statistic_at(sheet, at, name);
    interval.flags = flags > 0.0 ? (int)flags : 0; /* an old file has none */
    if (strcmp(statistic, path_statistics[0]) == 0)
        return book_mark_of_mean(&interval);
    return hr_answer_is_unbounded(&interval) ? '^' : '\0';
}

static void path_row(struct sheet *sheet, const struct hr_result_values *values,
                     size_t form, size_t quarter)
{
    const struct book_unit whole = {.scale = 1};
    const double *at =
        values->value + (form * values->size[2] + quarter) * values->size[3];

    sheet_text(sheet, values->long_name);
    sheet_text(sheet, values->unit);
    sheet_text(sheet, sheet->book->answer->label[form]);
    sheet_number(sheet, (double)quarter + 1, &whole);
    for (size_t s = 0; s < sizeof(path_statistics) / sizeof(*path_statistics); s++) {
        const double number = statistic_at(sheet, at, path_statistics[s]);
        struct book_unit read = {.scale = 1,
                                 .mark = mark_of(sheet, at, path_statistics[s])};

        read.decimals = fabs(number) < 1000 ? 4 : 0;
        sheet_number(sheet, number, &read);
    }
    sheet_next_row(sheet);
}

static enum hr_status write_path(struct sheet *sheet, const char *path,
                                 struct hr_error *error)
{
    struct hr_result_values values;

    if (book_values(sheet->book, path, &values, error) != HR_OK)
        return error->status;
    if (values.value == NULL || values.rank != 4)
        return HR_OK;
    for (size_t f = 0; f < values.size[1]; f++) {
        for (size_t quarter = 0; quarter < values.size[2]; quarter++)
            path_row(sheet, &values, f, quarter);
    }
    return HR_OK;
}

static enum hr_status write_paths(struct book *book, struct hr_error *error)
{
    static const struct book_column column[] = {
        {"Series", 46, true},  {"Unit", 16, true},  {"Form", 20, true},
        {"Quarter", 9, false}, {"Mean", 14, false}, {"5%", 14, false},
        {"25%", 14, false},    {"50%", 14, false},  {"75%", 14, false},
        {"95%", 14, false},
    };
    struct sheet sheet = book_sheet(
        book,
        &(struct book_page){"Paths", "Paths: quarter by quarter",
                            "Mean and quantiles over futures; the first quarter is 1; "
                            "* a mean not to be leaned on; ^ too few futures lie "
                            "beyond to say how far off it is",
                            column, sizeof(column) / sizeof(*column), 4});

    for (size_t i = 0; i < hr_result_count(book->result); i++) {
        const char *path = hr_result_path(book->result, i);

        if (strncmp(path, "/paths/", 7) == 0 &&
            write_path(&sheet, path, error) != HR_OK)
            return error->status;
    }
    sheet_filter(&sheet);
    return HR_OK;
}

enum hr_status workbook_series(struct book *book, struct hr_error *error)
{
    write_bearers(book);
    if (write_years(book, error) != HR_OK)
        return error->status;
    return write_paths(book, error);
}
