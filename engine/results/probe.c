#include "probe.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    SECONDS_AT_LEAST = 60, /**< of processor time */
    BYTES_A_SECOND = 1 << 23,
};

enum { CRASHED = 4 /**< exit status of a child in which HDF5 came down */ };

/* What the child leaves behind. */
struct report {
    bool done;
    enum hr_status status;
    struct hr_error error;
};

/* A request for memory that was refused just before is why HDF5 comes down. */
static void die(int signal)
{
    (void)signal;
    _exit(errno == ENOMEM ? 0 : CRASHED);
}

/* Whoever handles the signals of a crash handles those of this process, not ours. */
static void die_of_crashes(void)
{
    static const int crash[] = {SIGXCPU, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    sigset_t none;

    sigemptyset(&none);
    for (size_t i = 0; i < sizeof(crash) / sizeof(*crash); i++) {
        signal(crash[i], i == 0 ? SIG_DFL : die);
        sigaddset(&none, crash[i]);
    }
    sigprocmask(SIG_UNBLOCK, &none, NULL);
}

static bool lower(struct rlimit *limit, rlim_t most)
{
    if (limit->rlim_cur <= most)
        return false;
    limit->rlim_cur = most;
    return true;
}

/* No file of a crash, and an end of what never ends. */
static void limit_process(rlim_t seconds)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_CORE, &limit) == 0 && lower(&limit, 0))
        setrlimit(RLIMIT_CORE, &limit);
    if (getrlimit(RLIMIT_CPU, &limit) == 0 && lower(&limit, seconds))
        setrlimit(RLIMIT_CPU, &limit);
}

static void be_quiet(void)
{
    const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);

    if (nowhere < 0)
        return;
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
}

static rlim_t seconds_for(const char *path)
{
    struct stat about;

    return SECONDS_AT_LEAST +
           (stat(path, &about) == 0 ? (rlim_t)about.st_size / BYTES_A_SECOND : 0);
}

/* HDF5 itself ends the process where memory runs out, or comes down over it. */
static enum hr_status outcome_of(const struct report *report, int ended,
                                 const char *path, struct hr_error *error)
{
    if (!report->done && WIFEXITED(ended) && WEXITSTATUS(ended) != CRASHED)
        return hr_fail(error, HR_FAILED, "no memory to read %s", path);
    if (!report->done)
        return hr_fail(error, HR_BAD_INPUT,
                       "%s cannot be read: it is damaged, or made to bring HDF5 down",
                       path);
    if (report->status != HR_OK)
        *error = report->error;
    return report->status;
}

static int wait_for(pid_t child)
{
    int ended = 0;

    while (waitpid(child, &ended, 0) < 0 && errno == EINTR)
        continue;
    return ended;
}

enum hr_status probe_file(const char *path,
                          enum hr_status (*look)(void *context, struct hr_error *error),
                          void *context, struct hr_error *error)
{
    struct report *report = mmap(NULL, sizeof(*report), PROT_READ | PROT_WRITE,
                                 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    enum hr_status status;
    pid_t child;

    if (report == MAP_FAILED)
        return hr_fail(error, HR_FAILED, "no memory to read %s", path);
    child = fork();
    if (child == 0) {
        die_of_crashes();
        limit_process(seconds_for(path));
        be_quiet();
        report->status = look(context, &report->error);
        report->done = true;
        _exit(0);
    }
    if (child > 0) {
        status = outcome_of(report, wait_for(child), path, error);
    } else {
        status = hr_fail(error, HR_FAILED, "no process can be started to read %s: %s",
                         path, strerror(errno));
    }
    munmap(report, sizeof(*report));
    return status;
}
