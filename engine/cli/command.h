/** @file
 * A command of the program: one file, and its row at the end of it.
 *
 * A command gets its own arguments, the name the user sees as the first, and returns
 * the exit status. It may do nothing that the public API cannot.
 */
#ifndef HEADROOM_COMMAND_H
#define HEADROOM_COMMAND_H

#include "headroom/result.h"
#include "headroom/run.h"
#include "headroom/scenario.h"

#include <argp.h>
#include <stdio.h>

/** What a file NAME_command.c has as NAME_command. The list of commands is made of the
 * files that are there, so that nothing else knows of one. */
struct command {
    const char *name;
    const char *summary; /**< of the help, in the imperative */
    int (*run)(int argc, char **argv);
    enum speech {
        ANSWERS, /**< what it prints was asked for */
        REPORTS, /**< what it prints is about what it did */
        BECOMES, /**< another program, which speaks for itself */
    } speech;
    int place; /**< in the help, from 10 in tens */
};

/** Which scenario, and with what changes: what most commands ask for. */
struct scenario_options {
    const char *path; /**< as given; where it is read, the file that was meant */
    char found[4096];
    const char **override; /**< key=value */
    size_t overrides;
    enum hr_neutral neutral; /**< what is to make no difference */
    bool recalibrate;        /**< costs are calibrated with the changes */
    bool strict;             /**< what is implausible is refused */
    bool says_doubts; /**< the command itself says what is implausible, and what became
                         of changes */
    bool json;
};

/** SCENARIO, -s KEY=VALUE, --neutral, --strict and --json, for struct argp_child. Its
 * input is a struct scenario_options that starts as {0}. */
extern const struct argp scenario_argp;

/** Add a KEY=VALUE, which must live as long as the options; ENOMEM, unsaid, where
 * memory ran out. */
error_t scenario_change(struct scenario_options *options, const char *text);

/** A scenario and how its trials are run: what run and plan ask for. */
struct run_options {
    struct scenario_options scenario;
    struct hr_run_options run;
    char trials[64]; /**< these two as changes of the scenario */
    char seed[64];
};

/** What scenario_argp takes, and --trials, --seed, --threads and --instruction-set. Its
 * input is a struct run_options that starts as {0}. */
extern const struct argp run_argp;

/** A file that is there already, and how what it holds is shown. */
struct file_options {
    const char *path;
    bool json;
    struct hr_result_options open;
};

/** RESULT, --json and --quick. Its input is a struct file_options that starts as {0}.
 */
extern const struct argp file_argp;

/** Read the scenario of the options, neutral where they ask for it. On failure the
 * problems are printed; that there is something implausible is said, or, where the
 * options are strict, what it is, and refused. Frees the options' list of overrides in
 * any case. */
HR_MUST_CHECK
enum hr_status scenario_open(struct scenario_options *options,
                             struct hr_scenario **scenario);

/** Parse a command's arguments into @p input, as argp_parse() does. An option with a
 * value that is given twice is a usage error, but for -s. Where memory ran out that is
 * said, and the command returns HR_FAILED. */
HR_MUST_CHECK
error_t parse_arguments(const struct argp *argp, int argc, char **argv, void *input);

/** What --neutral=@p text takes out; anything but forms and all is a usage error. */
enum hr_neutral neutral_kind(const struct argp_state *state, const char *text);

/** All of a file, to be freed; NULL where it cannot be read. */
char *file_text(const char *path);

/** A whole number from 0 to @p most; anything else is a usage error. */
uint64_t whole_number(const struct argp_state *state, const char *option,
                      const char *text, double most);

/** Parse the arguments of a command that takes no more than --json, and say whether it
 * was given. */
HR_MUST_CHECK
error_t json_only(int argc, char **argv, const char *what, bool *json);

/** Print problems, one a line, to standard error or, with @p json, as an object to
 * standard output. */
void print_problems(const struct hr_messages *problems, bool json);

enum { LONGEST_WORD = 4096 + 512 };

/** A file's name as it is to be said in a command that the user is told: in quotes
 * where a shell needs them, and never an option. As it is where it does not fit into @p
 * text.
 */
const char *shell_word(const char *word, char text[LONGEST_WORD]);

/** "s" where there are several, or none. */
const char *plural(double number);

/** Say that memory ran out; HR_FAILED. */
enum hr_status no_memory(void);

/** Print a text that the API gave and free it; HR_FAILED where there is none. */
HR_MUST_CHECK
enum hr_status print_text_and_free(char *text);

#endif
