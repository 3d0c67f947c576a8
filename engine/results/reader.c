#include "reader.h"

#include "layout.h"
#include "parameters_table.h"
#include "read_items.h"
#include "storage.h"
#include "walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether a version is one that we can read: 1, and two numbers that only add. */
static bool is_known(const char *version)
{
    unsigned minor, patch;
    int length = 0;

    return sscanf(version, "1.%5u.%5u%n", &minor, &patch, &length) == 2 &&
           version[length] == '\0';
}

/* Before anything else is looked at: other files have other things. */
static void check_version(struct reading *reading)
{
    const struct result_attribute *version =
        result_set_find_attribute(reading->marks, "/schema_version");

    if (!guard_holds(&reading->guard))
        return;
    if (version == NULL || version->kind != KIND_TEXT ||
        result_set_find_attribute(reading->marks, "/complete") == NULL)
        reading->guard.status = hr_fail(reading->guard.error, HR_BAD_INPUT,
                                        "%s is no result set", reading->guard.path);
    else if (!is_known(version->text))
        reading->guard.status =
            hr_fail(reading->guard.error, HR_BAD_INPUT,
                    "%s has schema version %s, and this program reads 1.x",
                    reading->guard.path, version->text);
}

/* Nothing is read of what was not looked at. */
static void check_and_read_axis(struct reading *reading, hid_t data_set,
                                const char *path)
{
    storage_check(reading, data_set, path);
    if (guard_holds(&reading->guard))
        read_axis(reading, data_set, path);
}

static enum hr_status read_structure(struct reader *reader, struct hr_error *error)
{
    struct reading reading = {
        .guard = {.path = reader->path, .if_fails = HR_NOT_HELD, .error = error},
        .file = reader->file,
        .set = &reader->set,
        .marks = &reader->marks,
    };

    if (H5Fget_filesize(reader->file, &reading.bytes) < 0)
        reading.bytes = 0;
    reading.text_type = guard_text_type(&reading.guard);
    read_attributes(&reading, reader->file, "");
    check_version(&reading);
    walk_file(&reading, check_and_read_axis, NULL);
    walk_file(&reading, read_other, read_attributes);
    H5Tclose(reading.text_type);
    /* a walk also ends where memory does, and nothing is damaged then */
    if (result_set_status(&reader->set, error) != HR_OK ||
        result_set_status(&reader->marks, error) != HR_OK)
        return error->status;
    if (reading.guard.status != HR_OK ||
        layout_check(reader->path, &reader->set, error) != HR_OK)
        return error->status;
    parameters_unpack(&reader->set);
    return result_set_status(&reader->set, error);
}

static hid_t open_file(const char *path)
{
    struct hr_error error;
    struct guard guard = {.path = path, .if_fails = HR_FAILED, .error = &error};
    const hid_t access = guard_read_access(&guard);
    const hid_t file = guard_holds(&guard) ? H5Fopen(path, H5F_ACC_RDONLY, access) : -1;

    H5Pclose(access);
    return file;
}

enum hr_status reader_open(struct reader *reader, const char *path,
                           struct hr_error *error)
{
    *reader = (struct reader){.path = strdup(path), .file = -1, .table = -1};
    if (reader->path == NULL)
        return hr_fail(error, HR_FAILED, "no memory to read %s", path);
    reader->file = open_file(path);
    if (reader->file < 0 && guard_ran_out() != 0)
        (void)hr_fail(error, HR_FAILED, "%s cannot be read: %s", path,
                      strerror(guard_ran_out()));
    else if (reader->file < 0 && H5Fis_hdf5(path) <= 0)
        (void)hr_fail(error, HR_BAD_INPUT, "%s is no result file: it is not HDF5",
                      path);
    else if (reader->file < 0)
        (void)hr_fail(error, HR_BAD_INPUT, "%s is damaged, or is being written", path);
    else if (read_structure(reader, error) == HR_OK)
        return HR_OK;
    reader_close(reader);
    return error->status;
}

bool reader_hash_of(const char *path, char hash[HR_RESULT_HASH])
{
    struct hr_error error;
    struct guard guard = {.path = path, .if_fails = HR_FAILED, .error = &error};
    const hid_t file = open_file(path);
    const hid_t type = guard_text_type(&guard);
    const hid_t mark = file < 0 ? -1 : H5Aopen(file, "content_hash", H5P_DEFAULT);
    char *text = NULL;

    if (mark >= 0 && H5Aread(mark, type, &text) >= 0 && text != NULL)
        snprintf(hash, HR_RESULT_HASH, "%s", text);
    else
        hash[0] = '\0';
    free(text);
    H5Aclose(mark);
    H5Tclose(type);
    if (file >= 0)
        H5Fclose(file);
    return hash[0] != '\0';
}

void reader_close(struct reader *reader)
{
    if (reader->file >= 0 && reader->table >= 0)
        H5Dclose(reader->table);
    if (reader->file >= 0)
        H5Fclose(reader->file);
    result_set_free(&reader->set);
    result_set_free(&reader->marks);
    free(reader->path);
    *reader = (struct reader){.file = -1, .table = -1};
}

/* The data set that keeps it; that of all parameters stays open. */
static hid_t open_data(struct reader *reader, struct guard *guard,
                       const struct result_data *data)
{
    const char *path = data->kept_in != NULL ? data->kept_in : data->path;
    hid_t data_set;

    if (data->kept_in != NULL && reader->table >= 0)
        return reader->table;
    data_set = guard_id(guard, H5Dopen2(reader->file, path, H5P_DEFAULT), "read", path);
    if (data->kept_in != NULL)
        reader->table = data_set;
    return data_set;
}

static void close_data(const struct reader *reader, hid_t data_set)
{
    if (data_set != reader->table)
        H5Dclose(data_set);
}

/* Where a slice lies: its last two axes are the slice's; the others are of one place.
 */
static hid_t select_slice(struct guard *guard, hid_t data_set,
                          const struct result_data *data, const struct slice *slice)
{
    const hid_t space = guard_id(guard, H5Dget_space(data_set), "read", "a slice");
    const int rank = data->rank + (data->kept_in != NULL);
    hsize_t first[RESULT_RANK] = {0}, size[RESULT_RANK];

    for (int d = 0; d < rank; d++)
        size[d] = 1;
    first[rank - 1] = slice->first;
    size[rank - 1] = slice->count;
    if (data->kept_in != NULL) {
        first[rank - 2] = data->kept_row;
    } else if (rank > 1) {
        first[rank - 2] = slice->row;
        size[rank - 2] = slice->rows;
    }
    guard_done(guard,
               H5Sselect_hyperslab(space, H5S_SELECT_SET, first, NULL, size, NULL),
               "read", "a slice");
    return space;
}

static enum hr_status read_slice(struct reader *reader, const struct result_data *data,
                                 const struct slice *slice, double *value,
                                 struct hr_error *error)
{
    struct guard guard = {
        .path = reader->path, .if_fails = HR_NOT_HELD, .error = error};
    const hid_t data_set = open_data(reader, &guard, data);
    hid_t from, to;

    if (!guard_holds(&guard))
        return guard.status;
    from = select_slice(&guard, data_set, data, slice);
    to = guard_rows(&guard, slice->rows, slice->count);
    if (guard_holds(&guard))
        guard_done(&guard,
                   H5Dread(data_set, H5T_NATIVE_DOUBLE, to, from, H5P_DEFAULT, value),
                   "read", data->path);
    H5Sclose(to);
    H5Sclose(from);
    close_data(reader, data_set);
    return guard.status;
}

enum hr_status reader_read(struct reader *reader, const struct result_data *data,
                           double *value, struct hr_error *error)
{
    struct guard guard = {
        .path = reader->path, .if_fails = HR_NOT_HELD, .error = error};
    const struct slice all = {.rows = 1,
                              .count = result_data_count(&reader->set, data)};
    hid_t data_set;

    if (data->kept_in != NULL)
        return read_slice(reader, data, &all, value, error);
    data_set = open_data(reader, &guard, data);
    if (!guard_holds(&guard))
        return guard.status;
    guard_done(
        &guard,
        H5Dread(data_set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, value),
        "read", data->path);
    close_data(reader, data_set);
    return guard.status;
}

static enum hr_status read_for_hash(void *context, const struct result_data *data,
                                    const struct slice *slice, double *value,
                                    struct hr_error *error)
{
    return slice == NULL ? reader_read(context, data, value, error)
                         : read_slice(context, data, slice, value, error);
}

static enum hr_status touch(struct reader *reader, const struct result_data *data,
                            struct hr_error *error)
{
    const bool sliced = slices_fit(&reader->set, data);
    struct slices slices = slices_of(&reader->set, data);
    const size_t room =
        sliced ? slices_room(&slices) : result_data_count(&reader->set, data);
    double *value = malloc((room + 1) * sizeof(*value));
    enum hr_status status = HR_OK;
    struct slice slice;

    if (value == NULL)
        return hr_fail(error, HR_FAILED, "no memory to read %s", reader->path);
    if (!sliced)
        status = reader_read(reader, data, value, error);
    while (sliced && status == HR_OK && slices_take(&slices, &slice))
        status = read_slice(reader, data, &slice, value, error);
    free(value);
    return status;
}

enum hr_status reader_touch(struct reader *reader, struct hr_error *error)
{
    const struct result_set *set = &reader->set;
    enum hr_status status = HR_OK;

    for (size_t i = 0; i < set->data_count && status == HR_OK; i++)
        status = touch(reader, &set->data[i], error);
    return status;
}

enum hr_status reader_hash(struct reader *reader, struct content_hash *hash,
                           struct hr_error *error)
{
    const struct number_source source = {read_for_hash, reader};

    return content_hash_of(&reader->set, &source, hash, error);
}
