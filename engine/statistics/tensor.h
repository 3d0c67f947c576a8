/** @file
 * The mean of a quantity given two draws: a penalised tensor product of cubic splines
 * of their normal scores, 6 equal intervals each, with second-difference penalties
 * along both; how much is chosen by generalised cross-validation, as in spline.h.
 */
#ifndef HEADROOM_TENSOR_H
#define HEADROOM_TENSOR_H

#include "headroom/error.h"

#include <stddef.h>

enum {
    TENSOR_SIDE = 9, /**< columns along one draw */
    TENSOR_COLUMNS = TENSOR_SIDE * TENSOR_SIDE,
    TENSOR_LEAST_TRIALS = 500
};

struct tensor {
    double furthest[2]; /**< of the scores */
    double coefficient[TENSOR_COLUMNS];
    double covariance[TENSOR_COLUMNS * TENSOR_COLUMNS];
    double edf;
};

/** Fit y[n] on two draws' normal scores, none NaN. Refused: fewer than
 * TENSOR_LEAST_TRIALS. */
HR_MUST_CHECK
enum hr_status tensor_fit(struct tensor *tensor, const double *const score[2],
                          const double *y, size_t n, struct hr_error *error);

struct tensor_value {
    double value, se;
};

/** The surface at two scores, held within those of the trials. */
struct tensor_value tensor_at(const struct tensor *tensor, double one, double other);

#endif
