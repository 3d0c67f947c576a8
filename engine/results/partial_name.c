#include "partial_name.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static const char locked[] = ".partial.", unlocked[] = ".unlocked.";

enum { DIGITS = 16 };

bool partial_name(const char *place, bool locks, char name[PATH_MAX])
{
    uint64_t number;
    int length;

    if (getrandom(&number, sizeof(number), 0) != (ssize_t)sizeof(number))
        return false;
    length = snprintf(name, PATH_MAX, "%s%s%0*" PRIx64, place,
                      locks ? locked : unlocked, DIGITS, number);
    errno = ENAMETOOLONG;
    return length > 0 && length < PATH_MAX;
}

/* An open-file-description lock: two threads or two containers are two holders, and no
 * other descriptor's closing loses it. */
enum lock partial_lock(int file)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

    if (fcntl(file, F_OFD_SETLK, &whole) == 0)
        return LOCK_HELD;
    return errno == EAGAIN || errno == EACCES ? LOCK_TAKEN : LOCK_UNKNOWN;
}

bool partial_is(const char *name, int file)
{
    struct stat there, here;

    return lstat(name, &there) == 0 && fstat(file, &here) == 0 &&
           there.st_dev == here.st_dev && there.st_ino == here.st_ino;
}

/* Whether a file's name is the result's, the mark and the digits, no more. */
static bool is_partial_of(const char *result, const char *name)
{
    const size_t length = strlen(result);
    const char *digits = name + length + sizeof(locked) - 1;

    return strlen(name) == length + sizeof(locked) - 1 + DIGITS &&
           memcmp(name, result, length) == 0 &&
           memcmp(name + length, locked, sizeof(locked) - 1) == 0 &&
           strspn(digits, "0123456789abcdef") == DIGITS;
}

static void remove_if_left(const char *path)
{
    const int file = open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    if (file < 0)
        return;
    if (partial_lock(file) == LOCK_HELD && partial_is(path, file))
        unlink(path);
    close(file);
}

void partial_remove_left_behind(const char *place)
{
    const char *slash = strrchr(place, '/');
    const char *result = slash == NULL ? place : slash + 1;
    const int folder_length = (int)(result - place);
    char path[PATH_MAX];
    DIR *folder;

    snprintf(path, sizeof(path), "%.*s.", folder_length, place);
    folder = opendir(path);
    if (folder == NULL)
        return;
    for (struct dirent *entry = readdir(folder); entry != NULL;
         entry = readdir(folder)) {
        const int length =
            snprintf(path, sizeof(path), "%.*s%s", folder_length, place, entry->d_name);

        if (is_partial_of(result, entry->d_name) && length < PATH_MAX)
            remove_if_left(path);
    }
    closedir(folder);
}
