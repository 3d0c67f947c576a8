#include "book.h"
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    QUANTILES = 5,
    QUANTILES_AT = 5, /* column of the first quantile of Comparison */
    PLACES_AT = 13,   /* hidden ones, of a chart's rows */
};

static const char *const quantile_names[QUANTILES] = {"q05", "q25", "q50", "q75",
                                                      "q95"};

/* The colours and marks of forms, in the order of the file, as on the page. */
static const struct {
    lxw_color_t colour;
    uint8_t mark;
} drawn[] = {
    {0x12436D, LXW_CHART_MARKER_CIRCLE},  {0x28A197, LXW_CHART_MARKER_SQUARE},
    {0x801650, LXW_CHART_MARKER_DIAMOND}, {0xF46A25, LXW_CHART_MARKER_TRIANGLE},
    {0x3D3D3D, LXW_CHART_MARKER_X},       {0xA285D1, LXW_CHART_MARKER_STAR},
    {0x8B6B00, LXW_CHART_MARKER_CIRCLE},  {0xA800F0, LXW_CHART_MARKER_PLUS},
};

enum { DRAWN = sizeof(drawn) / sizeof(*drawn) };

static struct sheet summary_sheet(struct book *book)
{
    enum { MOST_FORMS = 64 };
    struct book_column column[2 + 2 * MOST_FORMS] = {{"Measure", 38, true},
                                                     {"Unit", 28, true}};
    char error[MOST_FORMS][80];
    const size_t forms =
        book->answer->forms < MOST_FORMS ? book->answer->forms : MOST_FORMS;

    for (size_t f = 0; f < forms; f++) {
        snprintf(error[f], sizeof(error[f]), "± %s", book->answer->label[f]);
        column[2 + 2 * f] = (struct book_column){book->answer->label[f], 16, false};
        column[3 + 2 * f] = (struct book_column){error[f], 12, false};
    }
    return book_sheet(
        book,
        &(struct book_page){"Summary", "Summary: forms side by side",
                            "Mean over futures, and its Monte Carlo standard error; * "
                            "a mean not to be leaned on, nor its error: a few "
                            "futures lie so far out that more may move it anywhere",
                            column, 2 + 2 * forms, 2});
}

/* public_cost names the row of public cost. */
static void name_row(const struct sheet *sheet, const char *name)
{
    char last[16], formula[64];

    lxw_col_to_name(last, (lxw_col_t)(sheet->columns - 1), 1);
    snprintf(formula, sizeof(formula), "=Summary!$C$%u:%s$%u", sheet->row + 1, last,
             sheet->row + 1);
    (void)workbook_define_name(sheet->book->workbook, name, formula);
}

static void summary_row(struct sheet *sheet, size_t m)
{
    const struct hr_answer *answer = sheet->book->answer;
    const struct hr_metric *metric = &answer->metric[m];
    const size_t shown = (sheet->columns - 2) / 2;
    char unit[96];

    name_row(sheet, metric->name);
    sheet_text(sheet, metric->label);
    sheet_text(sheet, book_unit_words(metric, unit));
    for (size_t f = 0; f < shown; f++) {
        const struct hr_answer_cell *cell = hr_answer_at(answer, m, f);
        const struct book_unit read = book_unit_of(metric, cell->se, false);
        struct book_unit mean = read;

        mean.mark = book_mark_of_mean(&cell->of_mean);
        sheet_number(sheet, cell->mean, &mean);
        sheet_number(sheet, isnan(cell->mean) ? NAN : cell->se, &read);
    }
    sheet_next_row(sheet);
}

/* A form's line of a chart: its five quantiles, one below another form's. */
static void add_line(struct book *book, lxw_chart *chart, size_t form, lxw_row_t row)
{
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    lxw_chart_line line = {.color = drawn[form % DRAWN].colour, .width = 2.25f};
    lxw_chart_fill fill = {.color = drawn[form % DRAWN].colour};
    char shown[128];

    chart_series_set_categories(series, "Comparison", row, QUANTILES_AT, row,
                                QUANTILES_AT + QUANTILES - 1);
    chart_series_set_values(series, "Comparison", row, PLACES_AT, row,
                            PLACES_AT + QUANTILES - 1);
    chart_series_set_name(
        series, text_visible(book->answer->label[form], shown, sizeof(shown)));
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, drawn[form % DRAWN].mark);
    chart_series_set_marker_fill(series, &fill);
}

static void chart_of(struct sheet *summary, size_t m, lxw_row_t first, lxw_col_t column)
{
    struct book *book = summary->book;
    const struct hr_metric *metric = &book->answer->metric[m];
    lxw_chart *chart =
        workbook_add_chart(book->workbook, LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS);
    lxw_chart_options place = {.x_scale = 1.2,
                               .description = "Five quantiles of each form's "
                                              "difference from the reference"};
    char title[160], shown[160], unit[96];
    lxw_row_t row = first;

    for (size_t f = 0; f < book->answer->forms; f++) {
        if (f != book->answer->reference)
            add_line(book, chart, f, row++);
    }
    snprintf(title, sizeof(title), "%s: difference from %s%s", metric->label,
             book->answer->label[book->answer->reference],
             metric->better == HR_BETTER_LOWER ? " (left is better)" : "");
    chart_title_set_name(chart, text_visible(title, shown, sizeof(shown)));
    snprintf(title, sizeof(title), "5, 25, 50, 75 and 95 of 100 futures, %s",
             book_unit_words(metric, unit));
    chart_axis_set_name(chart->x_axis, title);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_off(chart->y_axis);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_show_hidden_data(chart);
    (void)worksheet_insert_chart_opt(summary->page, summary->row + 1, column, chart,
                                     &place);
}

static struct sheet comparison_sheet(struct book *book)
{
    static const struct book_column column[] = {
        {"Measure", 38, true},
        {"Form", 18, true},
        {"Unit", 28, true},
        {"Mean difference", 13, false},
        {"±", 9, false},
        {"5%", 11, false},
        {"25%", 11, false},
        {"50%", 11, false},
        {"75%", 11, false},
        {"95%", 11, false},
        {"Chance better", 9, false},
        {"Neutral", 11, false},
        {"Verdict", 22, true},
    };
    char title[128];

    snprintf(title, sizeof(title), "Comparison: differences from %s",
             book->answer->label[book->answer->reference]);
    return book_sheet(
        book, &(struct book_page){
                  "Comparison", title,
                  "In the same futures. Mean, its Monte Carlo standard error, "
                  "quantiles; neutral: the mean with the forms' assumed terms neutral; "
                  "* a mean not to be leaned on; ^ too few futures lie beyond to say "
                  "how far off it is",
                  column, sizeof(column) / sizeof(*column), 3});
}

static double statistic_of(const struct sheet *sheet,
                           const struct hr_result_values *values, size_t form,
                           const char *name)
{
    size_t place;

    if (values->value == NULL ||
        !hr_result_find(sheet->book->result, "statistic", name, &place))
        return NAN;
    return values->value[form * values->size[2] + place];
}

/* NaN: of an old file, which has no flags. */
static bool is_unbounded(double flags)
{
    const struct hr_answer_interval interval = {.flags = flags > 0.0 ? (int)flags : 0};

    return hr_answer_is_unbounded(&interval);
}

static void write_quantiles(struct sheet *sheet, const struct hr_metric *metric,
                            const struct hr_result_values *values, size_t form)
{
    for (int q = 0; q < QUANTILES; q++) {
        char name[32];
        struct book_unit read;

        snprintf(name, sizeof(name), "%s_error", quantile_names[q]);
        read = book_unit_of(metric, statistic_of(sheet, values, form, name), true);
        if (metric->count)
            read.decimals = 0;
        snprintf(name, sizeof(name), "%s_flags", quantile_names[q]);
        read.mark = is_unbounded(statistic_of(sheet, values, form, name)) ? '^' : '\0';
        sheet_number(sheet, statistic_of(sheet, values, form, quantile_names[q]),
                     &read);
    }
}

/* Where a chart draws the row: cells that are hidden. */
static void write_places(struct sheet *sheet, size_t form)
{
    const struct book_unit plain = {.scale = 1};

    for (int q = 0; q < QUANTILES; q++)
        sheet_number(sheet, -(double)form, &plain);
}

static void comparison_row(struct sheet *sheet, size_t m, size_t form,
                           const struct hr_result_values *values)
{
    const struct hr_answer *answer = sheet->book->answer;
    const struct hr_metric *metric = &answer->metric[m];
    const struct hr_answer_cell *cell = hr_answer_at(answer, m, form);
    const struct book_unit read = book_unit_of(metric, cell->difference_se, true);
    struct book_unit mean = read;
    const struct book_unit error = book_unit_of(metric, cell->difference_se, false);
    char text[96];

    sheet_text(sheet, metric->label);
    sheet_text(sheet, answer->label[form]);
    sheet_text(sheet, book_unit_words(metric, text));
    mean.mark = book_mark_of_mean(&cell->of_difference);
    sheet_number(sheet, cell->difference, &mean);
    sheet_number(sheet, isnan(cell->difference) ? NAN : cell->difference_se, &error);
    write_quantiles(sheet, metric, values, form);
    sheet_share(sheet, metric->better == HR_BETTER_NEITHER ? NAN : cell->better);
    sheet_number(sheet, cell->neutral, &read);
    snprintf(text, sizeof(text), "%s%s%s%s", cell->page_mark,
             *cell->page_mark != '\0' ? " " : "", cell->verdict,
             cell->turns ? " †" : "");
    sheet_text(sheet, text);
    write_places(sheet, form);
    sheet_next_row(sheet);
}

static enum hr_status comparison_rows(struct sheet *sheet, size_t m,
                                      struct hr_error *error)
{
    const struct hr_answer *answer = sheet->book->answer;
    struct hr_result_values values;
    char path[128];

    snprintf(path, sizeof(path), "/comparison/%s", answer->metric[m].name);
    if (book_values(sheet->book, path, &values, error) != HR_OK)
        return error->status;
    for (size_t f = 0; f < answer->forms; f++) {
        if (f != answer->reference)
            comparison_row(sheet, m, f, &values);
    }
    return HR_OK;
}

static const char *const charted[] = {"economic_net_position", "public_cost"};

enum { CHARTS = sizeof(charted) / sizeof(*charted) };

/* Below the table, on a page of their own; @p row: where Comparison has each, or 0. */
static void add_charts(struct sheet *summary, const lxw_row_t row[CHARTS])
{
    const struct hr_answer *answer = summary->book->answer;
    lxw_row_t breaks[] = {summary->row + 1, 0};

    worksheet_set_h_pagebreaks(summary->page, breaks);
    for (size_t i = 0; i < CHARTS; i++) {
        size_t m;

        if (row[i] > 0 && answer->forms > 1 && hr_answer_find(answer, charted[i], &m))
            chart_of(summary, m, row[i], (lxw_col_t)(4 * i));
    }
}

/* Whether a metric is there to be read: under some form, and not of the engine itself.
 */
static bool is_shown(const struct hr_answer *answer, size_t m)
{
    bool exists = false;

    for (size_t f = 0; f < answer->forms; f++)
        exists |= !isnan(hr_answer_at(answer, m, f)->mean);
    return exists && strcmp(answer->metric[m].group, "Quality") != 0;
}

/* The sheets of measures, filled together. */
struct measures {
    struct sheet summary, comparison;
    lxw_row_t charted[CHARTS]; /* rows of comparison */
};

static enum hr_status write_measure(struct measures *to, size_t m,
                                    struct hr_error *error)
{
    const struct hr_metric *metric = &to->summary.book->answer->metric[m];

    for (size_t i = 0; i < CHARTS; i++) {
        if (strcmp(charted[i], metric->name) == 0)
            to->charted[i] = to->comparison.row;
    }
    summary_row(&to->summary, m);
    return comparison_rows(&to->comparison, m, error);
}

/* Who bears what comes last, as on the page: the answer stands above it. */
static enum hr_status write_group(struct measures *to, bool bearers,
                                  struct hr_error *error)
{
    const struct hr_answer *answer = to->summary.book->answer;

    for (size_t m = 0; m < answer->metrics; m++) {
        if (is_shown(answer, m) &&
            (strncmp(answer->metric[m].name, "npv_", 4) == 0) == bearers &&
            write_measure(to, m, error) != HR_OK)
            return error->status;
    }
    return HR_OK;
}

enum hr_status workbook_measures(struct book *book, struct hr_error *error)
{
    struct measures to = {summary_sheet(book), comparison_sheet(book), {0}};
    lxw_row_col_options hidden = {.hidden = 1};

    if (write_group(&to, false, error) != HR_OK ||
        write_group(&to, true, error) != HR_OK)
        return error->status;
    sheet_filter(&to.comparison);
    worksheet_set_column_opt(to.comparison.page, PLACES_AT, PLACES_AT + QUANTILES - 1,
                             4, NULL, &hidden);
    add_charts(&to.summary, to.charted);
    return HR_OK;
}
