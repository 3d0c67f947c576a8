/** @file
 * Where the mean of a difference given one draw is zero, and how surely.
 */
#ifndef HEADROOM_SWITCH_CURVE_H
#define HEADROOM_SWITCH_CURVE_H

#include "sample.h"
#include "spline.h"

enum {
    SWITCH_POINTS = 399, /**< quantiles of the draw at which the curve is looked at */
    SWITCH_ROOTS = 4     /**< as many are kept */
};

/** A draw: its spline, and its values at evenly spaced chances from 1 % to 99 %. */
struct switch_draw {
    struct spline spline;
    struct sample sample;
    double *memory;
    double score[SWITCH_POINTS], x[SWITCH_POINTS], chance[SWITCH_POINTS];
};

HR_MUST_CHECK
enum hr_status switch_draw_init(struct switch_draw *draw, const double *value, size_t n,
                                struct hr_error *error);
void switch_draw_free(struct switch_draw *draw);
double switch_draw_middle(const struct switch_draw *draw);

struct switch_root {
    double at;
    double low, high; /**< where the curve is within its error of zero around it; NaN
                           where that reaches the end of the draw */
    double quantile;  /**< share of the draw below it */
    double beyond;    /**< share of the draw on the side away from the lead */
};

struct switch_curve {
    double at_low, at_high; /**< at 1 % and 99 % of the draw */
    struct switch_root root[SWITCH_ROOTS];
    size_t roots;
};

/** The curve of @p difference on the draw; @p lead has the sign that it has over all
 * trials. */
void switch_curve_of(const struct switch_draw *draw, const double *difference,
                     double confidence, double lead, struct switch_curve *curve);

#endif
