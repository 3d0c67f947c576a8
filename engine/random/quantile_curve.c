#include "quantile_curve.h"

#include "elementary.h"

/* Derivatives divided by their factorials, in units of a piece. */
static struct curve_point in_pieces(const struct curve_point *p)
{
    const double h = 1.0 / CURVE_PER_UNIT;

    return (struct curve_point){p->value, h * p->first, h * h / 2.0 * p->second,
                                h * h * h / 6.0 * p->third};
}

/* Hermite's interpolation: what the first four powers leave at the right end is met by
 * the last four, which vanish at the left one. */
void curve_piece(struct quantile_curve *curve, int i, const struct curve_point *left,
                 const struct curve_point *right)
{
    const struct curve_point a = in_pieces(left), b = in_pieces(right);
    const double value = b.value - (a.value + a.first + a.second + a.third);
    const double first = b.first - (a.first + 2.0 * a.second + 3.0 * a.third);
    const double second = b.second - (a.second + 3.0 * a.third);
    const double third = b.third - a.third;
    double *c = curve->piece[i];

    c[0] = a.value;
    c[1] = a.first;
    c[2] = a.second;
    c[3] = a.third;
    c[4] = 35.0 * value - 15.0 * first + 5.0 * second - third;
    c[5] = -84.0 * value + 39.0 * first - 14.0 * second + 3.0 * third;
    c[6] = 70.0 * value - 34.0 * first + 13.0 * second - 3.0 * third;
    c[7] = -20.0 * value + 10.0 * first - 4.0 * second + third;
}

double curve_at(const struct quantile_curve *curve, double p)
{
    const double along = CURVE_PER_UNIT * normal_quantile(p) + CURVE_SIDE;
    const double *c;
    double part, height;

    if (!(along >= 0.0 && along < CURVE_PIECES))
        return NAN;
    c = curve->piece[(int)along];
    part = along - (int)along;
    height = c[CURVE_DEGREE];
    for (int k = CURVE_DEGREE - 1; k >= 0; k--)
        height = height * part + c[k];
    return height;
}
