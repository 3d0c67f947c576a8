#include "stack_parts.h"

#include <math.h>

/* Numbers of one form of one point of a data set that was read. */
static size_t values_of_form(const struct hr_result_values *values)
{
    return values->size[0] * values->size[1] > 0
               ? values->count / (values->size[0] * values->size[1])
               : 0;
}

bool stack_is_held(const struct stack *stack, struct hr_result *from,
                   const char **missing)
{
    for (size_t i = 0; i < stack->set.data_count; i++) {
        const struct result_data *data = &stack->set.data[i];
        struct hr_result_values values;
        struct hr_error error;
        bool held;

        if (!stack_is_of_forms(stack, data))
            continue;
        held = hr_result_values(from, data->path, &values, &error) == HR_OK &&
               values_of_form(&values) == stack_form_size(stack, data);
        hr_result_release(from, data->path);
        *missing = data->path;
        if (!held)
            return false;
    }
    return true;
}

static void adopt_forms(struct stack *stack, const struct result_data *into,
                        const struct hr_result_values *values,
                        const struct stack_match *match, size_t count)
{
    const size_t size = stack_form_size(stack, into), forms = values->size[1];

    for (size_t i = 0; i < count; i++) {
        const size_t at = match[i].point * stack->forms + (size_t)match[i].form;
        const size_t from = match[i].from_point * forms + (size_t)match[i].from_form;

        if (match[i].form != STACK_PARAMETERS)
            memcpy(stack_numbers(into) + at * size, values->value + from * size,
                   size * sizeof(double));
    }
}

/* What a point drew; NULL where it did not. */
static const double *drawn_at(const struct hr_result_values *values, size_t point)
{
    const size_t trials = values->size[values->rank - 1];
    const double *drawn = values->value + (values->rank > 1 ? point * trials : 0);
    size_t t = 0;

    while (t < trials && isnan(drawn[t]))
        t++;
    return t < trials ? drawn : NULL;
}

static enum hr_status adopt_parameter(struct stack *stack, struct result_data *into,
                                      struct hr_result *from,
                                      const struct stack_match *match,
                                      struct hr_error *error)
{
    struct hr_result_values values;
    const enum hr_status status = hr_result_values(from, into->path, &values, error);

    if (status != HR_OK && status != HR_BAD_INPUT)
        return status;
    stack_put_parameter(stack, match->point, into,
                        status == HR_OK ? drawn_at(&values, match->from_point) : NULL);
    return HR_OK;
}

/* What a point drew that no point before it did. */
static enum hr_status add_new(struct stack *stack, struct hr_result *from,
                              const struct stack_match *match, struct hr_error *error)
{
    for (size_t i = 0; i < hr_result_count(from); i++) {
        const char *path = hr_result_path(from, i);
        struct hr_result_values values;

        if (!stack_begins(path, "/parameters/") ||
            result_set_find_data(&stack->set, path) != NULL)
            continue;
        if (hr_result_values(from, path, &values, error) != HR_OK)
            return error->status;
        if (drawn_at(&values, match->from_point) != NULL)
            stack_add_parameter(stack,
                                (struct result_data){.path = path,
                                                     .unit = values.unit,
                                                     .long_name = values.long_name,
                                                     .money = values.money,
                                                     .discounted = values.discounted});
    }
    return result_set_status(&stack->set, error);
}

static enum hr_status adopt_parameters(struct stack *stack, struct hr_result *from,
                                       const struct stack_match *match,
                                       struct hr_error *error)
{
    enum hr_status status = add_new(stack, from, match, error);

    for (size_t i = 0; i < stack->set.data_count && status == HR_OK; i++) {
        if (stack_is_parameter(&stack->set.data[i]))
            status = adopt_parameter(stack, &stack->set.data[i], from, match, error);
    }
    if (status == HR_OK)
        stack->placed[match->point] = true;
    return status;
}

enum hr_status stack_adopt(struct stack *stack, struct hr_result *from,
                           const struct stack_match *match, size_t count,
                           struct hr_error *error)
{
    enum hr_status status = HR_OK;

    for (size_t i = 0; i < stack->set.data_count && status == HR_OK; i++) {
        const struct result_data *data = &stack->set.data[i];
        struct hr_result_values values;

        if (!stack_is_of_forms(stack, data))
            continue;
        status = hr_result_values(from, data->path, &values, error);
        if (status == HR_OK)
            adopt_forms(stack, data, &values, match, count);
        hr_result_release(from, data->path);
    }
    for (size_t i = 0; i < count && status == HR_OK; i++) {
        if (match[i].form == STACK_PARAMETERS)
            status = adopt_parameters(stack, from, &match[i], error);
    }
    return status == HR_OK ? result_set_status(&stack->set, error) : status;
}
