#include "storage.h"

enum { DEFLATE_AT_MOST = 1032 /**< what a byte of it can become, by its own format */ };

static bool is_filter_of_ours(H5Z_filter_t filter)
{
    return filter == H5Z_FILTER_FLETCHER32 || filter == H5Z_FILTER_SHUFFLE ||
           filter == H5Z_FILTER_DEFLATE;
}

/* How much a stored byte can become; 0 with a filter that none of ours has. */
static hsize_t expansion(hid_t list)
{
    const int filters = H5Pget_nfilters(list);
    hsize_t most = 1;

    for (int f = 0; f < filters; f++) {
        size_t values = 0;
        unsigned flags;
        const H5Z_filter_t filter =
            H5Pget_filter2(list, (unsigned)f, &flags, &values, NULL, 0, NULL, NULL);

        if (!is_filter_of_ours(filter))
            return 0;
        if (filter == H5Z_FILTER_DEFLATE)
            most = DEFLATE_AT_MOST;
    }
    return most;
}

/* Numbers are doubles, words of any length: what HDF5 reads without converting. */
static bool is_type_of_ours(hid_t data_set)
{
    const hid_t type = H5Dget_type(data_set);
    const bool ours = type >= 0 && (H5Tequal(type, H5T_IEEE_F64LE) > 0 ||
                                    H5Tis_variable_str(type) > 0);

    H5Tclose(type);
    return ours;
}

static bool is_kept_inside(hid_t list)
{
    const H5D_layout_t layout = H5Pget_layout(list);

    return layout != H5D_VIRTUAL && layout != H5D_LAYOUT_ERROR &&
           H5Pget_external_count(list) == 0;
}

/* @p times as much, or as much as there can be. */
static hsize_t times(hsize_t a, hsize_t b)
{
    hsize_t product;

    return __builtin_mul_overflow(a, b, &product) ? (hsize_t)-1 : product;
}

static hsize_t numbers_of(int rank, const hsize_t *size)
{
    hsize_t count = 1;

    for (int d = 0; d < rank; d++)
        count = times(count, size[d]);
    return count;
}

/* Numbers of the whole, or of a chunk where one is larger. */
static hsize_t numbers_at_once(hid_t data_set, hid_t list)
{
    const hid_t space = H5Dget_space(data_set);
    hsize_t size[H5S_MAX_RANK] = {0}, chunk[H5S_MAX_RANK] = {0};
    const int rank = H5Sget_simple_extent_dims(space, size, NULL);
    const hsize_t whole = rank < 0 ? (hsize_t)-1 : numbers_of(rank, size);
    hsize_t one = 0;

    H5Sclose(space);
    if (H5Pget_layout(list) == H5D_CHUNKED && H5Pget_chunk(list, rank, chunk) == rank)
        one = numbers_of(rank, chunk);
    return one > whole ? one : whole;
}

static void check_size(struct reading *reading, hid_t data_set, hid_t list,
                       const char *path)
{
    const hid_t type = H5Dget_type(data_set);
    const hsize_t each = H5Tis_variable_str(type) > 0 ? sizeof(hvl_t) : sizeof(double);
    const hsize_t kept = H5Dget_storage_size(data_set);
    const hsize_t wanted = times(numbers_at_once(data_set, list), each);

    H5Tclose(type);
    reading->kept += kept < reading->bytes ? kept : reading->bytes;
    if (wanted > times(kept, expansion(list)) || kept > reading->bytes ||
        reading->kept > reading->bytes)
        guard_refuse(&reading->guard, HR_NOT_HELD,
                     "%s claims more than the file holds of it: the file is damaged",
                     path);
}

void storage_check(struct reading *reading, hid_t data_set, const char *path)
{
    struct guard *guard = &reading->guard;
    const hid_t list = guard_id(guard, H5Dget_create_plist(data_set), "read", path);

    if (!guard_holds(guard))
        return;
    if (!is_kept_inside(list))
        guard_refuse(guard, HR_BAD_INPUT,
                     "%s is kept outside the file, and no result keeps anything there",
                     path);
    else if (expansion(list) == 0)
        guard_refuse(guard, HR_BAD_INPUT,
                     "%s went through a filter other than shuffle, deflate and "
                     "fletcher32: h5repack -f NONE takes it out",
                     path);
    else if (!is_type_of_ours(data_set))
        guard_refuse(guard, HR_BAD_INPUT,
                     "%s holds neither doubles nor text of any length, as all of a "
                     "result does",
                     path);
    else
        check_size(reading, data_set, list, path);
    H5Pclose(list);
}
