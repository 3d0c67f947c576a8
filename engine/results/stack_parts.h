/** @file
 * What the parts of a stack share.
 */
#ifndef HEADROOM_STACK_PARTS_H
#define HEADROOM_STACK_PARTS_H

#include "stack.h"

#include <string.h>

static inline bool stack_is_along(const struct result_set *set,
                                  const struct result_data *data, int rank,
                                  const char *axis)
{
    return data->rank > rank && strcmp(set->axis[data->axis[rank]].path, axis) == 0;
}

static inline bool stack_begins(const char *path, const char *group)
{
    return strncmp(path, group, strlen(group)) == 0;
}

static inline bool stack_is_parameter(const struct result_data *data)
{
    return stack_begins(data->path, "/parameters/");
}

/* Where a data set of the stack keeps its numbers; they are the stack's own. */
static inline double *stack_numbers(const struct result_data *data)
{
    return (double *)(uintptr_t)data->value;
}

static inline int stack_point_axis(const struct result_set *set)
{
    return (int)(result_set_find_axis(set, "/point") - set->axis);
}

/* Numbers of one form of one point. */
static inline size_t stack_form_size(const struct stack *stack,
                                     const struct result_data *data)
{
    return result_data_count(&stack->set, data) / (stack->points * stack->forms);
}

static inline bool stack_is_of_forms(const struct stack *stack,
                                     const struct result_data *data)
{
    return stack_is_along(&stack->set, data, 0, "/point") &&
           stack_is_along(&stack->set, data, 1, "/form");
}

/** Put what @p point drew; @p value NULL: it does not draw it. */
void stack_put_parameter(struct stack *stack, size_t point, struct result_data *into,
                         const double *value);

/** Make room for a parameter that no point before draws. */
void stack_add_parameter(struct stack *stack, struct result_data data);

#endif
