#include "show_head.h"

#include "command.h"
#include "figure.h"
#include "text.h"
#include "wrapping.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE = 1024, FEW_CHANGES = 3 };

int show_strong(const char *text, int width)
{
    const bool bold = isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL;

    if (strlen(text) > (size_t)width)
        return print_wrapped(text, width);
    printf(bold ? "\033[1m%s\033[0m\n" : "%s\n", text);
    return 1;
}

static size_t count_changes(const char *changes)
{
    size_t count = 0;

    while (changes != NULL && *changes != '\0') {
        const size_t length = strcspn(changes, "\n");

        changes += length + (changes[length] != '\0');
        count++;
    }
    return count;
}

int show_changes(const char *changes, bool all, int width)
{
    const size_t count = count_changes(changes);
    char change[LINE], words[LINE], line[LINE + 16];
    int lines = 0;

    for (size_t c = 0; c < count && (all || c < FEW_CHANGES); c++) {
        const size_t length = strcspn(changes, "\n");

        snprintf(change, sizeof(change), "%.*s", (int)length, changes);
        snprintf(line, sizeof(line), "changed: %s",
                 text_visible(change, words, sizeof(words)));
        lines += print_wrapped(line, width);
        changes += length + (changes[length] != '\0');
    }
    if (all || count <= FEW_CHANGES)
        return lines;
    snprintf(line, sizeof(line), "and %zu more changed: --full lists them",
             count - FEW_CHANGES);
    return lines + print_wrapped(line, width);
}

static int print_patch(const struct hr_result *result, const struct hr_answer *answer,
                       int width)
{
    char people[FIGURE_SIZE], trials[FIGURE_SIZE], line[LINE];
    const char *base = hr_result_text(result, "price_base");

    snprintf(line, sizeof(line),
             "%zu practice%s, %s people, %d year%s; %s future%s; real GBP of %s",
             answer->sites, plural((double)answer->sites),
             figure_whole(answer->people, people), answer->years, plural(answer->years),
             figure_whole((double)answer->trials, trials),
             plural((double)answer->trials), base == NULL ? "the price base" : base);
    return print_wrapped(line, width);
}

int show_head(struct hr_result *result, const struct hr_answer *answer,
              const struct show_choice *choice, int width)
{
    const bool whole = choice->metric == NULL && choice->form == NULL;
    const char *title = hr_result_text(result, "title");
    char words[LINE];
    int lines = 1;

    lines += show_strong(text_visible(title == NULL ? "" : title, words, sizeof(words)),
                         width);
    lines += print_patch(result, answer, width);
    lines +=
        show_changes(hr_result_text(result, "/inputs/changes"), choice->full, width);
    putchar('\n');
    for (int s = 0; whole && s < HR_SENTENCES; s++) {
        if (answer->sentence[s] != NULL)
            lines += print_wrapped(answer->sentence[s], width);
    }
    if (whole)
        putchar('\n');
    return lines + whole;
}
