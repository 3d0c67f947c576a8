#include "writer.h"

#include "parameters_table.h"
#include "write_items.h"

#include <stdlib.h>

/* Semantic: a reader of 1.x reads every 1.y. */
const char *writer_version(void)
{
    return "1.1.0";
}

/* Of the tree by which HDF5 finds chunks, which for nearly all data sets are one: a
 * node of its usual 64 takes more than what it leads to. */
enum { CHUNKS_OF_NODE = 8 };

static const char *const doing = "write";
static const char *const the_file = "the file";

/* A new file whose links keep their order, in a format that HDF5 1.8 reads too. */
static hid_t create_file(struct guard *guard, struct descriptor *descriptor)
{
    const hid_t creation = guard_id(guard, H5Pcreate(H5P_FILE_CREATE), doing, the_file);
    const hid_t access = descriptor_access(guard, descriptor);
    hid_t file = -1;

    guard_done(guard,
               H5Pset_link_creation_order(creation, H5P_CRT_ORDER_TRACKED |
                                                        H5P_CRT_ORDER_INDEXED),
               doing, the_file);
    guard_done(guard, H5Pset_istore_k(creation, CHUNKS_OF_NODE / 2), doing, the_file);
    guard_done(guard,
               H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V110),
               doing, the_file);
    guard_done(guard, H5Pset_fclose_degree(access, H5F_CLOSE_STRONG), doing, the_file);
    if (guard_holds(guard))
        file = guard_id(guard, H5Fcreate(guard->path, H5F_ACC_TRUNC, creation, access),
                        doing, the_file);
    H5Pclose(access);
    H5Pclose(creation);
    return file;
}

static void write_items(void *context)
{
    struct writer *writer = context;
    const struct result_set *set = writer->set;

    for (int i = 0; i < set->axes; i++)
        write_axis(writer, &set->axis[i]);
    for (size_t i = 0; i < set->attribute_count; i++)
        write_attribute(writer, &set->attribute[i]);
    for (size_t i = 0; i < set->text_count; i++)
        write_text(writer, &set->text[i]);
    for (size_t i = 0; i < set->words_count; i++)
        write_words(writer, &set->words[i]);
    for (size_t i = 0; i < set->data_count; i++)
        write_data(writer, &set->data[i]);
    scale_lists_write(&writer->scales, &writer->guard);
}

static void write_marks(struct writer *writer, const struct content_hash *hash)
{
    const struct result_attribute mark[] = {
        {.path = "/schema_version", .kind = KIND_TEXT, .text = writer_version()},
        {.path = "/content_hash", .kind = KIND_TEXT, .text = hash->content},
        {.path = "/file_hash", .kind = KIND_TEXT, .text = hash->file},
        {.path = "/complete", .kind = KIND_INTEGER, .integer = 0},
    };

    for (size_t i = 0; i < sizeof(mark) / sizeof(*mark); i++)
        write_attribute(writer, &mark[i]);
}

/* What a full disk does to a data set may be told by the flush, by closing the data
 * set, or by nothing but an id that stays open: all are looked at. */
static void close_file(struct writer *writer)
{
    struct guard *guard = &writer->guard;

    if (guard_holds(guard))
        guard_done(guard, H5Fflush(writer->file, H5F_SCOPE_GLOBAL), doing, the_file);
    for (size_t i = 0; i < writer->open_count; i++)
        guard_done(guard, H5Dclose(writer->open[i]), doing, the_file);
    guard_done(guard, H5Tclose(writer->text_type), doing, the_file);
    guard_done(guard, H5Pclose(writer->transfer), doing, the_file);
    guard_done(guard, H5Sclose(writer->scalar), doing, the_file);
    if (writer->numbers_rank > 0)
        H5Pclose(writer->numbers);
    if (guard_holds(guard) &&
        H5Fget_obj_count(writer->file, H5F_OBJ_ALL | H5F_OBJ_LOCAL) != 1)
        guard_done(guard, -1, doing, the_file);
    guard_done(guard, H5Fclose(writer->file), doing, the_file);
}

/* What is hashed while it is written. */
struct hashing_task {
    const struct result_set *set;
    struct content_hash *hash;
    enum hr_status status;
    struct hr_error error;
};

static void hash_set(void *context)
{
    struct hashing_task *task = context;

    task->status = content_hash_of(task->set, NULL, task->hash, &task->error);
}

static void write_file(struct writer *writer, struct descriptor *descriptor,
                       const struct crew *crew, struct hashing_task *hashing)
{
    const struct crew_task here = {write_items, writer}, there = {hash_set, hashing};

    writer->file = create_file(&writer->guard, descriptor);
    if (!guard_holds(&writer->guard))
        return;
    writer->text_type = guard_text_type(&writer->guard);
    writer->transfer = guard_text_transfer(&writer->guard);
    writer->scalar = guard_id(&writer->guard, H5Screate(H5S_SCALAR), doing, the_file);
    crew_beside(crew, &here, &there);
    if (hashing->status != HR_OK)
        guard_refuse(&writer->guard, hashing->status, "%s", hashing->error.message);
    write_marks(writer, hashing->hash);
    close_file(writer);
}

/* Data sets, columns, texts and axes. */
static size_t things_of(const struct result_set *set)
{
    return (size_t)set->axes + set->data_count + set->words_count + set->text_count;
}

enum hr_status writer_write(const struct writer_file *file,
                            const struct result_set *set,
                            const struct writer_options *options,
                            struct content_hash *hash, struct hr_error *error)
{
    struct hashing_task hashing = {.set = set, .hash = hash};
    struct parameters_packed packed;
    struct writer writer = {
        .guard = {.path = file->name, .if_fails = HR_FAILED, .error = error},
        .set = &packed.set,
        .compress = options->compress,
    };

    if (parameters_pack(set, &packed, error) != HR_OK)
        return error->status;
    writer.open = malloc((things_of(&packed.set) + 1) * sizeof(hid_t));
    writer.slice = malloc(CHUNK_NUMBERS * sizeof(double));
    if (writer.open != NULL && writer.slice != NULL)
        write_file(&writer, file->descriptor, &options->crew, &hashing);
    else
        writer.guard.status =
            hr_fail(error, HR_FAILED, "no memory to write %s", file->name);
    free(writer.open);
    free(writer.slice);
    parameters_packed_free(&packed);
    return writer.guard.status;
}

enum hr_status writer_complete(const struct writer_file *file, struct hr_error *error)
{
    struct guard guard = {.path = file->name, .if_fails = HR_FAILED, .error = error};
    const hid_t access = descriptor_access(&guard, file->descriptor);
    const hid_t opened =
        guard_id(&guard, H5Fopen(file->name, H5F_ACC_RDWR, access), doing, the_file);
    const uint64_t complete = 1;
    hid_t mark;

    H5Pclose(access);
    if (!guard_holds(&guard))
        return guard.status;
    mark = guard_id(&guard, H5Aopen(opened, "complete", H5P_DEFAULT), doing, the_file);
    if (guard_holds(&guard)) {
        guard_done(&guard, H5Awrite(mark, H5T_NATIVE_UINT64, &complete), doing,
                   the_file);
        guard_done(&guard, H5Fflush(opened, H5F_SCOPE_GLOBAL), doing, the_file);
        guard_done(&guard, H5Aclose(mark), doing, the_file);
    }
    guard_done(&guard, H5Fclose(opened), doing, the_file);
    return guard.status;
}
