/** @file
 * A quantile function as a curve through exact points.
 *
 * The curve runs over normal scores z, where quantiles of smooth laws are nearly
 * straight, in pieces of degree 7 that share value and three derivatives at their ends.
 * Beyond the outermost scores there is none.
 */
#ifndef HEADROOM_QUANTILE_CURVE_H
#define HEADROOM_QUANTILE_CURVE_H

enum {
    CURVE_PER_UNIT = 4, /**< pieces */
    CURVE_SIDE = 24,    /**< pieces of one sign */
    CURVE_PIECES = 2 * CURVE_SIDE,
    CURVE_DEGREE = 7,
};

struct quantile_curve {
    double piece[CURVE_PIECES][CURVE_DEGREE + 1]; /**< ascending powers */
};

/** Value and derivatives in z of the curve at a point. */
struct curve_point {
    double value, first, second, third;
};

/** Draw piece number @p i between two points. */
void curve_piece(struct quantile_curve *curve, int i, const struct curve_point *left,
                 const struct curve_point *right);

/** The curve's height above the score of probability @p p, or NaN beyond its ends. */
double curve_at(const struct quantile_curve *curve, double p);

#endif
