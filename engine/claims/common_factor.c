#include "common_factor.h"

#include "beta_gamma.h"
#include "elementary.h"

#include <math.h>
#include <stdlib.h>

enum hr_status common_factor_check(const struct common_factor *factor,
                                   struct hr_error *error)
{
    if (factor->kind == FACTOR_NONE)
        return HR_OK;
    if (!(factor->variance > 0.0 && factor->variance <= 1.0))
        return hr_fail(error, HR_BAD_INPUT,
                       "a common factor of variance %g is outside (0, 1]",
                       factor->variance);
    return HR_OK;
}

static double log_variance(const struct common_factor *factor)
{
    return log_of(1.0 + factor->variance);
}

double common_factor_quantile(const struct common_factor *factor, double u)
{
    if (factor->kind == FACTOR_NONE)
        return 1.0;
    if (factor->kind == FACTOR_GAMMA)
        return factor->variance * gamma_quantile(u, 1.0 / factor->variance);
    return exp_of(sqrt(log_variance(factor)) * normal_quantile(u) -
                  0.5 * log_variance(factor));
}

/* Lognormal of mean 1, w = 1 + v: skewness (w+2) sqrt(w-1), excess kurtosis
 * w^4 + 2 w^3 + 3 w^2 - 6. */
void common_factor_cumulants(const struct common_factor *factor, double cumulant[4])
{
    const double v = factor->kind == FACTOR_NONE ? 0.0 : factor->variance;
    const double w = 1.0 + v;

    cumulant[0] = 1.0;
    cumulant[1] = v;
    cumulant[2] = 2.0 * v * v;
    cumulant[3] = 6.0 * v * v * v;
    if (factor->kind == FACTOR_LOGNORMAL) {
        cumulant[2] = v * v * (w + 2.0);
        cumulant[3] = v * v * (w * w * w * w + 2.0 * w * w * w + 3.0 * w * w - 6.0);
    }
}

/* exp(t) - 1 - t, by its series where the difference would lose digits */
static double exp_beyond_line(double t)
{
    double term = 1.0, sum = 0.0;

    if (fabs(t) > 1.0)
        return exp_of(t) - 1.0 - t;
    for (int i = 1; i < 25; i++) {
        term *= t / i;
        sum += i > 1 ? term : 0.0;
    }
    return sum;
}

/* Log density of t = ln Theta, up to a constant, measured from its mode. */
static double log_density(const struct common_factor *factor, double t)
{
    const double s2 = log_variance(factor);

    if (factor->kind == FACTOR_GAMMA)
        return -exp_beyond_line(t) / factor->variance;
    return -0.5 * (t + 0.5 * s2) * (t + 0.5 * s2) / s2;
}

static enum hr_status allocate(struct factor_nodes *nodes, size_t n,
                               struct hr_error *error)
{
    nodes->n = n;
    nodes->at = calloc(2 * n, sizeof(*nodes->at));
    if (nodes->at == NULL) {
        nodes->n = 0;
        return hr_fail(error, HR_FAILED, "no memory for %zu nodes", n);
    }
    nodes->weight = nodes->at + n;
    return HR_OK;
}

/* The trapezium rule on t = ln Theta: the density is analytic and vanishes at both
 * ends, so the error falls faster than any power of the step. */
static void fill(struct factor_nodes *nodes, const struct common_factor *factor,
                 double low, double step)
{
    double sum = 0.0;

    for (size_t i = 0; i < nodes->n; i++) {
        const double t = low + step * (double)i;

        nodes->at[i] = exp_of(t);
        nodes->weight[i] = exp_of(log_density(factor, t));
        sum += nodes->weight[i];
    }
    for (size_t i = 0; i < nodes->n; i++)
        nodes->weight[i] /= sum;
}

/* Where the log density has fallen by 40, walking from 0 in steps of half an sd. */
static double end_of(const struct common_factor *factor, double stride)
{
    double t = 0.0;

    while (log_density(factor, t) > -40.0)
        t += stride;
    return t;
}

enum hr_status factor_nodes_init(struct factor_nodes *nodes,
                                 const struct common_factor *factor, double fastest,
                                 struct hr_error *error)
{
    const double sd = sqrt(log_variance(factor));
    double low, high, step;
    enum hr_status status;

    if (factor->kind == FACTOR_NONE) {
        status = allocate(nodes, 1, error);
        if (status == HR_OK)
            nodes->at[0] = nodes->weight[0] = 1.0;
        return status;
    }
    low = end_of(factor, -0.5 * sd);
    high = end_of(factor, 0.5 * sd);
    step = 6.0 * sd / (fastest * sd + 10.0);
    status = allocate(nodes, (size_t)ceil((high - low) / step) + 1, error);
    if (status == HR_OK)
        fill(nodes, factor, low, step);
    return status;
}

void factor_nodes_free(struct factor_nodes *nodes)
{
    free(nodes->at);
    *nodes = (struct factor_nodes){0};
}
