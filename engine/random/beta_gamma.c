#include "beta_gamma.h"

#include "elementary.h"

enum { TERMS = 100000, NEWTON_STEPS = 100 };

static const double tau = 6.283185307179586; /* 2 pi */
static const double furthest = 690.0;        /* exp of it is still a normal number */

/* Where a law is asked: t = log(x / (1 - x)) for beta, t = log(x) for gamma. */
struct law {
    double a, b;     /* alpha and beta, or shape and nothing */
    double constant; /* of the logarithm of the density of t */
};

/* Logarithms: of the density of t, of P(T <= t) and of P(T > t). */
struct tails {
    double density, lower, upper;
};

typedef struct tails tails_at(const struct law *law, double t);

/* log Gamma(x) - ((x - 1/2) log x - x + log(2 pi)/2), by Stirling's series */
static double stirling_rest(double x)
{
    double rest = 0.0;
    double z;
    double r = 1.0 / 1188.0;

    for (; x < 16.0; x += 1.0)
        rest += (x + 0.5) * log_of((x + 1.0) / x) - 1.0;
    z = 1.0 / (x * x);
    r = 1.0 / 1680.0 - z * r;
    r = 1.0 / 1260.0 - z * r;
    r = 1.0 / 360.0 - z * r;
    r = 1.0 / 12.0 - z * r;
    return rest + r / x;
}

static struct law beta_law(double alpha, double beta)
{
    const double n = alpha + beta;

    return (struct law){
        .a = alpha,
        .b = beta,
        .constant = 0.5 * log_of(alpha / tau * (beta / n)) - stirling_rest(alpha) -
                    stirling_rest(beta) + stirling_rest(n),
    };
}

static struct law gamma_law(double shape)
{
    return (struct law){
        .a = shape,
        .constant = 0.5 * log_of(shape / tau) - stirling_rest(shape),
    };
}

static double apart_from_0(double x)
{
    return fabs(x) < 1e-290 ? 1e-290 : x;
}

/* One step of Lentz's method for a continued fraction with terms up / 1 or up / down */
static double lentz(double *c, double *d, double up, double down)
{
    *d = 1.0 / apart_from_0(down + up * *d);
    *c = apart_from_0(down + up / *c);
    return *c * *d;
}

/* Continued fraction of the incomplete beta function, DLMF 8.17.22 */
static double beta_fraction(double a, double b, double x)
{
    double c = 1.0;
    double d = 1.0 / apart_from_0(1.0 - (a + b) * x / (a + 1.0));
    double fraction = d;

    for (int m = 1; m < TERMS; m++) {
        const double at = a + 2.0 * m;
        double factor;

        fraction *= lentz(&c, &d, m * (b - m) * x / ((at - 1.0) * at), 1.0);
        factor = lentz(&c, &d, -(a + m) * (a + b + m) * x / (at * (at + 1.0)), 1.0);
        fraction *= factor;
        if (fabs(factor - 1.0) < 1e-15)
            break;
    }
    return fraction;
}

/* Lower incomplete gamma function over its leading factor, DLMF 8.11.4 */
static double gamma_series(double a, double x)
{
    double term = 1.0;
    double sum = 1.0;

    for (int k = 1; k < TERMS && term > 1e-17 * sum; k++) {
        term *= x / (a + k);
        sum += term;
    }
    return sum;
}

/* Upper incomplete gamma function over its leading factor, DLMF 8.9.2 */
static double gamma_fraction(double a, double x)
{
    double down = x + 1.0 - a;
    double c = 1e290;
    double d = 1.0 / down;
    double fraction = d;

    for (int k = 1; k < TERMS; k++) {
        double factor;

        down += 2.0;
        factor = lentz(&c, &d, -k * (k - a), down);
        fraction *= factor;
        if (fabs(factor - 1.0) < 1e-15)
            break;
    }
    return fraction;
}

static double log_of_rest(double log_part)
{
    return log_of(larger(1.0 - exp_of(log_part), 0x1p-1000));
}

static struct tails with_lower(double density, double lower)
{
    return (struct tails){density, lower, log_of_rest(lower)};
}

static struct tails with_upper(double density, double upper)
{
    return (struct tails){density, log_of_rest(upper), upper};
}

static struct tails beta_tails(const struct law *law, double t)
{
    const double a = law->a;
    const double b = law->b;
    const double x = 1.0 / (1.0 + exp_of(-t));
    const double y = 1.0 / (1.0 + exp_of(t));
    const double density =
        a * log_of(x * ((a + b) / a)) + b * log_of(y * ((a + b) / b)) + law->constant;

    if (x * (a + b + 2.0) < a + 1.0)
        return with_lower(density, density + log_of(beta_fraction(a, b, x) / a));
    return with_upper(density, density + log_of(beta_fraction(b, a, y) / b));
}

static struct tails gamma_tails(const struct law *law, double t)
{
    const double a = law->a;
    const double x = exp_of(t);
    const double density = a * log_of(x / a) + (a - x) + law->constant;

    if (x < a + 1.0)
        return with_lower(density, density + log_of(gamma_series(a, x) / a));
    return with_upper(density, density + log_of(gamma_fraction(a, x)));
}

/* Newton's method on the logarithm of the smaller tail, which is concave in t, so
 * that after one step every other comes from the same side. */
static double solve(tails_at *tails_of, const struct law *law, double start, double p)
{
    const double target = log_of(p < 0.5 ? p : 1.0 - p);
    double t = within(start, -furthest, furthest);

    for (int i = 0; i < NEWTON_STEPS; i++) {
        const struct tails tails = tails_of(law, t);
        const double tail = p < 0.5 ? tails.lower : tails.upper;
        const double step = (target - tail) * exp_of(tail - tails.density);
        const double before = t;

        t = within(t + (p < 0.5 ? step : -step), -furthest, furthest);
        if (fabs(t - before) < 1e-11)
            break;
    }
    return t;
}

double beta_cdf(double x, double alpha, double beta)
{
    const struct law law = beta_law(alpha, beta);

    if (x <= 0.0)
        return 0.0;
    if (x >= 1.0)
        return 1.0;
    return exp_of(beta_tails(&law, log_of(x / (1.0 - x))).lower);
}

double beta_quantile(double p, double alpha, double beta)
{
    const struct law law = beta_law(alpha, beta);
    const double spread = sqrt(1.0 / alpha + 1.0 / beta);
    const double start = log_of(alpha / beta) + normal_quantile(p) * spread;
    const double t = solve(beta_tails, &law, start, p);

    return t > -furthest ? 1.0 / (1.0 + exp_of(-t)) : 0.0;
}

double gamma_cdf(double x, double shape)
{
    const struct law law = gamma_law(shape);

    if (x <= 0.0)
        return 0.0;
    return exp_of(gamma_tails(&law, log_of(x)).lower);
}

double gamma_quantile(double p, double shape)
{
    const struct law law = gamma_law(shape);
    const double start = log_of(shape) + normal_quantile(p) / sqrt(shape);
    const double t = solve(gamma_tails, &law, start, p);

    return t > -furthest ? exp_of(t) : 0.0;
}
