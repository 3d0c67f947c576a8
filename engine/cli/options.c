#include "command.h"

#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SHOWN = 100 /* problems; JSON has all that are kept */ };

enum {
    OPTION_NEUTRAL = 0x100,
    OPTION_DEPENDENCE,
    OPTION_STRICT,
    OPTION_RECALIBRATE,
    OPTION_JSON,
    OPTION_TRIALS,
    OPTION_SEED,
    OPTION_THREADS,
    OPTION_INSTRUCTION_SET,
    OPTION_QUICK,
};

static const struct argp_option scenario_list[] = {
    {"set", 's', "KEY=VALUE", 0, "change one key of the scenario; may be repeated", 0},
    {"neutral", OPTION_NEUTRAL, "forms|all", OPTION_ARG_OPTIONAL,
     "give the forms' terms that are only assumed the value that makes no difference; "
     "all: what contracts and hospital effects are worth too",
     0},
    {"dependence", OPTION_DEPENDENCE, "HOW", 0,
     "of draws that `correlation` ties. none: each by itself; given: as it has it; "
     "full: one number for all that hang together (-s dependence=). Compare the "
     "results to see what it is worth",
     0},
    {"recalibrate", OPTION_RECALIBRATE, NULL, 0,
     "calibrate costs with what -s and --neutral change (they stay as calibrated "
     "without "
     "it, unless it is of patch.*)",
     0},
    {"strict", OPTION_STRICT, NULL, 0,
     "refuse practices with anything implausible about them", 0},
    {"json", OPTION_JSON, NULL, 0, "write JSON", 0},
    {0},
};

enum hr_neutral neutral_kind(const struct argp_state *state, const char *text)
{
    if (strcmp(text, "forms") == 0)
        return HR_NEUTRAL_FORMS;
    if (strcmp(text, "all") != 0)
        argp_error(state, "--neutral is forms or all, not \"%s\"", text);
    return HR_NEUTRAL_ALL;
}

static const char *dependence_change(const struct argp_state *state, const char *text)
{
    static const char *const changes[] = {"dependence=none", "dependence=given",
                                          "dependence=full"};

    for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
        if (strcmp(strchr(changes[i], '=') + 1, text) == 0)
            return changes[i];
    }
    argp_error(state, "--dependence is none, given or full, not \"%s\"", text);
    return changes[1];
}

error_t scenario_change(struct scenario_options *options, const char *text)
{
    const char **more =
        realloc(options->override, (options->overrides + 1) * sizeof(*more));

    if (more == NULL)
        return ENOMEM;
    options->override = more;
    options->override[options->overrides++] = text;
    return 0;
}

static error_t parse_scenario(int key, char *argument, struct argp_state *state)
{
    struct scenario_options *options = state->input;

    switch (key) {
    case 's':
        return scenario_change(options, argument);
    case OPTION_NEUTRAL:
        options->neutral =
            argument == NULL ? HR_NEUTRAL_FORMS : neutral_kind(state, argument);
        return 0;
    case OPTION_DEPENDENCE:
        return scenario_change(options, dependence_change(state, argument));
    case OPTION_STRICT:
        options->strict = true;
        return 0;
    case OPTION_RECALIBRATE:
        options->recalibrate = true;
        return 0;
    case OPTION_JSON:
        options->json = true;
        return 0;
    case ARGP_KEY_ARG:
        if (options->path != NULL)
            argp_error(state, "one scenario at a time: \"%s\" is a second", argument);
        options->path = argument;
        return 0;
    case ARGP_KEY_END:
        if (options->path == NULL)
            argp_error(state, "which scenario? Name a file, or one that is shipped, "
                              "such as tees_like_today");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp scenario_argp = {.options = scenario_list, .parser = parse_scenario};

static const struct argp_option run_list[] = {
    {"trials", OPTION_TRIALS, "N", 0, "run so many trials", 0},
    {"seed", OPTION_SEED, "N", 0, "draw from this seed", 0},
    {"threads", OPTION_THREADS, "N", 0, "use so many threads (all there are)", 0},
    {"instruction-set", OPTION_INSTRUCTION_SET, "LEVEL", 0,
     "use the kernel for v2, v3 or v4 (the best); results are the same", 0},
    {0},
};

static error_t parse_run(int key, char *argument, struct argp_state *state)
{
    struct run_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->scenario;
        return 0;
    case OPTION_TRIALS:
        snprintf(options->trials, sizeof(options->trials), "trials=%.50s", argument);
        return scenario_change(&options->scenario, options->trials);
    case OPTION_SEED:
        snprintf(options->seed, sizeof(options->seed), "seed=%.50s", argument);
        return scenario_change(&options->scenario, options->seed);
    case OPTION_THREADS:
        options->run.threads = (int)whole_number(state, "--threads", argument, 1024.0);
        return 0;
    case OPTION_INSTRUCTION_SET:
        options->run.instruction_set = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child run_children[] = {{&scenario_argp, 0, NULL, 0}, {0}};

const struct argp run_argp = {
    .options = run_list, .parser = parse_run, .children = run_children};

static const struct argp_option json_list[] = {
    {"json", OPTION_JSON, NULL, 0, "write JSON", 0},
    {0},
};

static const struct argp_option file_list[] = {
    {"json", OPTION_JSON, NULL, 0, "write JSON", 0},
    {"quick", OPTION_QUICK, NULL, 0,
     "do not read all of the file first to see whether it is what was written: for "
     "files of gigabytes",
     0},
    {0},
};

static error_t parse_file(int key, char *argument, struct argp_state *state)
{
    struct file_options *options = state->input;

    switch (key) {
    case OPTION_JSON:
        options->json = true;
        return 0;
    case OPTION_QUICK:
        options->open.unproven = true;
        return 0;
    case ARGP_KEY_ARG:
        if (options->path != NULL)
            argp_error(state, "one file at a time: \"%s\" is a second", argument);
        options->path = argument;
        return 0;
    case ARGP_KEY_END:
        if (options->path == NULL)
            argp_error(state,
                       "which file? Name one, such as results/tees_like_today.h5");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp file_argp = {.options = file_list, .parser = parse_file};

/* Lines and columns count from 1. */
static void write_place(struct json *json, const char *name, int number)
{
    if (number > 0)
        json_number(json, name, number);
    else
        json_text_or_null(json, name, NULL);
}

static void write_problem(struct json *json, const struct hr_message *problem)
{
    json_open(json, NULL, '{');
    json_text_or_null(json, "file", problem->path);
    write_place(json, problem->column < 0 ? "row" : "line", problem->line);
    write_place(json, "column", problem->column);
    json_text_or_null(json, "key", problem->key);
    json_text(json, "text", problem->sentence);
    json_close(json, '}');
}

static enum hr_status write_problems(const struct hr_messages *problems)
{
    struct json json;

    json_start(&json);
    json_flag(&json, "valid", false);
    json_open(&json, "problems", '[');
    for (size_t i = 0; i < problems->count; i++)
        write_problem(&json, &problems->item[i]);
    json_close(&json, ']');
    json_whole(&json, "more", problems->more);
    return print_text_and_free(json_end(&json));
}

void print_problems(const struct hr_messages *problems, bool json)
{
    const size_t shown =
        problems->count < MOST_SHOWN ? problems->count : (size_t)MOST_SHOWN;

    for (size_t i = 0; i < shown; i++)
        fprintf(stderr, "%s\n", problems->item[i].text);
    if (problems->count - shown + problems->more > 0)
        fprintf(stderr, "and %zu more\n", problems->count - shown + problems->more);
    if (problems->incomplete)
        (void)no_memory();
    if (json && problems->count > 0 && write_problems(problems) != HR_OK)
        return; /* which is said, and so are they */
}

enum hr_status no_memory(void)
{
    fputs("headroom: out of memory\n", stderr);
    return HR_FAILED;
}

enum hr_status print_text_and_free(char *text)
{
    if (text == NULL)
        return no_memory();
    fputs(text, stdout);
    free(text);
    return HR_OK;
}

/* What is implausible is never passed over in silence. */
static enum hr_status heed_doubts(const struct scenario_options *options,
                                  const struct hr_scenario *scenario)
{
    const struct hr_messages *doubts = hr_scenario_doubts(scenario);
    const size_t count = doubts->count + doubts->more;
    char word[LONGEST_WORD];

    if (count == 0)
        return HR_OK;
    if (options->strict) {
        print_problems(doubts, options->json);
        fprintf(stderr, "headroom: %zu implausible, and --strict refuses that\n",
                count);
        return HR_BAD_INPUT;
    }
    if (!options->says_doubts)
        fprintf(stderr,
                "headroom: %zu thing%s about the practices %s implausible; headroom "
                "check %s says which, and --strict refuses them\n",
                count, plural((double)count), count == 1 ? "is" : "are",
                shell_word(options->path, word));
    return HR_OK;
}

/* What became of the changes that were asked for, where it is not plain. */
static void print_notes_of_changes(const struct hr_scenario *scenario)
{
    static const char place[] = "command line:";
    const struct hr_messages *notes = hr_scenario_warnings(scenario);

    for (size_t i = 0; i < notes->count; i++) {
        if (strncmp(notes->item[i].text, place, sizeof(place) - 1) == 0)
            fprintf(stderr, "note: %s\n", notes->item[i].text);
    }
}

enum hr_status scenario_open(struct scenario_options *options,
                             struct hr_scenario **scenario)
{
    struct hr_messages problems = {0};
    size_t changed;
    enum hr_status status = hr_scenario_find(options->path, options->found,
                                             sizeof(options->found), &problems);

    *scenario = NULL;
    if (status == HR_OK) {
        options->path = options->found;
        status = hr_scenario_read(options->path, options->override, options->overrides,
                                  scenario, &problems);
    }
    if (status == HR_OK && options->recalibrate)
        status = hr_scenario_recalibrate(*scenario, &problems);
    if (status == HR_OK && options->neutral)
        status =
            hr_scenario_neutralise(*scenario, options->neutral, &changed, &problems);
    if (status != HR_OK)
        print_problems(&problems, options->json);
    else
        status = heed_doubts(options, *scenario);
    if (status != HR_OK) {
        hr_scenario_free(*scenario);
        *scenario = NULL;
    } else if (!options->says_doubts) {
        print_notes_of_changes(*scenario);
    }
    hr_messages_free(&problems);
    free(options->override);
    options->override = NULL;
    return status;
}

static error_t parse_json(int key, char *argument, struct argp_state *state)
{
    bool *json = state->input;

    if (key == ARGP_KEY_ARG)
        argp_error(state, "\"%s\" is not expected here", argument);
    if (key != OPTION_JSON)
        return ARGP_ERR_UNKNOWN;
    *json = true;
    return 0;
}

error_t json_only(int argc, char **argv, const char *what, bool *json)
{
    const struct argp argp = {.options = json_list, .parser = parse_json, .doc = what};

    *json = false;
    return parse_arguments(&argp, argc, argv, json);
}
