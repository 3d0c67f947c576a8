#include "compare_over.h"
#include "compare_table.h"
#include "text.h"

enum { OPTION_SITES = 0x380, OPTION_AVERSION, OPTION_OVER, OPTION_INDIFFERENCE };

static const struct argp_option compare_list[] = {
    {"sites", OPTION_SITES, NULL, 0,
     "practice by practice: who is worse off, who joins", 0},
    {"over", OPTION_OVER, "AXIS[,AXIS]", 0,
     "of a sweep: one line a point, who is best, how often and by how much", 0},
    {"indifference", OPTION_INDIFFERENCE, "NUMBER", 0,
     "in the measure's unit: differences within are equal", 0},
    {"risk-aversion", OPTION_AVERSION, "2", 0,
     "how much partners dislike risk when they join, relative", 0},
    {0},
};

static void check(const struct decision_options *options,
                  const struct argp_state *state)
{
    const struct hr_question *question = &options->question;

    if (options->over != NULL && (options->point.is_made || options->files == 2 ||
                                  options->output != NULL || options->sites))
        argp_error(state, "--over is of all points of one sweep, printed alone");
    if (options->files == 2 &&
        (options->sites || question->reference != NULL || question->indifference > 0.0))
        argp_error(state, "--sites, --reference and --indifference are of one result: "
                          "of two, each form is held against itself");
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct decision_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = options;
        return 0;
    case OPTION_SITES:
        options->sites = true;
        return 0;
    case OPTION_OVER:
        options->over = text_tight_list(argument);
        return 0;
    case ARGP_KEY_END:
        check(options, state);
        return 0;
    case OPTION_INDIFFERENCE:
        options->question.indifference =
            option_number(state, "--indifference", argument, 0.0, 1e300);
        return 0;
    case OPTION_AVERSION:
        options->question.risk_aversion =
            option_number(state, "--risk-aversion", argument, 0.0, 20.0);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static enum hr_status compare(struct decision_run *run, struct hr_error *error)
{
    const struct hr_question *question = &run->options->question;

    if (decision_results(run, error) != HR_OK)
        return error->status;
    if (run->options->over != NULL)
        return compare_over(run, error);
    if (run->options->files == 2) {
        if (hr_compare_results(run->result[0], run->result[1], question, &run->analysis,
                               error) != HR_OK)
            return error->status;
        return decision_print(run, print_results_compared, error);
    }
    if (hr_compare(run->result[0], question, &run->analysis, error) != HR_OK)
        return error->status;
    return decision_print(run, print_compared, error);
}

static int compare_main(int argc, char **argv)
{
    const struct argp_child children[] = {{&decision_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .children = children,
        .options = compare_list,
        .parser = parse,
        .args_doc = "RESULT [RESULT]",
        .doc =
            "Compare the forms of a result: means and differences with intervals, "
            "how often each is better and best, regret, dominance, who bears it. "
            "Without --metric or --objective by all four objectives. Of two results: "
            "form by form, the second less the first, by the objective of the first or "
            "by what is asked for.",
    };
    struct decision_options options = {.most_files = 2};
    struct decision_run run = {.command = argv[0], .options = &options};
    struct hr_error error = {0};

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    return decision_end(&run, compare(&run, &error), &error);
}

const struct command compare_command = {"compare",
                                        "compare the forms of a result, or two results",
                                        compare_main, ANSWERS, 90};
