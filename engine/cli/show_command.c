#include "command.h"

#include "facts.h"
#include "lacks.h"
#include "point_options.h"
#include "progress.h"
#include "show_points.h"
#include "show_table.h"
#include "text.h"
#include "wrapping.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct show_options {
    struct file_options file;
    struct show_choice choice;
    bool neutral;
    struct point_choice point;
    enum hr_neutral only; /* what is neutral then; HR_NEUTRAL_NOTHING: each in turn */
};

enum { OPTION_NEUTRAL = 0x200, OPTION_FULL, OPTION_METRIC, OPTION_FORM };

static const struct argp_option show_list[] = {
    {"full", OPTION_FULL, NULL, 0, "every measure, and each form by itself", 0},
    {"metric", OPTION_METRIC, "NAME[,NAME]", 0,
     "these measures alone; headroom metrics lists them", 0},
    {"form", OPTION_FORM, "NAME", 0, "this form alone", 0},
    {"neutral", OPTION_NEUTRAL, "forms|all", OPTION_ARG_OPTIONAL,
     "run it again with every assumed term of a form at the value that makes no "
     "difference (forms), with what contracts and hospital effects are worth so too "
     "(all), or each in turn, and show those differences beside; what was chosen stays",
     0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct show_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->file;
        state->child_inputs[1] = &options->point;
        return 0;
    case OPTION_NEUTRAL:
        options->neutral = true;
        options->only =
            argument == NULL ? HR_NEUTRAL_NOTHING : neutral_kind(state, argument);
        return 0;
    case OPTION_FULL:
        options->choice.full = true;
        return 0;
    case OPTION_METRIC:
        options->choice.metric = text_tight_list(argument);
        return 0;
    case OPTION_FORM:
        options->choice.form = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* The same run with assumed numbers neutral, in memory. */
struct again {
    struct hr_result *result;
    struct hr_scenario *scenario;
    struct hr_runner *runner;
    size_t changed; /* numbers made neutral */
};

/* A result and, where asked for, what is left of it. */
struct shown {
    struct hr_result *result;
    struct again forms, all; /* without forms' terms; without contracts and so on too */
    struct hr_answer *answer;
};

static void close_again(struct again *again)
{
    hr_result_close(again->result);
    hr_run_close(again->runner);
    hr_scenario_free(again->scenario);
}

static void close_shown(struct shown *shown)
{
    hr_answer_free(shown->answer);
    close_again(&shown->forms);
    close_again(&shown->all);
    hr_result_close(shown->result);
}

static enum hr_status neutral_scenario(const struct shown *shown, enum hr_neutral what,
                                       struct again *again, struct hr_error *error)
{
    struct hr_messages problems = {0};
    enum hr_status status = hr_run_scenario(shown->result, &again->scenario, error);

    if (status != HR_OK)
        return status;
    status = hr_scenario_neutralise(again->scenario, what, &again->changed, &problems);
    if (status != HR_OK) {
        print_problems(&problems, false);
        (void)hr_fail(error, status, "the assumed terms cannot be made neutral");
    }
    hr_messages_free(&problems);
    return status;
}

static enum hr_status run_neutral(const struct shown *shown, enum hr_neutral what,
                                  struct again *again, struct hr_error *error)
{
    struct progress progress;
    const struct hr_run_options options = {.progress = progress_report,
                                           .progress_context = &progress};
    uint64_t trials = 0;
    enum hr_status status;

    if (!hr_result_integer(shown->result, "trials", &trials))
        return hr_fail(error, HR_NOT_HELD, "its number of trials cannot be read");
    if (neutral_scenario(shown, what, again, error) != HR_OK ||
        hr_run_open(again->scenario, &options, &again->runner, error) != HR_OK)
        return error->status;
    progress_start(&progress);
    status = hr_run_advance(again->runner, trials, error);
    progress_end(&progress);
    return status == HR_OK ? hr_run_result(again->runner, &again->result, error)
                           : status;
}

static enum hr_status run_what_is_left(const struct show_options *options,
                                       struct shown *shown, struct hr_error *error)
{
    if (options->only != HR_NEUTRAL_ALL &&
        run_neutral(shown, HR_NEUTRAL_FORMS, &shown->forms, error) != HR_OK)
        return error->status;
    return options->only == HR_NEUTRAL_FORMS
               ? HR_OK
               : run_neutral(shown, HR_NEUTRAL_ALL, &shown->all, error);
}

static enum hr_status check_metrics(const struct hr_answer *answer, const char *list,
                                    struct hr_error *error)
{
    const size_t length = strcspn(list, ",");
    char name[128];
    size_t place;

    snprintf(name, sizeof(name), "%.*s", (int)length, list);
    if (!hr_answer_find(answer, name, &place))
        return hr_fail(error, HR_BAD_INPUT,
                       "the result has no metric called %s; the nearest is %s; "
                       "headroom metrics lists "
                       "them",
                       name, hr_metric_nearest(name));
    return list[length] == '\0' ? HR_OK
                                : check_metrics(answer, list + length + 1, error);
}

/* A name that is not there would show nothing. */
static enum hr_status check_choice(const struct shown *shown,
                                   const struct show_choice *choice,
                                   struct hr_error *error)
{
    size_t place;

    if (choice->metric != NULL &&
        check_metrics(shown->answer, choice->metric, error) != HR_OK)
        return error->status;
    return choice->form == NULL
               ? HR_OK
               : hr_result_find_form(shown->result, choice->form, &place, error);
}

static enum hr_status show_points(const struct show_options *options,
                                  struct hr_result *result, struct hr_error *error)
{
    if (options->neutral)
        return hr_fail(error, HR_BAD_INPUT,
                       "--neutral is for a run of one point, and this is a sweep");
    return options->file.json ? points_write(result, error)
                              : points_print(result, options->file.path, error);
}

static enum hr_status read_answer(const struct show_options *options,
                                  struct shown *shown, struct hr_error *error)
{
    if (options->neutral && run_what_is_left(options, shown, error) != HR_OK)
        return error->status;
    if (hr_answer_read(shown->result, shown->forms.result, shown->all.result,
                       &shown->answer, error) != HR_OK)
        return error->status;
    return check_choice(shown, &options->choice, error);
}

static enum hr_status show(const struct show_options *options, struct shown *shown,
                           struct hr_error *error)
{
    if (hr_result_open_as(options->file.path, &options->file.open, &shown->result,
                          error) != HR_OK)
        return error->status;
    if (points_are_swept(shown->result) &&
        (!options->point.is_made || options->neutral))
        return show_points(options, shown->result, error);
    if (options->point.is_made &&
        point_choose(&options->point, shown->result, error) != HR_OK)
        return error->status;
    if (read_answer(options, shown, error) != HR_OK)
        return error->status;
    if (options->file.json) {
        if (facts_print(facts_of_result, shown->result) != HR_OK)
            return HR_FAILED;
        return print_text_and_free(
            show_json(shown->result, shown->answer, shown->forms.changed));
    }
    show_answer(shown->result, shown->answer, &options->choice, options->file.path);
    lacks_print(shown->result, show_width());
    return HR_OK;
}

static int show_main(int argc, char **argv)
{
    const struct argp_child children[] = {
        {&file_argp, 0, NULL, 0}, {&point_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .children = children,
        .options = show_list,
        .parser = parse,
        .args_doc = "RESULT",
        .doc = "Show the answer of a result: who is best by whose eyes, the risk, how "
               "sure "
               "it is; then the differences from the reference form, with their Monte "
               "Carlo "
               "errors, ranges, chances and verdicts.",
    };
    struct show_options options = {0};
    struct shown shown = {0};
    struct hr_error error = {0};
    enum hr_status status;

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    status = show(&options, &shown, &error);
    if (status != HR_OK && *error.message != '\0')
        fprintf(stderr, "headroom show: %s\n", error.message);
    close_shown(&shown);
    return (int)status;
}

const struct command show_command = {"show", "show a result in tables", show_main,
                                     ANSWERS, 70};
