#include "headroom/result.h"

#include "derived.h"

#include <string.h>

/* Inputs, in a run from a resolved scenario, say other things of whence they are. */
static bool is_reckoned(const char *path)
{
    static const char inputs[] = "/inputs/";

    return strncmp(path, inputs, sizeof(inputs) - 1) != 0;
}

static enum hr_status compare_values(struct hr_result *result, struct hr_result *again,
                                     const char *path, struct hr_error *error)
{
    struct hr_result_values stored, found;

    if (hr_result_values(again, path, &found, error) != HR_OK)
        return error->status;
    if (hr_result_values(result, path, &stored, error) != HR_OK)
        return error->status == HR_BAD_INPUT ? HR_OK : error->status;
    if (stored.count != found.count)
        return hr_fail(error, HR_NOT_HELD,
                       "%s has %zu numbers in the file and %zu when run again", path,
                       stored.count, found.count);
    for (size_t i = 0; i < stored.count; i++) {
        if (!derived_same_bits(stored.value[i], found.value[i]))
            return hr_fail(error, HR_NOT_HELD,
                           "%s is %.17g in the file and %.17g when run again, in "
                           "place %zu",
                           path, stored.value[i], found.value[i], i);
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
