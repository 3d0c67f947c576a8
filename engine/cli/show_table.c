#include "show_table.h"

#include "calibration_note.h"
#include "command.h"
#include "decision_options.h"
#include "figure.h"
#include "show_decision.h"
#include "show_figure.h"
#include "show_head.h"
#include "text.h"
#include "wrapping.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What stands first, where the reader asks for nothing else. */
static const char *const headlines[] = {
    "economic_net_position", "economic_net_position_narrow",
    "public_cost",           "todays_gps",
    "unmet_appointments",    "sites_caretaker",
};

enum { HEADLINES = sizeof(headlines) / sizeof(*headlines) };

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

enum {
    NAMES = 24,
    VERDICTS_WIDTH = 13,
    INDENT = 4,
    LEVELS_WIDTH = 23,
    MARK = 1,
    WIDEST_FIGURE = 8
};

/* Lines of an answer that is not asked for in full, and what its foot may take. */
enum { MOST_LINES = 45, FOOT = 8, FOOT_WHERE_NARROW = 11 };

/* How a table is laid out. */
struct layout {
    int width, names;
    bool shown[COLUMNS];
    struct show_marks *marks; /* those that were printed */
};

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
    struct layout layout = {.width = show_width(), .names = NAMES, .marks = marks};
    int left = layout.width - VERDICTS_WIDTH - columns[MEAN].width - MARK;

    layout.names = left < NAMES ? left : NAMES;
    left += columns[MEAN].width + MARK - layout.names;
    for (int c = 0; c < COLUMNS; c++) {
        const bool known = is_known(answer, (enum column)c);

        left -= known ? columns[c].width : 0;
        layout.shown[c] = left >= 0 && known;
    }
    return layout;
}

static void print_heads(const struct hr_answer *answer, const struct layout *layout)
{
    const int names = layout->names + VERDICTS_WIDTH;
    char title[128];

    snprintf(title, sizeof(title), "Difference from %s",
             answer->label[answer->reference]);
    printf("%-*.*s", names, names, title);
    for (int i = 0; i < COLUMNS; i++) {
        if (layout->shown[order[i]])
            printf("%*s", columns[order[i]].width, columns[order[i]].head);
    }
    printf("\n%-*s", names, "");
    for (int i = 0; i < COLUMNS; i++) {
        if (layout->shown[order[i]])
            printf("%*s", columns[order[i]].width, columns[order[i]].second);
    }
    putchar('\n');
}

static const char *column_text(const struct hr_answer_cell *cell, enum column column,
                               const struct hr_metric *metric, struct show_marks *marks,
                               char *text)
{
    /* as fine as the mean, so that a row reads alike */
    const double quantile_error = cell->difference_se;

    switch (column) {
    case MEAN:
        return show_figure(cell->difference, cell->difference_se, metric, true, text);
    case ERROR:
        return show_figure(cell->difference_se, cell->difference_se, metric, false,
                           text);
    case LOW:
        return show_figure(cell->q05, quantile_error, metric, true, text);
    case MIDDLE:
        return show_figure(cell->q50, quantile_error, metric, true, text);
    case HIGH:
        return show_figure(cell->q95, quantile_error, metric, true, text);
    case BETTER:
        return show_mark_better(marks, metric, cell->better, text);
    case NEUTRAL_ALL:
        return show_figure(cell->neutral_all, cell->difference_se, metric, true, text);
    default:
        return show_figure(cell->neutral, cell->neutral_se, metric, true, text);
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
               column_text(cell, order[i], metric, layout->marks, text));
        mark = mark_of(cell, order[i], layout->marks);
    }
    puts(mark);
}

static void print_row(const struct hr_answer *answer, size_t metric, size_t form,
                      const struct layout *layout)
{
    const struct hr_answer_cell *cell = hr_answer_at(answer, metric, form);
    const char *words = *cell->mark != '\0' ? cell->mark : cell->verdict;

    printf("%*s%-*.*s", INDENT, "", layout->names - INDENT, layout->names - INDENT - 1,
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

static void print_metric(const struct hr_answer *answer, size_t metric,
                         const struct show_choice *choice, const struct layout *layout)
{
    char unit[64], title[192];

    if (!moves(answer, metric, choice))
        return;
    show_unit(&answer->metric[metric], unit, sizeof(unit));
    snprintf(title, sizeof(title), "%s, %s", answer->metric[metric].label, unit);
    (void)show_strong(title, layout->width);
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

/* Each form's own level, one a line. */
static void print_level(const struct hr_answer *answer, size_t m,
                        const struct show_choice *choice, const struct layout *layout)
{
    const struct hr_metric *metric = &answer->metric[m];
    const int room = layout->width - LEVELS_WIDTH - INDENT;
    const int names = room < NAMES - INDENT ? room : NAMES - INDENT;
    char mean[FIGURE_SIZE], error[FIGURE_SIZE], unit[64], title[192];

    show_unit(metric, unit, sizeof(unit));
    snprintf(title, sizeof(title), "%s, %s", metric->label, unit);
    (void)print_wrapped(title, layout->width);
    for (size_t f = 0; f < answer->forms; f++) {
        const struct hr_answer_cell *cell = hr_answer_at(answer, m, f);

        if (choice->form == NULL || strcmp(answer->form[f], choice->form) == 0)
            printf("%*s%-*.*s %12s%-1s%9s\n", INDENT, "", names, names - 1,
                   answer->label[f],
                   show_figure(cell->mean, cell->se, metric, false, mean),
                   show_mark_mean(layout->marks, &cell->of_mean),
                   show_figure(cell->se, cell->se, metric, false, error));
    }
}

static void print_asked(const struct hr_answer *answer,
                        const struct show_choice *choice, const struct layout *layout)
{
    for (size_t m = 0; m < answer->metrics; m++) {
        if (choice->full || text_is_listed(answer->metric[m].name, choice->metric))
            print_metric(answer, m, choice, layout);
    }
}

/* Places of the headlines that have something to say. */
static size_t find_headlines(const struct hr_answer *answer,
                             const struct show_choice *choice,
                             const struct layout *layout, size_t place[HEADLINES])
{
    size_t count = 0;

    for (size_t i = 0; i < HEADLINES; i++) {
        if (!is_said_beside(layout, headlines[i]) &&
            hr_answer_find(answer, headlines[i], &place[count]) &&
            (answer->forms == 1 || moves(answer, place[count], choice)))
            count++;
    }
    return count;
}

/* Those there is no room for, by name. */
static void print_left(const struct hr_answer *answer, const size_t *place,
                       size_t count, int width)
{
    char line[512];
    int length = snprintf(line, sizeof(line), "and by");

    for (size_t i = 0; i < count; i++)
        length += snprintf(line + length, sizeof(line) - (size_t)length, "%s %s",
                           i > 0 ? "," : "", answer->metric[place[i]].name);
    snprintf(line + length, sizeof(line) - (size_t)length,
             ": --metric NAME, or --full for all");
    if (count > 0)
        (void)print_wrapped(line, width);
}

/* As many as there is room for; the first in any case. */
static void print_headlines(const struct hr_answer *answer,
                            const struct show_choice *choice,
                            const struct layout *layout, int room)
{
    size_t place[HEADLINES];
    const size_t count = find_headlines(answer, choice, layout, place);
    const int rows =
        choice->form != NULL || answer->forms == 1 ? 2 : (int)answer->forms;
    size_t i = 0;

    for (; i < count && (i == 0 || room >= rows); i++) {
        if (answer->forms == 1)
            print_level(answer, place[i], choice, layout);
        else
            print_metric(answer, place[i], choice, layout);
        room -= rows;
    }
    print_left(answer, place + i, count - i, layout->width);
}

static void print_levels(const struct hr_answer *answer,
                         const struct show_choice *choice, const struct layout *layout)
{
    for (size_t m = 0; m < answer->metrics; m++) {
        if (choice->metric == NULL ||
            text_is_listed(answer->metric[m].name, choice->metric))
            print_level(answer, m, choice, layout);
    }
}

static void print_tables(const struct hr_answer *answer,
                         const struct show_choice *choice, const struct layout *layout,
                         int room)
{
    const bool asked = choice->full || choice->metric != NULL;

    if (answer->forms > 1)
        print_heads(answer, layout);
    if (answer->forms > 1 && asked)
        print_asked(answer, choice, layout);
    if (answer->forms == 1 || asked)
        (void)show_strong("Each form by itself: mean and its Monte Carlo error",
                          layout->width);
    if (asked)
        print_levels(answer, choice, layout);
    else
        print_headlines(answer, choice, layout, room);
}

void show_answer(struct hr_result *result, const struct hr_answer *answer,
                 const struct show_choice *choice, const char *path)
{
    struct show_marks marks = {0};
    const struct layout layout = lay_out(answer, &marks);
    const int foot = layout.width < SHOW_WIDEST ? FOOT_WHERE_NARROW : FOOT;
    const int above = show_head(result, answer, choice, layout.width);

    print_tables(answer, choice, &layout, MOST_LINES - above - 2 - foot);
    if (choice->full)
        show_decision(result, answer, layout.width);
    calibration_note_print(result);
    show_chosen(result, choice->full, layout.width);
    show_foot(answer, choice,
              &(struct show_foot){layout.width, any_neutral(answer), &marks, path});
}
