#include "stack_parts.h"

#include "assemble.h"
#include "columns.h"
#include "correlated.h"
#include "decided.h"
#include "publication.h"
#include "slices.h"

#include <stdlib.h>

/* What hangs on all forms of a point, which are not run together, or on all points. */
static bool is_reckoned_last(const char *path)
{
    return stack_begins(path, "/decision/") ||
           stack_begins(path, "/quality/correlation/");
}

/* What a sweep keeps. Near ties are of all forms of a trial, and forms are taken. */
static bool is_kept(const struct stack *stack, const struct result_data *data)
{
    if (stack_begins(data->path, "/trials/"))
        return stack->keeps(stack->context, result_leaf(data->path));
    return strcmp(data->path, "/quality/near_ties") != 0 &&
           !stack_begins(data->path, "/site_quarters/") &&
           !is_reckoned_last(data->path);
}

static void widen(struct result_set *set, const char *path, size_t size)
{
    struct result_axis *axis = &set->axis[result_set_find_axis(set, path) - set->axis];

    axis->size = size;
    axis->number = NULL;
}

/* The model may be of other trials. */
static void say_trials(struct stack *stack)
{
    struct result_set *set = &stack->set;

    for (size_t i = 0; i < set->attribute_count; i++) {
        if (strcmp(set->attribute[i].path, "/trials") == 0)
            set->attribute[i].integer = stack->trials;
    }
}

/* Room for all points; parameters lie along trials alone while all points share them.
 */
static void make_room(struct stack *stack, struct result_data *data)
{
    struct result_set *set = &stack->set;

    if (!stack_is_along(set, data, 0, "/point"))
        return;
    if (stack_is_parameter(data)) {
        data->rank = 1;
        data->axis[0] = data->axis[1];
    }
    data->rows = NULL;
    data->value = result_set_numbers(set, result_data_count(set, data));
}

static void forget_words(struct result_set *set)
{
    size_t kept = 0;

    for (size_t i = 0; i < set->words_count; i++) {
        if (!is_reckoned_last(set->words[i].path))
            set->words[kept++] = set->words[i];
    }
    set->words_count = kept;
}

enum hr_status stack_start(struct stack *stack, const struct outcome *model,
                           struct hr_error *error)
{
    struct result_set *set = &stack->set;
    size_t kept = 0;

    if (assemble_set(set, model, error) != HR_OK)
        return error->status;
    stack->forms = model->forms;
    stack->objective = model->objective;
    stack->ties = model->ties;
    stack->placed = result_set_memory(set, stack->points + 1);
    if (stack->placed != NULL)
        memset(stack->placed, 0, stack->points + 1);
    forget_words(set);
    widen(set, "/point", stack->points);
    widen(set, "/trial", stack->trials);
    say_trials(stack);
    for (size_t i = 0; i < set->data_count; i++) {
        if (is_kept(stack, &set->data[i]))
            set->data[kept++] = set->data[i];
    }
    set->data_count = kept;
    for (size_t i = 0; i < kept; i++)
        make_room(stack, &set->data[i]);
    return result_set_status(set, error);
}

static enum hr_status read_data(struct result_set *set, struct result_data *data,
                                struct hr_error *error)
{
    double *value = result_set_numbers(set, result_data_count(set, data));

    if (value == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a point of a sweep");
    if (slices_read_all(set, data, value, error) != HR_OK)
        return error->status;
    data->value = value;
    return HR_OK;
}

enum hr_status stack_prepare(const struct stack *stack, const struct outcome *outcome,
                             struct result_set *set, struct hr_error *error)
{
    enum hr_status status = assemble_set(set, outcome, error);

    for (size_t i = 0; i < set->data_count && status == HR_OK; i++) {
        struct result_data *data = &set->data[i];

        if (data->value == NULL && is_kept(stack, data))
            status = read_data(set, data, error);
    }
    return status;
}

static size_t form_named(const struct result_set *set, const char *name)
{
    const struct result_axis *axis = result_set_find_axis(set, "/form");
    size_t f = 0;

    while (f < axis->size && strcmp(axis->word[f], name) != 0)
        f++;
    return f;
}

static void put_forms(struct stack *stack, size_t point, const struct result_set *set,
                      const struct result_data *into, const double *value)
{
    const struct result_axis *axis = result_set_find_axis(set, "/form");
    const size_t size = stack_form_size(stack, into);

    for (size_t f = 0; f < axis->size; f++) {
        const size_t at = form_named(&stack->set, axis->word[f]);

        memcpy(stack_numbers(into) + (point * stack->forms + at) * size,
               value + f * size, size * sizeof(double));
    }
}

static void put_data(struct stack *stack, size_t point, const struct result_set *set,
                     struct result_data *into)
{
    const struct result_data *data = result_set_find_data(set, into->path);
    const double *value = data == NULL ? NULL : data->value;

    if (stack_is_parameter(into))
        stack_put_parameter(stack, point, into, value);
    else if (value != NULL && stack_is_along(&stack->set, into, 1, "/form") &&
             stack_is_along(&stack->set, into, 0, "/point"))
        put_forms(stack, point, set, into, value);
}

static void add_parameters(struct stack *stack, const struct result_set *set)
{
    for (size_t i = 0; i < set->data_count; i++) {
        if (stack_is_parameter(&set->data[i]))
            stack_add_parameter(stack, set->data[i]);
    }
}

enum hr_status stack_put(struct stack *stack, size_t point,
                         const struct result_set *set, struct hr_error *error)
{
    add_parameters(stack, set);
    for (size_t i = 0; i < stack->set.data_count; i++)
        put_data(stack, point, set, &stack->set.data[i]);
    if (result_set_status(&stack->set, error) != HR_OK)
        return error->status;
    stack->placed[point] = true;
    return HR_OK;
}

void stack_take(struct stack *stack, size_t point, size_t from, size_t form)
{
    const struct result_set *set = &stack->set;

    for (size_t i = 0; i < set->data_count; i++) {
        const struct result_data *data = &set->data[i];
        const size_t size = stack_form_size(stack, data);
        double *value = stack_numbers(data);

        if (stack_is_of_forms(stack, data))
            memcpy(value + (point * stack->forms + form) * size,
                   value + (from * stack->forms + form) * size, size * sizeof(double));
    }
}

static void add_axis(struct stack *stack, const struct stack_axis *axis)
{
    struct result_set *set = &stack->set;
    const struct result_data numbers = {
        .path = result_set_name(set, "/points/%s", axis->name),
        .unit = "as in the scenario",
        .long_name = "value at the point",
        .key = axis->key,
        .rank = 1,
        .axis = {stack_point_axis(set)},
        .value = axis->number,
    };
    const struct result_words words = {
        .path = numbers.path,
        .long_name = "choice at the point",
        .key = axis->key,
        .axis = stack_point_axis(set),
        .value = axis->word,
    };

    if (axis->number != NULL)
        result_set_add_data(set, numbers);
    else
        result_set_add_words(set, words);
}

static void add_labels(struct stack *stack, const struct stack_labels *labels)
{
    struct result_set *set = &stack->set;

    columns_add_words(set, "/points/id", labels->id);
    columns_add(set, "/points/status", labels->status);
    columns_add_words(set, "/points/reason", labels->reason);
    columns_add_words(set, "/points/calibration", labels->calibration);
    columns_add_words(set, "/points/changes", labels->changes);
    columns_add_words(set, "/points/keys", labels->keys);
    for (size_t a = 0; a < labels->count; a++)
        add_axis(stack, &labels->axis[a]);
    columns_add_attribute(set, "/points/design", labels->design);
    columns_add_attribute(set, "/points/axes", labels->axes);
}

enum hr_status stack_publish(struct stack *stack, const struct stack_labels *labels,
                             bool whole, const char *path, struct hr_error *error)
{
    const struct writer_options options = {0};
    struct result_set *set = &stack->set;
    const struct result_set before = *set;
    enum hr_status status = HR_OK;

    add_labels(stack, labels);
    if (whole)
        status = decided_add(set, set, stack->objective, error);
    if (whole && status == HR_OK)
        status = correlated_add(set, set, &stack->ties, error);
    if (status == HR_OK)
        status = result_set_status(set, error);
    if (status == HR_OK)
        status = publication_write(path, set, &options, error);
    set->axes = before.axes;
    set->data_count = before.data_count;
    set->words_count = before.words_count;
    set->attribute_count = before.attribute_count;
    return status;
}

void stack_free(struct stack *stack)
{
    result_set_free(&stack->set);
}
