#include "book.h"

#include <stdio.h>

static void write_fact(struct sheet *sheet, const char *fact, const char *value)
{
    sheet_text(sheet, fact);
    sheet_text(sheet, value);
    sheet_next_row(sheet);
}

static void write_log(struct sheet *sheet)
{
    static const char *const roles[] = {"commissioner", "analyst", "assurer",
                                        "approver"};

    for (size_t i = 0; i < 4; i++) {
        char path[64], role[64];
        const char *name;

        snprintf(path, sizeof(path), "/inputs/qa/%s", roles[i]);
        name = hr_result_text(sheet->book->result, path);
        snprintf(role, sizeof(role), "To sign: %s", roles[i]);
        sheet_text(sheet, role);
        sheet_formatted(sheet, name, sheet->book->open);
        sheet_next_row(sheet);
    }
}

/* A number, or text where a spreadsheet would round it. */
static void write_seed(struct sheet *sheet)
{
    uint64_t seed = 0;
    char text[32];

    (void)hr_result_integer(sheet->book->result, "seed", &seed);
    snprintf(text, sizeof(text), "%llu", (unsigned long long)seed);
    if (seed > UINT64_C(1) << 53)
        write_fact(sheet, "Seed", text);
    else
        sheet_count(sheet, "Seed", (double)seed);
}

void workbook_quality(struct book *book)
{
    static const struct book_column column[] = {{"Fact", 40, true},
                                                {"Value", 80, true}};
    static const char *const fact[][2] = {
        {"Content hash", "content_hash"},
        {"Engine", "engine_version"},
        {"Commit", "commit"},
        {"Format", "schema_version"},
        {"Begun", "started"},
        {"Finished", "finished"},
        {"Machine", "host"},
        {"Price base", "price_base"},
        {"Reference form", "reference"},
    };
    struct sheet sheet = book_sheet(
        book, &(struct book_page){"Quality", "Quality: where these numbers are from",
                                  "headroom verify RESULT runs a sample of them again",
                                  column, 2, 0});

    sheet_count(&sheet, "Futures", (double)book->answer->trials);
    write_seed(&sheet);
    for (size_t i = 0; i < sizeof(fact) / sizeof(*fact); i++)
        write_fact(&sheet, fact[i][0], hr_result_text(book->result, fact[i][1]));
    write_log(&sheet);
}
