#include "headroom/export.h"

#include "book.h"
#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST_NAME = 4096 };

static void write_line(struct sheet *sheet, const char *fact, const char *value)
{
    sheet_formatted(sheet, fact, sheet->book->bold);
    sheet_text(sheet, value);
    sheet_next_row(sheet);
}

static void write_answers(struct sheet *sheet)
{
    static const char *const about[HR_SENTENCES] = {"The answer", "The risk",
                                                    "How sure"};

    for (int s = 0; s < HR_SENTENCES; s++) {
        const char *sentence = sheet->book->answer->page[s];

        if (sentence == NULL)
            continue;
        worksheet_set_row(sheet->page, sheet->row,
                          15 * (1 + (double)(strlen(sentence) / 110)), NULL);
        write_line(sheet, about[s], sentence);
    }
}

static void write_links(struct sheet *sheet, bool years)
{
    static const char *const names[] = {"Summary",     "Comparison", "Bearers",
                                        "Years",       "Paths",      "Practices",
                                        "Assumptions", "Quality"};

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        char link[64];

        if (strcmp(names[i], "Years") == 0 && !years)
            continue;
        snprintf(link, sizeof(link), "internal:%s!A1", names[i]);
        sheet_formatted(sheet, "Sheet", sheet->book->bold);
        (void)worksheet_write_url(sheet->page, sheet->row, 1, link, sheet->book->link);
        (void)worksheet_write_string(sheet->page, sheet->row, 1, names[i],
                                     sheet->book->link);
        sheet_next_row(sheet);
    }
}

/* Of a file of an earlier version. */
static void write_lacks(struct sheet *sheet, bool years)
{
    const struct hr_result *result = sheet->book->result;
    char lacks[1024] = "";
    size_t length = 0;
    const char *path;

    if (!years)
        length += (size_t)snprintf(lacks, sizeof(lacks), "cash by financial year");
    for (size_t i = 0; (path = hr_result_lacks(result, i)) != NULL; i++) {
        if (length < sizeof(lacks))
            length += (size_t)snprintf(lacks + length, sizeof(lacks) - length, "%s%s",
                                       length > 0 ? ", " : "", path);
    }
    if (length == 0)
        return;
    write_line(sheet, "Not in this file", lacks);
    write_line(sheet, "",
               "An earlier version wrote it: run its scenario again to have them");
}

static void write_cover(struct book *book, bool years)
{
    static const struct book_column column[] = {{"What", 22, true}, {"", 100, true}};
    const char *question = hr_result_text(book->result, "question");
    struct sheet sheet = book_sheet(
        book, &(struct book_page){"Cover", hr_result_text(book->result, "title"),
                                  question != NULL
                                      ? question
                                      : "How should these practices be organised?",
                                  column, 2, 0});

    write_answers(&sheet);
    sheet_count(&sheet, "Futures", (double)book->answer->trials);
    sheet_count(&sheet, "Practices", (double)book->answer->sites);
    sheet_count(&sheet, "People", book->answer->people);
    sheet_count(&sheet, "Years", book->answer->years);
    write_line(&sheet, "Money", hr_result_text(book->result, "price_base"));
    write_line(&sheet, "Content hash", hr_result_text(book->result, "content_hash"));
    write_line(&sheet, "Empty cells",
               "What does not exist, such as the income of partners where there is "
               "none; under Chance better, where neither way is better or the trials "
               "are not kept to count");
    write_lacks(&sheet, years);
    write_links(&sheet, years);
}

/* The run's end, so that the same result gives the same bytes. */
static void set_properties(struct book *book)
{
    const char *finished = hr_result_text(book->result, "finished");
    char shown[256], title[256];
    lxw_doc_properties properties = {.title = title, .company = "Headroom"};
    struct tm parts = {0};

    snprintf(title, sizeof(title), "%s",
             text_visible(hr_result_text(book->result, "title"), shown, sizeof(shown)));
    if (finished == NULL ||
        sscanf(finished, "%d-%d-%dT%d:%d:%d", &parts.tm_year, &parts.tm_mon,
               &parts.tm_mday, &parts.tm_hour, &parts.tm_min, &parts.tm_sec) != 6)
        parts = (struct tm){.tm_year = 2000, .tm_mon = 1, .tm_mday = 1};
    parts.tm_year -= 1900;
    parts.tm_mon -= 1;
    properties.created = timegm(&parts);
    (void)workbook_set_properties(book->workbook, &properties);
}

static enum hr_status write_sheets(struct book *book, struct hr_error *error)
{
    struct hr_result_values flows;

    if (book_values(book, "/flows_by_year/mean", &flows, error) != HR_OK)
        return error->status;
    book_start(book);
    set_properties(book);
    write_cover(book, flows.value != NULL);
    if (workbook_measures(book, error) != HR_OK ||
        workbook_series(book, error) != HR_OK || workbook_inputs(book, error) != HR_OK)
        return error->status;
    if (book->failed != LXW_NO_ERROR)
        return hr_fail(error, HR_FAILED, "%s: %s", book->path,
                       lxw_strerror(book->failed));
    return HR_OK;
}

static enum hr_status write_book(struct book *book, const char *place,
                                 struct hr_error *error)
{
    enum hr_status status;
    lxw_error closed;

    errno = 0;
    book->workbook = workbook_new(place);
    if (book->workbook == NULL)
        return hr_fail(error, HR_FAILED, "%s: no memory for a workbook", book->path);
    status = write_sheets(book, error);
    closed = workbook_close(book->workbook);
    if (status == HR_OK && closed != LXW_NO_ERROR)
        status = hr_fail(error, HR_FAILED, "%s: %s", book->path,
                         errno != 0 ? strerror(errno) : lxw_strerror(closed));
    return status;
}

/* Whether two files hold the same, as far as they can be read. */
static bool same_bytes(const char *one, const char *other)
{
    FILE *a = fopen(one, "rb"), *b = fopen(other, "rb");
    bool same = a != NULL && b != NULL;
    int byte = 0;

    while (same && byte != EOF) {
        byte = getc(a);
        same = byte == getc(b);
    }
    same = same && !ferror(a) && !ferror(b);
    if (a != NULL)
        (void)fclose(a);
    if (b != NULL)
        (void)fclose(b);
    return same;
}

/* The library may leave out what it finds no memory for and say that all is well: what
 * is written twice is the same where it did not. */
static enum hr_status write_twice(const struct book *book, const char *place,
                                  struct hr_error *error)
{
    struct book first = *book, second = *book;
    char again[LONGEST_NAME];
    enum hr_status status = write_book(&first, place, error);

    if (status != HR_OK)
        return status;
    if (snprintf(again, sizeof(again), "%s.again", place) >= (int)sizeof(again))
        return hr_fail(error, HR_BAD_INPUT, "the name of the workbook is too long");
    status = write_book(&second, again, error);
    if (status == HR_OK && !same_bytes(place, again))
        status = hr_fail(error, HR_FAILED, "%s: no memory for all of it", book->path);
    (void)unlink(again);
    return status;
}

enum hr_status hr_export_workbook(struct hr_result *result, const char *path,
                                  struct hr_error *error)
{
    struct hr_answer *answer = NULL;
    struct book book = {.result = result, .path = path};
    char beside[LONGEST_NAME];
    enum hr_status status = hr_answer_read(result, NULL, NULL, &answer, error);

    if (status != HR_OK)
        return status;
    book.answer = answer;
    if (snprintf(beside, sizeof(beside), "%s.partial", path) >= (int)sizeof(beside))
        status = hr_fail(error, HR_BAD_INPUT, "the name of the workbook is too long");
    else
        status = write_twice(&book, beside, error);
    if (status == HR_OK && rename(beside, path) != 0)
        status = hr_fail(error, HR_FAILED, "%s: %s", path, strerror(errno));
    if (status != HR_OK)
        (void)unlink(beside);
    hr_answer_free(answer);
    return status;
}
