#include "sweeping.h"

#include "text.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS_OF_WORDS = 5 };

static bool make_room(struct sweep_names *names, size_t points, size_t axes)
{
    *names = (struct sweep_names){
        .axis = calloc(axes + 1, sizeof(*names->axis)),
        .number = calloc(axes * points + 1, sizeof(*names->number)),
        .status = calloc(points + 1, sizeof(*names->status)),
        .word = calloc((axes + COLUMNS_OF_WORDS) * points + 1, sizeof(*names->word)),
    };
    return names->axis != NULL && names->number != NULL && names->status != NULL &&
           names->word != NULL;
}

void sweep_names_free(struct sweep_names *names)
{
    free(names->axis);
    free(names->number);
    free(names->status);
    free(names->word);
    *names = (struct sweep_names){0};
}

/* Numbers where every value is one. */
static void name_axis(const struct sweep *sweep, size_t a, size_t points,
                      struct sweep_names *names)
{
    double *number = names->number + a * points;
    const char **word = names->word + a * points;
    bool numbers = true;

    for (size_t p = 0; p < points; p++) {
        word[p] = sweep->point[p * sweep->axes + a]->label;
        numbers &= text_to_number(word[p], &number[p]) == TEXT_NUMBER;
    }
    names->axis[a] = (struct stack_axis){sweep->axis[a].name, sweep->axis[a].key,
                                         numbers ? number : NULL, word};
    if (a > 0)
        strncat(names->axes, ", ", sizeof(names->axes) - strlen(names->axes) - 1);
    strncat(names->axes, sweep->axis[a].name,
            sizeof(names->axes) - strlen(names->axes) - 1);
}

/* Done is 0, refused 1, not run yet 2. */
static void name_points(const struct sweep_points *points, struct sweep_names *names)
{
    const size_t count = points->count, axes = points->sweep->axes;
    const char **id = names->word + axes * count, **reason = id + count;
    const char **calibration = reason + count, **changes = calibration + count;
    const char **keys = changes + count;

    for (size_t p = 0; p < count; p++) {
        const struct sweep_point *point = &points->point[p];

        names->status[p] = point->reason != NULL ? 1.0 : 2.0;
        id[p] = point->id;
        reason[p] = point->reason != NULL ? point->reason : "";
        calibration[p] = point->own_calibration ? "own" : "base";
        changes[p] = point->changes;
        keys[p] = point->keys != NULL ? point->keys : "";
    }
    names->labels = (struct stack_labels){.axis = names->axis,
                                          .count = axes,
                                          .status = names->status,
                                          .id = id,
                                          .reason = reason,
                                          .calibration = calibration,
                                          .changes = changes,
                                          .keys = keys};
}

enum hr_status sweep_names_init(struct sweep_names *names,
                                const struct sweep_points *points,
                                struct hr_error *error)
{
    static const char *const designs[] = {"grid", "zip", "list", "lhs", "sobol"};

    if (!make_room(names, points->count, points->sweep->axes))
        return hr_fail(error, HR_FAILED, "no memory to name the points of a sweep");
    for (size_t a = 0; a < points->sweep->axes; a++)
        name_axis(points->sweep, a, points->count, names);
    name_points(points, names);
    names->labels.design = designs[points->sweep->design];
    names->labels.axes = names->axes;
    return HR_OK;
}
