#include "decision_options.h"

#include <math.h>
#include <string.h>

enum { NAME = 30, USUAL_TOP = 8 };

static error_t parse(int key, char *argument, struct argp_state *state)
{
    (void)argument;
    if (key != ARGP_KEY_INIT)
        return ARGP_ERR_UNKNOWN;
    state->child_inputs[0] = state->child_inputs[1] = state->input;
    return 0;
}

/* "0.0674 (0.067 to 0.068)", "at least" or "at most" where the interval is open. */
static const char *root_text(double root, double low, double high,
                             char text[3 * FIGURE_SIZE])
{
    char at[FIGURE_SIZE], from[FIGURE_SIZE], to[FIGURE_SIZE];

    plain_number(root, at);
    plain_number(low, from);
    plain_number(high, to);
    if (isnan(low) && isnan(high))
        snprintf(text, 3 * FIGURE_SIZE, "%s (anywhere)", at);
    else if (isnan(low))
        snprintf(text, 3 * FIGURE_SIZE, "%s (at most %s)", at, to);
    else if (isnan(high))
        snprintf(text, 3 * FIGURE_SIZE, "%s (at least %s)", at, from);
    else
        snprintf(text, 3 * FIGURE_SIZE, "%.40s (%.40s to %.40s)", at, from, to);
    return text;
}

static void print_root(const struct decision_run *run, size_t r, const char *draw)
{
    char name[NAME], text[3 * FIGURE_SIZE], odds[FIGURE_SIZE], central[FIGURE_SIZE];

    printf("%-*s%10s  %-30s%8s\n", NAME, cut_name(draw, NAME, name),
           plain_number(decision_values(run, "root_central")[r], central),
           root_text(decision_values(run, "root")[r],
                     decision_values(run, "root_low")[r],
                     decision_values(run, "root_high")[r], text),
           percent(decision_values(run, "root_beyond")[r], odds));
}

/* Roots of a pair, nearest first; how many there are. */
static size_t print_roots(const struct decision_run *run, const char *pair)
{
    size_t roots, words, found = 0;
    const char *const *of = decision_labels(run, "root_pair", &roots);
    const char *const *draw = decision_labels(run, "root_draw", &words);
    const size_t top = run->options->verbose   ? SIZE_MAX
                       : run->options->top > 0 ? run->options->top
                                               : USUAL_TOP;

    for (size_t r = 0; of != NULL && draw != NULL && r < roots; r++) {
        if (strcmp(of[r], pair) != 0)
            continue;
        if (found == 0)
            printf("%-*s%10s  %-30s%8s\n", NAME, "", "middle", "switches at", "beyond");
        if (found++ < top)
            print_root(run, r, draw[r]);
    }
    if (found > top)
        printf("and %zu more, further from the middle of their draw\n", found - top);
    return found;
}

static void print_pairs(const struct decision_run *run)
{
    size_t pairs, draws;
    const char *const *pair = decision_labels(run, "pair", &pairs);
    struct hr_metric metric;
    const struct figure_unit unit = analysis_unit(run, &metric);
    char words[FIGURE_SIZE], range[3 * FIGURE_SIZE], line[512];

    (void)decision_labels(run, "draw", &draws);
    print_trials_used(run);
    for (size_t p = 0; p < pairs; p++) {
        const struct ranged ahead = {decision_values(run, "difference")[p],
                                     decision_values(run, "difference_low")[p],
                                     decision_values(run, "difference_high")[p]};

        snprintf(line, sizeof(line), "%.130s: %s %s%s", pair[p],
                 range_text(ahead, &unit, true, range), unit_words(&metric, words),
                 metric.better < 0 ? " (turned: more is better)" : "");
        putchar('\n');
        print_wrapped(line, DECISION_WIDTH);
        if (print_roots(run, pair[p]) == 0)
            printf("none of %zu draws turns it from 1 %% to 99 %% of its range\n",
                   draws);
    }
}

static enum hr_status find(struct decision_run *run, struct hr_error *error)
{
    if (decision_results(run, error) != HR_OK ||
        hr_switch(run->result[0], &run->options->question, &run->analysis, error) !=
            HR_OK)
        return error->status;
    return decision_print(run, print_pairs, error);
}

int switch_main(int argc, char **argv)
{
    const struct argp_child children[] = {
        {&decision_argp, 0, NULL, 0}, {&draws_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .children = children,
        .parser = parse,
        .args_doc = "RESULT",
        .doc = "Where an assumption turns the best form: the value at which the mean "
               "difference is zero, all else drawn, with its interval, and how often "
               "the assumption is beyond it. From the trials of the result alone, for "
               "what was drawn. The pairs are the best on average against each rival, "
               "or --pair.",
    };
    struct decision_options options = {.most_files = 1};
    struct decision_run run = {.command = argv[0], .options = &options};
    struct hr_error error = {0};

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    return decision_end(&run, find(&run, &error), &error);
}
