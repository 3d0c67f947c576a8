#include "stack_parts.h"

#include "held.h"

#include <stdio.h>
#include <stdlib.h>

static const char *or_null(const char *text)
{
    return text == NULL || *text == '\0' ? NULL : text;
}

static enum hr_status read_axis(struct hr_result *from, const char *name,
                                struct stack_axis *axis, struct hr_error *error)
{
    const struct result_set *set = &from->reader.set;
    const struct result_data *numbers;
    const struct result_words *words;
    struct hr_result_values values;
    char path[512];

    snprintf(path, sizeof(path), "/points/%s", name);
    numbers = result_set_find_data(set, path);
    words = result_set_find_words(set, path);
    if (words != NULL) {
        *axis = (struct stack_axis){
            .name = name, .key = or_null(words->key), .word = words->value};
        return HR_OK;
    }
    if (hr_result_values(from, path, &values, error) != HR_OK)
        return error->status;
    *axis = (struct stack_axis){
        .name = name, .key = or_null(numbers->key), .number = values.value};
    return HR_OK;
}

/* Names of axes, with commas between, one after another. */
static enum hr_status read_axes(struct stack *stack, struct hr_result *from,
                                struct stack_labels *labels, struct hr_error *error)
{
    const size_t length = strlen(labels->axes);
    char *names = result_set_memory(&stack->set, length + 1), *name;
    struct stack_axis *axis =
        result_set_memory(&stack->set, (length + 1) * sizeof(*axis));
    enum hr_status status = HR_OK;

    if (names == NULL || axis == NULL)
        return hr_fail(error, HR_FAILED, "no memory to name the points of a sweep");
    memcpy(names, labels->axes, length + 1);
    labels->axis = axis;
    while (status == HR_OK && (name = strsep(&names, ",")) != NULL) {
        name += strspn(name, " ");
        if (*name != '\0')
            status = read_axis(from, name, &axis[labels->count++], error);
    }
    return status;
}

enum hr_status stack_read_labels(struct stack *stack, struct hr_result *from,
                                 struct stack_labels *labels, struct hr_error *error)
{
    struct hr_result_values status;
    size_t count;

    if (hr_result_values(from, "/points/status", &status, error) != HR_OK)
        return error->status;
    *labels = (struct stack_labels){
        .design = hr_result_text(from, "/points/design"),
        .axes = hr_result_text(from, "/points/axes"),
        .status = status.value,
        .id = hr_result_labels(from, "/points/id", &count),
        .reason = hr_result_labels(from, "/points/reason", &count),
        .calibration = hr_result_labels(from, "/points/calibration", &count),
        .changes = hr_result_labels(from, "/points/changes", &count),
        .keys = hr_result_labels(from, "/points/keys", &count),
    };
    if (labels->design == NULL || labels->axes == NULL || labels->id == NULL ||
        labels->reason == NULL || labels->calibration == NULL ||
        labels->changes == NULL || labels->keys == NULL)
        return hr_fail(error, HR_NOT_HELD, "it does not say what its points are");
    return read_axes(stack, from, labels, error);
}
