#include "reader.h"

#include "read_items.h"

#include <stdlib.h>
#include <string.h>

/* What one walk over a file's links does with each data set. */
struct walk {
    struct reading *reading;
    void (*data_set)(struct reading *, hid_t, const char *);
    bool groups;
};

static herr_t visit(hid_t root, const char *name, const H5L_info_t *info, void *context)
{
    const struct walk *walk = context;
    struct reading *reading = walk->reading;
    const char *path = result_set_name(reading->set, "/%s", name);
    hid_t object;

    (void)info;
    object = guard_id(&reading->guard, H5Oopen(root, name, H5P_DEFAULT), "read", path);
    if (!guard_holds(&reading->guard))
        return -1;
    if (H5Iget_type(object) == H5I_DATASET)
        walk->data_set(reading, object, path);
    else if (walk->groups)
        read_attributes(reading, object, path);
    H5Oclose(object);
    return guard_holds(&reading->guard) && !reading->set->failed ? 0 : -1;
}

static void walk_links(struct reading *reading, struct walk walk)
{
    if (guard_holds(&reading->guard))
        guard_done(
            &reading->guard,
            H5Lvisit(reading->file, H5_INDEX_CRT_ORDER, H5_ITER_INC, visit, &walk),
            "read", "the list of data sets");
}

static enum hr_status read_structure(struct reader *reader, struct hr_error *error)
{
    struct reading reading = {
        .guard = {.path = reader->path, .if_fails = HR_NOT_HELD, .error = error},
        .file = reader->file,
        .set = &reader->set,
        .marks = &reader->marks,
    };

    reading.text_type = guard_text_type(&reading.guard);
    read_attributes(&reading, reader->file, "");
    walk_links(&reading, (struct walk){&reading, read_axis, false});
    walk_links(&reading, (struct walk){&reading, read_other, true});
    H5Tclose(reading.text_type);
    /* a walk also ends where memory does, and nothing is damaged then */
    if (result_set_status(&reader->set, error) != HR_OK ||
        result_set_status(&reader->marks, error) != HR_OK)
        return error->status;
    return reading.guard.status;
}

enum hr_status reader_open(struct reader *reader, const char *path,
                           struct hr_error *error)
{
    *reader = (struct reader){.path = strdup(path), .file = -1};
    if (reader->path == NULL)
        return hr_fail(error, HR_FAILED, "no memory to read %s", path);
    reader->file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    if (reader->file < 0 && H5Fis_hdf5(path) <= 0)
        (void)hr_fail(error, HR_BAD_INPUT, "%s is no result file: it is not HDF5",
                      path);
    else if (reader->file < 0)
        (void)hr_fail(error, HR_NOT_HELD, "%s is damaged, or is being written", path);
    else if (read_structure(reader, error) == HR_OK)
        return HR_OK;
    reader_close(reader);
    return error->status;
}

void reader_close(struct reader *reader)
{
    if (reader->file >= 0)
        H5Fclose(reader->file);
    result_set_free(&reader->set);
    result_set_free(&reader->marks);
    free(reader->path);
    *reader = (struct reader){.file = -1};
}

enum hr_status reader_read(const struct reader *reader, const struct result_data *data,
                           double *value, struct hr_error *error)
{
    struct guard guard = {
        .path = reader->path, .if_fails = HR_NOT_HELD, .error = error};
    const hid_t data_set = guard_id(
        &guard, H5Dopen2(reader->file, data->path, H5P_DEFAULT), "read", data->path);

    if (!guard_holds(&guard))
        return guard.status;
    guard_done(
        &guard,
        H5Dread(data_set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, value),
        "read", data->path);
    H5Dclose(data_set);
    return guard.status;
}

static enum hr_status read_for_hash(void *context, const struct result_data *data,
                                    double *value, struct hr_error *error)
{
    return reader_read(context, data, value, error);
}

enum hr_status reader_hash(struct reader *reader, struct content_hash *hash,
                           struct hr_error *error)
{
    const struct number_source source = {read_for_hash, reader};

    return content_hash_of(&reader->set, &source, hash, error);
}
