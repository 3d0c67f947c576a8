#include "test.h"

#include "columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 1024, CELLS = 8 };

/* A row of a table of the page, cut at its bars; returns how many cells it has. */
static int cells_of(char *line, char *cell[CELLS])
{
    int count = 0;
    char *rest = NULL;

    for (char *part = strtok_r(line, "|", &rest); part != NULL && count < CELLS;
         part = strtok_r(NULL, "|", &rest)) {
        while (*part == ' ')
            part++;
        for (char *end = part + strlen(part); end > part && strchr(" \n", end[-1]);)
            *--end = '\0';
        cell[count++] = part;
    }
    return count - 1; /* what follows the last bar is no cell */
}

/* "`/sites/<site>_se`" into "/sites/x_se": any name will do. */
static void example_of(const char *cell, char *path)
{
    for (; *cell != '\0'; cell++) {
        if (*cell == '<') {
            *path++ = 'x';
            cell = strchr(cell, '>');
        } else if (*cell != '`') {
            *path++ = *cell;
        }
    }
    *path = '\0';
}

/* Which rows of the table a page has. */
struct seen {
    bool row[160], axis[24], attribute[96];
};

static void says(const char *path, const char *what, const char *table,
                 const char *page)
{
    if (table != NULL && strcmp(table, page) != 0)
        fail_msg("%s: the page has %s \"%s\" and the table \"%s\"", path, what, page,
                 table);
}

/* "* (1.1)" is since 1. */
static int since_of(const char *marks)
{
    const char *version = strstr(marks, "(1.");

    return version == NULL ? 0 : (int)strtol(version + 3, NULL, 10);
}

/* Numbers have four cells, words three, texts two; a star marks what may lack. */
static void check_row(char *cell[CELLS], int cells, struct seen *seen)
{
    static const enum data_kind kinds[] = {
        [2] = DATA_TEXT, [3] = DATA_WORDS, [4] = DATA_NUMBERS};
    char *name_end = strrchr(cell[0], '`');
    const bool optional = strchr(name_end, '*') != NULL;
    const struct data_row *row;
    char path[LINE];

    *name_end = '\0';
    example_of(cell[0], path);
    row = columns_find(path, kinds[cells]);
    if (cells > 2 && columns_find_along(path, kinds[cells], cell[1]) != NULL)
        row = columns_find_along(path, kinds[cells], cell[1]);
    if (row == NULL)
        fail_msg("%s is documented, and is not in the table", path);
    seen->row[row - columns_row(0)] = true;
    if (cells > 2)
        says(path, "axes", row->axes, cell[1]);
    if (cells == 4)
        says(path, "unit", row->unit, cell[2]);
    says(path, "meaning", row->meaning, cell[cells - 1]);
    assert_int_equal(since_of(name_end + 1), row->since);
    assert_int_equal(strstr(name_end + 1, "†") != NULL, columns_is_told(path));
    if (strstr(row->path, "/inputs/practices/") == NULL && /* of which some lack */
        optional != ((row->flags & DATA_OPTIONAL) != 0))
        fail_msg("%s: page and table disagree on whether it is always there", path);
}

static void check_axis(char *cell[CELLS], int cells, struct seen *seen)
{
    assert_int_equal(cells, 3);
    for (size_t i = 0; i < columns_axis_count(); i++) {
        const struct axis_row *axis = columns_axis(i);

        if (strstr(cell[0], axis->path) != cell[0] + 1 ||
            cell[0][1 + strlen(axis->path)] != '`')
            continue;
        seen->axis[i] = true;
        says(axis->path, "labels", axis->words ? "words" : "numbers", cell[1]);
        says(axis->path, "meaning", axis->meaning, cell[2]);
        return;
    }
    fail_msg("the axis %s is documented, and is not in the table", cell[0]);
}

struct named {
    const char *name;
    bool optional;
    int since;
};

static void check_attribute(const struct named *named, char *cell[CELLS],
                            struct seen *seen)
{
    static const char *const kinds[] = {"text", "number", "integer"};
    char path[LINE];

    snprintf(path, sizeof(path), "%s%s", *named->name == '/' ? "" : "/", named->name);
    for (size_t i = 0; i < columns_attribute_count(); i++) {
        const struct attribute_row *row = columns_attribute(i);

        if (strcmp(row->path, path) != 0)
            continue;
        seen->attribute[i] = true;
        says(path, "type", kinds[row->kind], cell[1]);
        says(path, "hash", columns_is_told(path) ? "provenance" : "", cell[2]);
        assert_int_equal(named->since, row->since);
        assert_int_equal(named->optional, (row->flags & DATA_OPTIONAL) != 0);
        return;
    }
    says(path, "hash", "no hash", cell[2]); /* a mark, the writer's own */
}

/* "`started`, `finished`" are two. */
static void check_attributes(char *cell[CELLS], int cells, struct seen *seen)
{
    struct named named = {.optional = strchr(cell[0], '*') != NULL,
                          .since = since_of(cell[0])};
    char *name = cell[0];

    assert_int_equal(cells, 4);
    while ((name = strchr(name, '`')) != NULL) {
        named.name = ++name;
        name[strcspn(name, "`")] = '\0';
        name += strlen(name) + 1;
        check_attribute(&named, cell, seen);
    }
}

static const struct {
    const char *heading;
    void (*check)(char *cell[CELLS], int cells, struct seen *seen);
} tables[] = {
    {"## Data sets\n", check_row},
    {"## Axes\n", check_axis},
    {"## Attributes\n", check_attributes},
};

/* Every row of the three tables of the page. */
static void check_page(struct seen *seen)
{
    FILE *page = fopen(SOURCE_ROOT "/results/README.md", "r");
    char line[LINE], heading[LINE] = "", *cell[CELLS];

    assert_non_null(page);
    while (fgets(line, sizeof(line), page) != NULL) {
        if (line[0] == '#')
            snprintf(heading, sizeof(heading), "%s", line);
        for (size_t i = 0; i < 3 && strncmp(line, "| `", 3) == 0; i++) {
            if (strcmp(heading, tables[i].heading) == 0)
                tables[i].check(cell, cells_of(line, cell), seen);
        }
    }
    fclose(page);
}

static void page_and_table_hold_the_same_rows(void **state)
{
    struct seen seen = {0};

    (void)state;
    check_page(&seen);
    for (size_t i = 0; i < columns_count(); i++) {
        if (!seen.row[i])
            fail_msg("%s is in the table, and is not documented", columns_row(i)->path);
    }
    for (size_t i = 0; i < columns_axis_count(); i++)
        assert_true(seen.axis[i]);
    for (size_t i = 0; i < columns_attribute_count(); i++) {
        if (!seen.attribute[i])
            fail_msg("%s is in the table, and is not documented",
                     columns_attribute(i)->path);
    }
}

static void a_name_of_any_stands_for_one_part_of_a_path(void **state)
{
    (void)state;
    assert_non_null(columns_find("/trials/vacancy", DATA_NUMBERS));
    assert_null(columns_find("/trials/vacancy", DATA_WORDS));
    assert_null(columns_find("/trials/a/b", DATA_NUMBERS));
    assert_null(columns_find("/trialsx", DATA_NUMBERS));
    assert_null(columns_find("/elsewhere/a", DATA_NUMBERS));
}

/* The section of the page of what nothing in a file says what it should be. */
static void is_named_as_unknowable(const char *section, const char *path)
{
    char named[LINE];

    snprintf(named, sizeof(named), "`%s`", path);
    if (columns_is_stated(path) != (strstr(section, named) != NULL))
        fail_msg("%s: page and table disagree on whether verify can know it", path);
}

static void the_page_names_all_that_verify_cannot_know(void **state)
{
    static char page[1 << 17];
    FILE *file = fopen(SOURCE_ROOT "/results/README.md", "r");
    const char *section;

    (void)state;
    assert_non_null(file);
    page[fread(page, 1, sizeof(page) - 1, file)] = '\0';
    fclose(file);
    section = strstr(page, "## What `verify` cannot know");
    assert_non_null(section);
    *strstr(section, "## Parts") = '\0';
    for (size_t r = 0; r < columns_count(); r++)
        is_named_as_unknowable(section, columns_row(r)->path);
    for (size_t i = 0; i < columns_attribute_count(); i++)
        is_named_as_unknowable(section, columns_attribute(i)->path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_names_all_that_verify_cannot_know),
        cmocka_unit_test(page_and_table_hold_the_same_rows),
        cmocka_unit_test(a_name_of_any_stands_for_one_part_of_a_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
