#include "stack.h"

#include "assemble.h"
#include "columns.h"
#include "decided.h"
#include "publication.h"
#include "slices.h"

#include <stdlib.h>
#include <string.h>

static bool is_along(const struct result_set *set, const struct result_data *data,
                     int rank, const char *axis)
{
    return data->rank > rank && strcmp(set->axis[data->axis[rank]].path, axis) == 0;
}

static bool begins(const char *path, const char *group)
{
    return strncmp(path, group, strlen(group)) == 0;
}

static bool is_parameter(const struct result_data *data)
{
    return begins(data->path, "/parameters/");
}

/* Where a data set of the stack keeps its numbers; they are the stack's own. */
static double *numbers_of(const struct result_data *data)
{
    return (double *)(uintptr_t)data->value;
}

/* What a sweep keeps. Near ties are of all forms of a trial, and forms are taken. */
static bool is_kept(const struct stack *stack, const struct result_data *data)
{
    if (begins(data->path, "/trials/"))
        return stack->keeps(stack->context, result_leaf(data->path));
    return strcmp(data->path, "/quality/near_ties") != 0 &&
           !begins(data->path, "/site_quarters/") && !begins(data->path, "/decision/");
}

static int point_axis(const struct result_set *set)
{
    return (int)(result_set_find_axis(set, "/point") - set->axis);
}

static void widen_points(struct stack *stack)
{
    struct result_set *set = &stack->set;
    struct result_axis *axis = &set->axis[point_axis(set)];
    double *number = result_set_numbers(set, stack->points);

    for (size_t p = 0; number != NULL && p < stack->points; p++)
        number[p] = (double)p;
    axis->size = stack->points;
    axis->number = number;
}

/* Room for all points; parameters lie along trials alone while all points share them.
 */
static void make_room(struct stack *stack, struct result_data *data)
{
    struct result_set *set = &stack->set;

    if (!is_along(set, data, 0, "/point"))
        return;
    if (is_parameter(data)) {
        data->rank = 1;
        data->axis[0] = data->axis[1];
    }
    data->rows = NULL;
    data->value = result_set_numbers(set, result_data_count(set, data));
}

/* What is decided hangs on all forms of a point, which are not run together. */
static void forget_decision(struct result_set *set)
{
    size_t kept = 0;

    for (size_t i = 0; i < set->words_count; i++) {
        if (!begins(set->words[i].path, "/decision/"))
            set->words[kept++] = set->words[i];
    }
    set->words_count = kept;
}

enum hr_status stack_start(struct stack *stack, const struct outcome *first,
                           struct hr_error *error)
{
    struct result_set *set = &stack->set;
    size_t kept = 0;

    if (assemble_set(set, first, error) != HR_OK)
        return error->status;
    stack->forms = first->forms;
    stack->trials = first->trials;
    stack->objective = first->objective;
    forget_decision(set);
    widen_points(stack);
    for (size_t i = 0; i < set->data_count; i++) {
        if (is_kept(stack, &set->data[i]))
            set->data[kept++] = set->data[i];
    }
    set->data_count = kept;
    for (size_t i = 0; i < kept; i++)
        make_room(stack, &set->data[i]);
    return result_set_status(set, error);
}

/* Numbers of a data set of one point, in memory or read into *room; or NULL. */
static const double *read_point(const struct result_set *set,
                                const struct result_data *data, double **room,
                                struct hr_error *error)
{
    if (data->value != NULL)
        return data->value;
    *room = malloc((result_data_count(set, data) + 1) * sizeof(**room));
    if (*room == NULL)
        (void)hr_fail(error, HR_FAILED, "no memory for a point of a sweep");
    else if (slices_read_all(set, data, *room, error) == HR_OK)
        return *room;
    return NULL;
}

static size_t form_named(const struct result_set *set, const char *name)
{
    const struct result_axis *axis = result_set_find_axis(set, "/form");
    size_t f = 0;

    while (f < axis->size && strcmp(axis->word[f], name) != 0)
        f++;
    return f;
}

/* Numbers of one form of one point. */
static size_t form_size(const struct stack *stack, const struct result_data *data)
{
    return result_data_count(&stack->set, data) / (stack->points * stack->forms);
}

static void put_forms(struct stack *stack, size_t point, const struct result_set *set,
                      const struct result_data *into, const double *value)
{
    const struct result_axis *axis = result_set_find_axis(set, "/form");
    const size_t size = form_size(stack, into);

    for (size_t f = 0; f < axis->size; f++) {
        const size_t at = form_named(&stack->set, axis->word[f]);

        memcpy(numbers_of(into) + (point * stack->forms + at) * size, value + f * size,
               size * sizeof(double));
    }
}

/* A parameter that some point does not share has numbers of each. */
static void part_parameter(struct stack *stack, struct result_data *into, size_t point)
{
    struct result_set *set = &stack->set;
    const double *shared = into->value;
    double *own = result_set_numbers(set, stack->points * stack->trials);

    for (size_t p = 0; own != NULL && p < point; p++)
        memcpy(own + p * stack->trials, shared, stack->trials * sizeof(double));
    into->value = own;
    into->rank = 2;
    into->axis[1] = into->axis[0];
    into->axis[0] = point_axis(set);
}

/* @p value NULL: the point does not draw it. */
static void put_parameter(struct stack *stack, size_t point, struct result_data *into,
                          const double *value)
{
    const size_t bytes = stack->trials * sizeof(double);

    if (into->rank == 1 && point == 0 && value != NULL)
        memcpy(numbers_of(into), value, bytes);
    if (into->rank == 1 && (value == NULL || memcmp(into->value, value, bytes) != 0))
        part_parameter(stack, into, point);
    if (into->rank == 2 && into->value != NULL && value != NULL)
        memcpy(numbers_of(into) + point * stack->trials, value, bytes);
}

static enum hr_status put_data(struct stack *stack, size_t point,
                               const struct result_set *set, struct result_data *into,
                               struct hr_error *error)
{
    const struct result_data *data = result_set_find_data(set, into->path);
    double *room = NULL;
    const double *value = data == NULL ? NULL : read_point(set, data, &room, error);
    const bool good = data == NULL || value != NULL;

    if (good && is_parameter(into))
        put_parameter(stack, point, into, value);
    else if (value != NULL && is_along(&stack->set, into, 1, "/form") &&
             is_along(&stack->set, into, 0, "/point"))
        put_forms(stack, point, set, into, value);
    free(room);
    return good ? HR_OK : error->status;
}

/* Parameters that no earlier point draws. */
static void add_parameters(struct stack *stack, const struct result_set *set)
{
    struct result_set *own = &stack->set;

    for (size_t i = 0; i < set->data_count; i++) {
        struct result_data data = set->data[i];

        if (!is_parameter(&data) || result_set_find_data(own, data.path) != NULL)
            continue;
        data.path = result_set_name(own, "%s", data.path);
        data.unit = result_set_name(own, "%s", data.unit);
        data.long_name = result_set_name(own, "%s", data.long_name);
        data.rows = NULL;
        data.value = result_set_numbers(own, stack->points * stack->trials);
        result_set_add_data(own, data);
    }
}

enum hr_status stack_put(struct stack *stack, size_t point,
                         const struct outcome *outcome, struct hr_error *error)
{
    struct result_set set = {0};
    enum hr_status status = assemble_set(&set, outcome, error);

    if (status == HR_OK)
        add_parameters(stack, &set);
    for (size_t i = 0; i < stack->set.data_count && status == HR_OK; i++)
        status = put_data(stack, point, &set, &stack->set.data[i], error);
    result_set_free(&set);
    return status == HR_OK ? result_set_status(&stack->set, error) : status;
}

void stack_take(struct stack *stack, size_t point, size_t from, size_t form)
{
    const struct result_set *set = &stack->set;

    for (size_t i = 0; i < set->data_count; i++) {
        const struct result_data *data = &set->data[i];
        const size_t size = form_size(stack, data);
        double *value = numbers_of(data);

        if (is_along(set, data, 0, "/point") && is_along(set, data, 1, "/form"))
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
        .axis = {point_axis(set)},
        .value = axis->number,
    };
    const struct result_words words = {
        .path = numbers.path,
        .long_name = "choice at the point",
        .key = axis->key,
        .axis = point_axis(set),
        .value = axis->word,
    };

    if (axis->number != NULL)
        result_set_add_data(set, numbers);
    else
        result_set_add_words(set, words);
}

enum hr_status stack_publish(struct stack *stack, const struct stack_labels *labels,
                             const char *path, struct hr_error *error)
{
    const struct writer_options options = {0};
    struct result_set *set = &stack->set;

    columns_add_words(set, "/points/id", labels->id);
    columns_add(set, "/points/status", labels->status);
    columns_add_words(set, "/points/reason", labels->reason);
    columns_add_words(set, "/points/calibration", labels->calibration);
    columns_add_words(set, "/points/changes", labels->changes);
    for (size_t a = 0; a < labels->count; a++)
        add_axis(stack, &labels->axis[a]);
    columns_add_attribute(set, "/points/design", labels->design);
    columns_add_attribute(set, "/points/axes", labels->axes);
    if (decided_add(set, set, stack->objective, error) != HR_OK ||
        result_set_status(set, error) != HR_OK)
        return error->status;
    return publication_write(path, set, &options, error);
}

void stack_free(struct stack *stack)
{
    result_set_free(&stack->set);
}
