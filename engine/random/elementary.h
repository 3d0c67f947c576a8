/** @file
 * Elementary functions that give the same bits on every processor.
 *
 * Built from + - * / and sqrt alone, without branches on lanes, so that a loop
 * over lanes vectorises and does not depend on the C library, which chooses
 * its algorithms by processor.
 */
#ifndef HEADROOM_ELEMENTARY_H
#define HEADROOM_ELEMENTARY_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#define HR_INLINE static inline __attribute__((always_inline))

HR_INLINE double from_bits(uint64_t bits)
{
    double number;

    memcpy(&number, &bits, sizeof(number));
    return number;
}

HR_INLINE uint64_t to_bits(double number)
{
    uint64_t bits;

    memcpy(&bits, &number, sizeof(bits));
    return bits;
}

HR_INLINE double larger(double a, double b)
{
    return a > b ? a : b;
}

HR_INLINE double smaller(double a, double b)
{
    return a < b ? a : b;
}

HR_INLINE double within(double x, double low, double high)
{
    return smaller(larger(x, low), high);
}

/** floor(x + 0.5) for |x| < 2^50. */
HR_INLINE double rounded(double x)
{
    const double shifted = x + 0.5;
    const double nearest = (shifted + 0x1.8p52) - 0x1.8p52;

    return nearest > shifted ? nearest - 1.0 : nearest;
}

/** Natural logarithm of a positive normal number; error below 1 ulp. */
HR_INLINE double log_of(double x)
{
    const uint64_t bits = to_bits(x);
    const uint64_t shifted = bits - 0x3fe6a09e667f3bcdull; /* sqrt(1/2) */
    const uint64_t exponent = shifted >> 52;               /* biased, 12 bits */
    const double mantissa = from_bits(bits - (shifted & 0xfff0000000000000ull));
    const double k = from_bits(((exponent + 2048) & 0xfff) | 0x4330000000000000ull) -
                     (0x1p52 + 2048.0);
    const double f = mantissa - 1.0;
    const double s = f / (2.0 + f);
    const double z = s * s;
    const double half = 0.5 * f * f;
    double r = 1.479819860511658591e-01;

    r = r * z + 1.531383769920937332e-01;
    r = r * z + 1.818357216161805012e-01;
    r = r * z + 2.222219843214978396e-01;
    r = r * z + 2.857142874366239149e-01;
    r = r * z + 3.999999999940941908e-01;
    r = r * z + 6.666666666666735130e-01;
    r = r * z;
    return k * 6.93147180369123816490e-01 -
           ((half - (s * (half + r) + k * 1.90821492927058770002e-10)) - f);
}

/** Exponential; the argument is kept within [-700, 700]; error below 2 ulp. */
HR_INLINE double exp_of(double argument)
{
    const double x = within(argument, -700.0, 700.0);
    const double shifted = x * 1.4426950408889634 + 0x1.8p52;
    const double n = shifted - 0x1.8p52;
    double r = x - n * 6.93147180369123816490e-01;
    double p = 1.6059043836821613e-10; /* 1/13! */

    r = r - n * 1.90821492927058770002e-10;
    p = p * r + 2.0876756987868099e-09;
    p = p * r + 2.5052108385441719e-08;
    p = p * r + 2.7557319223985893e-07;
    p = p * r + 2.7557319223985891e-06;
    p = p * r + 2.4801587301587302e-05;
    p = p * r + 1.9841269841269841e-04;
    p = p * r + 1.3888888888888889e-03;
    p = p * r + 8.3333333333333333e-03;
    p = p * r + 4.1666666666666664e-02;
    p = p * r + 1.6666666666666666e-01;
    p = p * r + 0.5;
    p = p * r + 1.0;
    p = p * r + 1.0;
    return from_bits(to_bits(p) + (to_bits(shifted) << 52));
}

/** base^exponent for a positive base. */
HR_INLINE double power_of(double base, double exponent)
{
    return exp_of(exponent * log_of(base));
}

/** Standard normal quantile, Wichura 1988, AS 241 (PPND16); u in (0, 1). */
HR_INLINE double normal_quantile(double u)
{
    const double q = u - 0.5;
    const double tail = u < 0.5 ? u : 1.0 - u;
    const double r0 = 0.180625 - q * q;
    const double r = sqrt(-log_of(tail));
    const int central = fabs(q) <= 0.425;
    const int far = r > 5.0;
    const double a = r - 1.6;
    const double b = r - 5.0;
    double n0 = 2509.0809287301226727, d0 = 5226.495278852545925;
    double n1 = 7.7454501427834140764e-4, d1 = 1.05075007164441684324e-9;
    double n2 = 2.01033439929228813265e-7, d2 = 2.04426310338993978564e-15;

    n0 = n0 * r0 + 33430.575583588128105;
    n0 = n0 * r0 + 67265.770927008700853;
    n0 = n0 * r0 + 45921.953931549871457;
    n0 = n0 * r0 + 13731.693765509461125;
    n0 = n0 * r0 + 1971.5909503065514427;
    n0 = n0 * r0 + 133.14166789178437745;
    n0 = n0 * r0 + 3.387132872796366608;
    d0 = d0 * r0 + 28729.085735721942674;
    d0 = d0 * r0 + 39307.89580009271061;
    d0 = d0 * r0 + 21213.794301586595867;
    d0 = d0 * r0 + 5394.1960214247511077;
    d0 = d0 * r0 + 687.1870074920579083;
    d0 = d0 * r0 + 42.313330701600911252;
    d0 = d0 * r0 + 1.0;

    n1 = n1 * a + 0.0227238449892691845833;
    n1 = n1 * a + 0.24178072517745061177;
    n1 = n1 * a + 1.27045825245236838258;
    n1 = n1 * a + 3.64784832476320460504;
    n1 = n1 * a + 5.7694972214606914055;
    n1 = n1 * a + 4.6303378461565452959;
    n1 = n1 * a + 1.42343711074968357734;
    d1 = d1 * a + 5.475938084995344946e-4;
    d1 = d1 * a + 0.0151986665636164571966;
    d1 = d1 * a + 0.14810397642748007459;
    d1 = d1 * a + 0.68976733498510000455;
    d1 = d1 * a + 1.6763848301838038494;
    d1 = d1 * a + 2.05319162663775882187;
    d1 = d1 * a + 1.0;

    n2 = n2 * b + 2.71155556874348757815e-5;
    n2 = n2 * b + 0.0012426609473880784386;
    n2 = n2 * b + 0.026532189526576123093;
    n2 = n2 * b + 0.29656057182850489123;
    n2 = n2 * b + 1.7848265399172913358;
    n2 = n2 * b + 5.4637849111641143699;
    n2 = n2 * b + 6.6579046435011037772;
    d2 = d2 * b + 1.4215117583164458887e-7;
    d2 = d2 * b + 1.8463183175100546818e-5;
    d2 = d2 * b + 7.868691311456132591e-4;
    d2 = d2 * b + 0.0148753612908506148525;
    d2 = d2 * b + 0.13692988092273580531;
    d2 = d2 * b + 0.59983220655588793769;
    d2 = d2 * b + 1.0;

    {
        const double tail_n = far ? n2 : n1;
        const double tail_d = far ? d2 : d1;
        const double numerator = central ? n0 * q : (q < 0.0 ? -tail_n : tail_n);

        return numerator / (central ? d0 : tail_d);
    }
}

/** Standard normal distribution function; relative error below 1e-13 for |x| < 37
 * (series and continued fraction of Abramowitz and Stegun 26.2.10, 26.2.14). */
double normal_cdf(double x);

#endif
