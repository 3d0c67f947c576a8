#include "places.h"

#include "chunks.h"

#include <stdlib.h>

static enum hr_status read_places(void *context, const struct row_stretch *stretch,
                                  double *value, struct hr_error *error)
{
    (void)context;
    (void)error;
    for (size_t i = 0; i < stretch->count; i++)
        value[i] = (double)(stretch->first + i);
    return HR_OK;
}

const struct row_source places_source = {read_places, NULL};

/* Numbers @p first to first + count - 1 of a data set along one axis. */
static enum hr_status read_some(struct guard *guard, hid_t data_set, hsize_t first,
                                hsize_t count, double *value)
{
    static const char doing[] = "read", what[] = "labels of an axis";
    const hid_t from = guard_id(guard, H5Dget_space(data_set), doing, what);
    const hid_t to = guard_id(guard, H5Screate_simple(1, &count, NULL), doing, what);

    if (guard_holds(guard))
        guard_done(
            guard,
            H5Sselect_hyperslab(from, H5S_SELECT_SET, &first, NULL, &count, NULL),
            doing, what);
    if (guard_holds(guard))
        guard_done(guard,
                   H5Dread(data_set, H5T_NATIVE_DOUBLE, to, from, H5P_DEFAULT, value),
                   doing, what);
    H5Sclose(to);
    H5Sclose(from);
    return guard->status;
}

static bool are_places(const double *value, size_t first, size_t count)
{
    size_t same = 0;

    while (same < count && value[same] == (double)(first + same))
        same++;
    return same == count;
}

bool places_in_file(struct guard *guard, hid_t data_set, size_t count)
{
    const hsize_t size = count;
    double *value = malloc(CHUNK_NUMBERS * sizeof(*value));
    bool same = value != NULL;
    hsize_t chunk;

    chunk_sizes(1, &size, &chunk); /* in other pieces, each is unpacked twice */
    for (size_t at = 0; at < count && same; at += chunk) {
        const size_t some = count - at < chunk ? count - at : chunk;

        same = read_some(guard, data_set, at, some, value) == HR_OK &&
               are_places(value, at, some);
    }
    free(value);
    return same;
}
