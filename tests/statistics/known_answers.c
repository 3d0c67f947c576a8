#include "test.h"

#include "known_answers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 512, CELLS = 12 };

/* Cut a line at its commas; those between quotes stay, the quotes go. */
static size_t cut(char *line, char *cell[CELLS])
{
    size_t cells = 0;
    char *at = line;

    line[strcspn(line, "\r\n")] = '\0';
    while (at != NULL && cells < CELLS) {
        const char *end = *at == '"' ? strchr(at + 1, '"') + 1 : at + strcspn(at, ",");
        char *next = *end == ',' ? at + (end - at) + 1 : NULL;

        if (next != NULL)
            next[-1] = '\0';
        if (*at == '"') {
            at++;
            at[strlen(at) - 1] = '\0';
        }
        cell[cells++] = at;
        at = next;
    }
    return cells;
}

static double number(const char *text)
{
    return *text == '\0' ? NAN : strtod(text, NULL);
}

static FILE *open_known(const char *name)
{
    char path[LINE];
    FILE *file;

    snprintf(path, sizeof(path), "%s/decisions/%s", TEST_DATA, name);
    file = fopen(path, "r");
    assert_non_null(file);
    return file;
}

static size_t find_cell(char *const cell[CELLS], size_t cells, const char *name)
{
    for (size_t i = 0; i < cells; i++) {
        if (strcmp(cell[i], name) == 0)
            return i;
    }
    fail_msg("no column %s", name);
    return 0;
}

void known_column(const char *name, double column[KNOWN_TRIALS])
{
    FILE *file = open_known("sample.csv");
    char line[LINE], *cell[CELLS];
    size_t which;

    assert_non_null(fgets(line, sizeof(line), file));
    which = find_cell(cell, cut(line, cell), name);
    for (size_t t = 0; t < KNOWN_TRIALS; t++) {
        assert_non_null(fgets(line, sizeof(line), file));
        assert_true(cut(line, cell) > which);
        column[t] = number(cell[which]);
    }
    fclose(file);
}

struct known_answer known_answer(const char *quantity, const char *argument)
{
    FILE *file = open_known("statistics.csv");
    char line[LINE], *cell[CELLS];

    while (fgets(line, sizeof(line), file) != NULL) {
        if (cut(line, cell) >= 6 && strcmp(cell[0], quantity) == 0 &&
            strcmp(cell[1], argument) == 0) {
            fclose(file);
            return (struct known_answer){number(cell[2]), number(cell[3]),
                                         number(cell[4]), number(cell[5])};
        }
    }
    fail_msg("no answer for %s, %s", quantity, argument);
    return (struct known_answer){0};
}

void assert_near(double got, double known, double relative)
{
    if (!(fabs(got - known) <= relative * fabs(known)))
        fail_msg("%.17g is not %.17g", got, known);
}

void assert_known(double got, double known)
{
    assert_near(got, known, 1e-9);
}
