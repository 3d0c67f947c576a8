#include "command.h"

#include "headroom/version.h"

#include "interrupt.h"
#include "terminal.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <gsl/gsl_errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct command {
    const char *name;
    const char *summary;
    int (*run)(int argc, char **argv);
};

static const struct command commands[] = {
    {"new", "write a scenario of your own to start from", new_main},
    {"run", "run a scenario into a result file", run_main},
    {"sweep", "run a scenario at many points into one result file", sweep_main},
    {"merge", "make a result from the parts that shards left", merge_main},
    {"check", "validate a scenario and show it resolved", check_main},
    {"plan", "say what a run would take before it starts", plan_main},
    {"show", "show a result in tables", show_main},
    {"report", "make a page of a result that a board can read", script_main},
    {"compare", "compare the forms of a result, or two results", compare_main},
    {"switch", "find where an assumption turns the best form", switch_main},
    {"sensitivity", "show which assumptions a difference hangs on", sensitivity_main},
    {"voi", "value what could be found out before choosing", voi_main},
    {"export", "write a result as a workbook or as tables of text", export_main},
    {"replay", "run one trial again with its full ledger", replay_main},
    {"verify", "check a result file and run some of its trials again", verify_main},
    {"pool", "show the delegated budget's risk by list size, exact beside simulated",
     pool_main},
    {"size", "find the smallest organisation that meets a target", size_main},
    {"backtest", "score a scenario against what happened", backtest_main},
    {"validate", "run the published tables beside the engine", validate_main},
    {"metrics", "list the metrics of a result", metrics_main},
    {"keys", "list the keys of a scenario", keys_main},
    {"forms", "show the shipped forms with their terms and evidence", forms_main},
    {"schema", "write the JSON Schema of scenarios, for editors", schema_main},
};

enum { COMMANDS = sizeof(commands) / sizeof(*commands) };

static const struct command *find_command(const char *name)
{
    for (int i = 0; i < COMMANDS; i++) {
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    }
    return NULL;
}

static void print_help(void)
{
    puts("Usage: headroom COMMAND [OPTION...]\n"
         "Compare how general practice can be organised: partnership, "
         "super-partnership,\n"
         "federation or trust-run, under capitation risk and workforce shocks.\n"
         "\n"
         "Commands:");
    for (int i = 0; i < COMMANDS; i++)
        printf("  %-12s %s\n", commands[i].name, commands[i].summary);
    puts("\n"
         "`headroom COMMAND --help` tells more about one of them.\n"
         "\n"
         "  --help       show this help\n"
         "  --version    show the version\n"
         "\n"
         "Exit status: 0 done, 1 failed (disk, memory), 2 bad input or usage, 3 "
         "stopped on\n"
         "request (what was kept can be resumed), 4 a verification or validation did "
         "not hold.");
}

static int refuse(const char *name)
{
    const struct command *nearest = &commands[0];

    for (int i = 1; i < COMMANDS; i++) {
        if (text_distance(name, commands[i].name) < text_distance(name, nearest->name))
            nearest = &commands[i];
    }
    if (text_distance(name, nearest->name) <= 1 + strlen(name) / 3)
        fprintf(stderr, "headroom: no command \"%s\"; did you mean %s?\n", name,
                nearest->name);
    else
        fprintf(stderr, "headroom: no command \"%s\"; headroom --help lists them\n",
                name);
    return HR_BAD_INPUT;
}

static int run(const struct command *command, int argc, char **argv)
{
    char name[64];

    snprintf(name, sizeof(name), "headroom %s", command->name);
    argv[0] = name;
    return command->run(argc, argv);
}

/* Whoever closes a pipe early has read enough. */
static bool reader_is_gone(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};

    return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

/* A full disk shows when what was printed is flushed, or did before. */
static int flushed(int status)
{
    const int now = fflush(stdout) == 0 ? 0 : errno;

    if ((now == 0 && ferror(stdout) == 0) || reader_is_gone())
        return status;
    fprintf(stderr, "headroom: standard output: %s\n",
            now != 0 ? strerror(now) : "not all of it could be written");
    return HR_FAILED;
}

/* A result must not become the file that messages go to: standard streams that are
 * closed are opened on what cannot be written. */
static void hold_standard_streams(void)
{
    int file = 0;

    while (file >= 0 && file <= STDERR_FILENO)
        file = open("/dev/null", O_RDONLY);
    if (file > STDERR_FILENO)
        close(file);
}

/* HDF5 ends the whole program, without a word, where one of its tables cannot grow. */
static void say_if_a_library_gave_up(int status, void *context)
{
    (void)context;
    if (status != -1)
        return;
    fputs("headroom: a library gave up, as where memory runs out; no result was "
          "written\n",
          stderr);
    _exit(HR_FAILED);
}

int main(int argc, char **argv)
{
    const struct command *command;

    interrupt_survive_writing();
    hold_standard_streams();
    if (!terminal_guard()) {
        fputs("headroom: out of memory\n", stderr);
        return HR_FAILED;
    }
    if (on_exit(say_if_a_library_gave_up, NULL) != 0)
        return HR_FAILED;
    gsl_set_error_handler_off();
    argp_err_exit_status = HR_BAD_INPUT;
    if (argc < 2) {
        fputs("headroom: no command; headroom --help lists them\n", stderr);
        return HR_BAD_INPUT;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_help();
        return flushed(HR_OK);
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("headroom %s\n%s\n", hr_version(), hr_citation());
        return flushed(HR_OK);
    }
    command = find_command(argv[1]);
    return command == NULL ? refuse(argv[1])
                           : flushed(run(command, argc - 1, argv + 1));
}
