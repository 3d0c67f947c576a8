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

/** A whole number below 2^52, for loops over lanes on any processor. */
HR_INLINE double small_number(uint64_t number)
{
    return from_bits(number | 0x4330000000000000ull) - 0x1p52;
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

struct quotient {
    double n, d;
};

/* AS 241 in the middle, where r = 0.180625 - (u - 1/2)^2; n times u - 1/2. */
HR_INLINE struct quotient quantile_center(double r)
{
    double n = 2509.0809287301226727, d = 5226.495278852545925;

    n = n * r + 33430.575583588128105;
    n = n * r + 67265.770927008700853;
    n = n * r + 45921.953931549871457;
    n = n * r + 13731.693765509461125;
    n = n * r + 1971.5909503065514427;
    n = n * r + 133.14166789178437745;
    n = n * r + 3.387132872796366608;
    d = d * r + 28729.085735721942674;
    d = d * r + 39307.89580009271061;
    d = d * r + 21213.794301586595867;
    d = d * r + 5394.1960214247511077;
    d = d * r + 687.1870074920579083;
    d = d * r + 42.313330701600911252;
    d = d * r + 1.0;
    return (struct quotient){n, d};
}

/* In the tails, where r = sqrt(-log(tail)) - 1.6 is at most 3.4. */
HR_INLINE struct quotient quantile_tail(double r)
{
    double n = 7.7454501427834140764e-4, d = 1.05075007164441684324e-9;

    n = n * r + 0.0227238449892691845833;
    n = n * r + 0.24178072517745061177;
    n = n * r + 1.27045825245236838258;
    n = n * r + 3.64784832476320460504;
    n = n * r + 5.7694972214606914055;
    n = n * r + 4.6303378461565452959;
    n = n * r + 1.42343711074968357734;
    d = d * r + 5.475938084995344946e-4;
    d = d * r + 0.0151986665636164571966;
    d = d * r + 0.14810397642748007459;
    d = d * r + 0.68976733498510000455;
    d = d * r + 1.6763848301838038494;
    d = d * r + 2.05319162663775882187;
    d = d * r + 1.0;
    return (struct quotient){n, d};
}

/* Far in the tails, where r = sqrt(-log(tail)) - 5. */
HR_INLINE struct quotient quantile_far_tail(double r)
{
    double n = 2.01033439929228813265e-7, d = 2.04426310338993978564e-15;

    n = n * r + 2.71155556874348757815e-5;
    n = n * r + 0.0012426609473880784386;
    n = n * r + 0.026532189526576123093;
    n = n * r + 0.29656057182850489123;
    n = n * r + 1.7848265399172913358;
    n = n * r + 5.4637849111641143699;
    n = n * r + 6.6579046435011037772;
    d = d * r + 1.4215117583164458887e-7;
    d = d * r + 1.8463183175100546818e-5;
    d = d * r + 7.868691311456132591e-4;
    d = d * r + 0.0148753612908506148525;
    d = d * r + 0.13692988092273580531;
    d = d * r + 0.59983220655588793769;
    d = d * r + 1.0;
    return (struct quotient){n, d};
}

/** sqrt(-log of the tail that u is in): what a normal quantile outside the centre is
 * of. */
HR_INLINE double quantile_root(double u)
{
    return sqrt(-log_of(u < 0.5 ? u : 1.0 - u));
}

enum { QUANTILE_FAR = 5 /**< root beyond which the tail is another polynomial */ };

/** normal_quantile() where the root r of u is at most QUANTILE_FAR. */
HR_INLINE double normal_quantile_near(double u, double r)
{
    const double q = u - 0.5;
    const int central = fabs(q) <= 0.425;
    const struct quotient middle = quantile_center(0.180625 - q * q);
    const struct quotient near = quantile_tail(r - 1.6);
    const double numerator = central ? middle.n * q : (q < 0.0 ? -near.n : near.n);

    return numerator / (central ? middle.d : near.d);
}

/** Standard normal quantile, Wichura 1988, AS 241 (PPND16); u in (0, 1). */
HR_INLINE double normal_quantile(double u)
{
    const double q = u - 0.5;
    const double r = quantile_root(u);
    const int central = fabs(q) <= 0.425;
    const int far = r > QUANTILE_FAR;
    const struct quotient middle = quantile_center(0.180625 - q * q);
    const struct quotient near = quantile_tail(r - 1.6);
    const struct quotient beyond = quantile_far_tail(r - QUANTILE_FAR);
    const double tail_n = far ? beyond.n : near.n;
    const double tail_d = far ? beyond.d : near.d;
    const double numerator = central ? middle.n * q : (q < 0.0 ? -tail_n : tail_n);

    return numerator / (central ? middle.d : tail_d);
}

/** The same for one number by itself, where a branch costs less than all the terms. */
HR_INLINE double normal_quantile_alone(double u)
{
    const double q = u - 0.5;

    if (fabs(q) <= 0.425) {
        const struct quotient middle = quantile_center(0.180625 - q * q);

        return middle.n * q / middle.d;
    }
    return normal_quantile(u);
}

/** Standard normal distribution function; relative error below 1e-13 for |x| < 37
 * (series and continued fraction of Abramowitz and Stegun 26.2.10, 26.2.14). */
double normal_cdf(double x);

#endif
