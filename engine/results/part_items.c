#include "part_items.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static hid_t links_with_groups(struct guard *guard, const char *path)
{
    const hid_t links = guard_id(guard, H5Pcreate(H5P_LINK_CREATE), "write", path);

    guard_done(guard, H5Pset_create_intermediate_group(links, 1), "write", path);
    return links;
}

static void put(struct guard *guard, hid_t file, const struct part_array *array,
                hid_t space, const void *value)
{
    const hid_t links = links_with_groups(guard, array->path);
    hid_t data_set = -1;

    if (guard_holds(guard))
        data_set = guard_id(guard,
                            H5Dcreate2(file, array->path, array->type, space, links,
                                       H5P_DEFAULT, H5P_DEFAULT),
                            "write", array->path);
    if (guard_holds(guard)) {
        guard_done(
            guard,
            H5Dwrite(data_set, array->type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value),
            "write", array->path);
        guard_done(guard, H5Dclose(data_set), "write", array->path);
    }
    H5Pclose(links);
}

void part_put_array(struct guard *guard, hid_t file, const struct part_array *array,
                    const void *value)
{
    hid_t space;

    if (!guard_holds(guard))
        return;
    space = guard_id(guard, H5Screate_simple(array->rank, array->size, NULL), "write",
                     array->path);
    put(guard, file, array, space, value);
    H5Sclose(space);
}

void part_put_integer(struct guard *guard, hid_t file, const char *name, uint64_t value)
{
    hid_t space, attribute;

    if (!guard_holds(guard))
        return;
    space = guard_id(guard, H5Screate(H5S_SCALAR), "write", name);
    attribute = guard_id(
        guard,
        H5Acreate2(file, name, H5T_NATIVE_UINT64, space, H5P_DEFAULT, H5P_DEFAULT),
        "write", name);
    if (guard_holds(guard)) {
        guard_done(guard, H5Awrite(attribute, H5T_NATIVE_UINT64, &value), "write",
                   name);
        guard_done(guard, H5Aclose(attribute), "write", name);
    }
    H5Sclose(space);
}

/* Characters, so that nothing lies in HDF5's heap; a final NUL keeps it from being of
 * none. */
void part_put_text(struct guard *guard, hid_t file, const char *path, const char *text)
{
    const struct part_array array = {path, H5T_NATIVE_CHAR, 1, {strlen(text) + 1, 0}};

    part_put_array(guard, file, &array, text);
}

static hid_t open_checked(struct guard *guard, hid_t file, struct part_array *array)
{
    const hid_t data_set =
        guard_id(guard, H5Dopen2(file, array->path, H5P_DEFAULT), "read", array->path);
    hid_t space;

    if (!guard_holds(guard))
        return -1;
    space = H5Dget_space(data_set);
    if (H5Sget_simple_extent_ndims(space) == array->rank)
        H5Sget_simple_extent_dims(space, array->size, NULL);
    else
        guard_refuse(guard, HR_NOT_HELD, "%s is not laid out as in a part",
                     array->path);
    H5Sclose(space);
    return data_set;
}

hid_t part_open_array(struct guard *guard, hid_t file, struct part_array *array)
{
    hid_t data_set = -1;

    if (guard_holds(guard))
        data_set = open_checked(guard, file, array);
    if (guard_holds(guard))
        return data_set;
    if (data_set >= 0)
        H5Dclose(data_set);
    return -1;
}

void part_get_array(struct guard *guard, hid_t file, const struct part_array *array,
                    void *value)
{
    struct part_array found = *array;
    const hid_t data_set = part_open_array(guard, file, &found);

    if (data_set < 0)
        return;
    if (memcmp(found.size, array->size, (size_t)array->rank * sizeof(hsize_t)) != 0)
        guard_refuse(guard, HR_NOT_HELD, "%s is of another size than its part",
                     array->path);
    else
        guard_done(guard,
                   H5Dread(data_set, array->type, H5S_ALL, H5S_ALL, H5P_DEFAULT, value),
                   "read", array->path);
    H5Dclose(data_set);
}

static bool is_one(hid_t attribute)
{
    const hid_t space = H5Aget_space(attribute);
    const bool one = H5Sget_simple_extent_npoints(space) == 1;

    H5Sclose(space);
    return one;
}

uint64_t part_get_integer(struct guard *guard, hid_t file, const char *name)
{
    uint64_t value = 0;
    hid_t attribute;

    if (!guard_holds(guard))
        return 0;
    attribute = guard_id(guard, H5Aopen(file, name, H5P_DEFAULT), "read", name);
    if (!guard_holds(guard))
        return 0;
    if (is_one(attribute))
        guard_done(guard, H5Aread(attribute, H5T_NATIVE_UINT64, &value), "read", name);
    else
        guard_refuse(guard, HR_NOT_HELD, "%s is not one number", name);
    H5Aclose(attribute);
    return value;
}

char *part_get_text(struct guard *guard, hid_t file, const char *path)
{
    struct part_array array = {path, H5T_NATIVE_CHAR, 1, {0, 0}};
    const hid_t data_set = part_open_array(guard, file, &array);
    char *text = NULL;

    if (data_set < 0)
        return NULL;
    text = malloc(array.size[0] + 1);
    if (text == NULL)
        guard_refuse(guard, HR_FAILED, "no memory to read %s", path);
    else
        guard_done(guard,
                   H5Dread(data_set, array.type, H5S_ALL, H5S_ALL, H5P_DEFAULT, text),
                   "read", path);
    if (text != NULL)
        text[array.size[0]] = '\0';
    H5Dclose(data_set);
    return text;
}
