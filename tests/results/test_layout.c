#include "test.h"

#include "layout.h"

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
        for (char *end = part + strlen(part); end > part && strchr(" *\n", end[-1]);)
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

static void is_laid_out(const char *path, enum layout_kind kind, const char *axes)
{
    const struct layout_row *row = layout_find(path, kind);

    if (row == NULL || strcmp(row->axes, axes) != 0)
        fail_msg("%s is documented along %s, and is checked along %s", path, axes,
                 row != NULL ? row->axes : "nothing");
}

/* Numbers have four cells, words three, texts two. */
static int check_row(char *line)
{
    char *cell[CELLS] = {NULL};
    char path[LINE];
    const int cells = cells_of(line, cell);

    example_of(cell[0], path);
    if (cells == 4)
        is_laid_out(path, LAYOUT_NUMBERS, cell[1]);
    else if (cells == 3)
        is_laid_out(path, LAYOUT_WORDS, cell[1]);
    else
        is_laid_out(path, LAYOUT_TEXT, "");
    return 1;
}

static void every_data_set_of_the_page_is_checked_along_its_axes(void **state)
{
    FILE *page = fopen(SOURCE_ROOT "/results/README.md", "r");
    int within = 0, rows = 0;
    char line[LINE];

    (void)state;
    assert_non_null(page);
    while (fgets(line, sizeof(line), page) != NULL) {
        if (line[0] == '#')
            within = strcmp(line, "## Data sets\n") == 0;
        else if (within && strncmp(line, "| `/", 4) == 0)
            rows += check_row(line);
    }
    fclose(page);
    assert_true(rows > 25);
}

static void a_name_of_any_stands_for_one_part_of_a_path(void **state)
{
    (void)state;
    assert_non_null(layout_find("/trials/vacancy", LAYOUT_NUMBERS));
    assert_null(layout_find("/trials/vacancy", LAYOUT_WORDS));
    assert_null(layout_find("/trials/a/b", LAYOUT_NUMBERS));
    assert_null(layout_find("/trialsx", LAYOUT_NUMBERS));
    assert_null(layout_find("/elsewhere/a", LAYOUT_NUMBERS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_data_set_of_the_page_is_checked_along_its_axes),
        cmocka_unit_test(a_name_of_any_stands_for_one_part_of_a_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
