#include "beta_gamma.h"

#include "elementary.h"

#include <stdbool.h>

enum { TERMS = 100000, NEWTON_STEPS = 100 };

static const double tau = 6.283185307179586;           /* 2 pi */
static const double log_root_tau = 0.9189385332046727; /* log(2 pi)/2 */
static const double furthest = 690.0; /* exp of it is still a normal number */

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

/* Where the law would have score z if it were normal. */
static double beta_near(double alpha, double beta, double z)
{
    return log_of(alpha / beta) + z * sqrt(1.0 / alpha + 1.0 / beta);
}

static double gamma_near(double shape, double z)
{
    return log_of(shape) + z / sqrt(shape);
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

/* Newton's method on the logarithm of one tail, which is concave in t, so that after
 * one step every other comes from the same side. */
static double solve(tails_at *tails_of, const struct law *law, double start,
                    double log_tail, bool upper)
{
    double t = within(start, -furthest, furthest);

    for (int i = 0; i < NEWTON_STEPS; i++) {
        const struct tails tails = tails_of(law, t);
        const double tail = upper ? tails.upper : tails.lower;
        const double step = (log_tail - tail) * exp_of(tail - tails.density);
        const double before = t;

        t = within(t + (upper ? -step : step), -furthest, furthest);
        if (fabs(t - before) < 1e-11)
            break;
    }
    return t;
}

/* By the smaller tail */
static double solve_at(tails_at *tails_of, const struct law *law, double start,
                       double p)
{
    return solve(tails_of, law, start, log_of(p < 0.5 ? p : 1.0 - p), p >= 0.5);
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
    const double start = beta_near(alpha, beta, normal_quantile(p));
    const double t = solve_at(beta_tails, &law, start, p);

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
    const double start = gamma_near(shape, normal_quantile(p));
    const double t = solve_at(gamma_tails, &law, start, p);

    return t > -furthest ? exp_of(t) : 0.0;
}

static const double lowest_score = -(double)CURVE_SIDE / CURVE_PER_UNIT;

/* log P(Z > z) of a standard normal Z at z = 0, 1/4 .. 6, from 40 digits */
static const double log_normal_tail[CURVE_SIDE + 1] = {
    -0.6931471805599453, -0.9130617648111351, -1.1759117615936185, -1.4844482299196562,
    -1.8410216450092636, -2.247625677214318,  -2.7059444008238898, -3.217397995800274,
    -3.783184333682032,  -4.404315381153271,  -5.08164827727869,   -5.815911432945222,
    -6.607726221510349,  -7.457624891374112,  -8.366065308344092,  -9.333443073489201,
    -10.360101486527292, -11.446339749365848, -12.59241973571308,  -13.798571593147466,
    -15.064998393988725, -16.39188001003779,  -17.77937635262526,  -19.227630092220455,
    -20.736768949974707,
};

/* The slope of the logarithm of the density of t, and the slope of that. */
struct slopes {
    double first, second;
};

typedef struct slopes slopes_at(const struct law *law, double t);

static struct slopes beta_slopes(const struct law *law, double t)
{
    const double x = 1.0 / (1.0 + exp_of(-t));
    const double y = 1.0 / (1.0 + exp_of(t));

    return (struct slopes){law->a * y - law->b * x, -(law->a + law->b) * x * y};
}

static struct slopes gamma_slopes(const struct law *law, double t)
{
    return (struct slopes){law->a - exp_of(t), -exp_of(t)};
}

/* dt/dz is the normal density at z over that of t; its logarithm has these slopes. */
static struct curve_point point_at(double z, double t, double log_density,
                                   const struct slopes *s)
{
    const double first = exp_of(-0.5 * z * z - log_root_tau - log_density);
    const double slope = -z - s->first * first;
    const double second = first * slope;
    const double bend = -1.0 - s->second * first * first - s->first * second;

    return (struct curve_point){t, first, second, second * slope + first * bend};
}

static double ahead(const struct curve_point *p)
{
    const double h = 1.0 / CURVE_PER_UNIT;

    return p->value + h * (p->first + h / 2.0 * (p->second + h / 3.0 * p->third));
}

/* From the lowest score on, each point from where the one before it leads. */
static void make_curve(tails_at *tails_of, slopes_at *slopes_of, const struct law *law,
                       double start, struct quantile_curve *curve)
{
    struct curve_point left = {0};

    for (int i = 0; i <= CURVE_PIECES; i++) {
        const int from_middle = i - CURVE_SIDE;
        const bool upper = from_middle > 0;
        const double log_tail = log_normal_tail[upper ? from_middle : -from_middle];
        const double t =
            solve(tails_of, law, i == 0 ? start : ahead(&left), log_tail, upper);
        const struct slopes slopes = slopes_of(law, t);
        const struct curve_point point = point_at((double)from_middle / CURVE_PER_UNIT,
                                                  t, tails_of(law, t).density, &slopes);

        if (i > 0)
            curve_piece(curve, i - 1, &left, &point);
        left = point;
    }
}

void beta_curve(double alpha, double beta, struct quantile_curve *curve)
{
    const struct law law = beta_law(alpha, beta);

    make_curve(beta_tails, beta_slopes, &law, beta_near(alpha, beta, lowest_score),
               curve);
}

void gamma_curve(double shape, struct quantile_curve *curve)
{
    const struct law law = gamma_law(shape);

    make_curve(gamma_tails, gamma_slopes, &law, gamma_near(shape, lowest_score), curve);
}

double beta_on_curve(const struct quantile_curve *curve, double p, double alpha,
                     double beta)
{
    const double t = curve_at(curve, p);

    return isnan(t) ? beta_quantile(p, alpha, beta) : 1.0 / (1.0 + exp_of(-t));
}

double gamma_on_curve(const struct quantile_curve *curve, double p, double shape)
{
    const double t = curve_at(curve, p);

    return isnan(t) ? gamma_quantile(p, shape) : exp_of(t);
}
