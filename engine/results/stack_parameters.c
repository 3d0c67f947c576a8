#include "stack_parts.h"

static bool is_any_placed(const struct stack *stack)
{
    return memchr(stack->placed, true, stack->points) != NULL;
}

/* A parameter that some point does not share has numbers of each. */
static void part_parameter(struct stack *stack, struct result_data *into)
{
    struct result_set *set = &stack->set;
    const double *shared = into->value;
    double *own = result_set_numbers(set, stack->points * stack->trials);

    for (size_t p = 0; own != NULL && p < stack->points; p++) {
        if (stack->placed[p])
            memcpy(own + p * stack->trials, shared, stack->trials * sizeof(double));
    }
    into->value = own;
    into->rank = 2;
    into->axis[1] = into->axis[0];
    into->axis[0] = stack_point_axis(set);
}

void stack_put_parameter(struct stack *stack, size_t point, struct result_data *into,
                         const double *value)
{
    const size_t bytes = stack->trials * sizeof(double);

    if (into->rank == 1 && value != NULL && !is_any_placed(stack))
        memcpy(stack_numbers(into), value, bytes);
    if (into->rank == 1 && (value == NULL || memcmp(into->value, value, bytes) != 0))
        part_parameter(stack, into);
    if (into->rank == 2 && into->value != NULL && value != NULL)
        memcpy(stack_numbers(into) + point * stack->trials, value, bytes);
}

void stack_add_parameter(struct stack *stack, struct result_data data)
{
    struct result_set *own = &stack->set;

    if (result_set_find_data(own, data.path) != NULL)
        return;
    data.path = result_set_name(own, "%s", data.path);
    data.unit = result_set_name(own, "%s", data.unit);
    data.long_name = result_set_name(own, "%s", data.long_name);
    data.rows = NULL;
    data.rank = 2;
    data.axis[0] = stack_point_axis(own);
    data.axis[1] = (int)(result_set_find_axis(own, "/trial") - own->axis);
    data.value = result_set_numbers(own, stack->points * stack->trials);
    result_set_add_data(own, data);
}
