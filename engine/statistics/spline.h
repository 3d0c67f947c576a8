/** @file
 * The mean of a quantity given one draw: a penalised cubic spline through the trials.
 *
 * A draw enters by its normal scores, so that its law does not matter and the tails,
 * where decisions turn, have room. P-splines (Eilers and Marx 1996) on 20 equal
 * intervals, second-difference penalty, in the basis of Demmler and Reinsch, which
 * makes a fit a few sums; the penalty is chosen by generalised cross-validation with
 * each degree of freedom counted 1.4 times. A draw of few values has the means of its
 * groups instead.
 */
#ifndef HEADROOM_SPLINE_H
#define HEADROOM_SPLINE_H

#include "headroom/error.h"

#include <stddef.h>
#include <stdint.h>

enum {
    SPLINE_COLUMNS = 23,      /**< cubic, 20 intervals */
    SPLINE_FEW_VALUES = 15,   /**< a draw of fewer values has group means */
    SPLINE_LEAST_TRIALS = 500 /**< below which no curve is drawn */
};

/** What the curve is made of at one place. */
struct spline_row {
    size_t first; /**< column of the first of the values */
    double value[4];
};

/** The design of one draw, good for any number of quantities of the same trials. */
struct spline {
    size_t n, columns;
    double *score; /**< [n] normal scores of the draw */
    double furthest;
    size_t groups; /**< values of the draw where it has few, else 0 */
    double group_score[SPLINE_FEW_VALUES];
    struct spline_row *row;                        /**< [n] */
    double basis[SPLINE_COLUMNS * SPLINE_COLUMNS]; /**< Demmler-Reinsch, [column][j] */
    double roughness[SPLINE_COLUMNS];              /**< of each basis function */
};

/** A quantity's curve on a spline. */
struct spline_fit {
    double coefficient[SPLINE_COLUMNS]; /**< of the columns */
    double projection[SPLINE_COLUMNS];  /**< of the basis, before the penalty */
    double mean;                        /**< of the quantity */
    double penalty;
    double edf; /**< effective degrees of freedom */
    double rss, tss;
};

/** A curve's value and its posterior standard error. */
struct spline_value {
    double value, se;
};

/** Read a draw's @p n values, none NaN. Refused: fewer than SPLINE_LEAST_TRIALS. A draw
 * that is the same in all trials has one group. */
HR_MUST_CHECK
enum hr_status spline_init(struct spline *spline, const double *draw, size_t n,
                           struct hr_error *error);
void spline_free(struct spline *spline);

/** Normal scores of a draw's @p n values, none NaN, into score[n] and its trials from
 * the least to the largest into order[n]; how many values the draw has. Numbers of
 * equal value share the middle of their ranks. */
size_t spline_scores(const double *draw, size_t n, size_t *order, double *score);

/** Fit @p y[n], none NaN. */
void spline_fit(const struct spline *spline, const double *y, struct spline_fit *fit);

/** A curve of these coefficients in each trial, into g[n]. */
void spline_values(const struct spline *spline, const double *coefficient, double *g);

/** The fitted curve in each trial, into g[n]. */
static inline void spline_fitted(const struct spline *spline,
                                 const struct spline_fit *fit, double *g)
{
    spline_values(spline, fit->coefficient, g);
}

/** The curve where the draw has normal score @p score, within those of the trials. */
struct spline_value spline_at(const struct spline *spline, const struct spline_fit *fit,
                              double score);

/** Residual variance of a fit. */
static inline double spline_variance(const struct spline *spline,
                                     const struct spline_fit *fit)
{
    return fit->rss / ((double)spline->n - fit->edf);
}

/** The draw's share of the variance of a quantity, and whether it is there at all. */
struct spline_share {
    double share, se;
    double p; /**< of the F test of the fit */
};

/** First-order share of @p y's variance; @p g is its curve in each trial. */
struct spline_share spline_share(const struct spline *spline,
                                 const struct spline_fit *fit, const double *y,
                                 const double *g);

#endif
