#include "decision_options.h"

#include "facts.h"
#include "named.h"
#include "place.h"
#include "show_points.h"
#include "text.h"
#include "wrapping.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPTION_METRIC = 0x300,
    OPTION_OBJECTIVE,
    OPTION_FORMS,
    OPTION_REFERENCE,
    OPTION_CONFIDENCE,
    OPTION_JSON,
    OPTION_QUICK,
    OPTION_PAIR,
    OPTION_KEY,
    OPTION_TOP
};

static const struct argp_option list[] = {
    {"metric", OPTION_METRIC, "NAME[,NAME]", 0,
     "by these measures; headroom metrics lists them", 0},
    {"objective", OPTION_OBJECTIVE, "NAME", 0,
     "by whose eyes: public, gp, patient or economic", 0},
    {"forms", OPTION_FORMS, "A,B", 0, "these forms and the reference alone", 0},
    {"reference", OPTION_REFERENCE, "FORM", 0, "the form the others are held against",
     0},
    {"confidence", OPTION_CONFIDENCE, "0.95", 0, "of intervals, 0.8 to 0.999", 0},
    {"verbose", 'v', NULL, 0, "more of what is known", 0},
    {"output", 'o', "FILE", 0, "write the analysis into this HDF5 file too", 0},
    {"force", 'f', NULL, 0, "replace whatever stands there, not only an analysis", 0},
    {"json", OPTION_JSON, NULL, 0, "write JSON", 0},
    {"quick", OPTION_QUICK, NULL, 0,
     "do not read all of the file first to see whether it is what was written", 0},
    {0},
};

double option_number(const struct argp_state *state, const char *option,
                     const char *text, double low, double high)
{
    double number = 0.0;

    if (text_to_number(text, &number) != TEXT_NUMBER || number < low || number > high)
        argp_error(state, "%s takes a number from %g to %g, not \"%s\"", option, low,
                   high, text);
    return number;
}

static void add_file(struct decision_options *options, const char *path,
                     const struct argp_state *state)
{
    if (options->files == options->most_files)
        argp_error(state,
                   options->most_files == 1 ? "one file at a time: \"%s\" is a second"
                                            : "two files at most: \"%s\" is a third",
                   path);
    options->path[options->files++] = path;
}

static error_t parse_names(struct hr_question *question, int key, char *argument)
{
    switch (key) {
    case OPTION_METRIC:
        question->metrics = text_tight_list(argument);
        return 0;
    case OPTION_OBJECTIVE:
        question->objective = argument;
        return 0;
    case OPTION_FORMS:
        question->forms = text_tight_list(argument);
        return 0;
    case OPTION_REFERENCE:
        question->reference = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct decision_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->point;
        return 0;
    case OPTION_CONFIDENCE:
        options->question.confidence =
            option_number(state, "--confidence", argument, 0.8, 0.999);
        return 0;
    case 'v':
        options->verbose = options->question.thorough = true;
        return 0;
    case 'o':
        check_name(state, argument, NAMED_ANALYSIS);
        options->output = argument;
        return 0;
    case 'f':
        options->force = true;
        return 0;
    case OPTION_JSON:
        options->json = true;
        return 0;
    case OPTION_QUICK:
        options->open.unproven = true;
        return 0;
    case ARGP_KEY_ARG:
        add_file(options, argument, state);
        return 0;
    case ARGP_KEY_END:
        if (options->files == 0)
            argp_error(state,
                       "which file? Name one, such as results/tees_like_today.h5");
        return 0;
    default:
        return parse_names(&options->question, key, argument);
    }
}

static const struct argp_child children[] = {{&point_argp, 0, NULL, 0}, {0}};

const struct argp decision_argp = {
    .options = list, .parser = parse, .children = children};

static const struct argp_option draws_list[] = {
    {"pair", OPTION_PAIR, "A,B", 0, "form A less form B", 0},
    {"key", OPTION_KEY, "KEY[,KEY]", 0,
     "these assumptions alone: a key, a section, or a pattern", 0},
    {"top", OPTION_TOP, "12", 0, "list so many", 0},
    {0},
};

static error_t parse_draws(int key, char *argument, struct argp_state *state)
{
    struct decision_options *options = state->input;

    switch (key) {
    case OPTION_PAIR:
        options->question.pair = text_tight_list(argument);
        return 0;
    case OPTION_KEY:
        options->question.keys = text_tight_list(argument);
        return 0;
    case OPTION_TOP:
        options->top = (size_t)whole_number(state, "--top", argument, 100000.0);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp draws_argp = {.options = draws_list, .parser = parse_draws};

static enum hr_status choose_point(const struct decision_options *options,
                                   struct hr_result *result, struct hr_error *error)
{
    if (options->point.is_made)
        return point_choose(&options->point, result, error);
    return options->over != NULL ? HR_OK : points_refuse(result, error);
}

/* Before any work: nothing is replaced that cannot be made again so. */
static enum hr_status check_output(const struct decision_options *options,
                                   struct hr_error *error)
{
    const char *output = options->output;

    if (output == NULL)
        return HR_OK;
    if (place_check(output, options->path, options->files, error) != HR_OK)
        return error->status;
    if (options->force || place_is_free(output) || hr_analysis_is_at(output))
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "%s is there already and is no analysis: name another file, or "
                   "replace it with --force",
                   output);
}

enum hr_status decision_results(struct decision_run *run, struct hr_error *error)
{
    if (check_output(run->options, error) != HR_OK)
        return error->status;
    for (size_t i = 0; i < run->options->files; i++) {
        if (hr_result_open_as(run->options->path[i], &run->options->open,
                              &run->result[i], error) != HR_OK ||
            choose_point(run->options, run->result[i], error) != HR_OK)
            return error->status;
    }
    return HR_OK;
}

enum hr_status decision_scenario(const struct decision_run *run,
                                 struct hr_scenario **scenario, struct hr_error *error)
{
    *scenario = NULL;
    if (run->options->point.is_made)
        return hr_fail(
            error, HR_BAD_INPUT,
            "what is run is run from a result of one point: run its changes, "
            "as headroom show lists them, by -s first");
    return hr_run_scenario(run->result[0], scenario, error);
}

enum hr_status decision_print(struct decision_run *run,
                              void (*table)(const struct decision_run *run),
                              struct hr_error *error)
{
    const char *output = run->options->output;
    bool lost = false;

    if (output != NULL && hr_analysis_write(run->analysis, output, error) != HR_OK)
        return error->status;
    if (run->options->json) {
        if (facts_print(facts_of_source, run->result[0]) != HR_OK)
            return HR_FAILED;
        return print_text_and_free(hr_analysis_json(run->analysis));
    }
    print_wrapped(hr_result_text(run->analysis, "sentence"), DECISION_WIDTH);
    run->lost = &lost;
    table(run);
    run->lost = NULL;
    if (lost)
        return hr_fail(error, HR_FAILED, "no memory to print all of the answer%s%s",
                       output == NULL ? "" : ", which is whole in ",
                       output == NULL ? "" : output);
    if (output != NULL)
        printf("\nwrote %s\n", output);
    return HR_OK;
}

int decision_end(struct decision_run *run, enum hr_status status,
                 const struct hr_error *error)
{
    if (status != HR_OK && *error->message != '\0')
        fprintf(stderr, "%s: %s\n", run->command, error->message);
    hr_result_close(run->analysis);
    for (size_t i = 0; i < DECISION_FILES; i++)
        hr_result_close(run->result[i]);
    return (int)status;
}
