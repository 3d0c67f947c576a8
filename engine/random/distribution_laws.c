#include "distribution_laws.h"

#include "beta_gamma.h"
#include "elementary.h"

static double end_a(const struct distribution *d)
{
    return d->a;
}

static double end_b(const struct distribution *d)
{
    return d->b;
}

static double end_c(const struct distribution *d)
{
    return d->c;
}

static double end_one(const struct distribution *d)
{
    (void)d;
    return 1.0;
}

static bool always(const struct distribution *d)
{
    (void)d;
    return true;
}

/* --- uniform ------------------------------------------------------------------ */

static double uniform_cdf(const struct distribution *d, double x)
{
    return within((x - d->a) / (d->b - d->a), 0.0, 1.0);
}

static double uniform_quantile(const struct distribution *d, double p)
{
    return d->a + p * (d->b - d->a);
}

static const char *uniform_fault(const struct distribution *d)
{
    return d->a < d->b ? NULL : "low must be below high";
}

/* --- triangular --------------------------------------------------------------- */

static double triangular_cdf(const struct distribution *d, double x)
{
    if (x <= d->a)
        return 0.0;
    if (x >= d->c)
        return 1.0;
    if (x <= d->b)
        return (x - d->a) * (x - d->a) / ((d->c - d->a) * (d->b - d->a));
    return 1.0 - (d->c - x) * (d->c - x) / ((d->c - d->a) * (d->c - d->b));
}

static double triangular_quantile(const struct distribution *d, double p)
{
    const double turn = (d->b - d->a) / (d->c - d->a);

    if (p <= turn)
        return d->a + sqrt(p * (d->c - d->a) * (d->b - d->a));
    return d->c - sqrt((1.0 - p) * (d->c - d->a) * (d->c - d->b));
}

static const char *mode_fault(const struct distribution *d)
{
    return d->a <= d->b && d->b <= d->c && d->a < d->c
               ? NULL
               : "must have low <= mode <= high and low < high";
}

/* --- beta, and PERT: a beta law from low to high ------------------------------ */

static double beta_share(const struct distribution *d, double p, double alpha,
                         double beta)
{
    return d->curve == NULL ? beta_quantile(p, alpha, beta)
                            : beta_on_curve(d->curve, p, alpha, beta);
}

static double pert_alpha(const struct distribution *d)
{
    return 1.0 + 4.0 * (d->b - d->a) / (d->c - d->a);
}

static double pert_beta(const struct distribution *d)
{
    return 1.0 + 4.0 * (d->c - d->b) / (d->c - d->a);
}

static double pert_cdf(const struct distribution *d, double x)
{
    return beta_cdf((x - d->a) / (d->c - d->a), pert_alpha(d), pert_beta(d));
}

static double pert_quantile(const struct distribution *d, double p)
{
    return d->a + (d->c - d->a) * beta_share(d, p, pert_alpha(d), pert_beta(d));
}

static void pert_draw(const struct distribution *d, struct quantile_curve *curve)
{
    beta_curve(pert_alpha(d), pert_beta(d), curve);
}

static double beta_law_cdf(const struct distribution *d, double x)
{
    return beta_cdf(x, d->a, d->b);
}

static double beta_law_quantile(const struct distribution *d, double p)
{
    return beta_share(d, p, d->a, d->b);
}

static const char *beta_fault(const struct distribution *d)
{
    return d->a > 0.0 && d->b > 0.0
               ? NULL
               : "alpha and beta must be above 0 (mean in (0, 1), sd below "
                 "sqrt(mean (1 - mean)))";
}

static void beta_draw(const struct distribution *d, struct quantile_curve *curve)
{
    beta_curve(d->a, d->b, curve);
}

static bool beta_is_smooth(const struct distribution *d)
{
    return d->a >= 1.0 && d->b >= 1.0;
}

/* From mean a and standard deviation b, as in the other conversions. */
static void natural_beta(struct distribution *d)
{
    const double mean = d->a;
    const double size = d->b > 0.0 ? mean * (1.0 - mean) / (d->b * d->b) - 1.0 : -1.0;

    d->a = mean * size;
    d->b = (1.0 - mean) * size;
}

/* --- normal and lognormal ------------------------------------------------------ */

static double normal_law_cdf(const struct distribution *d, double x)
{
    return normal_cdf((x - d->a) / d->b);
}

static double normal_law_quantile(const struct distribution *d, double p)
{
    return d->a + d->b * normal_quantile(p);
}

static const char *normal_fault(const struct distribution *d)
{
    return d->b > 0.0 ? NULL : "sd must be above 0";
}

static double lognormal_cdf(const struct distribution *d, double x)
{
    return x <= 0.0 ? 0.0 : normal_cdf((log_of(x) - log_of(d->a)) / d->b);
}

static double lognormal_quantile(const struct distribution *d, double p)
{
    return d->a * exp_of(d->b * normal_quantile(p));
}

static const char *lognormal_fault(const struct distribution *d)
{
    return d->a > 0.0 && d->b > 0.0 ? NULL : "median and sigma must be above 0";
}

static void natural_lognormal(struct distribution *d)
{
    const double ratio = d->b / d->a;

    if (!(d->a > 0.0 && d->b > 0.0))
        return;
    d->a = d->a / sqrt(1.0 + ratio * ratio);
    d->b = sqrt(log_of(1.0 + ratio * ratio));
}

/* --- gamma --------------------------------------------------------------------- */

static double gamma_law_cdf(const struct distribution *d, double x)
{
    return gamma_cdf(x / d->b, d->a);
}

static double gamma_law_quantile(const struct distribution *d, double p)
{
    return d->b * (d->curve == NULL ? gamma_quantile(p, d->a)
                                    : gamma_on_curve(d->curve, p, d->a));
}

static const char *gamma_fault(const struct distribution *d)
{
    return d->a > 0.0 && d->b > 0.0 ? NULL : "shape and scale must be above 0";
}

static void gamma_draw(const struct distribution *d, struct quantile_curve *curve)
{
    gamma_curve(d->a, curve);
}

static bool gamma_is_smooth(const struct distribution *d)
{
    return d->a >= 1.0;
}

static void natural_gamma(struct distribution *d)
{
    const double mean = d->a, sd = d->b;

    if (!(mean > 0.0 && sd > 0.0))
        return;
    d->a = mean / sd * (mean / sd);
    d->b = sd / mean * sd;
}

/* --- discrete ------------------------------------------------------------------ */

static double discrete_end(const struct distribution *d)
{
    double end = d->value[0];

    for (int i = 1; i < d->count; i++)
        end = larger(end, d->value[i]);
    return end;
}

/* --- the table ----------------------------------------------------------------- */

const struct distribution_law distribution_laws[] = {
    [FIXED] = {.name = "fixed", .set = {{{"value"}, NULL}}, .end = end_a},
    [UNIFORM] = {.name = "uniform",
                 .set = {{{"low", "high"}, NULL}},
                 .cdf = uniform_cdf,
                 .quantile = uniform_quantile,
                 .fault = uniform_fault,
                 .end = end_b},
    [TRIANGULAR] = {.name = "triangular",
                    .set = {{{"low", "mode", "high"}, NULL}},
                    .cdf = triangular_cdf,
                    .quantile = triangular_quantile,
                    .fault = mode_fault,
                    .end = end_c},
    [PERT] = {.name = "pert",
              .set = {{{"low", "mode", "high"}, NULL}},
              .cdf = pert_cdf,
              .quantile = pert_quantile,
              .fault = mode_fault,
              .end = end_c,
              .draw = pert_draw,
              .is_smooth = always},
    [NORMAL] = {.name = "normal",
                .set = {{{"mean", "sd"}, NULL}},
                .cdf = normal_law_cdf,
                .quantile = normal_law_quantile,
                .fault = normal_fault},
    [LOGNORMAL] = {.name = "lognormal",
                   .set = {{{"median", "sigma"}, NULL},
                           {{"mean", "sd"}, natural_lognormal}},
                   .cdf = lognormal_cdf,
                   .quantile = lognormal_quantile,
                   .fault = lognormal_fault},
    [BETA] = {.name = "beta",
              .set = {{{"alpha", "beta"}, NULL}, {{"mean", "sd"}, natural_beta}},
              .cdf = beta_law_cdf,
              .quantile = beta_law_quantile,
              .fault = beta_fault,
              .end = end_one,
              .draw = beta_draw,
              .is_smooth = beta_is_smooth},
    [GAMMA] = {.name = "gamma",
               .set = {{{"shape", "scale"}, NULL}, {{"mean", "sd"}, natural_gamma}},
               .cdf = gamma_law_cdf,
               .quantile = gamma_law_quantile,
               .fault = gamma_fault,
               .draw = gamma_draw,
               .is_smooth = gamma_is_smooth},
    [DISCRETE] = {.name = "discrete",
                  .lists = true,
                  .set = {{{"values", "weights"}, NULL}},
                  .end = discrete_end},
};

_Static_assert(sizeof(distribution_laws) / sizeof(*distribution_laws) == DISTRIBUTIONS,
               "a kind of distribution has no law");
