#include "sensitivity_runs.h"
#include "wrapping.h"

#include <math.h>

enum { NAME = 32, USUAL_TOP = 12 };

enum { OPTION_TERMS = 0x3e0, OPTION_SPLIT, OPTION_SALTELLI, OPTION_TRIALS };

static const struct argp_option sensitivity_list[] = {
    {"terms", OPTION_TERMS, NULL, 0,
     "run what each term of the one form makes of its difference from the other, in "
     "the table's order and against it",
     0},
    {"split", OPTION_SPLIT, NULL, 0,
     "run the first trials again with other chance: how much of the spread is "
     "assumptions, and how much chance",
     0},
    {"saltelli", OPTION_SALTELLI, "top:8", 0,
     "run what these keys make of the spread alone and with others, and chance as one "
     "more; top:N for those with the largest shares",
     0},
    {"trials", OPTION_TRIALS, "2000", 0, "of each run", 0},
    {0},
};

static void check(struct sensitivity_options *options, const struct argp_state *state)
{
    if (options->kind == SENSITIVITY_FILE && options->again.trials > 0)
        argp_error(state, "--trials is for --terms, --split and --saltelli");
    if (options->asked > 1)
        argp_error(state, "--terms, --split and --saltelli are three questions: one at "
                          "a time");
    if (options->saltelli != NULL && options->decision.question.keys != NULL)
        argp_error(state, "--saltelli names its keys itself, without --key");
    if (options->saltelli != NULL)
        options->decision.question.keys = options->saltelli;
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct sensitivity_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = state->child_inputs[1] = &options->decision;
        return 0;
    case OPTION_TERMS:
    case OPTION_SPLIT:
    case OPTION_SALTELLI:
        options->kind = (enum sensitivity_kind)(SENSITIVITY_TERMS + key - OPTION_TERMS);
        options->saltelli = argument;
        options->asked++;
        return 0;
    case OPTION_TRIALS:
        options->again.trials = whole_number(state, "--trials", argument, 1e7);
        return 0;
    case ARGP_KEY_END:
        check(options, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const char *share_text(const struct decision_run *run, size_t k,
                              char text[FIGURE_SIZE])
{
    const double share = decision_values(run, "share")[k];
    const double se = decision_values(run, "share_se")[k];

    if (decision_values(run, "seen")[k] > 0.0)
        snprintf(text, FIGURE_SIZE, "%.1f +- %.1f %%", 100.0 * share, 100.0 * se);
    else
        snprintf(text, FIGURE_SIZE, "not seen (<%.1f %%)",
                 100.0 * fmax(share + 2.0 * se, 0.0));
    return text;
}

static void print_draw(const struct decision_run *run, size_t k, const char *draw,
                       const struct figure_unit *unit)
{
    const double low_se = decision_values(run, "difference_at_10_se")[k];
    const double high_se = decision_values(run, "difference_at_90_se")[k];
    char name[NAME], low[FIGURE_SIZE], high[FIGURE_SIZE], share[FIGURE_SIZE];

    printf("%-*s%12s%12s%22s\n", NAME, cut_name(draw, NAME, name),
           figure_write(decision_values(run, "difference_at_10")[k],
                        figure_to_error(low_se), unit, FIGURE_SIGNED, low),
           figure_write(decision_values(run, "difference_at_90")[k],
                        figure_to_error(high_se), unit, FIGURE_SIGNED, high),
           share_text(run, k, share));
}

static void print_draws(const struct decision_run *run)
{
    size_t draws, shown;
    const char *const *draw = decision_labels(run, "draw", &draws);
    struct hr_metric metric;
    const struct figure_unit unit = analysis_unit(run, &metric);
    const struct ranged mean = {decision_attribute(run, "difference"),
                                decision_attribute(run, "difference_low"),
                                decision_attribute(run, "difference_high")};
    char words[FIGURE_SIZE], range[3 * FIGURE_SIZE], line[512];

    snprintf(line, sizeof(line), "%s of %.64s less %.64s, %s: %s on average",
             metric.label, hr_result_text(run->analysis, "first"),
             hr_result_text(run->analysis, "second"), unit_words(&metric, words),
             range_text(mean, &unit, true, range));
    putchar('\n');
    print_wrapped(line, DECISION_WIDTH);
    print_trials_used(run);
    printf("%-*s%12s%12s%22s\n", NAME, "where the draw is", "at 10 %", "at 90 %",
           "share of the spread");
    shown = run->options->top > 0 ? run->options->top : USUAL_TOP;
    if (run->options->verbose || shown > draws)
        shown = draws;
    for (size_t k = 0; k < shown; k++)
        print_draw(run, k, draw[k], &unit);
    if (shown < draws)
        printf("the other %zu draws move it less\n", draws - shown);
    print_tied(run,
               "the share of each is that of all, and what each moves is moved with "
               "the others");
}

static enum hr_status sense(struct decision_run *run,
                            struct sensitivity_options *options, struct hr_error *error)
{
    if (decision_results(run, error) != HR_OK)
        return error->status;
    if (options->kind != SENSITIVITY_FILE)
        return sensitivity_run(run, options, error);
    if (hr_sensitivity(run->result[0], &run->options->question, &run->analysis,
                       error) != HR_OK)
        return error->status;
    return decision_print(run, print_draws, error);
}

static int sensitivity_main(int argc, char **argv)
{
    const struct argp_child children[] = {
        {&decision_argp, 0, NULL, 0}, {&draws_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .children = children,
        .options = sensitivity_list,
        .parser = parse,
        .args_doc = "RESULT",
        .doc = "Which assumptions a difference hangs on: its mean where each is at its "
               "10 % and 90 %, all else drawn, and its share of the spread. Keys that "
               "are one draw are one line, named with a star. The pair is the best on "
               "average and the rival hardest to tell from it, or --pair.",
    };
    struct sensitivity_options options = {.decision = {.most_files = 1}};
    struct decision_run run = {.command = argv[0], .options = &options.decision};
    struct hr_error error = {0};

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    return decision_end(&run, sense(&run, &options, &error), &error);
}

const struct command sensitivity_command = {
    "sensitivity", "show which assumptions a difference hangs on", sensitivity_main,
    ANSWERS, 110};
