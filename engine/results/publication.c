#include "publication.h"

#include "partial.h"
#include "reader.h"
#include "seal.h"

#include <errno.h>
#include <string.h>

/* What a disk was given need not be what it holds. Its seal may be there or not. */
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

/* What is done to a file that is written, each beside the other: read back, sealed. */
struct finishing {
    const struct partial *partial;
    const struct content_hash *hash;
    enum hr_status checked, sealed;
    struct hr_error check_error, seal_error;
};

static void check_file(void *context)
{
    struct finishing *f = context;

    f->checked =
        check_copy(f->partial->name, f->partial->place, f->hash, &f->check_error);
}

static void seal_file(void *context)
{
    struct finishing *f = context;

    f->sealed = seal_add(f->partial->file, f->partial->place, &f->seal_error);
}

static enum hr_status check_and_seal(const struct partial *partial,
                                     const struct content_hash *hash,
                                     const struct crew *crew, struct hr_error *error)
{
    struct finishing finishing = {.partial = partial, .hash = hash};
    const struct crew_task here = {check_file, &finishing};
    const struct crew_task there = {seal_file, &finishing};

    crew_beside(crew, &here, &there);
    if (finishing.checked != HR_OK)
        *error = finishing.check_error;
    else if (finishing.sealed != HR_OK)
        *error = finishing.seal_error;
    return finishing.checked != HR_OK ? finishing.checked : finishing.sealed;
}

static enum hr_status write_and_check(const struct partial *partial,
                                      const struct result_set *set,
                                      const struct writer_options *options,
                                      struct hr_error *error)
{
    struct descriptor descriptor = {.file = partial->file};
    const struct writer_file file = {&descriptor, partial->place};
    struct content_hash hash;

    if (writer_write(&file, set, options, &hash, error) != HR_OK ||
        writer_complete(&file, error) != HR_OK)
        return error->status;
    return check_and_seal(partial, &hash, &options->crew, error);
}

enum hr_status publication_try(const char *path, struct hr_error *error)
{
    struct partial partial;

    if (partial_create(path, &partial, error) != HR_OK)
        return error->status;
    if (partial_discard(&partial))
        return HR_OK;
    return hr_fail(error, HR_FAILED,
                   "%s: files can be made beside it and not be removed: %s", path,
                   strerror(errno));
}

enum hr_status publication_write(const char *path, const struct result_set *set,
                                 const struct writer_options *options,
                                 struct hr_error *error)
{
    const struct quiet quiet =
        quiet_begin(); /* without memory it may end the program */
    struct partial partial;
    enum hr_status status = partial_create(path, &partial, error);

    if (status != HR_OK) {
        quiet_end(quiet);
        return status;
    }
    status = write_and_check(&partial, set, options, error);
    quiet_end(quiet);
    if (status == HR_OK)
        return partial_put_in_place(&partial, error);
    (void)partial_discard(&partial);
    return status;
}
