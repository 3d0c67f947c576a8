#include "partial.h"

#include "partial_name.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ATTEMPTS = 100 };

/* Renaming would put a file in the place of a folder or of a device. */
static enum hr_status check_place(const char *path, struct hr_error *error)
{
    const size_t length = strlen(path);
    struct stat about;

    if (length == 0 || path[length - 1] == '/')
        return hr_fail(error, HR_BAD_INPUT, "\"%s\" names no file to write", path);
    if (length >= PATH_MAX)
        return hr_fail(error, HR_BAD_INPUT, "%s: the path is too long", path);
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode))
        return hr_fail(error, HR_BAD_INPUT,
                       "%s is there already and is %s; name another file", path,
                       S_ISDIR(about.st_mode) ? "a folder" : "no ordinary file");
    return HR_OK;
}

/* A link stays one: what it leads to is written. One that leads nowhere is replaced. */
static void follow(const char *path, char place[PATH_MAX])
{
    struct stat about;

    if (lstat(path, &about) != 0 || !S_ISLNK(about.st_mode) ||
        realpath(path, place) == NULL)
        snprintf(place, PATH_MAX, "%s", path);
}

/* A new file is made as any program would, to see what permissions it gets. */
static void note_permissions(struct partial *partial)
{
    struct stat about = {0};

    if (stat(partial->place, &about) != 0 && fstat(partial->file, &about) != 0)
        about.st_mode = S_IRUSR | S_IWUSR;
    partial->mode = about.st_mode & 0777;
    partial->owner = about.st_uid;
    partial->group = about.st_gid;
    (void)fchmod(partial->file, S_IRUSR | S_IWUSR);
}

/* False with errno where no file of that name can be made; EEXIST where another try may
 * do: somebody took the file for one that was left behind. */
static bool open_and_lock(struct partial *partial, bool *locks)
{
    const mode_t mode = access(partial->place, F_OK) == 0 ? 0600 : 0666;
    int reason = EEXIST;

    partial->file = open(partial->name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (partial->file < 0)
        return false;
    note_permissions(partial);
    if (!*locks)
        return true;
    switch (partial_lock(partial->file)) {
    case LOCK_HELD:
        if (partial_is(partial->name, partial->file))
            return true;
        break;
    case LOCK_TAKEN:
        break;
    case LOCK_UNKNOWN:
        *locks = false;
        reason = unlink(partial->name) == 0 ? EEXIST : errno;
        break;
    }
    close(partial->file);
    errno = reason;
    return false;
}

static enum hr_status tell(const char *path, int reason, struct hr_error *error)
{
    char folder[PATH_MAX];

    if (reason == ENAMETOOLONG)
        return hr_fail(error, HR_BAD_INPUT, "%s: the path is too long", path);
    snprintf(folder, sizeof(folder), "%s", path);
    return hr_fail(error, HR_BAD_INPUT, "%s: cannot write into the folder %s: %s", path,
                   dirname(folder), strerror(reason));
}

enum hr_status partial_create(const char *path, struct partial *partial,
                              struct hr_error *error)
{
    bool locks = true;

    if (check_place(path, error) != HR_OK)
        return error->status;
    follow(path, partial->place);
    partial_remove_left_behind(partial->place);
    for (int i = 0; i < ATTEMPTS; i++) {
        if (!partial_name(partial->place, locks, partial->name))
            return tell(path, errno, error);
        if (open_and_lock(partial, &locks))
            return HR_OK;
        if (errno != EEXIST)
            break;
    }
    return tell(path, errno, error);
}

/* Who could not read the file that is replaced must not read the new one: where the
 * group cannot be kept, it may do what anybody may. */
static void give_permissions(const struct partial *partial)
{
    const mode_t others = partial->mode & S_IRWXO;
    struct stat about;
    mode_t mode = partial->mode;

    if (fchown(partial->file, partial->owner, partial->group) != 0 &&
        fchown(partial->file, (uid_t)-1, partial->group) != 0 &&
        (fstat(partial->file, &about) != 0 || about.st_gid != partial->group))
        mode &= ~(mode_t)S_IRWXG | (others << 3);
    (void)fchmod(partial->file, mode); /* not every file system has permissions */
}

/* The file is in its place. A file system that cannot sync a folder, or lets us not
 * open one, takes nothing from that; a disk that fails does. */
static enum hr_status sync_folder(const char *place, struct hr_error *error)
{
    char copy[PATH_MAX];
    int folder, synced, reason;

    snprintf(copy, sizeof(copy), "%s", place);
    folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return HR_OK;
    synced = fsync(folder);
    reason = errno;
    close(folder);
    if (synced == 0 || (reason != EIO && reason != ENOSPC && reason != EDQUOT))
        return HR_OK;
    return hr_fail(error, HR_FAILED,
                   "%s is written, but its folder cannot be: %s; after a power cut the "
                   "file may not be there",
                   place, strerror(reason));
}

static enum hr_status sync_and_rename(const struct partial *partial,
                                      struct hr_error *error)
{
    if (fsync(partial->file) != 0)
        return hr_fail(error, HR_FAILED, "%s: cannot write to the disk: %s",
                       partial->place, strerror(errno));
    if (rename(partial->name, partial->place) != 0)
        return hr_fail(error, HR_FAILED, "%s: cannot put the file in its place: %s",
                       partial->place, strerror(errno));
    return HR_OK;
}

enum hr_status partial_put_in_place(struct partial *partial, struct hr_error *error)
{
    give_permissions(partial);
    if (sync_and_rename(partial, error) != HR_OK) {
        (void)partial_discard(partial);
        return error->status;
    }
    close(partial->file);
    return sync_folder(partial->place, error);
}

bool partial_discard(struct partial *partial)
{
    const int reason = unlink(partial->name) == 0 ? 0 : errno;

    close(partial->file);
    errno = reason;
    return reason == 0;
}
