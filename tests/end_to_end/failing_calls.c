/* To be preloaded: lets one call of a kind fail, of those on files that are being
 * written; all else passes.
 *
 * FAIL_CALL is the function, FAIL_AT the number of the call, from 1; 0 for none. With
 * FAIL_SIGNAL the call passes, and the process gets that signal in this instant.
 * FAIL_FOR is how many fail from there on. At the end the number of calls is written to
 * the file that FAIL_COUNT names. Processes that fork() starts count on. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static const char *kind = "";
static unsigned long fail_at, fail_for, fail_signal, *calls;

static unsigned long number_of(const char *name, unsigned long otherwise)
{
    const char *text = getenv(name);

    return text == NULL ? otherwise : strtoul(text, NULL, 10);
}

__attribute__((constructor)) static void begin(void)
{
    void *shared = mmap(NULL, sizeof(*calls), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    calls = shared == MAP_FAILED ? NULL : shared;
    if (getenv("FAIL_CALL") != NULL)
        kind = getenv("FAIL_CALL");
    fail_at = number_of("FAIL_AT", 0);
    fail_for = number_of("FAIL_FOR", 1);
    fail_signal = number_of("FAIL_SIGNAL", 0);
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("FAIL_COUNT");
    FILE *file;

    kind = ""; /* what follows is our own */
    file = path == NULL ? NULL : fopen(path, "w");
    if (file == NULL)
        return;
    fprintf(file, "%lu\n", *calls);
    fclose(file);
}

/* Standard output and error are no files of ours. */
static int fails(const char *call, int descriptor)
{
    unsigned long number;

    if (calls == NULL || strcmp(kind, call) != 0 || (descriptor >= 0 && descriptor < 3))
        return 0;
    number = __atomic_add_fetch(calls, 1, __ATOMIC_RELAXED);
    if (fail_at == 0 || number < fail_at || number >= fail_at + fail_for)
        return 0;
    if (fail_signal > 0) {
        kill(getpid(), (int)fail_signal);
        return 0;
    }
    errno = EIO;
    return 1;
}

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

#define PASS(type, name, ...) (__extension__(type) next(name))(__VA_ARGS__)

ssize_t write(int file, const void *bytes, size_t size)
{
    typedef ssize_t call(int, const void *, size_t);

    return fails("write", file) ? -1 : PASS(call *, "write", file, bytes, size);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t at)
{
    typedef ssize_t call(int, const void *, size_t, off_t);

    return fails("write", file) ? -1 : PASS(call *, "pwrite", file, bytes, size, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at)
{
    typedef ssize_t call(int, const void *, size_t, off64_t);

    return fails("write", file) ? -1 : PASS(call *, "pwrite64", file, bytes, size, at);
}

/* A look for requests to stop that found none: one may come just after it. */
int sigtimedwait(const sigset_t *signals, siginfo_t *about, const struct timespec *time)
{
    typedef int call(const sigset_t *, siginfo_t *, const struct timespec *);
    const int found = PASS(call *, "sigtimedwait", signals, about, time);

    if (found < 0)
        (void)fails("look", -1);
    return found;
}

#define FAILS_ON_FILE(kind, type, name, arguments, ...)                                \
    type name arguments                                                                \
    {                                                                                  \
        typedef type call arguments;                                                   \
                                                                                       \
        return fails(kind, file) ? -1 : PASS(call *, #name, __VA_ARGS__);              \
    }

#define FAILS_ON_PATH(kind, name, arguments, ...)                                      \
    int name arguments                                                                 \
    {                                                                                  \
        typedef int call arguments;                                                    \
                                                                                       \
        return fails(kind, -1) ? -1 : PASS(call *, #name, __VA_ARGS__);                \
    }

FAILS_ON_FILE("read", ssize_t, read, (int file, void *to, size_t size), file, to, size)
FAILS_ON_FILE("read", ssize_t, pread, (int file, void *to, size_t size, off_t at), file,
              to, size, at)
FAILS_ON_FILE("read", ssize_t, pread64, (int file, void *to, size_t size, off64_t at),
              file, to, size, at)
FAILS_ON_FILE("truncate", int, ftruncate, (int file, off_t size), file, size)
FAILS_ON_FILE("truncate", int, ftruncate64, (int file, off64_t size), file, size)
FAILS_ON_FILE("close", int, close, (int file), file)
FAILS_ON_FILE("mode", int, fchmod, (int file, mode_t mode), file, mode)
FAILS_ON_FILE("mode", int, fchown, (int file, uid_t user, gid_t group), file, user,
              group)
FAILS_ON_PATH("remove", unlink, (const char *path), path)
FAILS_ON_PATH("remove", rmdir, (const char *path), path)
FAILS_ON_PATH("make", mkdir, (const char *path, mode_t mode), path, mode)

/* A thread that is not allowed; its kind is "thread". */
int pthread_create(pthread_t *thread, const pthread_attr_t *with, void *(*work)(void *),
                   void *context)
{
    typedef int call(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

    return fails("thread", -1)
               ? EAGAIN
               : PASS(call *, "pthread_create", thread, with, work, context);
}

int fsync(int file)
{
    typedef int call(int);

    return fails("fsync", file) ? -1 : PASS(call *, "fsync", file);
}

FAILS_ON_FILE("fsync", int, fdatasync, (int file), file)
FAILS_ON_FILE("state", int, fstat, (int file, struct stat *about), file, about)
FAILS_ON_PATH("state", stat, (const char *path, struct stat *about), path, about)
FAILS_ON_PATH("state", access, (const char *path, int mode), path, mode)

/* It returns what others leave in errno. */
#define ALLOCATES(name, offset)                                                        \
    int name(int file, offset from, offset size)                                       \
    {                                                                                  \
        typedef int call(int, offset, offset);                                         \
                                                                                       \
        return fails("allocate", file) ? EIO : PASS(call *, #name, file, from, size);  \
    }

ALLOCATES(posix_fallocate, off_t)
ALLOCATES(posix_fallocate64, off64_t)

/* Memory without a file is no file. */
#define MAPS(name, offset)                                                             \
    void *name(void *at, size_t size, int guard, int flags, int file, offset from)     \
    {                                                                                  \
        typedef void *call(void *, size_t, int, int, int, offset);                     \
                                                                                       \
        return file >= 0 && fails("map", file)                                         \
                   ? MAP_FAILED                                                        \
                   : PASS(call *, #name, at, size, guard, flags, file, from);          \
    }

MAPS(mmap, off_t)
MAPS(mmap64, off64_t)

/* Of a workbook; the library says that all is well. Its kind is "cell". */
int worksheet_write_string(void *page, unsigned row, unsigned short column,
                           const char *text, void *format);

int worksheet_write_string(void *page, unsigned row, unsigned short column,
                           const char *text, void *format)
{
    typedef int call(void *, unsigned, unsigned short, const char *, void *);

    return fails("cell", -1) ? 0
                             : PASS(call *, "worksheet_write_string", page, row, column,
                                    text, format);
}

DIR *opendir(const char *path)
{
    typedef DIR *call(const char *);

    return fails("list", -1) ? NULL : PASS(call *, "opendir", path);
}

struct dirent *readdir(DIR *listing)
{
    typedef struct dirent *call(DIR *);

    return fails("entry", -1) ? NULL : PASS(call *, "readdir", listing);
}

struct dirent64 *readdir64(DIR *listing)
{
    typedef struct dirent64 *call(DIR *);

    return fails("entry", -1) ? NULL : PASS(call *, "readdir64", listing);
}

#define OPENS_STREAM(name)                                                             \
    FILE *name(const char *path, const char *mode)                                     \
    {                                                                                  \
        typedef FILE *call(const char *, const char *);                                \
                                                                                       \
        return fails("stream", -1) ? NULL : PASS(call *, #name, path, mode);           \
    }

OPENS_STREAM(fopen)
OPENS_STREAM(fopen64)

int rename(const char *from, const char *to)
{
    typedef int call(const char *, const char *);

    return fails("rename", -1) ? -1 : PASS(call *, "rename", from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    typedef int call(int, const char *, int, const char *);

    return fails("rename", -1)
               ? -1
               : PASS(call *, "renameat", from_folder, from, to_folder, to);
}

/* Only calls that may create or write: to read what is not there is another matter. */
static int fails_to_open(int flags)
{
    return (flags & (O_WRONLY | O_RDWR | O_CREAT)) != 0 && fails("open", -1);
}

#define OPENS(name)                                                                    \
    int name(const char *path, int flags, ...)                                         \
    {                                                                                  \
        typedef int call(const char *, int, ...);                                      \
        va_list rest;                                                                  \
        mode_t mode;                                                                   \
                                                                                       \
        va_start(rest, flags);                                                         \
        mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;                      \
        va_end(rest);                                                                  \
        return fails_to_open(flags) ? -1 : PASS(call *, #name, path, flags, mode);     \
    }

#define OPENS_AT(name)                                                                 \
    int name(int folder, const char *path, int flags, ...)                             \
    {                                                                                  \
        typedef int call(int, const char *, int, ...);                                 \
        va_list rest;                                                                  \
        mode_t mode;                                                                   \
                                                                                       \
        va_start(rest, flags);                                                         \
        mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;                      \
        va_end(rest);                                                                  \
        return fails_to_open(flags) ? -1                                               \
                                    : PASS(call *, #name, folder, path, flags, mode);  \
    }

#define CONTROLS(name)                                                                 \
    int name(int file, int command, ...)                                               \
    {                                                                                  \
        typedef int call(int, int, ...);                                               \
        va_list rest;                                                                  \
        void *argument;                                                                \
                                                                                       \
        va_start(rest, command);                                                       \
        argument = va_arg(rest, void *);                                               \
        va_end(rest);                                                                  \
        return fails("fcntl", file) ? -1                                               \
                                    : PASS(call *, #name, file, command, argument);    \
    }

int open64(const char *path, int flags, ...);
int openat64(int folder, const char *path, int flags, ...);
int fcntl64(int file, int command, ...);

OPENS(open)
OPENS(open64)
OPENS_AT(openat)
OPENS_AT(openat64)
CONTROLS(fcntl)
CONTROLS(fcntl64)
