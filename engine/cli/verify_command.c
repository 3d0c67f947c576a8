#include "command.h"

#include "json.h"

#include <stdio.h>

struct verify_options {
    struct file_options file;
    uint64_t sample;
};

enum { OPTION_SAMPLE = 0x200 };

static const struct argp_option verify_list[] = {
    {"sample", OPTION_SAMPLE, "N", 0, "run so many trials again (64); 0 for none", 0},
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
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

int verify_main(int argc, char **argv)
{
    const struct argp_child children[] = {{&file_argp, 0, NULL, 0}, {0}};
    const struct argp argp = {
        .children = children,
        .options = verify_list,
        .parser = parse,
        .args_doc = "RESULT",
        .doc = "Check a result file: its content hash, and a sample of its trials run "
               "again from the inputs it holds.\vExit status 4 where anything "
               "differs.",
    };
    struct verify_options options = {.sample = 64};
    struct hr_error error = {0};
    struct json out;
    enum hr_status status;

    if (argp_parse(&argp, argc, argv, 0, NULL, &options) != 0)
        return HR_FAILED;
    status = hr_verify(options.file.path, &options.sample, &error);
    if (status != HR_OK)
        fprintf(stderr, "headroom verify: %s\n", error.message);
    if (options.file.json) {
        json_start(&out);
        json_text(&out, "result", options.file.path);
        json_flag(&out, "holds", status == HR_OK);
        json_number(&out, "trials_run_again", (double)options.sample);
        json_text(&out, "reason", error.message);
        (void)print_text_and_free(json_end(&out));
    } else if (status == HR_OK) {
        printf("%s holds: its hash is right", options.file.path);
        if (options.sample > 0)
            printf(" and %llu trial%s gave the same bits again",
                   (unsigned long long)options.sample, plural((double)options.sample));
        putchar('\n');
    }
    return (int)status;
}
