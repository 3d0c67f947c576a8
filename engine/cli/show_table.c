#include "show_table.h"

#include "calibration_note.h"
#include "command.h"
#include "decision_options.h"
#include "figure.h"
#include "show_decision.h"
#include "show_foot.h"
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* What stands first, where the reader asks for nothing else. */
static const char *const headlines[] = {
    "economic_net_position", "economic_net_position_narrow",
    "public_cost",           "todays_gps",
    "unmet_appointments",    "sites_caretaker",
};

/* Columns of differences, those first to go on a narrow terminal last. */
enum column { MEAN, ERROR, BETTER, LOW, HIGH, NEUTRAL, NEUTRAL_ALL, MIDDLE, COLUMNS };

static const struct {
    const char *head, *second;
    int width;
} columns[COLUMNS] = {
    [MEAN] = {"Mean", "", 9},
    [ERROR] = {"+-MC", "", 8},
    [BETTER] = {"Better", "of 100", 8},
    [LOW] = {"1 in 20", "below", 9},
    [HIGH] = {"1 in 20", "above", 9},
    [MIDDLE] = {"Middle", "", 9},
    [NEUTRAL] = {"Neutral", "forms", 9},
    [NEUTRAL_ALL] = {"Neutral", "all", 9},
};

/* The order in which they stand. */
static const enum column order[COLUMNS] = {MEAN, ERROR,  LOW,     MIDDLE,
                                           HIGH, BETTER, NEUTRAL, NEUTRAL_ALL};

enum { NAMES = 24, VERDICTS_WIDTH = 13, INDENT = 4, LINE = 1024 };

/* How a table is laid out. */
struct layout {
    int width;
    bool shown[COLUMNS];
    bool bold;
    struct show_marks *marks; /* those that were printed */
};

int show_width(void)
{
    struct winsize size;
    int width = SHOW_WIDEST;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 &&
        size.ws_col < width)
        width = size.ws_col;
    return width < SHOW_NARROWEST ? SHOW_NARROWEST : width;
}

/* Whether a column has anything to show. */
static bool is_known(const struct hr_answer *answer, enum column column)
{
    for (size_t i = 0; i < answer->metrics * answer->forms; i++) {
        const struct hr_answer_cell *cell = &answer->cell[i];

        if (!isnan(column == NEUTRAL_ALL ? cell->neutral_all : cell->neutral))
            return true;
    }
    return column != NEUTRAL && column != NEUTRAL_ALL;
}

static bool any_neutral(const struct hr_answer *answer)
{
    return is_known(answer, NEUTRAL) || is_known(answer, NEUTRAL_ALL);
}

static struct layout lay_out(const struct hr_answer *answer, struct show_marks *marks)
{
    struct layout layout = {.width = show_width(),
                            .marks = marks,
                            .bold =
                                isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL};
    int left = layout.width - NAMES - VERDICTS_WIDTH;

    for (int c = 0; c < COLUMNS; c++) {
        const bool known = is_known(answer, (enum column)c);

        left -= known ? columns[c].width : 0;
        layout.shown[c] = left >= 0 && known;
    }
    return layout;
}

static void print_strong(const struct layout *layout, const char *text)
{
    printf(layout->bold ? "\033[1m%s\033[0m\n" : "%s\n", text);
}

/* What the run changed in its scenario, one a line. */
static void print_changes(const char *changes)
{
    char change[LINE], words[LINE];

    while (changes != NULL && *changes != '\0') {
        const size_t length = strcspn(changes, "\n");

        snprintf(change, sizeof(change), "%.*s", (int)length, changes);
        printf("changed: %s\n", text_visible(change, words, sizeof(words)));
        changes += length + (changes[length] != '\0');
    }
}

static void print_head(struct hr_result *result, const struct hr_answer *answer,
                       const struct layout *layout)
{
    char people[FIGURE_SIZE], trials[FIGURE_SIZE], line[LINE], words[LINE];
    const char *title = hr_result_text(result, "title");
    const char *base = hr_result_text(result, "price_base");

    print_strong(layout,
                 text_visible(title == NULL ? "" : title, words, sizeof(words)));
    snprintf(line, sizeof(line),
             "%zu practice%s, %s people, %d year%s; %s future%s; real GBP of %s",
             answer->sites, plural((double)answer->sites),
             figure_whole(answer->people, people), answer->years, plural(answer->years),
             figure_whole((double)answer->trials, trials),
             plural((double)answer->trials), base == NULL ? "the price base" : base);
    print_wrapped(line, layout->width);
    print_changes(hr_result_text(result, "/inputs/changes"));
    putchar('\n');
}

static void print_heads(const struct hr_answer *answer, const struct layout *layout)
{
    char title[128];

    snprintf(title, sizeof(title), "Difference from %s",
             answer->label[answer->reference]);
    printf("%-*.*s", NAMES + VERDICTS_WIDTH, NAMES + VERDICTS_WIDTH, title);
    for (int i = 0; i < COLUMNS; i++) {
        if (layout->shown[order[i]])
            printf("%*s", columns[order[i]].width, columns[order[i]].head);
    }
    printf("\n%-*s", NAMES + VERDICTS_WIDTH, "");
    for (int i = 0; i < COLUMNS; i++) {
        if (layout->shown[order[i]])
            printf("%*s", columns[order[i]].width, columns[order[i]].second);
    }
    putchar('\n');
}

/* A number of a table, in the metric's scale and without its unit, which heads the row.
 */
static const char *bare(double number, double error, const struct hr_metric *metric,
                        bool sign, char *text)
{
    const struct figure_unit unit = {metric->scale, false, "", metric->decimals};

    if (isnan(number))
        return strcpy(text, "-");
    return figure_write(number, error, 0, &unit, FIGURE_PLAIN, sign, text);
}

static const char *column_text(const struct hr_answer_cell *cell, enum column column,
                               const struct hr_metric *metric, char *text)
{
    /* as fine as the mean, so that a row reads alike */
    const double quantile_error = cell->difference_se;

    switch (column) {
    case MEAN:
        return bare(cell->difference, cell->difference_se, metric, true, text);
    case ERROR:
        return bare(cell->difference_se, cell->difference_se, metric, false, text);
    case LOW:
        return bare(cell->q05, quantile_error, metric, true, text);
    case MIDDLE:
        return bare(cell->q50, quantile_error, metric, true, text);
    case HIGH:
        return bare(cell->q95, quantile_error, metric, true, text);
    case BETTER:
        text[0] = '\0';
        if (!isnan(cell->better) && metric->better != 0)
            snprintf(text, FIGURE_SIZE, "%.0f", 100.0 * cell->better);
        return text;
    case NEUTRAL_ALL:
        return bare(cell->neutral_all, cell->difference_se, metric, true, text);
    default:
        return bare(cell->neutral, cell->neutral_se, metric, true, text);
    }
}

/* What stands after a number that is not to be leaned on. */
static const char *mark_of(const struct hr_answer_cell *cell, enum column column,
                           struct show_marks *marks)
{
    if (cell->equal == 1.0) /* nothing about it is uncertain */
        return "";
    switch (column) {
    case MEAN:
        return show_mark_mean(marks, &cell->of_difference);
    case LOW:
        return show_mark_quantile(marks, &cell->of_q05);
    case MIDDLE:
        return show_mark_quantile(marks, &cell->of_q50);
    case HIGH:
        return show_mark_quantile(marks, &cell->of_q95);
    default:
        return "";
    }
}

/* Marks hang in the space before the next column. */
static void print_columns(const struct hr_answer_cell *cell,
                          const struct hr_metric *metric, const struct layout *layout)
{
    const char *mark = "";
    char text[FIGURE_SIZE];

    for (int i = 0; i < COLUMNS; i++) {
        const int hanging = (int)strlen(mark);

        if (!layout->shown[order[i]])
            continue;
        printf("%s%*s", mark, columns[order[i]].width - hanging,
               column_text(cell, order[i], metric, text));
        mark = mark_of(cell, order[i], layout->marks);
    }
    puts(mark);
}

static void print_row(const struct hr_answer *answer, size_t metric, size_t form,
                      const struct layout *layout)
{
    const struct hr_answer_cell *cell = hr_answer_at(answer, metric, form);
    const char *words = *cell->mark != '\0' ? cell->mark : cell->verdict;

    printf("%*s%-*.*s", INDENT, "", NAMES - INDENT, NAMES - INDENT - 1,
           answer->label[form]);
    if (isnan(cell->difference)) {
        puts("does not exist");
        return;
    }
    printf("%*s%-2s", VERDICTS_WIDTH - 2, words, cell->turns ? "+" : "");
    print_columns(cell, &answer->metric[metric], layout);
}

static bool wanted(const struct hr_answer *answer, size_t form,
                   const struct show_choice *choice)
{
    return form != answer->reference &&
           (choice->form == NULL || strcmp(answer->form[form], choice->form) == 0);
}

/* A metric that is the same in all trials of all forms says nothing. */
static bool moves(const struct hr_answer *answer, size_t metric,
                  const struct show_choice *choice)
{
    for (size_t f = 0; f < answer->forms; f++) {
        const struct hr_answer_cell *cell = hr_answer_at(answer, metric, f);

        if (wanted(answer, f, choice) &&
            (isnan(cell->difference)
                 ? !isnan(cell->mean)
                 : cell->difference != 0.0 || cell->difference_se > 0.0))
            return true;
    }
    return choice->metric != NULL;
}

/* "GBP m a patient", "thousand", "%". */
static void print_unit(const struct hr_metric *metric, char *text, size_t size)
{
    const char *suffix = strcmp(metric->suffix, "k") == 0 && !metric->money
                             ? "thousand"
                             : metric->suffix;
    const char *per = strncmp(metric->unit, "GBP/", 4) == 0 ? metric->unit + 4 : "";

    if (metric->money)
        snprintf(text, size, "GBP%s%s%s%s", *suffix != '\0' ? " " : "", suffix,
                 *per != '\0' ? " a " : "", per);
    else
        snprintf(text, size, "%s", *suffix != '\0' ? suffix : metric->unit);
}

static void print_metric(const struct hr_answer *answer, size_t metric,
                         const struct show_choice *choice, const struct layout *layout)
{
    char unit[64], title[192];

    if (!moves(answer, metric, choice))
        return;
    print_unit(&answer->metric[metric], unit, sizeof(unit));
    snprintf(title, sizeof(title), "%s, %s", answer->metric[metric].label, unit);
    print_strong(layout, title);
    for (size_t f = 0; f < answer->forms; f++) {
        if (wanted(answer, f, choice))
            print_row(answer, metric, f, layout);
    }
}

/* With contracts and hospital effects neutral in a column of its own, a measure without
 * them has nothing to add. */
static bool is_said_beside(const struct layout *layout, const char *metric)
{
    return layout->shown[NEUTRAL_ALL] &&
           strcmp(metric, "economic_net_position_narrow") == 0;
}

static void print_differences(const struct hr_answer *answer,
                              const struct show_choice *choice,
                              const struct layout *layout)
{
    size_t metric;

    print_heads(answer, layout);
    if (choice->metric != NULL) {
        if (hr_answer_find(answer, choice->metric, &metric))
            print_metric(answer, metric, choice, layout);
        return;
    }
    for (size_t m = 0; choice->full && m < answer->metrics; m++)
        print_metric(answer, m, choice, layout);
    for (size_t i = 0; !choice->full && i < sizeof(headlines) / sizeof(*headlines);
         i++) {
        if (!is_said_beside(layout, headlines[i]) &&
            hr_answer_find(answer, headlines[i], &metric))
            print_metric(answer, metric, choice, layout);
    }
}

/* Each form's own level, one a line. */
static void print_levels(const struct hr_answer *answer,
                         const struct show_choice *choice, const struct layout *layout)
{
    char mean[FIGURE_SIZE], error[FIGURE_SIZE], unit[64];

    print_strong(layout, "\nEach form by itself: mean and its Monte Carlo error");
    for (size_t m = 0; m < answer->metrics; m++) {
        const struct hr_metric *metric = &answer->metric[m];

        if (choice->metric != NULL && strcmp(metric->name, choice->metric) != 0)
            continue;
        print_unit(metric, unit, sizeof(unit));
        printf("%s, %s\n", metric->label, unit);
        for (size_t f = 0; f < answer->forms; f++) {
            const struct hr_answer_cell *cell = hr_answer_at(answer, m, f);

            if (choice->form == NULL || strcmp(answer->form[f], choice->form) == 0)
                printf("%*s%-*.*s %12s%-1s%9s\n", INDENT, "", NAMES - INDENT,
                       NAMES - INDENT - 1, answer->label[f],
                       bare(cell->mean, cell->se, metric, false, mean),
                       show_mark_mean(layout->marks, &cell->of_mean),
                       bare(cell->se, cell->se, metric, false, error));
        }
    }
}

static void print_sentences(const struct hr_answer *answer, int width)
{
    for (int s = 0; s < HR_SENTENCES; s++) {
        if (answer->sentence[s] != NULL)
            print_wrapped(answer->sentence[s], width);
    }
    putchar('\n');
}

void show_answer(struct hr_result *result, const struct hr_answer *answer,
                 const struct show_choice *choice, const char *path)
{
    struct show_marks marks = {0};
    const struct layout layout = lay_out(answer, &marks);
    const bool whole = choice->metric == NULL && choice->form == NULL;

    print_head(result, answer, &layout);
    if (whole)
        print_sentences(answer, layout.width);
    if (answer->forms > 1)
        print_differences(answer, choice, &layout);
    if (choice->full || choice->metric != NULL || answer->forms == 1)
        print_levels(answer, choice, &layout);
    if (choice->full)
        show_decision(result, answer);
    calibration_note_print(result);
    show_chosen(result);
    show_foot(answer, choice,
              &(struct show_foot){layout.width, any_neutral(answer), &marks, path});
}
