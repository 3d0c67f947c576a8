#include "book.h"

#include "figure.h"
#include "text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    HEAD_HEIGHT = 54 /* points: four lines */,
    TITLE_ROW = 0,
    NOTE_ROW = 1,
    MOST_TEXT = 32000, /**< bytes of a cell */
    LONGEST_SHOWN = 12 /**< bytes of a character that is shown as its code */
};

static void note_failure(struct book *book, lxw_error error)
{
    if (book->failed == LXW_NO_ERROR)
        book->failed = error;
}

static lxw_format *format_of(struct book *book, const char *number, bool bold)
{
    lxw_format *format = workbook_add_format(book->workbook);

    format_set_font_name(format, "Arial");
    format_set_font_size(format, 10);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (number != NULL)
        format_set_num_format(format, number);
    if (bold)
        format_set_bold(format);
    return format;
}

static int style_of(const struct book_unit *unit)
{
    const int mark = unit->mark == '*' ? 1 : unit->mark == '^' ? 2 : 0;

    return (unit->pounds ? 1 : 0) + (unit->sign ? 2 : 0) + 4 * mark;
}

/* "+£#,##0.0;−£#,##0.0;£0.0": pounds stand after the sign. */
static lxw_format *number_format(struct book *book, int style, int decimals)
{
    static const char *const marks[] = {"", "\"*\"", "\"^\""};
    const char *pound = style & 1 ? "\"£\"" : "", *plus = style & 2 ? "\"+\"" : "",
               *mark = marks[style / 4];
    char places[BOOK_PLACES + 2] = "", text[128];

    if (decimals > 0)
        snprintf(places, sizeof(places), ".%.*s", decimals, "0000000");
    snprintf(text, sizeof(text), "%s%s#,##0%s%s;\"−\"%s#,##0%s%s;%s0%s%s", plus, pound,
             places, mark, pound, places, mark, pound, places, mark);
    return format_of(book, text, false);
}

void book_start(struct book *book)
{
    book->title = format_of(book, NULL, true);
    format_set_font_size(book->title, 14);
    book->note = format_of(book, NULL, false);
    format_set_font_color(book->note, 0x505A5F);
    book->text = format_of(book, NULL, false);
    format_set_text_wrap(book->text);
    book->bold = format_of(book, NULL, true);
    book->head = format_of(book, NULL, true);
    format_set_text_wrap(book->head);
    format_set_align(book->head, LXW_ALIGN_VERTICAL_BOTTOM);
    format_set_bottom(book->head, LXW_BORDER_MEDIUM);
    book->head_right = format_of(book, NULL, true);
    format_set_text_wrap(book->head_right);
    format_set_align(book->head_right, LXW_ALIGN_RIGHT);
    format_set_align(book->head_right, LXW_ALIGN_VERTICAL_BOTTOM);
    format_set_bottom(book->head_right, LXW_BORDER_MEDIUM);
    book->share = format_of(book, "0%", false);
    book->general = format_of(book, "General", false);
    book->whole = format_of(book, "#,##0", false);
    format_set_align(book->whole, LXW_ALIGN_LEFT);
    book->open = format_of(book, NULL, false);
    format_set_bg_color(book->open, 0xFFF4C2);
    format_set_unlocked(book->open);
    book->link = format_of(book, NULL, false);
    format_set_font_color(book->link, 0x005EB8);
    format_set_underline(book->link, LXW_UNDERLINE_SINGLE);
    for (int style = 0; style < BOOK_STYLES; style++) {
        for (int places = 0; places < BOOK_PLACES; places++)
            book->number[style][places] = number_format(book, style, places);
    }
}

/* What a header or footer would read as its own: an & is written twice. */
static void header_text(const char *text, char *safe, size_t size)
{
    size_t length = 0;

    for (; *text != '\0' && length + 8 < size; text++) {
        if (*text == '&')
            safe[length++] = '&';
        safe[length++] = *text;
    }
    safe[length] = '\0';
}

static void set_paper(struct book *book, lxw_worksheet *page)
{
    const char *hash = hr_result_text(book->result, "content_hash");
    char shown[120], title[120], text[240];

    header_text(
        text_visible(hr_result_text(book->result, "title"), shown, sizeof(shown)),
        title, sizeof(title));
    snprintf(text, sizeof(text), "&L%s&R&A", title);
    note_failure(book, worksheet_set_header(page, text));
    snprintf(text, sizeof(text), "&Lcontent %.16s&R&P of &N", hash == NULL ? "" : hash);
    note_failure(book, worksheet_set_footer(page, text));
    worksheet_set_landscape(page);
    worksheet_set_paper(page, 9); /* A4 */
    worksheet_fit_to_pages(page, 1, 0);
    worksheet_repeat_rows(page, BOOK_HEAD, BOOK_HEAD);
    worksheet_gridlines(page, LXW_HIDE_ALL_GRIDLINES);
}

struct sheet book_sheet(struct book *book, const struct book_page *page)
{
    struct sheet sheet = {.book = book,
                          .page = workbook_add_worksheet(book->workbook, page->name),
                          .row = TITLE_ROW,
                          .columns = page->columns};

    set_paper(book, sheet.page);
    worksheet_set_row(sheet.page, TITLE_ROW, 20, NULL);
    sheet_formatted(&sheet, page->title, book->title);
    sheet.row = NOTE_ROW;
    sheet.column = 0;
    sheet_formatted(&sheet, page->note, book->note);
    sheet.row = BOOK_HEAD;
    sheet.column = 0;
    for (size_t c = 0; c < page->columns; c++) {
        const lxw_col_t at = (lxw_col_t)c;

        worksheet_set_column(sheet.page, at, at, page->column[c].width, NULL);
        sheet_formatted(&sheet, page->column[c].head,
                        page->column[c].text ? book->head : book->head_right);
    }
    worksheet_set_row(sheet.page, BOOK_HEAD, HEAD_HEIGHT, NULL);
    worksheet_freeze_panes(sheet.page, BOOK_HEAD + 1, page->fixed);
    sheet_next_row(&sheet);
    return sheet;
}

/* As much of a text as a cell holds; what turns the direction of writing or controls a
 * terminal is shown, lines end where they did. */
static void cell_text(const char *text, char cell[MOST_TEXT + 1])
{
    size_t length = 0, bytes;

    for (; *text != '\0' && length + LONGEST_SHOWN < MOST_TEXT; text += bytes) {
        uint32_t code = 0;

        bytes = text_character(text);
        bytes += bytes == 0;
        if (strchr("\n\t", *text) == NULL)
            code = text_invisible(text, bytes);
        if (code == 0)
            memcpy(cell + length, text, bytes);
        length += code == 0 ? bytes
                            : (size_t)snprintf(cell + length, LONGEST_SHOWN,
                                               "\\u%04" PRIx32, code);
    }
    cell[length] = '\0';
}

void sheet_formatted(struct sheet *sheet, const char *text, lxw_format *format)
{
    char cell[MOST_TEXT + 1];

    cell_text(text == NULL ? "" : text, cell);
    note_failure(sheet->book, worksheet_write_string(sheet->page, sheet->row,
                                                     sheet->column++, cell, format));
}

void sheet_text(struct sheet *sheet, const char *text)
{
    sheet_formatted(sheet, text, sheet->book->text);
}

void sheet_number(struct sheet *sheet, double number, const struct book_unit *unit)
{
    const int most = BOOK_PLACES - 1;
    const int places = unit->decimals < 0      ? 0
                       : unit->decimals > most ? most
                                               : unit->decimals;
    lxw_format *format = unit->decimals == BOOK_UNSURE
                             ? sheet->book->general
                             : sheet->book->number[style_of(unit)][places];

    if (!isnan(number))
        note_failure(sheet->book,
                     worksheet_write_number(sheet->page, sheet->row, sheet->column,
                                            number / unit->scale, format));
    sheet->column++;
}

void sheet_share(struct sheet *sheet, double share)
{
    if (!isnan(share))
        note_failure(sheet->book,
                     worksheet_write_number(sheet->page, sheet->row, sheet->column,
                                            share, sheet->book->share));
    sheet->column++;
}

void sheet_next_row(struct sheet *sheet)
{
    sheet->row++;
    sheet->column = 0;
}

void sheet_count(struct sheet *sheet, const char *fact, double number)
{
    sheet_formatted(sheet, fact, sheet->book->bold);
    (void)worksheet_write_number(sheet->page, sheet->row, 1, number,
                                 sheet->book->whole);
    sheet_next_row(sheet);
}

void sheet_filter(const struct sheet *sheet)
{
    if (sheet->row > BOOK_HEAD + 1)
        note_failure(sheet->book,
                     worksheet_autofilter(sheet->page, BOOK_HEAD, 0, sheet->row - 1,
                                          (lxw_col_t)(sheet->columns - 1)));
}

struct book_unit book_unit_of(const struct hr_metric *metric, double error, bool sign)
{
    return (struct book_unit){metric->scale, metric->money, sign,
                              figure_decimals(error / metric->scale, metric->decimals),
                              '\0'};
}

char book_mark_of_mean(const struct hr_answer_interval *of_mean)
{
    return hr_answer_is_heavy(of_mean) ? '*' : '\0';
}

const char *book_unit_words(const struct hr_metric *metric, char text[96])
{
    const char *rest = strncmp(metric->unit, "GBP", 3) == 0 ? metric->unit + 3 : NULL;

    if (metric->money && rest != NULL)
        snprintf(text, 96, "£%s%s%s", metric->suffix, rest,
                 metric->discounted ? ", present value" : "");
    else
        snprintf(text, 96, "%s%s%s",
                 strcmp(metric->suffix, "k") == 0 ? "thousand " : metric->suffix,
                 *metric->suffix == '%' ? " of " : "",
                 strcmp(metric->unit, "sites") == 0 ? "practices" : metric->unit);
    return text;
}

enum hr_status book_values(const struct book *book, const char *path,
                           struct hr_result_values *values, struct hr_error *error)
{
    struct hr_error why = {0};
    const enum hr_status status = hr_result_values(book->result, path, values, &why);

    if (status == HR_BAD_INPUT)
        *values = (struct hr_result_values){0};
    if (status == HR_OK || status == HR_BAD_INPUT)
        return HR_OK;
    *error = why;
    return status;
}
