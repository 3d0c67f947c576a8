#include "headroom/result.h"

#include "same_bits.h"

#include <string.h>

/* Inputs, in a run from a resolved scenario, say other things of whence they are. */
static bool is_reckoned(const char *path)
{
    static const char inputs[] = "/inputs/";

    return strncmp(path, inputs, sizeof(inputs) - 1) != 0;
}

/* Labels of statistics are added at the end, so an earlier file has fewer. */
static bool has_fewer_statistics(const struct hr_result_values *stored,
                                 const struct hr_result_values *found)
{
    const int last = found->rank - 1;

    return stored->rank == found->rank && strcmp(found->axis[last], "statistic") == 0 &&
           stored->size[last] < found->size[last] &&
           stored->count / stored->size[last] == found->count / found->size[last];
}

/* Where what is stored at place @p i is found. */
static size_t place_of(const struct hr_result_values *stored,
                       const struct hr_result_values *found, size_t i)
{
    const size_t ours = stored->size[stored->rank - 1];
    const size_t theirs = found->size[found->rank - 1];

    return i / ours * theirs + i % ours;
}

static enum hr_status compare_values(struct hr_result *result, struct hr_result *again,
                                     const char *path, struct hr_error *error)
{
    struct hr_result_values stored, found;

    if (hr_result_values(again, path, &found, error) != HR_OK)
        return error->status;
    if (hr_result_values(result, path, &stored, error) != HR_OK)
        return error->status == HR_BAD_INPUT ? HR_OK : error->status;
    if (stored.count != found.count && !has_fewer_statistics(&stored, &found))
        return hr_fail(error, HR_NOT_HELD,
                       "%s has %zu numbers in the file and %zu when run again", path,
                       stored.count, found.count);
    for (size_t i = 0; i < stored.count; i++) {
        const size_t at = place_of(&stored, &found, i);

        if (!same_bits(stored.value[i], found.value[at]))
            return hr_fail(error, HR_NOT_HELD,
                           "%s is %.17g in the file and %.17g when run again, in "
                           "place %zu",
                           path, stored.value[i], found.value[at], i);
    }
    return HR_OK;
}

enum hr_status hr_result_compare(struct hr_result *result, struct hr_result *again,
                                 struct hr_error *error)
{
    enum hr_status status = HR_OK;

    for (size_t i = 0; i < hr_result_count(again) && status == HR_OK; i++) {
        if (is_reckoned(hr_result_path(again, i)))
            status = compare_values(result, again, hr_result_path(again, i), error);
    }
    return status;
}
