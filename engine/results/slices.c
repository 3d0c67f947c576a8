#include "slices.h"

#include "chunks.h"

#include <string.h>

static size_t size_of(const struct result_set *set, const struct result_data *data,
                      int d)
{
    return d >= 0 ? set->axis[data->axis[d]].size : 1;
}

bool slices_fit(const struct result_set *set, const struct result_data *data)
{
    for (int d = 0; d < data->rank; d++) {
        if (strcmp(set->axis[data->axis[d]].path, "/site") == 0 ||
            (d < data->rank - 2 && size_of(set, data, d) != 1))
            return false;
    }
    return data->rank > 0;
}

struct slices slices_of(const struct result_set *set, const struct result_data *data)
{
    struct slices slices = {
        .rows = size_of(set, data, data->rank - 2),
        .length = size_of(set, data, data->rank - 1),
    };
    const hsize_t size[2] = {slices.rows, slices.length};
    hsize_t chunk[2];

    chunk_sizes(2, size, chunk);
    if (data->by_row)
        chunk[0] = 1;
    slices.next = (struct slice){.rows = chunk[0], .count = chunk[1]};
    return slices;
}

size_t slices_room(const struct slices *slices)
{
    return slices->next.rows * slices->next.count;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

bool slices_take(struct slices *slices, struct slice *slice)
{
    struct slice *next = &slices->next;

    if (next->row >= slices->rows || slices->length == 0)
        return false;
    *slice = *next;
    slice->rows = least(next->rows, slices->rows - next->row);
    slice->count = least(next->count, slices->length - next->first);
    next->first += next->count;
    if (next->first >= slices->length) {
        next->first = 0;
        next->row += next->rows;
    }
    return true;
}

enum hr_status slice_read(const struct result_data *data, const struct slice *slice,
                          double *value, struct hr_error *error)
{
    enum hr_status status = HR_OK;

    for (size_t r = 0; r < slice->rows && status == HR_OK; r++) {
        const struct row_stretch stretch = {
            .row = data->row + slice->row + r,
            .first = slice->first,
            .count = slice->count,
        };

        status = data->rows->read(data->rows->context, &stretch,
                                  &value[r * slice->count], error);
    }
    return status;
}

enum hr_status slices_read_all(const struct result_set *set,
                               const struct result_data *data, double *value,
                               struct hr_error *error)
{
    const struct slices all = slices_of(set, data);
    const struct slice whole = {.rows = all.rows, .count = all.length};

    return slice_read(data, &whole, value, error);
}
