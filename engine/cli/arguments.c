#include "command.h"

#include "option_ties.h"
#include "stream.h"
#include "text.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_OPTIONS = 64, REPEATED = 's' };

uint64_t whole_number(const struct argp_state *state, const char *option,
                      const char *text, double most)
{
    double number = 0.0;

    if (text_to_number(text, &number) != TEXT_NUMBER || number < 0.0 || number > most ||
        floor(number) != number || text_is_odd_whole(text))
        argp_error(state, "%s takes a whole number from 0 to %.0f, not \"%s\"", option,
                   most, text);
    return (uint64_t)number;
}

const char *plural(double number)
{
    return number == 1.0 ? "" : "s";
}

/** Options of a command and its children, as getopt takes them. */
struct all_options {
    char letters[2 * MOST_OPTIONS + 1];
    struct option list[MOST_OPTIONS + 1];
    const char *value[MOST_OPTIONS];
    bool given[MOST_OPTIONS];
    size_t count;
};

static int taking(const struct argp_option *option)
{
    if (option->arg == NULL)
        return no_argument;
    return (option->flags & OPTION_ARG_OPTIONAL) != 0 ? optional_argument
                                                      : required_argument;
}

static void add_option(struct all_options *all, const struct argp_option *option)
{
    const size_t n = strlen(all->letters);

    if (all->count == MOST_OPTIONS)
        return;
    all->list[all->count++] = (struct option){
        .name = option->name, .has_arg = taking(option), .val = option->key};
    if (option->key < 0x80)
        snprintf(all->letters + n, 3, "%c%s", option->key,
                 option->arg == NULL ? "" : ":");
}

static void add_options(struct all_options *all, const struct argp *argp)
{
    const struct argp_option *option = argp->options;
    const struct argp_child *child = argp->children;
    struct argp_option meant = {0}; /* an alias stands for the option before it */

    for (; option != NULL && (option->name != NULL || option->doc != NULL); option++) {
        if ((option->flags & OPTION_ALIAS) == 0)
            meant = *option;
        meant.name = option->name;
        if (option->name != NULL)
            add_option(all, &meant);
    }
    for (; child != NULL && child->argp != NULL; child++)
        add_options(all, child->argp);
}

/* Whether a later one would take an earlier one's place. */
static bool is_said_once(const struct option *option)
{
    return option->val != REPEATED && strcmp(option->name, "axis") != 0 &&
           strcmp(option->name, "reuse") != 0;
}

static void take_once(struct all_options *all, int key, const char *command)
{
    size_t i = 0;

    while (i < all->count && all->list[i].val != key)
        i++;
    if (i == all->count)
        return;
    all->given[i] = true;
    if (optarg == NULL || !is_said_once(&all->list[i]))
        return;
    if (all->value[i] != NULL) {
        fprintf(stderr, "%s: --%s is given twice, as \"%s\" and \"%s\": which is it?\n",
                command, all->list[i].name, all->value[i], optarg);
        exit(HR_BAD_INPUT);
    }
    all->value[i] = optarg;
}

static bool is_given(const void *given, const char *name)
{
    const struct all_options *all = given;

    for (size_t i = 0; i < all->count; i++) {
        if (all->given[i] && strcmp(all->list[i].name, name) == 0)
            return true;
    }
    return false;
}

/* The last of two would win without a word, and so what says nothing beside another:
 * they are looked for before argp is asked. */
static error_t refuse_unheeded(const struct argp *argp, int argc, char **argv)
{
    struct all_options *all = calloc(1, sizeof(*all));
    char **words = calloc((size_t)argc + 1, sizeof(*words));

    if (all == NULL || words == NULL) {
        free(all);
        free(words);
        return ENOMEM;
    }
    memcpy(words, argv, (size_t)argc * sizeof(*words));
    add_options(all, argp);
    opterr = 0;
    optind = 0;
    for (int key = 0; key != -1;) {
        key = getopt_long(argc, words, all->letters, all->list, NULL);
        take_once(all, key, argv[0]);
    }
    option_ties_check(argv[0], is_given, all);
    free(all);
    free(words);
    return 0;
}

enum { OPTION_QUIET = 0x700 };

static const struct argp_option quiet_list[] = {
    {"quiet", OPTION_QUIET, NULL, 0,
     "say nothing but what was asked for and what is wrong: no progress, no notes", -1},
    {0},
};

/* main() has heeded it. */
static error_t parse_quiet(int key, char *argument, struct argp_state *state)
{
    (void)argument;
    if (key == ARGP_KEY_INIT)
        state->child_inputs[0] = state->input;
    return key == ARGP_KEY_INIT || key == OPTION_QUIET ? 0 : ARGP_ERR_UNKNOWN;
}

error_t parse_arguments(const struct argp *argp, int argc, char **argv, void *input)
{
    const struct argp_child children[] = {{argp, 0, NULL, 0}, {0}};
    const struct argp whole = {
        .options = quiet_list, .parser = parse_quiet, .children = children};
    error_t failure = refuse_unheeded(&whole, argc, argv);

    if (failure == 0)
        failure = argp_parse(&whole, argc, argv, 0, NULL, input);
    if (failure != 0)
        (void)no_memory(); /* all else is said, and ends the program */
    return failure;
}

/* Adds what fits; false where that is not all. */
static bool add_to_word(char word[LONGEST_WORD], const char *more)
{
    const size_t used = strlen(word);

    return (size_t)snprintf(word + used, LONGEST_WORD - used, "%s", more) <
           LONGEST_WORD - used;
}

const char *shell_word(const char *word, char text[LONGEST_WORD])
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789_./-+=";
    const char *quote = word[strspn(word, plain)] == '\0' ? "" : "'";
    bool whole = true;

    snprintf(text, LONGEST_WORD, "%s%s", quote, *word == '-' ? "./" : "");
    for (const char *c = word; *c != '\0' && whole; c++)
        whole = add_to_word(text, *c == '\'' ? "'\\''" : (const char[]){*c, '\0'});
    return whole && add_to_word(text, quote) ? text : word;
}

char *file_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t size = 0;
    FILE *copy = file == NULL ? NULL : stream_to_memory(&text, &size);
    bool whole = copy != NULL;

    if (whole) {
        for (int c = getc(file); c != EOF; c = getc(file))
            putc(c, copy);
        whole = ferror(file) == 0;
        whole = stream_close(copy) && whole;
    }
    if (file != NULL)
        fclose(file);
    if (whole)
        return text;
    free(text);
    return NULL;
}
