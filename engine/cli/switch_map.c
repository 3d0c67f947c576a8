#include "switch_map.h"

#include "wrapping.h"

#include <string.h>

enum { LABEL = 10, CELL = 7 };

/* The last is of all forms after the others. */
static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ*";

static char letter_of(double form)
{
    const size_t place = (size_t)form, last = sizeof(letters) - 2;

    return letters[place < last ? place : last];
}

static void print_legend(const struct decision_run *run, const double *best,
                         size_t cells)
{
    size_t forms;
    const char *const *form = decision_labels(run, "form", &forms);

    for (size_t f = 0; f < forms; f++) {
        size_t count = 0;

        for (size_t c = 0; c < cells; c++)
            count += best[c] == (double)f;
        if (count > 0)
            printf("%c  %s, in %zu of %zu cells\n", letter_of((double)f), form[f],
                   count, cells);
    }
    puts("?  not told from the next");
}

/* As many columns as a screen holds. */
static void print_map(const struct decision_run *run)
{
    size_t rows = 0, columns = 0, shown;
    const char *const *down = decision_labels(run, "down", &rows);
    const char *const *across = decision_labels(run, "across", &columns);
    const double *best = decision_values(run, "best"),
                 *sure = decision_values(run, "sure");
    char line[512], count[FIGURE_SIZE];

    shown = (DECISION_WIDTH - LABEL) / CELL;
    shown = columns < shown ? columns : shown;
    snprintf(line, sizeof(line), "down %.160s, across %.160s",
             hr_result_text(run->analysis, "down_key"),
             hr_result_text(run->analysis, "across_key"));
    putchar('\n');
    print_wrapped(line, DECISION_WIDTH);
    print_trials_used(run);
    if (decision_attribute(run, "trials_run") > 0.0)
        printf("each cell of %s trials run on the same futures\n",
               figure_whole(decision_attribute(run, "trials_run"), count));
    printf("%*s", LABEL, "");
    for (size_t j = 0; j < shown; j++)
        printf("%*.*s", CELL, CELL - 1, across[j]);
    putchar('\n');
    for (size_t i = 0; i < rows; i++) {
        printf("%*.*s", LABEL, LABEL - 1, down[i]);
        for (size_t j = 0; j < shown; j++)
            printf("%*s%c%s", CELL - 1 - (j > 0 && sure[i * columns + j - 1] <= 0.0),
                   "", letter_of(best[i * columns + j]),
                   sure[i * columns + j] > 0.0 ? "" : "?");
        putchar('\n');
    }
    if (shown < columns)
        printf("and %zu columns more: --json or -o has them\n", columns - shown);
    print_legend(run, best, rows * columns);
}

static enum hr_status ask(struct decision_run *run, const struct hr_again *again,
                          void *context, struct hr_error *error)
{
    const size_t *grid = context;
    const struct hr_map_options options = {.grid = {grid[0], grid[1]}, .again = *again};

    return hr_map(run->result[0], &run->options->question, &options, &run->analysis,
                  error);
}

enum hr_status switch_map(struct decision_run *run, size_t grid[2],
                          const struct hr_again *again, struct hr_error *error)
{
    const enum hr_status status =
        again != NULL ? decision_ask_again(run, again->trials, ask, grid, error)
                      : ask(run, &(struct hr_again){0}, grid, error);

    return status == HR_OK ? decision_print(run, print_map, error) : status;
}
