#include "parts_options.h"

#include "command.h"
#include "stream.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPTION_RESUME = 0x300,
    OPTION_DISCARD,
    OPTION_EXTEND,
    OPTION_CHECKPOINT,
    OPTION_MEMORY,
    OPTION_SHARD,
    OPTION_BREAK_LOCK,
    MOST_SHARDS = 1000000,
};

static const struct argp_option parts_list[] = {
    {"resume", OPTION_RESUME, NULL, 0, "go on from the parts that a stopped run left",
     1},
    {"discard", OPTION_DISCARD, NULL, 0, "remove such parts and start again", 1},
    {"extend", OPTION_EXTEND, NULL, 0,
     "the result that is there has the first trials: run those after it, to --trials, "
     "and put the longer result in its place",
     1},
    {"checkpoint-every", OPTION_CHECKPOINT, "SECONDS", 0,
     "write what is finished beside the result each time after so long (300); 0: never",
     1},
    {"memory", OPTION_MEMORY, "MB", 0,
     "write trials to disk before the run takes more than so much (900)", 1},
    {"shard", OPTION_SHARD, "I/N", 0,
     "run the I-th of N equal ranges of the trials; `headroom merge` makes the result",
     1},
    {"break-lock", OPTION_BREAK_LOCK, NULL, 0,
     "go on where the file system has no locks, no other run being under way", 1},
    {0},
};

static double amount(const struct argp_state *state, const char *option,
                     const char *text)
{
    double number = 0.0;

    if (text_to_number(text, &number) != TEXT_NUMBER || number < 0.0 || number > 1e9)
        argp_error(state, "%s takes a number from 0 to 1e9, not \"%s\"", option, text);
    return number;
}

static void read_shard(const struct argp_state *state, const char *text,
                       struct hr_run_options *options)
{
    char rest;

    if (sscanf(text, "%7u/%7u%c", &options->shard, &options->shards, &rest) != 2 ||
        options->shard < 1 || options->shard > options->shards ||
        options->shards > MOST_SHARDS)
        argp_error(state,
                   "--shard takes I/N, such as 3/8 for the third of eight, not \"%s\"",
                   text);
}

static void choose(const struct argp_state *state, enum hr_run_parts parts,
                   struct hr_run_options *options)
{
    if (options->parts != HR_PARTS_REFUSE && options->parts != parts)
        argp_error(state, "--resume goes on and --discard starts again: give one");
    options->parts = parts;
}

static void check_together(const struct argp_state *state,
                           const struct hr_run_options *options)
{
    if (options->shards > 0 && options->extend)
        argp_error(state, "a result is extended by one run: --extend or --shard");
    if (options->shards > 0 && options->parts == HR_PARTS_DISCARD)
        argp_error(state, "--discard removes the parts of all shards: run it without "
                          "--shard, or remove the folder");
}

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct hr_run_options *options = state->input;

    switch (key) {
    case OPTION_RESUME:
        choose(state, HR_PARTS_RESUME, options);
        return 0;
    case OPTION_DISCARD:
        choose(state, HR_PARTS_DISCARD, options);
        return 0;
    case OPTION_EXTEND:
        options->extend = true;
        return 0;
    case OPTION_CHECKPOINT:
        options->checkpoint_seconds = amount(state, "--checkpoint-every", argument);
        return 0;
    case OPTION_MEMORY:
        options->memory_bytes = 1e6 * amount(state, "--memory", argument);
        return 0;
    case OPTION_SHARD:
        read_shard(state, argument, options);
        return 0;
    case OPTION_BREAK_LOCK:
        options->break_lock = true;
        return 0;
    case ARGP_KEY_END:
        check_together(state, options);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp parts_argp = {.options = parts_list, .parser = parse};

/* Options that a run is not begun by; of the latter kind the value is a word. */
static const char *const left_out[] = {"--resume", "--discard", "--break-lock"};
static const char *const left_out_with_value[] = {"--shard"};

static bool begins_with(const char *word, const char *const *list, size_t count,
                        bool *alone)
{
    for (size_t i = 0; i < count; i++) {
        const size_t length = strlen(list[i]);

        if (strncmp(word, list[i], length) == 0 &&
            (word[length] == '\0' || word[length] == '=')) {
            *alone = word[length] == '\0';
            return true;
        }
    }
    return false;
}

static void write_word(FILE *out, const char *word)
{
    if (*word != '\0' &&
        word[strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRS"
                          "TUVWXYZ0123456789_-+=./:,@%")] == '\0') {
        fprintf(out, " %s", word);
        return;
    }
    fputs(" '", out);
    for (; *word != '\0'; word++) {
        if (*word == '\'')
            fputs("'\\''", out);
        else
            fputc(*word, out);
    }
    fputc('\'', out);
}

char *parts_command(int argc, char **argv)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = stream_to_memory(&text, &size);
    bool alone;

    if (out == NULL)
        return NULL;
    fputs(argv[0], out);
    for (int i = 1; i < argc; i++) {
        if (begins_with(argv[i], left_out, 3, &alone))
            continue;
        if (begins_with(argv[i], left_out_with_value, 1, &alone))
            i += alone;
        else
            write_word(out, argv[i]);
    }
    (void)stream_close(out); /* NULL where any of it was lost */
    return text;
}

void parts_say(void *context, const char *sentence)
{
    (void)context;
    fprintf(stderr, "%s\n", sentence);
}
