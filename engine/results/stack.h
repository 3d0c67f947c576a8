/** @file
 * The outcomes of a sweep's points, one on the other, as one result.
 *
 * A form that nothing distinguishes from that of an earlier point is taken from there.
 */
#ifndef HEADROOM_STACK_H
#define HEADROOM_STACK_H

#include "headroom/result.h"

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
    const char *const *keys; /**< of the forms, in their order, with spaces */
};

/** Start with {.points = ..., .trials = ..., .keeps = ...}. */
struct stack {
    size_t points, trials;
    bool (*keeps)(const void *context, const char *metric); /**< its trials */
    const void *context;
    struct result_set set;
    size_t forms;
    bool *placed;          /**< [point] whose parameters are there */
    const char *objective; /**< or NULL */
    struct outcome_ties ties;
};

/** Lay the stack out as that of @p model, an outcome of all forms and of any number of
 * trials, which is borrowed until the stack is freed; nothing is put yet. */
HR_MUST_CHECK
enum hr_status stack_start(struct stack *stack, const struct outcome *model,
                           struct hr_error *error);

/** Assemble what the stack keeps of @p outcome, a point's, and read it into memory: any
 * thread, also while another puts a point. @p set starts with {0}; it is freed by
 * result_set_free(), before the outcome is. */
HR_MUST_CHECK
enum hr_status stack_prepare(const struct stack *stack, const struct outcome *outcome,
                             struct result_set *set, struct hr_error *error);

/** Put the forms of a set that is prepared, and its parameters, at @p point. Points are
 * put in their order. */
HR_MUST_CHECK
enum hr_status stack_put(struct stack *stack, size_t point,
                         const struct result_set *set, struct hr_error *error);

/** Copy form @p form of point @p from to @p point. */
void stack_take(struct stack *stack, size_t point, size_t from, size_t form);

enum { STACK_PARAMETERS = -1 };

/** A form of a point of the stack, or with STACK_PARAMETERS what the point drew, and
 * where another result has the same. */
struct stack_match {
    size_t point, from_point;
    int form, from_form;
};

/** Whether @p from holds, of as many trials, all that the stack keeps of a form;
 * otherwise the path that is missing. */
bool stack_is_held(const struct stack *stack, struct hr_result *from,
                   const char **missing);

/** Copy what matches from a result of which stack_is_held() is true. */
HR_MUST_CHECK
enum hr_status stack_adopt(struct stack *stack, struct hr_result *from,
                           const struct stack_match *match, size_t count,
                           struct hr_error *error);

/** Name the points and publish, as often as is wished. @p labels are borrowed for that
 * time. What is decided at each point, and how draws go together, is added where the
 * stack is @p whole. */
HR_MUST_CHECK
enum hr_status stack_publish(struct stack *stack, const struct stack_labels *labels,
                             bool whole, const char *path, struct hr_error *error);

/** How @p from, which is a stack, names its points: in its own memory and the stack's,
 * whose set need not be laid out yet. HR_NOT_HELD where it does not. */
HR_MUST_CHECK
enum hr_status stack_read_labels(struct stack *stack, struct hr_result *from,
                                 struct stack_labels *labels, struct hr_error *error);

void stack_free(struct stack *stack);

#endif
