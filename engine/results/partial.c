#include "partial.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* All of a partial file's name but the number of the process. */
static bool stem_of(const char *path, char stem[PATH_MAX])
{
    char host[HOST_NAME_MAX + 1] = "";
    int length;

    gethostname(host, sizeof(host) - 1);
    length = snprintf(stem, PATH_MAX, "%s.partial.%s.", path, host);
    return length > 0 && length < PATH_MAX;
}

static void folder_of(const char *path, char folder[PATH_MAX])
{
    char copy[PATH_MAX];

    snprintf(copy, sizeof(copy), "%s", path);
    snprintf(folder, PATH_MAX, "%s", dirname(copy));
}

/* Whether the rest of a name is the number of a process that is no more; with our own
 * number it was another's before. */
static bool is_left_behind(const char *number)
{
    char *end;
    const long process = strtol(number, &end, 10);

    return end != number && *end == '\0' && process > 0 &&
           (process == getpid() || (kill((pid_t)process, 0) != 0 && errno == ESRCH));
}

static void remove_left_behind(const char *stem)
{
    const char *slash = strrchr(stem, '/');
    const char *name = slash == NULL ? stem : slash + 1;
    const size_t length = strlen(name);
    char where[PATH_MAX];
    DIR *folder;

    folder_of(stem, where);
    folder = opendir(where);
    if (folder == NULL)
        return;
    for (struct dirent *entry = readdir(folder); entry != NULL;
         entry = readdir(folder)) {
        if (strncmp(entry->d_name, name, length) == 0 &&
            is_left_behind(entry->d_name + length))
            unlinkat(dirfd(folder), entry->d_name, 0);
    }
    closedir(folder);
}

/* Renaming would put a file in the place of a folder or of a device. */
static enum hr_status check_place(const char *path, struct hr_error *error)
{
    const size_t length = strlen(path);
    struct stat about;

    if (length == 0 || path[length - 1] == '/')
        return hr_fail(error, HR_BAD_INPUT, "\"%s\" names no file to write", path);
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode))
        return hr_fail(error, HR_BAD_INPUT,
                       "%s is there already and is %s; name another file", path,
                       S_ISDIR(about.st_mode) ? "a folder" : "no ordinary file");
    return HR_OK;
}

static enum hr_status create(const char *path, const char *partial,
                             struct hr_error *error)
{
    const int file = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    const int reason = errno;
    char folder[PATH_MAX];

    if (file >= 0) {
        close(file);
        return HR_OK;
    }
    folder_of(path, folder);
    return hr_fail(error, HR_BAD_INPUT, "%s: cannot write into the folder %s: %s", path,
                   folder, strerror(reason));
}

enum hr_status partial_create(const char *path, char partial[PATH_MAX],
                              struct hr_error *error)
{
    char stem[PATH_MAX];
    int length;

    if (check_place(path, error) != HR_OK)
        return error->status;
    if (!stem_of(path, stem))
        return hr_fail(error, HR_BAD_INPUT, "%s: the path is too long", path);
    remove_left_behind(stem);
    length = snprintf(partial, PATH_MAX, "%s%ld", stem, (long)getpid());
    if (length < 0 || length >= PATH_MAX)
        return hr_fail(error, HR_BAD_INPUT, "%s: the path is too long", path);
    return create(path, partial, error);
}
