#include "parts_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const lock_name = "lock";

static bool join(char path[PATH_MAX], const char *first, const char *between,
                 const char *last)
{
    const int length = snprintf(path, PATH_MAX, "%s%s%s", first, between, last);

    return length > 0 && length < PATH_MAX;
}

enum hr_status parts_folder_of(struct parts_folder *folder, const char *path,
                               struct hr_error *error)
{
    folder->lock = -1;
    if (join(folder->path, path, ".parts", ""))
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT, "%s: the path is too long", path);
}

bool parts_folder_exists(const struct parts_folder *folder)
{
    struct stat about;

    return stat(folder->path, &about) == 0 && S_ISDIR(about.st_mode);
}

enum hr_status parts_folder_file(const struct parts_folder *folder, const char *name,
                                 char path[PATH_MAX], struct hr_error *error)
{
    if (join(path, folder->path, "/", name))
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT, "%s: the path is too long", folder->path);
}

static enum hr_status fail(const struct parts_folder *folder, const char *what,
                           struct hr_error *error)
{
    return hr_fail(error, HR_FAILED, "%s: cannot %s: %s", folder->path, what,
                   strerror(errno));
}

/* Who has the lock, as the lock says; for a sentence. */
static enum hr_status tell_holder(const struct parts_folder *folder, int file,
                                  struct hr_error *error)
{
    char holder[256] = "";
    const ssize_t length = pread(file, holder, sizeof(holder) - 1, 0);

    holder[length > 0 ? length : 0] = '\0';
    return hr_fail(error, HR_BAD_INPUT,
                   "%s is in use%s%s: wait until that has ended, or stop it",
                   folder->path, *holder == '\0' ? "" : " by ", holder);
}

static enum hr_status take(const struct parts_folder *folder, int file,
                           enum parts_lock lock, struct hr_error *error)
{
    struct flock range = {.l_type = lock == PARTS_SHARED ? F_RDLCK : F_WRLCK,
                          .l_whence = SEEK_SET};

    if (lock == PARTS_NO_LOCK || fcntl(file, F_OFD_SETLK, &range) == 0)
        return HR_OK;
    if (errno == EAGAIN || errno == EACCES)
        return tell_holder(folder, file, error);
    return hr_fail(
        error, HR_BAD_INPUT,
        "%s: its file system has no locks (%s), so that two runs could spoil "
        "each other's parts; --break-lock goes on where you know that there "
        "is no other",
        folder->path, strerror(errno));
}

static void write_holder(int file)
{
    char host[HOST_NAME_MAX + 1] = "", text[HOST_NAME_MAX + 64];
    int length;

    gethostname(host, sizeof(host) - 1);
    length = snprintf(text, sizeof(text), "process %ld on %s", (long)getpid(), host);
    if (ftruncate(file, 0) == 0 && length > 0)
        (void)!pwrite(file, text, (size_t)length, 0);
}

/* Who had the lock may have removed it, and the folder, before we had it. */
static bool is_there(int file)
{
    struct stat about;

    return fstat(file, &about) == 0 && about.st_nlink > 0;
}

/* Nothing is left of a folder that was made for nothing. */
static void give_up(struct parts_folder *folder, const char *lock, bool made)
{
    if (folder->lock >= 0)
        close(folder->lock);
    folder->lock = -1;
    if (made) {
        unlink(lock);
        rmdir(folder->path);
    }
}

static enum hr_status open_once(struct parts_folder *folder, enum parts_lock lock,
                                struct hr_error *error)
{
    char path[PATH_MAX];
    bool made;

    if (parts_folder_file(folder, lock_name, path, error) != HR_OK)
        return error->status;
    made = mkdir(folder->path, 0777) == 0;
    if (!made && errno != EEXIST)
        return fail(folder, "make the folder", error);
    folder->alone = lock == PARTS_ALONE;
    folder->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (folder->lock < 0)
        (void)fail(folder, "open the lock", error);
    else if (take(folder, folder->lock, lock, error) == HR_OK)
        return HR_OK;
    give_up(folder, path, made);
    return error->status;
}

enum hr_status parts_folder_open(struct parts_folder *folder, enum parts_lock lock,
                                 struct hr_error *error)
{
    for (;;) {
        if (open_once(folder, lock, error) != HR_OK)
            return error->status;
        if (is_there(folder->lock))
            break;
        close(folder->lock);
    }
    write_holder(folder->lock);
    return HR_OK;
}

static bool is_part(const char *name)
{
    const size_t length = strlen(name);

    return *name == 'v' && length > 3 && strcmp(name + length - 3, ".h5") == 0;
}

static bool is_of_points(const char *name)
{
    const size_t length = strlen(name);

    return strncmp(name, "points", 6) == 0 && length > 3 &&
           strcmp(name + length - 3, ".h5") == 0;
}

/* What a killed writer left of a part. */
static bool is_left_behind(const char *name)
{
    return (*name == 'v' || *name == 'p') && strstr(name, ".h5.partial.") != NULL;
}

/* Files in the folder but for the lock. */
static size_t count_files(const struct parts_folder *folder)
{
    DIR *listing = opendir(folder->path);
    size_t count = 0;

    for (struct dirent *entry = listing == NULL ? NULL : readdir(listing);
         entry != NULL; entry = readdir(listing))
        count += *entry->d_name != '.' && strcmp(entry->d_name, lock_name) != 0;
    if (listing != NULL)
        closedir(listing);
    return count;
}

/* 0, or why it stays; errno. */
static int remove_empty(struct parts_folder *folder)
{
    struct flock alone = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    char path[PATH_MAX];
    struct hr_error error;

    if ((folder->alone || fcntl(folder->lock, F_OFD_SETLK, &alone) == 0) &&
        count_files(folder) == 0 &&
        parts_folder_file(folder, lock_name, path, &error) == HR_OK &&
        (unlink(path) != 0 || rmdir(folder->path) != 0))
        return errno;
    return 0;
}

void parts_folder_close(struct parts_folder *folder,
                        void (*say)(void *context, const char *sentence), void *context)
{
    char sentence[PATH_MAX + 256];
    const int reason = folder->lock < 0 ? 0 : remove_empty(folder);

    if (folder->lock >= 0)
        close(folder->lock);
    folder->lock = -1;
    if (reason == 0 || say == NULL)
        return;
    snprintf(sentence, sizeof(sentence),
             "note: %s holds nothing any more and cannot be removed: %s; remove it by "
             "hand",
             folder->path, strerror(reason));
    say(context, sentence);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool add_name(char ***names, size_t *count, const char *name)
{
    char **more = realloc(*names, (*count + 1) * sizeof(*more));

    if (more == NULL)
        return false;
    *names = more;
    more[*count] = strdup(name);
    if (more[*count] == NULL)
        return false;
    (*count)++;
    return true;
}

static enum hr_status list(const struct parts_folder *folder,
                           bool is_wanted(const char *name), char ***names,
                           size_t *count, struct hr_error *error)
{
    DIR *listing = opendir(folder->path);
    bool complete = true;

    *names = NULL;
    *count = 0;
    if (listing == NULL)
        return fail(folder, "list the folder", error);
    for (struct dirent *entry = readdir(listing); entry != NULL && complete;
         entry = readdir(listing)) {
        if (is_wanted(entry->d_name))
            complete = add_name(names, count, entry->d_name);
    }
    closedir(listing);
    if (complete) {
        if (*count > 0)
            qsort(*names, *count, sizeof(**names), by_name);
        return HR_OK;
    }
    parts_folder_free_names(*names, *count);
    *names = NULL;
    *count = 0;
    return hr_fail(error, HR_FAILED, "no memory to list %s", folder->path);
}

enum hr_status parts_folder_names(const struct parts_folder *folder, char ***names,
                                  size_t *count, struct hr_error *error)
{
    return list(folder, is_part, names, count, error);
}

enum hr_status parts_folder_points(const struct parts_folder *folder, char ***names,
                                   size_t *count, struct hr_error *error)
{
    return list(folder, is_of_points, names, count, error);
}

enum hr_status parts_folder_check_no_points(const struct parts_folder *folder,
                                            struct hr_error *error)
{
    char **names;
    size_t count;

    if (parts_folder_points(folder, &names, &count, error) != HR_OK)
        return error->status;
    parts_folder_free_names(names, count);
    if (count == 0)
        return HR_OK;
    return hr_fail(
        error, HR_BAD_INPUT,
        "%s holds points of a sweep: `headroom sweep SCENARIO ... --resume`, "
        "with the sweep's own options, goes on from them, and `headroom merge` joins "
        "its shards; --discard removes them",
        folder->path);
}

void parts_folder_free_names(char **names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
}

enum hr_status parts_folder_set_aside(const struct parts_folder *folder,
                                      const char *name, const char *suffix,
                                      struct hr_error *error)
{
    char from[PATH_MAX], to[PATH_MAX];

    if (parts_folder_file(folder, name, from, error) != HR_OK)
        return error->status;
    if (!join(to, from, suffix, "") || rename(from, to) != 0)
        return hr_fail(error, HR_FAILED, "%s: cannot be set aside: %s", from,
                       strerror(errno));
    return HR_OK;
}

static enum hr_status remove_all(const struct parts_folder *folder,
                                 bool is_wanted(const char *name), const char *prefix,
                                 struct hr_error *error)
{
    char **names;
    size_t count;
    enum hr_status status = list(folder, is_wanted, &names, &count, error);

    if (status != HR_OK)
        return status;
    for (size_t i = 0; i < count && status == HR_OK; i++) {
        char path[PATH_MAX];

        if (strncmp(names[i], prefix, strlen(prefix)) != 0)
            continue;
        status = parts_folder_file(folder, names[i], path, error);
        if (status == HR_OK && unlink(path) != 0 && errno != ENOENT)
            status = hr_fail(error, HR_FAILED,
                             "%s: cannot remove a part: %s; remove the folder by hand",
                             folder->path, strerror(errno));
    }
    parts_folder_free_names(names, count);
    return status;
}

enum hr_status parts_folder_clear(const struct parts_folder *folder,
                                  struct hr_error *error)
{
    enum hr_status status = remove_all(folder, is_part, "", error);

    if (status == HR_OK)
        status = remove_all(folder, is_of_points, "", error);
    return status == HR_OK ? remove_all(folder, is_left_behind, "", error) : status;
}

enum hr_status parts_folder_clear_point(const struct parts_folder *folder,
                                        uint64_t point, struct hr_error *error)
{
    char prefix[64];

    snprintf(prefix, sizeof(prefix), "v0-p%" PRIu64 "-", point);
    return remove_all(folder, is_part, prefix, error);
}
