#include "elementary.h"

static const double inverse_root_two_pi = 0.3989422804014327;

static double density(double x)
{
    return inverse_root_two_pi * exp_of(-0.5 * x * x);
}

/* 1/2 + density (x + x^3/3 + x^5/(3 5) + ...), for |x| up to 1.5 */
static double central(double x)
{
    double term = x;
    double sum = x;

    for (int odd = 3; odd < 120; odd += 2) {
        term = term * x * x / odd;
        sum += term;
    }
    return 0.5 + density(x) * sum;
}

/* density / (x + 1/(x + 2/(x + 3/(x + ...)))), for x above 1.5 */
static double upper_tail(double x)
{
    double fraction = x;

    for (int k = 150; k >= 1; k--)
        fraction = x + k / fraction;
    return density(x) / fraction;
}

double normal_cdf(double x)
{
    if (x < -1.5)
        return upper_tail(-x);
    if (x > 1.5)
        return 1.0 - upper_tail(x);
    return central(x);
}
