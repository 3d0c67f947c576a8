#include "publication.h"

#include "partial.h"
#include "reader.h"
#include "seal.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a disk was given need not be what it holds. */
static enum hr_status check_copy(const char *partial, const char *name,
                                 const struct content_hash *wanted,
                                 struct hr_error *error)
{
    struct reader reader;
    struct content_hash found;
    enum hr_status status = reader_open(&reader, partial, error);

    if (status == HR_OK) {
        status = reader_hash(&reader, &found, error);
        reader_close(&reader);
    }
    if (status == HR_NOT_HELD ||
        (status == HR_OK && (strcmp(found.content, wanted->content) != 0 ||
                             strcmp(found.file, wanted->file) != 0)))
        status = hr_fail(error, HR_FAILED,
                         "%s: what was written is not what is read back: the disk or "
                         "its file system is at fault",
                         name);
    return status;
}

/* The same of what was written since: the mark and the seal. */
static enum hr_status check_seal(const char *partial, const char *name,
                                 struct hr_error *error)
{
    enum seal_state state;

    if (seal_check(partial, &state, error) == HR_OK && state == SEAL_HOLDS)
        return HR_OK;
    return hr_fail(error, HR_FAILED,
                   "%s: what was sealed is not what is read back: the disk or its file "
                   "system is at fault",
                   name);
}

static enum hr_status sync_path(const char *path, int flags, const char *name,
                                struct hr_error *error)
{
    const int file = open(path, flags | O_CLOEXEC);
    const int synced = file < 0 ? -1 : fsync(file);
    const int reason = errno;

    if (file >= 0)
        close(file);
    if (synced != 0)
        return hr_fail(error, HR_FAILED, "%s: cannot write to the disk: %s", name,
                       strerror(reason));
    return HR_OK;
}

static enum hr_status put_in_place(const char *partial, const char *path,
                                   struct hr_error *error)
{
    char folder[PATH_MAX];

    if (sync_path(partial, O_RDONLY, path, error) != HR_OK)
        return error->status;
    if (rename(partial, path) != 0)
        return hr_fail(error, HR_FAILED, "%s: cannot put the file in its place: %s",
                       path, strerror(errno));
    snprintf(folder, sizeof(folder), "%s", path);
    return sync_path(dirname(folder), O_RDONLY | O_DIRECTORY, path, error);
}

static enum hr_status write_and_check(const char *partial, const char *path,
                                      const struct result_set *set,
                                      const struct writer_options *options,
                                      struct hr_error *error)
{
    struct content_hash hash;

    if (content_hash_of(set, NULL, &hash, error) != HR_OK)
        return error->status;
    if (writer_write(partial, path, set, &hash, options, error) != HR_OK)
        return error->status;
    if (check_copy(partial, path, &hash, error) != HR_OK)
        return error->status;
    if (writer_complete(partial, path, error) != HR_OK)
        return error->status;
    if (seal_add(partial, path, error) != HR_OK)
        return error->status;
    return check_seal(partial, path, error);
}

/* A link stays one: what it leads to is written. One that leads nowhere is replaced. */
static const char *follow(const char *path, char real[PATH_MAX])
{
    struct stat about;

    if (lstat(path, &about) == 0 && S_ISLNK(about.st_mode) &&
        realpath(path, real) != NULL)
        return real;
    return path;
}

enum hr_status publication_try(const char *path, struct hr_error *error)
{
    char partial[PATH_MAX], real[PATH_MAX];
    const enum hr_status status = partial_create(follow(path, real), partial, error);

    if (status == HR_OK)
        unlink(partial);
    return status;
}

enum hr_status publication_write(const char *path, const struct result_set *set,
                                 const struct writer_options *options,
                                 struct hr_error *error)
{
    struct quiet quiet;
    char partial[PATH_MAX], real[PATH_MAX];
    enum hr_status status;

    path = follow(path, real);
    if (partial_create(path, partial, error) != HR_OK)
        return error->status;
    quiet = quiet_begin();
    status = write_and_check(partial, path, set, options, error);
    quiet_end(quiet);
    if (status == HR_OK)
        status = put_in_place(partial, path, error);
    if (status != HR_OK)
        unlink(partial);
    return status;
}
