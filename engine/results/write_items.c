#include "write_items.h"

#include "chunks.h"
#include "columns.h"
#include "places.h"

#include <hdf5_hl.h>

#include <math.h>
#include <stdint.h>
#include <string.h>

static const char *const doing = "write";

/* An attribute of an open object, from memory of type @p type. */
static void put_attribute(struct writer *writer, hid_t object, const char *name,
                          hid_t file_type, hid_t type, const void *value)
{
    struct guard *guard = &writer->guard;
    hid_t attribute;

    if (!guard_holds(guard))
        return;
    attribute = guard_id(
        guard,
        H5Acreate2(object, name, file_type, writer->scalar, H5P_DEFAULT, H5P_DEFAULT),
        doing, name);
    if (guard_holds(guard)) {
        guard_done(guard, H5Awrite(attribute, type, value), doing, name);
        guard_done(guard, H5Aclose(attribute), doing, name);
    }
}

static void put_text(struct writer *writer, hid_t object, const char *name,
                     const char *text)
{
    put_attribute(writer, object, name, writer->text_type, writer->text_type, &text);
}

static void put_flag(struct writer *writer, hid_t object, const char *name, bool flag)
{
    const int value = flag;

    put_attribute(writer, object, name, H5T_STD_I32LE, H5T_NATIVE_INT, &value);
}

/* Whether what was made last lies in the same group; that of @p path is now the last.
 */
static bool is_in_last_group(struct writer *writer, const char *path)
{
    const size_t length = (size_t)(result_leaf(path) - path);
    const bool same = length < sizeof(writer->group) &&
                      strncmp(writer->group, path, length) == 0 &&
                      writer->group[length] == '\0';

    writer->group[0] = '\0';
    if (length < sizeof(writer->group)) {
        memcpy(writer->group, path, length);
        writer->group[length] = '\0';
    }
    return same;
}

/* Groups above a path, made by hand so that they too keep their order of creation. */
static void make_groups(struct writer *writer, const char *path)
{
    struct guard *guard = &writer->guard;
    const hid_t list = guard_id(guard, H5Pcreate(H5P_GROUP_CREATE), doing, path);
    char above[256];

    guard_done(
        guard,
        H5Pset_link_creation_order(list, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
        doing, path);
    for (const char *slash = strchr(path + 1, '/'); slash != NULL && guard_holds(guard);
         slash = strchr(slash + 1, '/')) {
        const size_t length = (size_t)(slash - path);
        hid_t group;

        memcpy(above, path, length < sizeof(above) ? length : sizeof(above) - 1);
        above[length < sizeof(above) ? length : sizeof(above) - 1] = '\0';
        if (H5Lexists(writer->file, above, H5P_DEFAULT) > 0)
            continue;
        group = guard_id(
            guard, H5Gcreate2(writer->file, above, H5P_DEFAULT, list, H5P_DEFAULT),
            doing, above);
        if (guard_holds(guard))
            guard_done(guard, H5Gclose(group), doing, above);
    }
    H5Pclose(list);
}

/* Create and remember as open. */
static hid_t make_data_set(struct writer *writer, const char *path, hid_t file_type,
                           hid_t space, hid_t creation)
{
    struct guard *guard = &writer->guard;
    hid_t access, data_set = -1;

    if (!is_in_last_group(writer, path))
        make_groups(writer, path);
    if (!guard_holds(guard))
        return -1;
    access = guard_id(guard, H5Pcreate(H5P_DATASET_ACCESS), doing, path);
    /* Chunks are written whole: a cache would only hold errors back. */
    guard_done(guard, H5Pset_chunk_cache(access, 0, 0, 1.0), doing, path);
    if (guard_holds(guard))
        data_set = guard_id(guard,
                            H5Dcreate2(writer->file, path, file_type, space,
                                       H5P_DEFAULT, creation, access),
                            doing, path);
    if (guard_holds(guard))
        writer->open[writer->open_count++] = data_set;
    H5Pclose(access);
    return data_set;
}

static hid_t put_data_set(struct writer *writer, const char *path, hid_t file_type,
                          hid_t type, hid_t space, hid_t creation, const void *value)
{
    const hid_t data_set = make_data_set(writer, path, file_type, space, creation);

    if (guard_holds(&writer->guard))
        guard_done(&writer->guard,
                   H5Dwrite(data_set, type, H5S_ALL, H5S_ALL, writer->transfer, value),
                   doing, path);
    return data_set;
}

/* In checked chunks, NaN where nothing was written. */
static hid_t make_list(struct writer *writer, int rank, const hsize_t *chunk,
                       bool packed)
{
    static const char path[] = "the layout of numbers";
    const double missing = NAN;
    struct guard *guard = &writer->guard;
    const hid_t list = guard_id(guard, H5Pcreate(H5P_DATASET_CREATE), doing, path);

    guard_done(guard, H5Pset_fill_value(list, H5T_NATIVE_DOUBLE, &missing), doing,
               path);
    guard_done(guard, H5Pset_chunk(list, rank, chunk), doing, path);
    if (packed) {
        guard_done(guard, H5Pset_shuffle(list), doing, path);
        guard_done(guard, H5Pset_deflate(list, 1), doing, path);
    }
    guard_done(guard, H5Pset_fletcher32(list), doing, path);
    return list;
}

/* How numbers are kept, which is as the last ones were more often than not. */
static hid_t number_list(struct writer *writer, int rank, const hsize_t *chunk_size,
                         const char *path)
{
    const bool packed = writer->compress || columns_is_packed(path);
    hsize_t chunk[RESULT_RANK] = {0};

    memcpy(chunk, chunk_size, (size_t)rank * sizeof(*chunk));
    if (rank == writer->numbers_rank && packed == writer->numbers_packed &&
        memcmp(chunk, writer->numbers_chunk, sizeof(chunk)) == 0)
        return writer->numbers;
    if (writer->numbers_rank > 0)
        H5Pclose(writer->numbers);
    writer->numbers = make_list(writer, rank, chunk, packed);
    writer->numbers_rank = rank;
    writer->numbers_packed = packed;
    memcpy(writer->numbers_chunk, chunk, sizeof(chunk));
    return writer->numbers;
}

static hid_t whole_rows(struct writer *writer, int rank, const hsize_t *size,
                        const char *path)
{
    hsize_t chunk[RESULT_RANK];

    chunk_sizes(rank, size, chunk);
    return number_list(writer, rank, chunk, path);
}

static hid_t single_rows(struct writer *writer, int rank, const hsize_t *size,
                         const char *path)
{
    hsize_t chunk[RESULT_RANK];

    chunk_sizes(rank, size, chunk);
    for (int d = 0; d < rank - 1; d++)
        chunk[d] = 1;
    return number_list(writer, rank, chunk, path);
}

static hid_t put_numbers(struct writer *writer, const char *path, int rank,
                         const hsize_t *size, const double *value)
{
    struct guard *guard = &writer->guard;
    const hid_t space =
        guard_id(guard, H5Screate_simple(rank, size, NULL), doing, path);
    const hid_t list = whole_rows(writer, rank, size, path);
    const hid_t data_set = put_data_set(writer, path, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE,
                                        space, list, value);

    H5Sclose(space);
    return data_set;
}

static hid_t put_strings(struct writer *writer, const char *path, hsize_t size,
                         const char *const *value)
{
    const hid_t space =
        guard_id(&writer->guard, H5Screate_simple(1, &size, NULL), doing, path);
    const hid_t data_set = put_data_set(writer, path, writer->text_type,
                                        writer->text_type, space, H5P_DEFAULT, value);

    H5Sclose(space);
    return data_set;
}

static void put_integer(struct writer *writer, hid_t object, const char *name,
                        const uint64_t *integer)
{
    put_attribute(writer, object, name, H5T_STD_U64LE, H5T_NATIVE_UINT64, integer);
}

static void put_shown(struct writer *writer, hid_t data_set,
                      const struct result_shown *shown)
{
    put_text(writer, data_set, "better", shown->better);
    put_text(writer, data_set, "group", shown->group);
    put_text(writer, data_set, "label", shown->label);
    put_text(writer, data_set, "prefix", shown->prefix);
    put_text(writer, data_set, "suffix", shown->suffix);
    put_attribute(writer, data_set, "scale", H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE,
                  &shown->scale);
    put_integer(writer, data_set, "decimals", &shown->decimals);
    put_integer(writer, data_set, "count", &shown->count);
}

static void put_slice(struct writer *writer, hid_t data_set, hid_t space,
                      const struct result_data *data, const struct slice *slice)
{
    struct guard *guard = &writer->guard;
    const hid_t from = guard_rows(guard, slice->rows, slice->count);
    hsize_t first[RESULT_RANK] = {0}, size[RESULT_RANK] = {1, 1, 1, 1};
    const int last = data->rank - 1;

    first[last] = slice->first;
    size[last] = slice->count;
    if (last > 0) {
        first[last - 1] = slice->row;
        size[last - 1] = slice->rows;
    }
    guard_done(guard,
               H5Sselect_hyperslab(space, H5S_SELECT_SET, first, NULL, size, NULL),
               doing, data->path);
    if (guard_holds(guard))
        guard_done(guard,
                   H5Dwrite(data_set, H5T_NATIVE_DOUBLE, from, space, H5P_DEFAULT,
                            writer->slice),
                   doing, data->path);
    H5Sclose(from);
}

static void put_slices(struct writer *writer, hid_t data_set, hid_t space,
                       const struct result_data *data)
{
    struct slices slices = slices_of(writer->set, data);
    struct slice slice;

    while (guard_holds(&writer->guard) && slices_take(&slices, &slice)) {
        writer->guard.status =
            slice_read(data, &slice, writer->slice, writer->guard.error);
        if (guard_holds(&writer->guard))
            put_slice(writer, data_set, space, data, &slice);
    }
}

/* Numbers that are not held, slice by slice. */
static hid_t put_rows(struct writer *writer, const struct result_data *data,
                      const hsize_t *size)
{
    struct guard *guard = &writer->guard;
    const hid_t space =
        guard_id(guard, H5Screate_simple(data->rank, size, NULL), doing, data->path);
    const hid_t list = data->by_row ? single_rows(writer, data->rank, size, data->path)
                                    : whole_rows(writer, data->rank, size, data->path);
    const hid_t data_set =
        make_data_set(writer, data->path, H5T_IEEE_F64LE, space, list);

    if (guard_holds(guard))
        put_slices(writer, data_set, space, data);
    H5Sclose(space);
    return data_set;
}

static hid_t put_labels(struct writer *writer, const struct result_axis *axis)
{
    const hsize_t size = axis->size;
    const int own = (int)(axis - writer->set->axis);
    const struct result_data places = {
        .path = axis->path, .rank = 1, .axis = {own}, .rows = &places_source};

    if (axis->word != NULL)
        return put_strings(writer, axis->path, size, axis->word);
    if (axis->number != NULL)
        return put_numbers(writer, axis->path, 1, &size, axis->number);
    return put_rows(writer, &places, &size);
}

void write_axis(struct writer *writer, const struct result_axis *axis)
{
    const hid_t scale = put_labels(writer, axis);

    if (guard_holds(&writer->guard))
        guard_done(&writer->guard, H5DSset_scale(scale, result_leaf(axis->path)), doing,
                   axis->path);
    put_text(writer, scale, "long_name", axis->long_name);
    scale_lists_add(&writer->scales, &writer->guard, scale);
}

void write_data(struct writer *writer, const struct result_data *data)
{
    hsize_t size[RESULT_RANK];
    hid_t data_set;

    for (int d = 0; d < data->rank; d++)
        size[d] = writer->set->axis[data->axis[d]].size;
    data_set = data->rows != NULL
                   ? put_rows(writer, data, size)
                   : put_numbers(writer, data->path, data->rank, size, data->value);
    scale_lists_attach(&writer->scales, &writer->guard, data_set, data->axis,
                       data->rank);
    put_text(writer, data_set, "units", data->unit);
    put_text(writer, data_set, "long_name", data->long_name);
    if (data->money) {
        put_text(writer, data_set, "price_base", writer->set->price_base);
        put_flag(writer, data_set, "real", true);
        put_flag(writer, data_set, "discounted", data->discounted);
    }
    if (data->key != NULL && *data->key != '\0')
        put_text(writer, data_set, "key", data->key);
    if (data->shown.better != NULL)
        put_shown(writer, data_set, &data->shown);
}

void write_words(struct writer *writer, const struct result_words *words)
{
    const hid_t data_set = put_strings(
        writer, words->path, writer->set->axis[words->axis].size, words->value);

    scale_lists_attach(&writer->scales, &writer->guard, data_set, &words->axis, 1);
    put_text(writer, data_set, "long_name", words->long_name);
    if (words->key != NULL && *words->key != '\0')
        put_text(writer, data_set, "key", words->key);
}

void write_text(struct writer *writer, const struct result_text *text)
{
    const hid_t data_set =
        put_data_set(writer, text->path, writer->text_type, writer->text_type,
                     writer->scalar, H5P_DEFAULT, &text->value);

    put_text(writer, data_set, "long_name", text->long_name);
}

/* Opens the group that an attribute belongs to. */
static hid_t open_owner(struct writer *writer, const char *path)
{
    const size_t length = (size_t)(result_leaf(path) - path);
    char owner[256] = "/";

    make_groups(writer, path);
    if (length > 1 && length < sizeof(owner)) {
        memcpy(owner, path, length - 1);
        owner[length - 1] = '\0';
    }
    return guard_id(&writer->guard, H5Oopen(writer->file, owner, H5P_DEFAULT), doing,
                    path);
}

void write_attribute(struct writer *writer, const struct result_attribute *attribute)
{
    const hid_t owner = open_owner(writer, attribute->path);
    const char *name = result_leaf(attribute->path);

    switch (attribute->kind) {
    case KIND_TEXT:
        put_text(writer, owner, name, attribute->text);
        break;
    case KIND_NUMBER:
        put_attribute(writer, owner, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE,
                      &attribute->number);
        break;
    case KIND_INTEGER:
        put_integer(writer, owner, name, &attribute->integer);
        break;
    }
    if (guard_holds(&writer->guard))
        guard_done(&writer->guard, H5Oclose(owner), doing, attribute->path);
}
