#include "files.h"

#include "headroom/scenario.h"
#include "installed.h"
#include "stream.h"
#include "text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    LARGEST_FILE = 1 << 26, /* bytes: all of England's practices take 1 MB */
    A_WAIT = 100,           /* milliseconds */
    MOST_WAITS = 50,        /* for somebody to write to a pipe */
};

/* In programs that pkg-config told of it; see headroom/scenario.h. */
extern const char hr_installed_scenarios[] __attribute__((weak));

static bool is_folder(const char *path)
{
    struct stat facts;

    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

/* Whether there is none, rather than one that cannot be come by: reading it says why.
 */
static bool is_absent(int failure)
{
    return failure == ENOENT || failure == ENOTDIR || failure == ENAMETOOLONG;
}

static bool is_file(const char *path)
{
    struct stat facts;

    if (stat(path, &facts) != 0)
        return !is_absent(errno);
    return !S_ISDIR(facts.st_mode);
}

bool hr_shipped_folder(char *folder, size_t size)
{
    const char *chosen = getenv("HEADROOM_SCENARIOS");
    const char *const known[] = {hr_installed_scenarios, INSTALLED_SCENARIOS,
                                 SOURCE_SCENARIOS};

    if (chosen != NULL && *chosen != '\0') {
        snprintf(folder, size, "%s", chosen);
        return is_folder(folder);
    }
    if (installed_place("scenarios", folder, size) && is_folder(folder))
        return true;
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
        snprintf(folder, size, "%s", known[i] == NULL ? "" : known[i]);
        if (is_folder(folder))
            return true;
    }
    return false;
}

static bool beside_file(const char *name, const char *beside, char *path)
{
    const char *slash = strrchr(beside, '/');
    const int folder = slash == NULL ? 0 : (int)(slash - beside + 1);

    return snprintf(path, LONGEST_FILE_NAME, "%.*s%s", folder, beside, name) <
               LONGEST_FILE_NAME &&
           is_file(path);
}

bool files_find(const char *name, const char *beside, char *path)
{
    char folder[LONGEST_FILE_NAME / 2];

    if (*name == '/') {
        snprintf(path, LONGEST_FILE_NAME, "%s", name);
        return is_file(path);
    }
    if (beside != NULL && beside_file(name, beside, path))
        return true;
    if (!hr_shipped_folder(folder, sizeof(folder)))
        return false;
    return snprintf(path, LONGEST_FILE_NAME, "%s/%s", folder, name) <
               LONGEST_FILE_NAME &&
           is_file(path);
}

bool files_are_one(const char *a, const char *b)
{
    struct stat facts_a, facts_b;

    return stat(a, &facts_a) == 0 && stat(b, &facts_b) == 0 &&
           facts_a.st_dev == facts_b.st_dev && facts_a.st_ino == facts_b.st_ino;
}

/* A named pipe has no end before somebody writes to it: whether to go on waiting. */
static bool is_awaited(int file, int *waits)
{
    struct pollfd pipe = {.fd = file, .events = POLLIN};

    if (poll(&pipe, 1, A_WAIT) > 0)
        return (pipe.revents & POLLIN) != 0;
    if (*waits > 0)
        return true;
    errno = ETIMEDOUT;
    return false;
}

/* The next piece, or 0 at the end; -1 with errno set where there is none to come. */
static ssize_t next_piece(int file, bool pipe, bool begun, char *piece, size_t size)
{
    int waits = MOST_WAITS;
    ssize_t n = read(file, piece, size);

    while (pipe && ((n < 0 && errno == EAGAIN) || (n == 0 && !begun))) {
        waits -= n == 0;
        errno = 0;
        if (!is_awaited(file, &waits))
            return errno == ETIMEDOUT ? -1 : 0;
        n = read(file, piece, size);
    }
    return n;
}

/* Up to LARGEST_FILE bytes, and a zero after them; with more, errno is EFBIG. */
static char *read_all(int file, bool pipe, size_t *size)
{
    char *text = NULL, piece[1 << 14];
    FILE *out = stream_to_memory(&text, size);
    size_t left = LARGEST_FILE;
    ssize_t n;
    int failure = 0;

    if (out == NULL)
        return NULL;
    while ((n = next_piece(file, pipe, left < LARGEST_FILE, piece, sizeof(piece))) >
               0 &&
           (size_t)n <= left) {
        fwrite(piece, 1, (size_t)n, out);
        left -= (size_t)n;
    }
    if (n != 0)
        failure = n > 0 ? EFBIG : errno;
    if (!stream_close(out))
        failure = ENOMEM;
    if (failure == 0)
        return text;
    free(text);
    errno = failure;
    return NULL;
}

/* A file, or a pipe; a device might never end, or wait for ever. */
static char *read_opened(int file, size_t *size)
{
    struct stat facts;

    if (fstat(file, &facts) != 0)
        return NULL;
    if (S_ISREG(facts.st_mode) || S_ISFIFO(facts.st_mode))
        return read_all(file, S_ISFIFO(facts.st_mode), size);
    errno = S_ISDIR(facts.st_mode) ? EISDIR : ENODEV;
    return NULL;
}

static char *read_path(const char *path, size_t *size)
{
    const int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    char *text = file < 0 ? NULL : read_opened(file, size);
    const int failure = errno;

    if (file >= 0)
        close(file);
    errno = failure;
    return text;
}

static const char *reason(int failure)
{
    switch (failure) {
    case ENODEV:
        return "it is a device, not a file";
    case ETIMEDOUT:
        return "it is a pipe that nobody writes to";
    case EFBIG:
        return "it has more than 64 MiB";
    default:
        return strerror(failure);
    }
}

static int line_of(const char *text, const char *at)
{
    int line = 1;

    for (; text < at; text++)
        line += *text == '\n' || (*text == '\r' && text[1] != '\n');
    return line;
}

/* What people give in place of text, by its first bytes */
static const struct kind {
    const char *start;
    const char *sentence;
} kinds[] = {
    {"\xff\xfe", "is in UTF-16; save the file as UTF-8, in Excel as \"CSV UTF-8\""},
    {"\xfe\xff", "is in UTF-16; save the file as UTF-8, in Excel as \"CSV UTF-8\""},
    {"\x1f\x8b", "is compressed by gzip: unpack it with gunzip first"},
    {"PK\x03\x04", "is a workbook or a zip file: save the sheet as \"CSV UTF-8\", or "
                   "unpack it first"},
    {"\xd0\xcf\x11\xe0", "is a workbook: save the sheet as \"CSV UTF-8\""},
    {"\x89HDF", "is an HDF5 file, as results are, and no text"},
    {"%PDF", "is a PDF, and no text"},
};

/* NULL where it may be text. */
static const char *why_no_text(const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        if (strncmp(text, kinds[i].start, strlen(kinds[i].start)) == 0)
            return kinds[i].sentence;
    }
    return strlen(text) == size ? NULL : "is not a text file";
}

/* A zero within, or a byte of another encoding: said where it first stands. */
static bool is_text(const char *text, size_t size, const struct place *file,
                    struct hr_messages *problems)
{
    const char *why = why_no_text(text, size), *other = text_not_utf8(text);
    struct place at = *file;

    if (why != NULL) {
        messages_add(problems, file, NULL, "%s", why);
    } else if (other != NULL) {
        at.line = line_of(text, other);
        messages_add(problems, &at, NULL,
                     "byte 0x%02x is not UTF-8; save the file in that encoding",
                     (unsigned)(unsigned char)*other);
    }
    return why == NULL && other == NULL;
}

char *files_read(const char *path, const struct place *file,
                 struct hr_messages *problems)
{
    size_t size = 0;
    char *text = read_path(path, &size);

    if (text == NULL)
        messages_add(problems, file, NULL, "cannot be read: %s", reason(errno));
    if (text != NULL && !is_text(text, size, file, problems)) {
        free(text);
        return NULL;
    }
    return text;
}

static int is_yaml(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');

    return dot != NULL && dot != entry->d_name && strcmp(dot, ".yaml") == 0;
}

char *files_shipped(const char *folder)
{
    char path[LONGEST_FILE_NAME], base[LONGEST_FILE_NAME / 2];
    struct dirent **entry = NULL;
    char *names = NULL;
    size_t size = 0;
    FILE *out = stream_to_memory(&names, &size);
    int count, failure;

    if (out == NULL)
        return NULL;
    if (!hr_shipped_folder(base, sizeof(base)))
        base[0] = '\0';
    snprintf(path, sizeof(path), "%s/%s", base, folder);
    count = scandir(path, &entry, is_yaml, alphasort);
    failure = errno;
    for (int i = 0; i < count; i++) {
        fprintf(out, "%.*s\n", (int)(strrchr(entry[i]->d_name, '.') - entry[i]->d_name),
                entry[i]->d_name);
        free(entry[i]);
    }
    free(entry);
    if (!stream_close(out) || (count < 0 && failure == ENOMEM)) {
        free(names);
        return NULL;
    }
    return names;
}

void files_list(const char *folder, char *list, size_t size)
{
    char *names = files_shipped(folder), *rest = names;
    size_t n = 0;

    snprintf(list, size, "none");
    for (char *one = strsep(&rest, "\n"); one != NULL; one = strsep(&rest, "\n")) {
        if (*one != '\0' && n + strlen(one) + 3 < size)
            n += (size_t)snprintf(list + n, size - n, "%s%s", n == 0 ? "" : ", ", one);
    }
    free(names);
}

bool files_nearest(const char *folder, const char *name, char *nearest, size_t size)
{
    char *names = files_shipped(folder), *rest = names;
    size_t best = 3 + strlen(name) / 3;

    *nearest = '\0';
    for (char *one = strsep(&rest, "\n"); one != NULL; one = strsep(&rest, "\n")) {
        const size_t distance = text_distance(name, one);

        if (*one != '\0' && distance < best) {
            best = distance;
            snprintf(nearest, size, "%s", one);
        }
    }
    free(names);
    return *nearest != '\0';
}

static enum hr_status refuse_name(const char *name, struct hr_messages *problems)
{
    const struct place at = {.file = name};
    char *names = files_shipped("."), nearest[128];
    const bool near = files_nearest(".", name, nearest, sizeof(nearest));

    for (char *end = names; end != NULL && (end = strchr(end, '\n')) != NULL;)
        *end = ' ';
    messages_add(problems, &at, NULL,
                 "is no file and no shipped scenario%s%s; there are %s",
                 near ? "; the nearest is " : "", nearest,
                 names == NULL || *names == '\0' ? "none" : text_trim(names));
    free(names);
    return messages_status(problems);
}

enum hr_status hr_scenario_find(const char *name, char *path, size_t size,
                                struct hr_messages *problems)
{
    const bool word = strpbrk(name, "./") == NULL;
    char file[LONGEST_FILE_NAME], shipped[LONGEST_FILE_NAME];

    errno = 0;
    snprintf(path, size, "%s", name);
    if (is_file(name) || strchr(name, '/') != NULL)
        return HR_OK;
    snprintf(file, sizeof(file), word ? "%s.yaml" : "%s", name);
    if (files_find(file, NULL, shipped))
        snprintf(path, size, "%s", shipped);
    else if (word)
        return refuse_name(name, problems);
    return HR_OK; /* one that is not there: reading it says so */
}
