#include "switch_map.h"
#include "switch_reverse.h"

#include "text.h"
#include "wrapping.h"

#include <math.h>
#include <string.h>

enum { NAME = 30, USUAL_TOP = 8 };

enum {
    OPTION_RUN = 0x3c0,
    OPTION_FROM,
    OPTION_TO,
    OPTION_TRIALS,
    OPTION_REVERSE,
    OPTION_OVER,
    OPTION_NO_RUN,
    OPTION_MAP,
    OPTION_GRID
};

static const struct argp_option switch_list[] = {
    {"run", OPTION_RUN, NULL, 0,
     "run the one --key at up to 12 values instead: for what was not drawn, is out of "
     "its range, or is one form of a shared draw",
     0},
    {"from", OPTION_FROM, "NUMBER", 0, "least value that is run", 0},
    {"to", OPTION_TO, "NUMBER", 0, "most", 0},
    {"trials", OPTION_TRIALS, "2000", 0, "of each run", 0},
    {"map", OPTION_MAP, "KEY,KEY", 0,
     "which form is best where two assumptions are what they are, all else drawn; with "
     "--run by running each cell",
     0},
    {"grid", OPTION_GRID, "9x9", 0, "values of the two on the map (5x5 with --run)", 0},
    {"reverse", OPTION_REVERSE, NULL, 0,
     "the mildest combination of assumptions that turns the best form, and a run there",
     0},
    {"over", OPTION_OVER, "KEY[,KEY]", 0,
     "of these, at most 12 (the 6 with the largest shares and what shocks draw)", 0},
    {"no-run", OPTION_NO_RUN, NULL, 0, "do not run it", 0},
    {0},
};

struct switch_options {
    struct decision_options decision;
    struct hr_switch_run_options run;
    bool runs, reverses, no_run;
    const char *over, *map;
    size_t grid[2];
};

/* The questions, as bits. */
enum kind { FROM_FILE = 1, RUN = 2, REVERSE = 4, MAP = 8, RUN_MAP = 16 };

static enum kind kind_of(const struct switch_options *options,
                         const struct argp_state *state)
{
    if (options->reverses && (options->runs || options->map != NULL))
        argp_error(state, "--run, --reverse and --map are three questions: one at a "
                          "time, but for --map --run");
    if (options->map != NULL)
        return options->runs ? RUN_MAP : MAP;
    if (options->reverses)
        return REVERSE;
    return options->runs ? RUN : FROM_FILE;
}

static void check_key(const struct switch_options *options, enum kind kind,
                      const struct argp_state *state)
{
    const char *key = options->decision.question.keys;

    if (kind == RUN && (key == NULL || strpbrk(key, ",*?[") != NULL))
        argp_error(state, "--run moves one key: name it with --key");
    if (key != NULL && kind >= MAP)
        argp_error(state, "--map names its keys itself, without --key");
    if (key != NULL && options->over != NULL)
        argp_error(state, "--over names the keys, without --key");
}

/* Options that are of some questions alone. */
static void check(const struct switch_options *options, const struct argp_state *state)
{
    const enum kind kind = kind_of(options, state);
    const struct hr_switch_run_options *run = &options->run;
    const struct {
        bool given;
        int kinds;
        const char *wrong;
    } rules[] = {
        {options->grid[0] > 0, MAP | RUN_MAP, "--grid is for --map"},
        {options->over != NULL, REVERSE, "--over is for --reverse"},
        {options->no_run, REVERSE, "--no-run is for --reverse"},
        {run->again.trials > 0, RUN | REVERSE | RUN_MAP,
         "--trials is for --run and --reverse"},
        {run->from != run->to, RUN, "--from and --to are for --run of a key"},
    };

    check_key(options, kind, state);
    for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++) {
        if (rules[i].given && (rules[i].kinds & (int)kind) == 0)
            argp_error(state, "%s", rules[i].wrong);
    }
    if (run->to < run->from)
        argp_error(state, "--to is below --from");
}

static void read_grid(const struct argp_state *state, const char *text, size_t grid[2])
{
    int length = 0;

    if (sscanf(text, "%3zux%3zu%n", &grid[0], &grid[1], &length) != 2 ||
        text[length] != '\0')
        argp_error(state, "--grid takes two numbers of values, as in 9x9, not \"%s\"",
                   text);
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct switch_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = state->child_inputs[1] = &options->decision;
        return 0;
    case OPTION_RUN:
        options->runs = true;
        return 0;
    case OPTION_MAP:
        options->map = text_tight_list(argument);
        return 0;
    case OPTION_GRID:
        read_grid(state, argument, options->grid);
        return 0;
    case OPTION_REVERSE:
        options->reverses = true;
        return 0;
    case OPTION_OVER:
        options->over = text_tight_list(argument);
        return 0;
    case OPTION_NO_RUN:
        options->no_run = true;
        return 0;
    case OPTION_FROM:
        options->run.from = option_number(state, "--from", argument, -1e15, 1e15);
        return 0;
    case OPTION_TO:
        options->run.to = option_number(state, "--to", argument, -1e15, 1e15);
        return 0;
    case OPTION_TRIALS:
        options->run.again.trials = whole_number(state, "--trials", argument, 1e7);
        return 0;
    case ARGP_KEY_END:
        check(options, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
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

static void print_none(size_t draws)
{
    static const char range[] = "from 1 % to 99 % of its range";

    if (draws == 1)
        printf("the one draw looked at does not turn it %s\n", range);
    else
        printf("none of %zu draws turns it %s\n", draws, range);
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
            print_none(draws);
    }
    print_tied(run, "where the one is what it is, the others are what goes with it");
}

static void print_run(const struct decision_run *run)
{
    struct hr_metric metric;
    const struct figure_unit unit = analysis_unit(run, &metric);
    struct hr_result_values found;
    struct hr_error error;
    const double *se = decision_values(run, "difference_se"),
                 *tried = decision_values(run, "tried");
    const double root = decision_attribute(run, "root");
    char text[3 * FIGURE_SIZE], count[FIGURE_SIZE];

    if (hr_result_values(run->analysis, "/difference", &found, &error) != HR_OK)
        return;
    printf("\n%s runs of %s trials on the same futures\n",
           figure_whole((double)found.count, text),
           figure_whole(decision_attribute(run, "trials_run"), count));
    for (size_t i = 0; i < found.count && run->options->verbose; i++)
        printf("%14s%14s +- %.2g\n", plain_number(tried[i], count),
               figure_write(found.value[i], figure_to_error(se[i]), &unit,
                            FIGURE_SIGNED, text),
               se[i] / unit.scale);
    if (!isnan(root))
        printf("%s switches at %s\n", hr_result_text(run->analysis, "key"),
               root_text(root, decision_attribute(run, "root_low"),
                         decision_attribute(run, "root_high"), text));
}

static enum hr_status ask_by_running(struct decision_run *run,
                                     const struct hr_again *again, void *context,
                                     struct hr_error *error)
{
    struct hr_switch_run_options options =
        *(const struct hr_switch_run_options *)context;

    options.again = *again;
    return hr_switch_run(run->result[0], &run->options->question, &options,
                         &run->analysis, error);
}

static enum hr_status find_by_running(struct decision_run *run,
                                      struct switch_options *options,
                                      struct hr_error *error)
{
    const enum hr_status status = decision_ask_again(
        run, options->run.again.trials, ask_by_running, &options->run, error);

    return status == HR_OK ? decision_print(run, print_run, error) : status;
}

static enum hr_status find(struct decision_run *run, struct switch_options *options,
                           struct hr_error *error)
{
    if (decision_results(run, error) != HR_OK)
        return error->status;
    if (options->map != NULL) {
        options->decision.question.keys = options->map;
        return switch_map(run, options->grid,
                          options->runs ? &options->run.again : NULL, error);
    }
    if (options->runs)
        return find_by_running(run, options, error);
    if (options->reverses) {
        if (options->over != NULL)
            options->decision.question.keys = options->over;
        return switch_reverse(run, options->run.again.trials, !options->no_run, error);
    }
    if (hr_switch(run->result[0], &run->options->question, &run->analysis, error) !=
        HR_OK)
        return error->status;
    return decision_print(run, print_pairs, error);
}

static int switch_main(int argc, char **argv)
{
    const struct argp_child children[] = {
        {&decision_argp, 0, NULL, 0}, {&draws_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .children = children,
        .options = switch_list,
        .parser = parse,
        .args_doc = "RESULT",
        .doc = "Where an assumption turns the best form: the value at which the mean "
               "difference is zero, all else drawn, with its interval, and how often "
               "the assumption is beyond it. From the trials of the result alone, for "
               "what was drawn. The pairs are the best on average against each rival, "
               "or --pair.",
    };
    struct switch_options options = {.decision = {.most_files = 1}};
    struct decision_run run = {.command = argv[0], .options = &options.decision};
    struct hr_error error = {0};

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    return decision_end(&run, find(&run, &options, &error), &error);
}

const struct command switch_command = {"switch",
                                       "find where an assumption turns the best form",
                                       switch_main, ANSWERS, 100};
