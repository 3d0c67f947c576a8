#include "compare_table.h"

#include "order.h"
#include "show_head.h"
#include "text.h"
#include "wrapping.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 18, TEXT = 3 * FIGURE_SIZE };

/* A metric of the analysis. */
struct table {
    const struct decision_run *run;
    size_t m, forms;
    const char *const *form;
    const char *reference;
    struct hr_metric metric;
    struct figure_unit unit;
};

static double number(const struct table *table, const char *name, size_t form)
{
    return decision_values(table->run, name)[table->m * table->forms + form];
}

static double total(const struct table *table, const char *name)
{
    return decision_values(table->run, name)[table->m];
}

static const char *word(const struct table *table, const char *name)
{
    size_t count;
    const char *const *words = decision_labels(table->run, name, &count);

    return words != NULL ? words[table->m] : "";
}

static void print_form(const struct table *table, size_t f, bool alone)
{
    const struct ranged difference = {number(table, "difference", f),
                                      number(table, "difference_low", f),
                                      number(table, "difference_high", f)};
    char name[NAME], mean[FIGURE_SIZE], range[TEXT], regret[FIGURE_SIZE];
    char better[FIGURE_SIZE], best[FIGURE_SIZE];
    const double error = number(table, "mean_se", f);

    printf("%-*s", NAME, cut_name(table->form[f], NAME, name));
    if (number(table, "exists", f) == 0.0) {
        puts(" does not exist");
        return;
    }
    printf("%9s", figure_write(number(table, "mean", f), figure_to_error(error),
                               &table->unit, FIGURE_PLAIN, mean));
    printf("  %-27s", strcmp(table->form[f], table->reference) == 0
                          ? "reference"
                          : range_text(difference, &table->unit, true, range));
    printf("%7s", strcmp(table->form[f], table->reference) == 0
                      ? ""
                      : percent(number(table, "better", f), better));
    if (!alone)
        printf(
            "%7s%10s", percent(number(table, "p_best_future", f), best),
            isnan(number(table, "regret", f))
                ? "-"
                : figure_write(number(table, "regret", f),
                               figure_to_error(0.25 * (number(table, "regret_high", f) -
                                                       number(table, "regret_low", f))),
                               &table->unit, FIGURE_PLAIN, regret));
    putchar('\n');
}

/* The best mean first. */
static void print_forms(const struct table *table)
{
    const int turn = table->metric.better == HR_BETTER_LOWER ? -1 : 1;
    double *key = calloc(table->forms, sizeof(*key));
    size_t *place = calloc(table->forms, sizeof(*place));

    for (size_t f = 0; key != NULL && f < table->forms; f++)
        key[f] = turn * number(table, "mean", f);
    if (key != NULL && place != NULL) {
        order_falling(key, table->forms, place);
        for (size_t i = 0; i < table->forms; i++)
            print_form(table, place[i], table->metric.better == HR_BETTER_NEITHER);
    } else {
        *table->run->lost = true;
    }
    free(key);
    free(place);
}

static void print_head(const struct table *table)
{
    char unit[FIGURE_SIZE], count[FIGURE_SIZE], line[512], against[32];
    const bool neither = table->metric.better == HR_BETTER_NEITHER;

    snprintf(line, sizeof(line), "%s, %s, %s future%s in common%s", table->metric.label,
             unit_words(&table->metric, unit),
             figure_whole(total(table, "complete"), count),
             plural(total(table, "complete")),
             table->metric.better == HR_BETTER_LOWER ? "; less is better" : "");
    putchar('\n');
    print_wrapped(line, DECISION_WIDTH);
    snprintf(against, sizeof(against), "against %.15s", table->reference);
    printf("%-*s%9s  %-27s%7s%s\n", NAME, "", "mean", against,
           neither ? "more" : "better", neither ? "" : "   best    regret");
}

/* What the first sentence says of one metric is said of each here. */
static void print_resolution(const struct table *table, bool only)
{
    const char *minimax = word(table, "minimax_regret"),
               *leader = word(table, "leader");
    char line[512], text[FIGURE_SIZE];

    if (!only)
        print_wrapped(word(table, "sentences"), DECISION_WIDTH);
    if (*leader == '\0' || table->forms < 2)
        return;
    if (only) {
        snprintf(line, sizeof(line), "The ranking of the means is %s (%s sure).",
                 total(table, "resolved") > 0.0 ? "resolved" : "not resolved",
                 percent(total(table, "ranking_confidence"), text));
        print_wrapped(line, DECISION_WIDTH);
    }
    if (*minimax != '\0' && strcmp(minimax, leader) != 0) {
        snprintf(line, sizeof(line), "%s has the least largest regret in these trials.",
                 minimax);
        print_wrapped(line, DECISION_WIDTH);
    }
}

static void print_dominance(const struct table *table)
{
    static const char *const says[] = {
        "whether it is better at every level is not resolved",
        "it is better in every part of the range from the 2.5th to the 97.5th "
        "percentile "
        "(first order)",
        "all who dislike risk prefer it (second order)",
        "it is not better at every level"};
    const double *code = decision_values(table->run, "dominance");
    char line[512];

    for (size_t f = 0; f < table->forms; f++) {
        const double verdict = code[table->m * table->forms + f];

        if (isnan(verdict))
            continue;
        snprintf(line, sizeof(line), "%s over %s: %s.", word(table, "leader"),
                 table->form[f], says[(size_t)verdict]);
        print_wrapped(line, DECISION_WIDTH);
    }
}

static void print_pairing(const struct table *table)
{
    char line[512];

    for (size_t f = 0; f < table->forms; f++) {
        const double ratio = number(table, "variance_ratio", f);

        if (isnan(ratio))
            continue;
        snprintf(line, sizeof(line),
                 "%s against %s: the same futures cut the variance %.1f times; rank "
                 "correlation %.2f.",
                 table->form[f], table->reference, ratio,
                 number(table, "rank_correlation", f));
        print_wrapped(line, DECISION_WIDTH);
    }
}

static void print_flags(const struct table *table)
{
    static const struct {
        int flag;
        const char *says;
    } notes[] = {
        {1, "too few trials for an interval"},
        {2, "hardly a trial differs from the rest: such an interval is too short"},
        {4, "the variance may be infinite: lean on the median, not on this mean"},
        {32, "under 95 % of the trials exist on both sides: what is left is selected"},
    };
    int all = 0;

    for (size_t f = 0; f < table->forms; f++) {
        const double mean = number(table, "mean_flags", f);
        const double difference = number(table, "difference_flags", f);

        if (number(table, "exists", f) == 0.0)
            continue;
        all |= isnan(mean) ? 0 : (int)mean;
        all |= isnan(difference) ? 0 : (int)difference;
    }
    for (size_t i = 0; i < sizeof(notes) / sizeof(*notes); i++) {
        if (all & notes[i].flag)
            printf("note: %s\n", notes[i].says);
    }
}

static void print_metric(const struct table *table, bool only)
{
    print_head(table);
    print_forms(table);
    print_resolution(table, only);
    if (only)
        print_dominance(table);
    print_flags(table);
    if (table->run->options->verbose)
        print_pairing(table);
}

static void print_bearer(const struct decision_run *run, size_t at, const char *name)
{
    static const struct figure_unit millions = {1e6, false, "", 1};
    const double *mean = decision_values(run, "bearer_difference");
    const double *low = decision_values(run, "bearer_difference_low");
    const double *high = decision_values(run, "bearer_difference_high");
    const double *tail = decision_values(run, "bearer_tail");
    const double *worse = decision_values(run, "bearer_worse");
    const struct ranged range = {mean[at], low[at], high[at]};
    const struct ranged end = {tail[at], decision_values(run, "bearer_tail_low")[at],
                               decision_values(run, "bearer_tail_high")[at]};
    char text[TEXT], worst[TEXT], odds[FIGURE_SIZE];

    if (!isnan(mean[at]))
        printf("%-13.12s%-32s%-30s%5s\n", name,
               range_text(range, &millions, true, text),
               range_text(end, &millions, true, worst), percent(worse[at], odds));
}

/* Largest mover first. */
static void print_bearers(const struct decision_run *run, size_t form, const char *name)
{
    static const struct figure_unit millions = {1e6, false, "", 1};
    const double *mean = decision_values(run, "bearer_difference");
    size_t bearers, *place;
    const char *const *label = decision_labels(run, "bearer", &bearers);
    double *size, sum = 0.0;
    char text[FIGURE_SIZE];

    if (mean == NULL || label == NULL)
        return;
    size = calloc(bearers, sizeof(*size));
    place = calloc(bearers, sizeof(*place));
    for (size_t b = 0; size != NULL && b < bearers; b++) {
        size[b] = fabs(mean[form * bearers + b]);
        sum += isnan(size[b]) ? 0.0 : mean[form * bearers + b];
    }
    printf("\nwho bears %.24s against %.24s, GBP m\n%-13s%-32s%-27s%8s\n", name,
           hr_result_text(run->analysis, "reference"), "", "mean",
           "mean of the worst 1 in 20", "worse in");
    if (size != NULL && place != NULL) {
        order_falling(size, bearers, place);
        for (size_t i = 0; i < bearers; i++)
            print_bearer(run, form * bearers + place[i], label[place[i]]);
    } else {
        *run->lost = true;
    }
    printf("%-13s%s; what is not 0 comes from or goes to outside\n", "all together",
           figure_write(sum, figure_to_digits(3), &millions, FIGURE_SIGNED, text));
    free(size);
    free(place);
}

/* Who is spoken of: the first metric's leader, or who is next where that is the
 * reference. */
static size_t spoken_of(const struct table *table)
{
    const char *leader = word(table, "leader");
    size_t best = 0;
    bool found = false;

    for (size_t f = 0; f < table->forms; f++) {
        if (strcmp(table->form[f], table->reference) == 0)
            continue;
        if (strcmp(table->form[f], leader) == 0)
            return f;
        if (!found || number(table, "regret", f) < number(table, "regret", best))
            best = f;
        found = true;
    }
    return best;
}

/* "Other objectives: public A, gp B, patient not resolved." */
static void print_others(const struct decision_run *run)
{
    size_t views, words;
    const char *const *view = decision_labels(run, "objective", &views);
    const char *const *leader = decision_labels(run, "objective_leader", &words);
    const double *resolved = decision_values(run, "objective_resolved");
    char line[1024] = "Best on average by objective:";
    size_t length = strlen(line);

    for (size_t v = 0; v < views && length < sizeof(line); v++)
        length += (size_t)snprintf(
            line + length, sizeof(line) - length, "%s %s %.64s%s", v > 0 ? "," : "",
            view[v], *leader[v] != '\0' ? leader[v] : "not known",
            *leader[v] == '\0' || resolved[v] > 0.0 ? "" : " (not resolved)");
    if (views > 0)
        print_wrapped(line, DECISION_WIDTH);
}

void print_compared(const struct decision_run *run)
{
    struct table table = {.run = run,
                          .reference = hr_result_text(run->analysis, "reference")};
    size_t metrics;
    const char *const *metric = decision_labels(run, "metric", &metrics);

    table.form = decision_labels(run, "form", &table.forms);
    if (metrics == 1)
        print_others(run);
    for (table.m = 0; table.m < metrics; table.m++) {
        (void)hr_metric_find(metric[table.m], &table.metric);
        table.unit = column_unit(&table.metric);
        print_metric(&table, metrics == 1);
    }
    table.m = 0;
    if (table.forms < 2)
        return;
    for (size_t f = 0; f < table.forms; f++) {
        if (strcmp(table.form[f], table.reference) != 0 &&
            (run->options->verbose || f == spoken_of(&table)))
            print_bearers(run, f, table.form[f]);
    }
    if (!run->options->verbose && table.forms > 2)
        puts("under every form: --verbose; under one: --forms with it and the "
             "reference");
    print_sites(run, spoken_of(&table));
}

/* Which file is which, and what was changed in it. */
static void print_two(const struct decision_run *run)
{
    static const char *const place[] = {"first: ", "second:"};

    for (int i = 0; i < DECISION_FILES; i++) {
        char path[LONGEST_WORD];

        printf("%s %s\n", place[i],
               text_visible(run->options->path[i], path, sizeof(path)));
        (void)show_changes(hr_result_text(run->result[i], "/inputs/changes"),
                           run->options->verbose, DECISION_WIDTH);
    }
}

void print_results_compared(const struct decision_run *run)
{
    const double *a = decision_values(run, "mean_a"),
                 *b = decision_values(run, "mean_b");
    const double *difference = decision_values(run, "difference");
    const double *low = decision_values(run, "difference_low");
    const double *high = decision_values(run, "difference_high");
    const double *better = decision_values(run, "better");
    size_t forms;
    const char *const *form = decision_labels(run, "both", &forms);
    struct hr_metric metric;
    struct figure_unit unit;
    char name[NAME], text[TEXT], first[FIGURE_SIZE], second[FIGURE_SIZE],
        odds[FIGURE_SIZE];

    (void)hr_metric_find(hr_result_text(run->analysis, "metric"), &metric);
    unit = column_unit(&metric);
    putchar('\n');
    print_two(run);
    printf("\n%s, %s\n%-*s%10s%10s  %-30s%8s\n", metric.label,
           unit_words(&metric, text), NAME, "", "first", "second", "second less first",
           "better");
    for (size_t f = 0; f < forms; f++) {
        const struct ranged range = {difference[f], low[f], high[f]};

        printf("%-*s%10s%10s  ", NAME, cut_name(form[f], NAME, name),
               figure_write(a[f], figure_to_digits(5), &unit, FIGURE_PLAIN, first),
               figure_write(b[f], figure_to_digits(5), &unit, FIGURE_PLAIN, second));
        printf("%-30s%8s\n", range_text(range, &unit, true, text),
               percent(better[f], odds));
    }
    if (run->options->question.metrics == NULL &&
        run->options->question.objective == NULL)
        printf("by other eyes: --objective public, gp, patient or economic\n");
}
