/** @file
 * The outcomes of a sweep's points, one on the other, as one result.
 *
 * A form that nothing distinguishes from that of an earlier point is taken from there.
 */
#ifndef HEADROOM_STACK_H
#define HEADROOM_STACK_H

#include "outcome.h"
#include "result_set.h"

/** An axis of the sweep. */
struct stack_axis {
    const char *name, *key;  /**< key NULL: a choice of files or shocks */
    const double *number;    /**< [point]; or NULL */
    const char *const *word; /**< [point], where it is not of numbers */
};

/** What is said of the points; arrays are [point]. */
struct stack_labels {
    const char *design;
    const char *axes; /**< names, with commas */
    const struct stack_axis *axis;
    size_t count;
    const double *status;
    const char *const *id;
    const char *const *reason;
    const char *const *calibration;
    const char *const *changes;
};

/** Start with {.points = ..., .keeps = ...}. */
struct stack {
    size_t points;
    bool (*keeps)(const void *context, const char *metric); /**< its trials */
    const void *context;
    struct result_set set;
    size_t forms, trials;
    const char *objective; /**< or NULL */
};

/** Lay the stack out as that of the first outcome, which is of all forms and is
 * borrowed until the stack is freed; nothing is put yet. */
HR_MUST_CHECK
enum hr_status stack_start(struct stack *stack, const struct outcome *first,
                           struct hr_error *error);

/** Put the forms of @p outcome at @p point; points are put in ascending order. */
HR_MUST_CHECK
enum hr_status stack_put(struct stack *stack, size_t point,
                         const struct outcome *outcome, struct hr_error *error);

/** Copy form @p form of point @p from to @p point. */
void stack_take(struct stack *stack, size_t point, size_t from, size_t form);

/** Name the points and publish. @p labels are borrowed. */
HR_MUST_CHECK
enum hr_status stack_publish(struct stack *stack, const struct stack_labels *labels,
                             const char *path, struct hr_error *error);

void stack_free(struct stack *stack);

#endif
