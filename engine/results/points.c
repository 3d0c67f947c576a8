#include "points.h"

#include "held.h"

#include <string.h>

size_t hr_result_points(const struct hr_result *result)
{
    const struct result_axis *axis =
        result_set_find_axis(&result->reader.set, "/point");

    return axis == NULL ? 1 : axis->size;
}

bool hr_result_choose(struct hr_result *result, size_t point)
{
    if (point >= hr_result_points(result))
        return false;
    result->chosen = point + 1;
    return true;
}

size_t hr_result_chosen(const struct hr_result *result)
{
    return result->chosen > 0 ? result->chosen - 1 : 0;
}

void points_narrow(const struct hr_result *result, const char *path,
                   struct hr_result_values *values)
{
    const size_t points = hr_result_points(result);

    if (result->chosen == 0 || points == 1 || values->rank == 0 ||
        strcmp(values->axis[0], "point") != 0 || strncmp(path, "/points/", 8) == 0)
        return;
    values->count /= points;
    values->size[0] = 1;
    values->value += (result->chosen - 1) * values->count;
}
