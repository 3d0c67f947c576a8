#include "publication.h"

#include "partial.h"
#include "reader.h"
#include "seal.h"

#include <string.h>

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

static enum hr_status write_and_check(const struct partial *partial,
                                      const struct result_set *set,
                                      const struct writer_options *options,
                                      struct hr_error *error)
{
    struct descriptor descriptor = {.file = partial->file};
    const char *name = partial->place;
    struct content_hash hash;

    if (content_hash_of(set, NULL, &hash, error) != HR_OK)
        return error->status;
    if (writer_write(&descriptor, name, set, &hash, options, error) != HR_OK)
        return error->status;
    if (check_copy(partial->name, name, &hash, error) != HR_OK)
        return error->status;
    if (writer_complete(&descriptor, name, error) != HR_OK)
        return error->status;
    if (seal_add(partial->file, name, error) != HR_OK)
        return error->status;
    return check_seal(partial->name, name, error);
}

enum hr_status publication_try(const char *path, struct hr_error *error)
{
    struct partial partial;

    if (partial_create(path, &partial, error) != HR_OK)
        return error->status;
    partial_discard(&partial);
    return HR_OK;
}

enum hr_status publication_write(const char *path, const struct result_set *set,
                                 const struct writer_options *options,
                                 struct hr_error *error)
{
    struct quiet quiet;
    struct partial partial;
    enum hr_status status;

    if (partial_create(path, &partial, error) != HR_OK)
        return error->status;
    quiet = quiet_begin();
    status = write_and_check(&partial, set, options, error);
    quiet_end(quiet);
    if (status == HR_OK)
        return partial_put_in_place(&partial, error);
    partial_discard(&partial);
    return status;
}
