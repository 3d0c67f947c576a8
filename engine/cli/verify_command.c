#include "command.h"

#include "headroom/run.h"
#include "json.h"

#include <stdio.h>

struct verify_options {
    const char *path;
    uint64_t sample;
    bool json;
};

enum { OPTION_SAMPLE = 0x200, OPTION_JSON };

static const struct argp_option verify_list[] = {
    {"sample", OPTION_SAMPLE, "N", 0, "run so many trials again (64); 0 for none", 0},
    {"json", OPTION_JSON, NULL, 0, "write JSON", 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct verify_options *options = state->input;

    switch (key) {
    case OPTION_SAMPLE:
        options->sample = whole_number(state, "--sample", argument, 1e12);
        return 0;
    case OPTION_JSON:
        options->json = true;
        return 0;
    case ARGP_KEY_ARG:
        if (options->path != NULL)
            argp_error(state, "one result at a time: \"%s\" is a second", argument);
        options->path = argument;
        return 0;
    case ARGP_KEY_END:
        if (options->path == NULL)
            argp_error(state, "which result file?");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

int verify_main(int argc, char **argv)
{
    const struct argp argp = {
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
    status = hr_verify(options.path, options.sample, &error);
    if (status != HR_OK)
        fprintf(stderr, "headroom verify: %s\n", error.message);
    if (options.json) {
        json_start(&out);
        json_text(&out, "result", options.path);
        json_flag(&out, "holds", status == HR_OK);
        json_text(&out, "reason", error.message);
        (void)print_text_and_free(json_end(&out));
    } else if (status == HR_OK) {
        printf("%s holds: its hash is right and %llu trials gave the same bits again\n",
               options.path, (unsigned long long)options.sample);
    }
    return (int)status;
}
