#include "distribution.h"

#include "beta_gamma.h"
#include "elementary.h"

static const char *const names[] = {
    [FIXED] = "fixed", [UNIFORM] = "uniform", [TRIANGULAR] = "triangular",
    [PERT] = "pert",   [NORMAL] = "normal",   [LOGNORMAL] = "lognormal",
    [BETA] = "beta",   [GAMMA] = "gamma",     [DISCRETE] = "discrete",
};

enum { KINDS = sizeof(names) / sizeof(*names) };

const char *distribution_name(enum distribution_kind kind)
{
    return names[kind];
}

int distribution_kind_of(const char *name)
{
    for (int kind = 0; kind < KINDS; kind++) {
        if (strcmp(names[kind], name) == 0)
            return kind;
    }
    return -1;
}

static double pert_alpha(const struct distribution *d)
{
    return 1.0 + 4.0 * (d->b - d->a) / (d->c - d->a);
}

static double pert_beta(const struct distribution *d)
{
    return 1.0 + 4.0 * (d->c - d->b) / (d->c - d->a);
}

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

static double cdf(const struct distribution *d, double x)
{
    if (isinf(x))
        return x > 0.0 ? 1.0 : 0.0;
    switch (d->kind) {
    case UNIFORM:
        return within((x - d->a) / (d->b - d->a), 0.0, 1.0);
    case TRIANGULAR:
        return triangular_cdf(d, x);
    case PERT:
        return beta_cdf((x - d->a) / (d->c - d->a), pert_alpha(d), pert_beta(d));
    case NORMAL:
        return normal_cdf((x - d->a) / d->b);
    case LOGNORMAL:
        return x <= 0.0 ? 0.0 : normal_cdf((log_of(x) - log_of(d->a)) / d->b);
    case BETA:
        return beta_cdf(x, d->a, d->b);
    case GAMMA:
        return gamma_cdf(x / d->b, d->a);
    default:
        return x < d->a ? 0.0 : 1.0;
    }
}

static double triangular_quantile(const struct distribution *d, double p)
{
    const double turn = (d->b - d->a) / (d->c - d->a);

    if (p <= turn)
        return d->a + sqrt(p * (d->c - d->a) * (d->b - d->a));
    return d->c - sqrt((1.0 - p) * (d->c - d->a) * (d->c - d->b));
}

static double discrete_quantile(const struct distribution *d, double u)
{
    double total = 0.0;
    double sum = 0.0;

    for (int i = 0; i < d->count; i++)
        total += d->weight[i];
    for (int i = 0; i < d->count; i++) {
        sum += d->weight[i];
        if (u * total < sum)
            return d->value[i];
    }
    return d->value[d->count - 1];
}

static double beta_share(const struct distribution *d, double p, double alpha,
                         double beta)
{
    return d->curve == NULL ? beta_quantile(p, alpha, beta)
                            : beta_on_curve(d->curve, p, alpha, beta);
}

static double quantile(const struct distribution *d, double p)
{
    switch (d->kind) {
    case UNIFORM:
        return d->a + p * (d->b - d->a);
    case TRIANGULAR:
        return triangular_quantile(d, p);
    case PERT:
        return d->a + (d->c - d->a) * beta_share(d, p, pert_alpha(d), pert_beta(d));
    case NORMAL:
        return d->a + d->b * normal_quantile(p);
    case LOGNORMAL:
        return d->a * exp_of(d->b * normal_quantile(p));
    case BETA:
        return beta_share(d, p, d->a, d->b);
    case GAMMA:
        return d->b * (d->curve == NULL ? gamma_quantile(p, d->a)
                                        : gamma_on_curve(d->curve, p, d->a));
    default:
        return d->a;
    }
}

double distribution_quantile(const struct distribution *distribution, double u)
{
    const struct distribution *d = distribution;

    if (d->kind == FIXED)
        return d->a;
    if (d->kind == DISCRETE)
        return discrete_quantile(d, u);
    return within(quantile(d, d->mass_below + u * d->mass), d->low, d->high);
}

bool distribution_is_smooth(const struct distribution *distribution)
{
    const struct distribution *d = distribution;

    return d->kind == PERT || (d->kind == BETA && d->a >= 1.0 && d->b >= 1.0) ||
           (d->kind == GAMMA && d->a >= 1.0);
}

void distribution_follow(struct distribution *distribution,
                         struct quantile_curve *curve)
{
    struct distribution *d = distribution;

    if (d->kind == PERT)
        beta_curve(pert_alpha(d), pert_beta(d), curve);
    if (d->kind == BETA)
        beta_curve(d->a, d->b, curve);
    if (d->kind == GAMMA)
        gamma_curve(d->a, curve);
    d->curve = curve;
}

double distribution_upper_end(const struct distribution *distribution)
{
    const struct distribution *d = distribution;
    double end = d->high;

    if (d->kind == FIXED)
        end = d->a;
    if (d->kind == UNIFORM)
        end = d->b;
    if (d->kind == TRIANGULAR || d->kind == PERT)
        end = d->c;
    if (d->kind == BETA)
        end = 1.0;
    if (d->kind == DISCRETE) {
        end = d->value[0];
        for (int i = 1; i < d->count; i++)
            end = larger(end, d->value[i]);
    }
    return smaller(end, d->high);
}

static const char *impossible(const struct distribution *d)
{
    switch (d->kind) {
    case UNIFORM:
        return d->a < d->b ? NULL : "low must be below high";
    case TRIANGULAR:
    case PERT:
        return d->a <= d->b && d->b <= d->c && d->a < d->c
                   ? NULL
                   : "must have low <= mode <= high and low < high";
    case NORMAL:
        return d->b > 0.0 ? NULL : "sd must be above 0";
    case LOGNORMAL:
        return d->a > 0.0 && d->b > 0.0 ? NULL : "median and sigma must be above 0";
    case BETA:
        return d->a > 0.0 && d->b > 0.0
                   ? NULL
                   : "alpha and beta must be above 0 (mean in (0, 1), sd below "
                     "sqrt(mean (1 - mean)))";
    case GAMMA:
        return d->a > 0.0 && d->b > 0.0 ? NULL : "shape and scale must be above 0";
    default:
        return NULL;
    }
}

/* Ascending values, so that a quantile rises with its probability. */
static void sort_discrete(struct distribution *d)
{
    for (int i = 1; i < d->count; i++) {
        const double value = d->value[i], weight = d->weight[i];
        int j = i;

        for (; j > 0 && d->value[j - 1] > value; j--) {
            d->value[j] = d->value[j - 1];
            d->weight[j] = d->weight[j - 1];
        }
        d->value[j] = value;
        d->weight[j] = weight;
    }
}

static enum hr_status check_discrete(struct distribution *d, struct hr_error *error)
{
    double total = 0.0;

    sort_discrete(d);

    for (int i = 0; i < d->count; i++) {
        if (!(d->value[i] >= d->low && d->value[i] <= d->high))
            return hr_fail(error, HR_BAD_INPUT, "%g is outside [%g, %g]", d->value[i],
                           d->low, d->high);
        if (!(d->weight[i] >= 0.0))
            return hr_fail(error, HR_BAD_INPUT, "the weight %g is negative",
                           d->weight[i]);
        total += d->weight[i];
    }
    if (!(total > 0.0))
        return hr_fail(error, HR_BAD_INPUT, "its weights sum to 0");
    return HR_OK;
}

enum hr_status distribution_truncate(struct distribution *distribution, double low,
                                     double high, struct hr_error *error)
{
    struct distribution *d = distribution;
    const char *fault = impossible(d);

    d->low = low;
    d->high = high;
    if (fault != NULL)
        return hr_fail(error, HR_BAD_INPUT, "%s: %s", names[d->kind], fault);
    if (d->kind == DISCRETE)
        return check_discrete(d, error);
    if (d->kind == FIXED) {
        if (!(d->a >= low && d->a <= high))
            return hr_fail(error, HR_BAD_INPUT, "%g is outside [%g, %g]", d->a, low,
                           high);
        return HR_OK;
    }
    d->mass_below = cdf(d, low);
    d->mass = cdf(d, high) - d->mass_below;
    if (!(d->mass > 1e-9))
        return hr_fail(error, HR_BAD_INPUT,
                       "%s: has no mass within the key's range [%g, %g]",
                       names[d->kind], low, high);
    return HR_OK;
}
