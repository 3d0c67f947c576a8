/** @file
 * The points of a sweep before any trial: compiled, named, some refused.
 */
#ifndef HEADROOM_SWEEP_POINTS_H
#define HEADROOM_SWEEP_POINTS_H

#include "headroom/run.h"

#include "form_key.h"
#include "scenario_plan.h"
#include "stack.h"
#include "sweep_axes.h"

enum { MOST_FORMS_SWEPT = 64 };

/** A form of a point. */
struct sweep_form {
    char key[DIGEST_TEXT]; /**< of all that its trials read */
    size_t point;
    bool found;  /**< its numbers are there */
    bool wanted; /**< it is to be run: an earlier point has no such form */
};

struct sweep_point {
    char *changes; /**< one a line */
    char *reason;  /**< why it is refused; or NULL */
    char id[SCENARIO_IDENTITY];
    bool own_calibration;
    struct sweep_form *form; /**< [forms] */
    char *keys;              /**< of its forms, with spaces; for a file */
};

struct sweep_points {
    const struct hr_scenario *scenario;
    const struct sweep *sweep;
    struct hr_base *base;
    struct sweep_point *point;
    size_t count, forms, refused;
    void **found;       /**< [form] trees of the forms that are there, by key */
    const char *output; /**< the result's path; NULL: none is made */
    bool reads_output;  /**< some point does, and so it may not be replaced */
};

/** Compile every point. Those refused are counted; HR_BAD_INPUT with the first few
 * where the sweep does not skip them, and where one reads the file @p output (NULL:
 * none), which the result is to replace. */
HR_MUST_CHECK
enum hr_status sweep_points_open(struct sweep_points *points,
                                 const struct hr_scenario *scenario, const char *output,
                                 struct hr_error *error);
void sweep_points_free(struct sweep_points *points);

/** Name a point by its changes alone, or say why it is refused. False where memory ran
 * out. */
bool sweep_points_name(struct hr_base *base, const struct hr_scenario *scenario,
                       struct sweep_point *point);
void sweep_point_free(struct sweep_point *point);

/** The scenario of a point that is not refused; freed with hr_scenario_free(). */
HR_MUST_CHECK
enum hr_status sweep_points_variant(const struct sweep_points *points, size_t point,
                                    struct hr_scenario **variant,
                                    struct hr_messages *problems);

/** The variant of @p base with @p changes, one a line. */
HR_MUST_CHECK
enum hr_status sweep_points_vary(const struct hr_base *base, const char *changes,
                                 struct hr_scenario **variant,
                                 struct hr_messages *problems);

/** Say that the numbers of a form of a point are there. False where memory ran out. */
bool sweep_points_find(struct sweep_points *points, size_t point, size_t form);

/** A point whose form has the same key and whose numbers are there; @p point itself
 * where there is none. */
size_t sweep_points_same(const struct sweep_points *points, size_t point, size_t form);

/** Of points from first to before last, say which forms are wanted. False where memory
 * ran out. */
bool sweep_points_want(struct sweep_points *points, size_t first, size_t last);

/** Whether all numbers of a point are there. */
bool sweep_points_is_done(const struct sweep_points *points, size_t point);

#endif
