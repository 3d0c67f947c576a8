#include "interrupting.h"

#include "publish.h"
#include "small_outcome.h"
#include "test.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

int exists(const char *path)
{
    return access(path, F_OK) == 0;
}

/* Files here whose names begin with @p prefix; removed if asked. */
static int count_files(const char *prefix, int removed)
{
    DIR *folder = opendir(".");
    int count = 0;

    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL;
         entry = readdir(folder)) {
        if (strncmp(entry->d_name, prefix, strlen(prefix)) == 0) {
            count++;
            if (removed)
                unlink(entry->d_name);
        }
    }
    closedir(folder);
    return count;
}

void remove_all(const char *path)
{
    count_files(path, 1);
}

int files_of(const char *path)
{
    return count_files(path, 0);
}

/* Where the child leaves what it has to say. */
static struct interruption *shared(void)
{
    struct interruption *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
                                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    assert_true(shared != MAP_FAILED);
    *shared = (struct interruption){0};
    return shared;
}

static struct interruption outcome_of(const char *path, pid_t child,
                                      struct interruption *from_child)
{
    struct interruption seen;
    int ended;

    waitpid(child, &ended, 0);
    seen = *from_child;
    seen.signal = WIFSIGNALED(ended) ? WTERMSIG(ended) : 0;
    seen.files = files_of(path);
    munmap(from_child, sizeof(*from_child));
    return seen;
}

static void publish_small(const char *path, struct interruption *told)
{
    struct small_outcome *small = small_outcome();

    told->status = result_publish(path, &small->outcome, NULL, &told->error);
    free(small);
}

static void die(int signal_number)
{
    (void)signal_number;
    raise(SIGKILL);
}

/* The system says by a signal that a file has met its limit, then by an error. */
static struct interruption publish_within(const char *path, size_t bytes,
                                          void (*at_limit)(int))
{
    const struct rlimit limit = {bytes, bytes};
    struct interruption *told = shared();
    const pid_t child = fork();

    if (child == 0) {
        signal(SIGXFSZ, at_limit);
        setrlimit(RLIMIT_FSIZE, &limit);
        publish_small(path, told);
        exit(0); /* what runs at exit must survive too */
    }
    return outcome_of(path, child, told);
}

struct interruption publish_on_full_disk(const char *path, size_t bytes)
{
    return publish_within(path, bytes, SIG_IGN);
}

struct interruption publish_and_be_killed(const char *path, size_t bytes)
{
    return publish_within(path, bytes, die);
}

size_t whole_size(const char *path)
{
    struct interruption told = {0};
    struct stat about;

    publish_small(path, &told);
    assert_int_equal(stat(path, &about), 0);
    unlink(path);
    return (size_t)about.st_size;
}
