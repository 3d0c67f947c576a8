#include "command.h"
#include "command_list.h"

#include "headroom/version.h"

#include "allowance.h"
#include "crash.h"
#include "envelope.h"
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

#define ROW(name) extern const struct command name##_command;
HR_COMMANDS(ROW)
#undef ROW

static const struct command *const commands[] = {
#define ROW(name) &name##_command,
    HR_COMMANDS(ROW)
#undef ROW
};

enum { COMMANDS = sizeof(commands) / sizeof(*commands) };

static const struct command *find_command(const char *name)
{
    for (int i = 0; i < COMMANDS; i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    return NULL;
}

/* Whether a command stands above another in the help; NULL above all. */
static bool is_above(const struct command *a, const struct command *b)
{
    if (a == NULL || a->place != b->place)
        return a == NULL || a->place < b->place;
    return strcmp(a->name, b->name) < 0;
}

/* The next of the help; NULL after the last. */
static const struct command *after(const struct command *last)
{
    const struct command *next = NULL;

    for (int i = 0; i < COMMANDS; i++) {
        if (is_above(last, commands[i]) &&
            (next == NULL || is_above(commands[i], next)))
            next = commands[i];
    }
    return next;
}

static void print_help(void)
{
    puts("Usage: headroom COMMAND [OPTION...]\n"
         "Compare how general practice can be organised: partnership, "
         "super-partnership,\n"
         "federation or trust-run, under capitation risk and workforce shocks.\n"
         "\n"
         "Commands:");
    for (const struct command *next = after(NULL); next != NULL; next = after(next))
        printf("  %-12s %s\n", next->name, next->summary);
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
    const struct command *nearest = commands[0];

    for (int i = 1; i < COMMANDS; i++) {
        if (text_distance(name, commands[i]->name) < text_distance(name, nearest->name))
            nearest = commands[i];
    }
    if (text_distance(name, nearest->name) <= 1 + strlen(name) / 3)
        fprintf(stderr, "headroom: no command \"%s\"; did you mean %s?\n", name,
                nearest->name);
    else
        fprintf(stderr, "headroom: no command \"%s\"; headroom --help lists them\n",
                name);
    return HR_BAD_INPUT;
}

/* HDF5 ends the whole program, without a word, where one of its tables cannot grow, and
 * OpenMP's library, with a word, where no thread can be started; argp ends it where it
 * is misused. */
static void close_at_exit(int status, void *envelope)
{
    if (status == HR_FAILED && !envelope_is_closed(envelope))
        fputs("headroom: a library ended the program, as where memory runs out or no "
              "more threads can be started: look at ulimit -v, ulimit -u and "
              "OMP_STACKSIZE, or say --threads 1; no result was written\n",
              stderr);
    if (status == -1)
        fputs("headroom: a library gave up, as where memory runs out; no result was "
              "written\n",
              stderr);
    (void)envelope_close(envelope, status == -1 ? HR_FAILED : status);
    if (status != -1)
        return;
    fflush(NULL);
    _exit(HR_FAILED);
}

static int run(const struct command *command, int argc, char **argv,
               struct crash_context *crash)
{
    char name[64];
    struct envelope *envelope;
    int status;

    snprintf(name, sizeof(name), "headroom %s", command->name);
    argv[0] = name;
    envelope = command->speech == BECOMES
                   ? NULL
                   : envelope_open(argc, argv, command->speech == REPORTS);
    if ((envelope == NULL && command->speech != BECOMES) ||
        on_exit(close_at_exit, envelope) != 0)
        return (int)no_memory();
    crash->command = command->name;
    crash->json = envelope_asked(argc - 1, argv + 1, "--json", 3);
    if (envelope != NULL)
        crash->heard = envelope_heard(envelope);
    status = command->run(argc, argv);
    crash->json = false;
    return envelope_close(envelope, status);
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

int main(int argc, char **argv)
{
    const struct command *command;
    struct crash_context *crash;

    interrupt_survive_writing();
    hold_standard_streams();
    crash = crash_guard();
    if (!allowance_suffices())
        return HR_FAILED;
    if (crash == NULL || !terminal_guard())
        return (int)no_memory();
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
                           : flushed(run(command, argc - 1, argv + 1, crash));
}
