/** @file
 * The upper tail of the normal law, free of branches.
 *
 * Rational approximations of W. J. Cody, "Rational Chebyshev approximations for
 * the error function", Math. Comp. 23 (1969), 631-637, in the arrangement of his
 * ANORM (ACM TOMS 19 (1993), algorithm 715); relative error near 1e-15 for x < 37.
 * A loop over an array vectorises, which normal_cdf()'s series does not.
 */
#ifndef HEADROOM_GAUSSIAN_H
#define HEADROOM_GAUSSIAN_H

#include "elementary.h"

/* (Phi(y) - 1/2)/y for |y| <= 0.67448975 */
HR_INLINE double gaussian_centre(double square)
{
    double n = 0.065682337918207449113, d = 1.0;

    n = n * square + 2.2352520354606839287;
    n = n * square + 161.02823106855587881;
    n = n * square + 1067.6894854603709582;
    n = n * square + 18154.981253343561249;
    d = d * square + 47.20258190468824187;
    d = d * square + 976.09855173777669322;
    d = d * square + 10260.932208618978205;
    d = d * square + 45507.789335026729956;
    return n / d;
}

/* (1 - Phi(y)) exp(y^2/2) for y <= sqrt(32) */
HR_INLINE double gaussian_shoulder(double y)
{
    double n = 1.0765576773720192317e-8, d = 1.0;

    n = n * y + 0.39894151208813466764;
    n = n * y + 8.8831497943883759412;
    n = n * y + 93.506656132177855979;
    n = n * y + 597.27027639480026226;
    n = n * y + 2494.5375852903726711;
    n = n * y + 6848.1904505362823326;
    n = n * y + 11602.651437647350124;
    n = n * y + 9842.7148383839780218;
    d = d * y + 22.266688044328115691;
    d = d * y + 235.38790178262499861;
    d = d * y + 1519.377599407554805;
    d = d * y + 6485.558298266760755;
    d = d * y + 18615.571640885098091;
    d = d * y + 34900.952721145977266;
    d = d * y + 38912.003286093271411;
    d = d * y + 19685.429676859990727;
    return n / d;
}

/* (1 - Phi(y)) exp(y^2/2) beyond */
HR_INLINE double gaussian_far(double y)
{
    const double square = 1.0 / (y * y);
    double n = 0.02307344176494017303, d = 1.0;

    n = n * square + 0.21589853405795699;
    n = n * square + 0.1274011611602473639;
    n = n * square + 0.022235277870649807;
    n = n * square + 0.001421619193227893466;
    n = n * square + 2.9112874951168792e-5;
    d = d * square + 1.28426009614491121;
    d = d * square + 0.468238212480865118;
    d = d * square + 0.0659881378689285515;
    d = d * square + 0.00378239633202758244;
    d = d * square + 7.29751555083966205e-5;
    return (0.39894228040143267794 - square * n / d) / y;
}

/** P(Z > x) for a standard normal Z. */
HR_INLINE double normal_above(double x)
{
    const double y = larger(fabs(x), 1e-300);
    const double coarse = (y * 16.0 + 0x1.8p52) - 0x1.8p52;
    const double near = coarse * 0.0625;
    /* exp(-y^2/2) with the square split, so that its rounding is not magnified */
    const double bell =
        exp_of(-0.5 * near * near) * exp_of(-0.5 * (y - near) * (y + near));
    const double tail =
        bell * (y <= 5.656854249492380 ? gaussian_shoulder(y) : gaussian_far(y));
    const double upper = y <= 0.67448975 ? 0.5 - y * gaussian_centre(y * y) : tail;

    return x < 0.0 ? 1.0 - upper : upper;
}

#endif
