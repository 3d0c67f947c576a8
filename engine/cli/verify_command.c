#include "command.h"

#include "facts.h"
#include "json.h"
#include "text.h"

#include <stdio.h>

struct verify_options {
    struct file_options file;
    uint64_t sample;
    bool all, sampled; /**< which of the two is said */
};

enum { OPTION_SAMPLE = 0x200, OPTION_ALL };

static const struct argp_option verify_list[] = {
    {"sample", OPTION_SAMPLE, "N", 0,
     "run so many trials again (64), from the first to the last; 0 for none", 0},
    {"all", OPTION_ALL, NULL, 0,
     "run all of them again, and reckon paths and practices anew", 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct verify_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->file;
        return 0;
    case OPTION_SAMPLE:
        options->sample = whole_number(state, "--sample", argument, 1e12);
        options->sampled = true;
        return 0;
    case ARGP_KEY_SUCCESS:
        if (options->file.open.unproven)
            argp_error(state, "to verify a file is to read all of it: leave out "
                              "--quick");
        if (options->all && options->sampled)
            argp_error(state, "--all runs every trial again: leave out --sample");
        if (options->all)
            options->sample = UINT64_MAX;
        return 0;
    case OPTION_ALL:
        options->all = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static enum hr_status write_held(const struct verify_options *options,
                                 enum hr_status status, const struct hr_verified *held,
                                 const char *reason)
{
    static const char *const proofs[] = {
        [HR_RESULT_BY_SEAL] = "seal",
        [HR_RESULT_BY_CONTENT] = "content",
        [HR_RESULT_UNPROVEN] = "none",
    };
    _Static_assert(sizeof(proofs) / sizeof(*proofs) == HR_RESULT_UNPROVEN + 1,
                   "a proof has no name");
    struct json out;

    json_start(&out);
    facts_of_file(&out, options->file.path);
    json_text(&out, "result", options->file.path);
    json_flag(&out, "holds", status == HR_OK);
    json_text(&out, "proof", status == HR_OK ? proofs[held->proof] : "none");
    json_flag(&out, "analysis", held->analysis);
    json_number(&out, "trials_run_again", (double)held->trials_again);
    json_flag(&out, "all_reckoned_again", held->every_trial);
    json_flag(&out, "other_numbers", held->other_numbers);
    json_text(&out, "worded_otherwise", held->worded);
    json_text(&out, "reason", reason);
    return print_text_and_free(json_end(&out)) == HR_OK ? status : HR_FAILED;
}

/* What was not looked at, and why. */
static void print_notes(const struct hr_verified *held)
{
    if (held->proof != HR_RESULT_BY_SEAL)
        puts("note: its seal is gone, as where another program opened it for writing "
             "or copied it; it is its content that was checked, not its bytes");
    if (held->analysis)
        puts("note: it is an analysis, made of a result: to reckon it again, ask that "
             "result again");
    else if (*held->worded != '\0')
        printf(
            "note: another build wrote it, and some of its words or of what is there "
            "are others here: %s\n",
            held->worded);
    else if (held->other_numbers)
        puts("note: no trial ran again: a version made it of which this one gives "
             "other numbers (README, Results change)");
    else if (*held->left_out != '\0' && !held->every_trial)
        printf("note: %s, and what is not kept could be held against nothing: --all "
               "runs every trial again\n",
               held->left_out);
    else if (!held->every_trial)
        puts("note: of paths and practices only what they come to together was held "
             "against the trials: --all reckons each anew");
}

static void print_held(const char *path, const struct hr_verified *held)
{
    text_print_visible(stdout, path);
    printf(" holds: %s%s",
           held->proof == HR_RESULT_BY_SEAL ? "its seal and its hashes are right"
                                            : "its hashes are right",
           held->no_trials || held->analysis
               ? ""
               : ", what it says of its trials follows from them");
    if (held->every_trial)
        printf(", and all of it came out the same to the bit when its %llu trial%s "
               "ran again",
               (unsigned long long)held->trials, plural((double)held->trials));
    else if (held->trials_again > 0)
        printf(", and %llu trial%s gave the same bits again",
               (unsigned long long)held->trials_again,
               plural((double)held->trials_again));
    putchar('\n');
    print_notes(held);
}

static int verify_main(int argc, char **argv)
{
    const struct argp_child children[] = {{&file_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .children = children,
        .options = verify_list,
        .parser = parse,
        .args_doc = "RESULT",
        .doc = "Check a result file: its bytes or, where another program has cut off "
               "its seal, its hashes; what it says of its trials; and a sample of them "
               "run again from the inputs it holds. Of an analysis its bytes and "
               "hashes.\vExit status 4 where anything "
               "differs.",
    };
    struct verify_options options = {.sample = 64};
    struct hr_verified held;
    struct hr_error error = {0};
    enum hr_status status;

    if (parse_arguments(&argp, argc, argv, &options) != 0)
        return HR_FAILED;
    status = hr_verify(options.file.path, options.sample, &held, &error);
    if (status != HR_OK)
        fprintf(stderr, "headroom verify: %s\n", error.message);
    if (options.file.json)
        status = write_held(&options, status, &held, error.message);
    else if (status == HR_OK)
        print_held(options.file.path, &held);
    return (int)status;
}

const struct command verify_command = {
    "verify", "check a result file and run some of its trials again", verify_main,
    ANSWERS, 150};
