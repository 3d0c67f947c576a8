#include "command.h"

#include "facts.h"
#include "json.h"
#include "parts_options.h"

#include <stdio.h>

struct merge_options {
    struct file_options file;
    struct hr_merge_options merge;
};

enum { OPTION_PARTIAL = 0x200, OPTION_FORCE, OPTION_BREAK_LOCK, OPTION_NO_NEUTRAL };

static const struct argp_option merge_list[] = {
    {"partial", OPTION_PARTIAL, NULL, 0,
     "publish the trials before the first that is missing, or the points that are "
     "there; the parts stay",
     0},
    {"no-neutral", OPTION_NO_NEUTRAL, NULL, 0,
     "do not run the first 1,000 trials again with assumed numbers neutral", 0},
    {"force", OPTION_FORCE, NULL, 0,
     "replace a file that holds another run's result, or something else", 0},
    {"break-lock", OPTION_BREAK_LOCK, NULL, 0,
     "go on where the file system has no locks, no run being under way", 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct merge_options *options = state->input;

    (void)argument;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->file;
        return 0;
    case OPTION_PARTIAL:
        options->merge.partial = true;
        return 0;
    case OPTION_NO_NEUTRAL:
        options->merge.neutral = false;
        return 0;
    case OPTION_FORCE:
        options->merge.overwrite = true;
        return 0;
    case OPTION_BREAK_LOCK:
        options->merge.break_lock = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static enum hr_status print_facts(const struct merge_options *options,
                                  const struct hr_run_facts *facts)
{
    struct json out;
    char word[LONGEST_WORD];

    if (!options->file.json && facts->points > 0) {
        printf("joined %zu of %zu points of %llu trial%s\nwrote %s; `headroom show %s` "
               "lists them\n",
               facts->points_there, facts->points, (unsigned long long)facts->trials,
               plural((double)facts->trials), options->file.path,
               shell_word(options->file.path, word));
        return HR_OK;
    }
    if (!options->file.json) {
        printf(
            "merged %llu trial%s; money balances to %.1e of what is paid\nwrote %s\n",
            (unsigned long long)facts->trials, plural((double)facts->trials),
            facts->imbalance, options->file.path);
        return HR_OK;
    }
    json_start(&out);
    facts_of_file(&out, options->file.path);
    facts_of_units(&out, (const char *const[]){"imbalance", "share", NULL});
    json_text(&out, "output", options->file.path);
    if (facts->points > 0) {
        json_number(&out, "points", (double)facts->points);
        json_number(&out, "points_there", (double)facts->points_there);
    } else {
        json_number(&out, "imbalance", facts->imbalance);
        json_number(&out, "near_tie_trials", (double)facts->near_tie_trials);
    }
    return print_text_and_free(json_end(&out));
}

static int merge_main(int argc, char **argv)
{
    const struct argp_child children[] = {{&file_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .children = children,
        .options = merge_list,
        .parser = parse,
        .args_doc = "RESULT",
        .doc = "Make the result of a run or sweep from the parts in RESULT.parts, "
               "which shards or a run that was stopped left.\vWhere trials or points "
               "are missing it says which, and the command lines that run them: exit "
               "status 2.",
    };
    struct merge_options options = {.merge = {.neutral = true, .say = parts_say}};
    struct hr_run_facts facts;
    struct hr_error error = {0};
    enum hr_status status;

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    status = hr_merge(options.file.path, &options.merge, &facts, &error);
    if (status != HR_OK)
        fprintf(stderr, "headroom merge: %s\n", error.message);
    else
        status = print_facts(&options, &facts);
    return (int)status;
}

const struct command merge_command = {
    "merge", "make a result from the parts that shards left", merge_main, REPORTS, 40};
