#include "read_items.h"

#include "places.h"
#include "scales.h"

#include <stdlib.h>
#include <string.h>

static const char *const doing = "read";

enum { MOST_ATTRIBUTES = 1000, WORDS_AT_ONCE = 256 };

static const char *const marks[] = {"/complete", "/content_hash", "/file_hash",
                                    "/schema_version"};

static bool is_mark(const char *path)
{
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
        if (strcmp(path, marks[i]) == 0)
            return true;
    }
    return false;
}

static void damaged(struct reading *reading, const char *path)
{
    guard_refuse(&reading->guard, HR_NOT_HELD,
                 "%s is not what a result set has there: the file is damaged", path);
}

/* Sizes of a data set; -1 where it has more dimensions than any of ours. */
static int shape_of(struct reading *reading, hid_t data_set, const char *path,
                    hsize_t *size)
{
    const hid_t space = guard_id(&reading->guard, H5Dget_space(data_set), doing, path);
    const int rank = H5Sget_simple_extent_ndims(space);

    if (rank < 0 || rank > RESULT_RANK ||
        H5Sget_simple_extent_dims(space, size, NULL) < 0) {
        damaged(reading, path);
        H5Sclose(space);
        return -1;
    }
    H5Sclose(space);
    return rank;
}

static H5T_class_t class_of(hid_t type)
{
    const H5T_class_t class = H5Tget_class(type);

    H5Tclose(type);
    return class;
}

/* A text that HDF5 allocated, copied into the set and given back. */
static const char *keep_text(struct reading *reading, char *text)
{
    const char *kept = result_set_name(reading->set, "%s", text != NULL ? text : "");

    free(text); /* as H5Dvlen_reclaim() does with variable-length text */
    return kept;
}

/* What @p text takes counts: a file holds no more than its own size of it, unless one
 * text is pointed at many times. */
static const char *keep_word(struct reading *reading, char *text, const char *path)
{
    reading->words += text != NULL ? strlen(text) : 0;
    if (reading->words > reading->bytes)
        damaged(reading, path);
    return keep_text(reading, text);
}

/* A data set that is open, and what it is called where it does not read. */
struct opened {
    hid_t id;
    const char *path;
};

/* Words @p first and on, of a data set of as many or more. */
static void read_some(struct reading *reading, const struct opened *from, hsize_t first,
                      hsize_t count, const char **kept)
{
    const char *path = from->path;
    struct guard *guard = &reading->guard;
    char *text[WORDS_AT_ONCE] = {NULL};
    const hid_t room = guard_id(guard, H5Screate_simple(1, &count, NULL), doing, path);
    const hid_t space = guard_id(guard, H5Dget_space(from->id), doing, path);
    const hid_t transfer = guard_text_transfer(guard);

    if (H5Sget_simple_extent_ndims(space) > 0)
        guard_done(
            guard,
            H5Sselect_hyperslab(space, H5S_SELECT_SET, &first, NULL, &count, NULL),
            doing, path);
    if (guard_holds(guard))
        guard_done(guard,
                   H5Dread(from->id, reading->text_type, room, space, transfer, text),
                   doing, path);
    for (hsize_t i = 0; i < count; i++)
        kept[i] = keep_word(reading, text[i], path);
    H5Pclose(transfer);
    H5Sclose(space);
    H5Sclose(room);
}

static const char *const *read_strings(struct reading *reading, hid_t data_set,
                                       const char *path, size_t count)
{
    const char **kept = result_set_memory(reading->set, (count + 1) * sizeof(*kept));
    const struct opened from = {data_set, path};

    for (size_t i = 0; kept != NULL && i < count && guard_holds(&reading->guard);
         i += WORDS_AT_ONCE)
        read_some(reading, &from, i,
                  count - i < WORDS_AT_ONCE ? count - i : WORDS_AT_ONCE, &kept[i]);
    return kept;
}

/* The value of a scalar attribute into memory of type @p type. */
static void get_attribute(struct reading *reading, hid_t attribute, const char *path,
                          hid_t type, void *value)
{
    const hid_t space = guard_id(&reading->guard, H5Aget_space(attribute), doing, path);

    if (H5Sget_simple_extent_npoints(space) != 1)
        damaged(reading, path);
    else
        guard_done(&reading->guard, H5Aread(attribute, type, value), doing, path);
    H5Sclose(space);
}

const char *read_text_of(struct reading *reading, hid_t data_set, const char *path,
                         const char *name)
{
    char *text = NULL;
    hid_t attribute;

    if (!guard_holds(&reading->guard) || H5Aexists(data_set, name) <= 0)
        return "";
    attribute =
        guard_id(&reading->guard, H5Aopen(data_set, name, H5P_DEFAULT), doing, path);
    get_attribute(reading, attribute, path, reading->text_type, &text);
    H5Aclose(attribute);
    return keep_text(reading, text);
}

/* A number among its attributes into @p number of memory type @p type, which stays as
 * it is where there is none. */
static void data_set_number(struct reading *reading, const struct opened *of,
                            const char *name, hid_t type, void *number)
{
    hid_t attribute;

    if (!guard_holds(&reading->guard) || H5Aexists(of->id, name) <= 0)
        return;
    attribute =
        guard_id(&reading->guard, H5Aopen(of->id, name, H5P_DEFAULT), doing, of->path);
    get_attribute(reading, attribute, of->path, type, number);
    H5Aclose(attribute);
}

static bool data_set_flag(struct reading *reading, hid_t data_set, const char *path,
                          const char *name)
{
    int flag = 0;

    data_set_number(reading, &(struct opened){data_set, path}, name, H5T_NATIVE_INT,
                    &flag);
    return flag != 0;
}

/* Files from 1.1 on say how a metric is shown. */
static struct result_shown data_set_shown(struct reading *reading, hid_t data_set,
                                          const char *path)
{
    const struct opened of = {data_set, path};
    struct result_shown shown = {0};

    if (!guard_holds(&reading->guard) || H5Aexists(data_set, "better") <= 0)
        return shown;
    shown.better = read_text_of(reading, data_set, path, "better");
    shown.group = read_text_of(reading, data_set, path, "group");
    shown.label = read_text_of(reading, data_set, path, "label");
    shown.prefix = read_text_of(reading, data_set, path, "prefix");
    shown.suffix = read_text_of(reading, data_set, path, "suffix");
    data_set_number(reading, &of, "scale", H5T_NATIVE_DOUBLE, &shown.scale);
    data_set_number(reading, &of, "decimals", H5T_NATIVE_UINT64, &shown.decimals);
    data_set_number(reading, &of, "count", H5T_NATIVE_UINT64, &shown.count);
    return shown;
}

static void read_value(struct reading *reading, hid_t id,
                       struct result_attribute *attribute)
{
    char *text = NULL;

    switch (class_of(H5Aget_type(id))) {
    case H5T_STRING:
        attribute->kind = KIND_TEXT;
        get_attribute(reading, id, attribute->path, reading->text_type, &text);
        attribute->text = keep_text(reading, text);
        break;
    case H5T_FLOAT:
        attribute->kind = KIND_NUMBER;
        get_attribute(reading, id, attribute->path, H5T_NATIVE_DOUBLE,
                      &attribute->number);
        break;
    case H5T_INTEGER:
        attribute->kind = KIND_INTEGER;
        get_attribute(reading, id, attribute->path, H5T_NATIVE_UINT64,
                      &attribute->integer);
        break;
    default:
        damaged(reading, attribute->path);
    }
}

struct group_path {
    struct reading *reading;
    const char *path;
};

static herr_t read_attribute(hid_t group, const char *name, const H5A_info_t *info,
                             void *context)
{
    const struct group_path *at = context;
    struct reading *reading = at->reading;
    struct result_attribute attribute = {0};
    hid_t id;

    (void)info;
    attribute.path = result_set_name(reading->set, "%s/%s", at->path, name);
    id = guard_id(&reading->guard, H5Aopen(group, name, H5P_DEFAULT), doing,
                  attribute.path);
    if (guard_holds(&reading->guard)) {
        read_value(reading, id, &attribute);
        H5Aclose(id);
    }
    result_set_add_attribute(is_mark(attribute.path) ? reading->marks : reading->set,
                             attribute);
    if (reading->set->attribute_count > MOST_ATTRIBUTES)
        damaged(reading, attribute.path);
    return guard_holds(&reading->guard) ? 0 : -1;
}

void read_attributes(struct reading *reading, hid_t group, const char *path)
{
    struct group_path at = {reading, path};

    guard_done(
        &reading->guard,
        H5Aiterate2(group, H5_INDEX_NAME, H5_ITER_INC, NULL, read_attribute, &at),
        doing, *path == '\0' ? "the file's attributes" : path);
}

static const double *read_numbers(struct reading *reading, hid_t data_set,
                                  const char *path, size_t count)
{
    double *number = result_set_numbers(reading->set, count);

    if (number != NULL)
        guard_done(
            &reading->guard,
            H5Dread(data_set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, number),
            doing, path);
    return number;
}

/* Scales are found by the last of their names. */
static bool is_another_axis(const struct reading *reading, const char *path)
{
    const struct result_set *set = reading->set;

    for (int i = 0; i < set->axes; i++) {
        if (strcmp(result_leaf(set->axis[i].path), result_leaf(path)) == 0)
            return false;
    }
    return set->axes < RESULT_AXES;
}

void read_axis(struct reading *reading, hid_t data_set, const char *path)
{
    struct result_axis axis = {.path = path};
    hsize_t size[RESULT_RANK];

    if (!scales_is_one(data_set))
        return;
    if (shape_of(reading, data_set, path, size) != 1 ||
        !is_another_axis(reading, path)) {
        damaged(reading, path);
        return;
    }
    axis.size = (size_t)size[0];
    axis.long_name = read_text_of(reading, data_set, path, "long_name");
    if (class_of(H5Dget_type(data_set)) == H5T_STRING)
        axis.word = read_strings(reading, data_set, path, axis.size);
    else if (!places_in_file(&reading->guard, data_set, axis.size))
        axis.number = read_numbers(reading, data_set, path, axis.size);
    guard_done(
        &reading->guard,
        H5Rcreate(&reading->scale[reading->set->axes], data_set, ".", H5R_OBJECT, -1),
        doing, path);
    result_set_add_axis(reading->set, axis);
}

static int axis_of(struct reading *reading, const char *path, hobj_ref_t scale,
                   hsize_t size)
{
    const struct result_set *set = reading->set;

    for (int i = 0; i < set->axes; i++) {
        if (reading->scale[i] == scale && set->axis[i].size == size)
            return i;
    }
    damaged(reading, path);
    return 0;
}

static void find_axes(struct reading *reading, hid_t data_set, const hsize_t *size,
                      struct result_data *data)
{
    hobj_ref_t scale[RESULT_RANK] = {0};

    scales_along(&reading->guard, data_set, data->rank, scale);
    for (int d = 0; d < data->rank; d++)
        data->axis[d] = axis_of(reading, data->path, scale[d], size[d]);
}

static void read_data(struct reading *reading, hid_t data_set, const char *path,
                      int rank, const hsize_t *size)
{
    struct result_data data = {
        .path = path,
        .unit = read_text_of(reading, data_set, path, "units"),
        .long_name = read_text_of(reading, data_set, path, "long_name"),
        .money = data_set_flag(reading, data_set, path, "real"),
        .discounted = data_set_flag(reading, data_set, path, "discounted"),
        .shown = data_set_shown(reading, data_set, path),
        .key = read_text_of(reading, data_set, path, "key"),
        .rank = rank,
    };

    find_axes(reading, data_set, size, &data);
    if (guard_holds(&reading->guard))
        result_set_add_data(reading->set, data);
}

static void read_words(struct reading *reading, hid_t data_set, const char *path,
                       hsize_t size)
{
    struct result_data column = {.path = path, .rank = 1};

    find_axes(reading, data_set, &size, &column);
    result_set_add_words(
        reading->set,
        (struct result_words){
            .path = path,
            .long_name = read_text_of(reading, data_set, path, "long_name"),
            .axis = column.axis[0],
            .value = read_strings(reading, data_set, path, (size_t)size),
            .key = read_text_of(reading, data_set, path, "key"),
        });
}

static void read_text(struct reading *reading, hid_t data_set, const char *path)
{
    const char *const *text = read_strings(reading, data_set, path, 1);

    result_set_add_text(reading->set, (struct result_text){
                                          .path = path,
                                          .long_name = read_text_of(reading, data_set,
                                                                    path, "long_name"),
                                          .value = text != NULL ? text[0] : NULL,
                                      });
}

void read_other(struct reading *reading, hid_t data_set, const char *path)
{
    const H5T_class_t class = class_of(H5Dget_type(data_set));
    hsize_t size[RESULT_RANK];
    int rank;

    if (scales_is_one(data_set))
        return;
    rank = shape_of(reading, data_set, path, size);
    if (class == H5T_STRING && rank == 0)
        read_text(reading, data_set, path);
    else if (class == H5T_STRING && rank == 1)
        read_words(reading, data_set, path, size[0]);
    else if (class == H5T_FLOAT && rank >= 1)
        read_data(reading, data_set, path, rank, size);
    else
        damaged(reading, path);
}
