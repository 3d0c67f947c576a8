/* Masses by saddle point: C. Loader, "Fast and accurate computation of binomial
 * probabilities" (2000). Quantiles by adding masses outwards from a guess, on the
 * side of the mode that loses no digits. */
#include "counts.h"

#include "elementary.h"

#include <math.h>

static const double root_two_pi = 2.5066282746310002;

/* ln k! - ln(sqrt(2 pi k) (k/e)^k), Stirling's series; below 16 by the product */
static double stirling_error(double k)
{
    const double square = k * k;
    double product = 1.0;

    if (k >= 16.0)
        return (1.0 / 12.0 -
                (1.0 / 360.0 -
                 (1.0 / 1260.0 - (1.0 / 1680.0 - 1.0 / 1188.0 / square) / square) /
                     square) /
                    square) /
               k;
    for (double i = 2.0; i <= k; i += 1.0)
        product *= i;
    return log_of(product) -
           (log_of(root_two_pi) + 0.5 * log_of(k) + k * log_of(k) - k);
}

/* Deviance x ln(x/m) + m - x, by series where x is near m. */
static double deviance(double x, double m)
{
    const double difference = x - m;
    const double v = difference / (x + m);
    double sum, term;

    if (fabs(difference) >= 0.1 * (x + m))
        return x * log_of(x / m) + m - x;
    sum = difference * v;
    term = 2.0 * x * v;
    for (int odd = 3; odd < 60; odd += 2) {
        term *= v * v;
        sum += term / odd;
    }
    return sum;
}

double poisson_mass(double mean, double k)
{
    if (k < 0.0)
        return 0.0;
    if (k == 0.0 || mean <= 0.0)
        return k == 0.0 ? exp_of(-mean) : 0.0;
    return exp_of(-stirling_error(k) - deviance(k, mean)) / (root_two_pi * sqrt(k));
}

double binomial_mass(double trials, double p, double k)
{
    const double rest = trials - k;

    if (k < 0.0 || rest < 0.0)
        return 0.0;
    if (p >= 1.0)
        return rest == 0.0;
    if (k == 0.0)
        return exp_of(trials * log_of(1.0 - p));
    if (rest == 0.0)
        return exp_of(trials * log_of(p));
    return exp_of(stirling_error(trials) - stirling_error(k) - stirling_error(rest) -
                  deviance(k, trials * p) - deviance(rest, trials * (1.0 - p))) *
           sqrt(trials / (k * rest)) / root_two_pi;
}

/* A count law as its masses: P(k+1)/P(k) = (a + b/(k+1)), Panjer's class. */
struct count_law {
    double a, b;
    double (*mass)(double size, double p, double k);
    double size, p;
};

static double poisson_mass_of(double mean, double unused, double k)
{
    (void)unused;
    return poisson_mass(mean, k);
}

static double mass_at(const struct count_law *law, double k)
{
    return law->mass(law->size, law->p, k);
}

/* P(N <= k) for k below the mean: masses from k downwards */
static double add_below(const struct count_law *law, double k)
{
    double mass = mass_at(law, k);
    double sum = 0.0;

    while (k >= 0.0 && mass > 1e-18 * sum) {
        sum += mass;
        mass /= law->a + law->b / k;
        k -= 1.0;
    }
    return sum;
}

/* P(N > k) for k above the mean: masses from k+1 upwards */
static double add_above(const struct count_law *law, double k)
{
    double mass = mass_at(law, k + 1.0);
    double sum = 0.0;

    while (mass > 1e-18 * sum) {
        k += 1.0;
        sum += mass;
        mass *= larger(law->a + law->b / (k + 1.0), 0.0);
    }
    return sum;
}

static double climb(const struct count_law *law, double k, double u)
{
    double below = add_below(law, k);
    double mass = mass_at(law, k);

    while (below > u && k > 0.0) {
        below -= mass;
        mass /= law->a + law->b / k;
        k -= 1.0;
        if (!(below > u))
            return k + 1.0;
    }
    while (!(below > u)) {
        k += 1.0;
        mass *= law->a + law->b / k;
        below += mass;
    }
    return k;
}

static double descend(const struct count_law *law, double k, double rest)
{
    double above = add_above(law, k);
    double mass = mass_at(law, k);

    while (!(above < rest)) { /* P(N > k) < 1 - u */
        k += 1.0;
        mass *= larger(law->a + law->b / k, 0.0);
        above -= mass;
    }
    while (k > 0.0 && above + mass < rest) {
        above += mass;
        mass /= law->a + law->b / k;
        k -= 1.0;
    }
    return k;
}

/* What Cornish and Fisher's guess of a quantile is made of. */
struct shape {
    double mean, sd, skew;
};

/* @p most: claims there can be. */
static double from_guess(const struct count_law *law, struct shape of, double u,
                         double most)
{
    const double z = normal_quantile(u);
    const double bent = z + of.skew * (z * z - 1.0) / 6.0;
    const double k = within(rounded(of.mean + of.sd * bent - 0.5), 0.0, most);

    return u < 0.5 ? climb(law, k, u) : descend(law, k, 1.0 - u);
}

enum { SMALL_MEAN = 40 };

/* Same additions, in the same order, as the vector kernel. */
static double small_poisson(double mean, double u)
{
    double mass = exp_of(-mean);
    double below = mass;
    double count = 0.0;

    for (int k = 1; u >= below && k < 400; k++) {
        count += 1.0;
        mass *= mean * (1.0 / k);
        below += mass;
    }
    return count;
}

double poisson_quantile(double mean, double u)
{
    const struct count_law law = {
        .a = 0.0, .b = mean, .mass = poisson_mass_of, .size = mean};

    if (mean <= SMALL_MEAN)
        return small_poisson(mean, u);
    return from_guess(&law, (struct shape){mean, sqrt(mean), 1.0 / sqrt(mean)}, u,
                      1e15);
}

double binomial_quantile(double trials, double p, double u)
{
    const double odds = p / (1.0 - p);
    const struct count_law law = {.a = -odds,
                                  .b = odds * (trials + 1.0),
                                  .mass = binomial_mass,
                                  .size = trials,
                                  .p = p};
    const double sd = sqrt(trials * p * (1.0 - p));

    if (p <= 0.0 || trials <= 0.0)
        return 0.0;
    if (p >= 1.0)
        return trials;
    return from_guess(&law, (struct shape){trials * p, sd, (1.0 - 2.0 * p) / sd}, u,
                      trials);
}
