/** @file
 * A regression of quantities on many draws at once, fold by fold.
 *
 * Columns: one; each draw's normal score w; w^2 - 1; and the products of the draws with
 * the largest linear effects.
 */
#ifndef HEADROOM_SURFACE_H
#define HEADROOM_SURFACE_H

#include "headroom/error.h"

#include <stddef.h>

enum {
    SURFACE_FOLDS = 10,
    SURFACE_RUN = 64,     /**< neighbouring trials that share a fold */
    SURFACE_PRODUCTS = 12 /**< draws whose products enter */
};

/** Normal scores of draws: draw k in trial t is value[k * trials + t]. Borrowed. */
struct scores {
    const double *value;
    size_t draws, trials;
};

struct surface {
    const struct scores *draws;
    size_t quantities, columns;
    size_t strong[SURFACE_PRODUCTS], strongs; /**< draws whose products enter */
    double *coefficient; /**< [fold][quantity][column], found on the other folds; the
                              last fold's are found on all trials */
};

/** Fit y[quantity][trial]. Refused: more columns than a quarter of the trials. */
HR_MUST_CHECK
enum hr_status surface_init(struct surface *surface, const struct scores *draws,
                            const double *y, size_t quantities, struct hr_error *error);
void surface_free(struct surface *surface);

/** Fold of a trial; SURFACE_FOLDS stands for the fit to all trials. */
static inline size_t surface_fold(size_t trial)
{
    return trial / SURFACE_RUN % SURFACE_FOLDS;
}

/** The surface in a trial as found on the folds other than @p fold, into
 * value[quantity]. @p row has room for the columns. */
void surface_at(const struct surface *surface, size_t fold, size_t trial, double *row,
                double *value);

#endif
