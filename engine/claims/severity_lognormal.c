/* Lognormal claims, alone or with a Pareto tail above a splice.
 *
 * With a = (ln x - mu)/sigma and Q the normal upper tail,
 *   E[X^r; X <= x] = exp(r mu + r^2 sigma^2/2) (1 - Q(a - r sigma))
 *   pi(x)          = exp(mu + sigma^2/2) Q(a - sigma) - x Q(a)
 * and above a splice u, where P(X > x) = p (x/u)^-alpha, p = Q(a_u),
 *   E[X^r; u < X <= x] = p alpha u^r ((x/u)^(r-alpha) - 1)/(r - alpha)
 *   pi(x)              = p u/(alpha-1) (x/u)^(1-alpha).
 * Klugman, Panjer and Willmot, Loss Models, appendix A. */
#include "severity.h"

#include "gaussian.h"

static const double nearly_none = 1e-4; /* CV below which 1 + CV^2 loses its digits */

static double standardised(const struct severity *severity, double x)
{
    return (log_of(x) - severity->mu) / severity->sigma;
}

static double full_moment(const struct severity *severity, int r)
{
    return exp_of(r * severity->mu + 0.5 * r * r * severity->sigma * severity->sigma);
}

static double lognormal_above(const struct severity *severity, double x)
{
    return x <= 0.0 ? 1.0 : normal_above(standardised(severity, x));
}

static double lognormal_excess(const struct severity *severity, double x)
{
    if (x <= 0.0)
        return full_moment(severity, 1) - x;
    return full_moment(severity, 1) *
               normal_above(standardised(severity, x) - severity->sigma) -
           x * lognormal_above(severity, x);
}

static double lognormal_partial(const struct severity *severity, int r, double x)
{
    if (isinf(x))
        return full_moment(severity, r);
    return full_moment(severity, r) *
           normal_above(r * severity->sigma - standardised(severity, x));
}

static double lognormal_quantile(const struct severity *severity, double above)
{
    return exp_of(severity->mu - severity->sigma * normal_quantile(above));
}

const struct severity_law severity_lognormal_law = {
    lognormal_above,
    lognormal_excess,
    lognormal_partial,
    lognormal_quantile,
};

static double splice_share(const struct severity *severity)
{
    return lognormal_above(severity, severity->splice);
}

static double pareto_above(const struct severity *severity, double x)
{
    if (x <= severity->splice)
        return lognormal_above(severity, x);
    return splice_share(severity) * power_of(x / severity->splice, -severity->tail);
}

static double pareto_excess(const struct severity *severity, double x)
{
    const double u = severity->splice;
    const double beyond = splice_share(severity) * u / (severity->tail - 1.0);

    if (x > u)
        return beyond * power_of(x / u, 1.0 - severity->tail);
    return lognormal_excess(severity, x) - lognormal_excess(severity, u) + beyond;
}

static double pareto_partial(const struct severity *severity, int r, double x)
{
    const double u = severity->splice;
    const double power = r - severity->tail;
    const double scale = splice_share(severity) * severity->tail * severity_power(u, r);

    if (x <= u)
        return lognormal_partial(severity, r, x);
    if (isinf(x) && power >= 0.0)
        return INFINITY;
    if (fabs(power) < 1e-12)
        return lognormal_partial(severity, r, u) + scale * log_of(x / u);
    return lognormal_partial(severity, r, u) +
           scale * ((isinf(x) ? 0.0 : power_of(x / u, power)) - 1.0) / power;
}

static double pareto_quantile(const struct severity *severity, double above)
{
    const double p = splice_share(severity);

    if (above >= p)
        return lognormal_quantile(severity, above);
    return severity->splice * power_of(above / p, -1.0 / severity->tail);
}

const struct severity_law severity_pareto_law = {
    pareto_above,
    pareto_excess,
    pareto_partial,
    pareto_quantile,
};

struct severity severity_lognormal_of(double mean, double cv)
{
    const double sigma =
        cv < nearly_none ? cv * (1.0 - 0.25 * cv * cv) : sqrt(log_of(1.0 + cv * cv));

    return (struct severity){
        .kind = SEVERITY_LOGNORMAL,
        .mu = log_of(mean) - 0.5 * sigma * sigma,
        .sigma = sigma,
    };
}

enum hr_status severity_lognormal(struct severity *severity, double mean, double cv,
                                  struct hr_error *error)
{
    if (!(mean > 0.0 && isfinite(mean)))
        return hr_fail(error, HR_BAD_INPUT, "a mean claim of %g is not above 0", mean);
    if (cv == 0.0)
        return severity_values(severity, &mean, 1, error);
    if (!(cv > 0.0 && isfinite(cv)))
        return hr_fail(error, HR_BAD_INPUT,
                       "a coefficient of variation of %g is not 0 or above", cv);
    *severity = severity_lognormal_of(mean, cv);
    return HR_OK;
}

enum hr_status severity_lognormal_pareto(struct severity *severity, double mean,
                                         double cv, const struct severity_tail *tail,
                                         struct hr_error *error)
{
    const enum hr_status status = severity_lognormal(severity, mean, cv, error);

    if (status != HR_OK)
        return status;
    if (cv == 0.0)
        return hr_fail(error, HR_BAD_INPUT,
                       "a fixed price of %g has no Pareto tail: its coefficient of "
                       "variation must be above 0",
                       mean);
    if (!(tail->splice > 0.0 && isfinite(tail->splice)))
        return hr_fail(error, HR_BAD_INPUT, "a splice at %g is not above 0",
                       tail->splice);
    if (!(tail->index > 1.0 && isfinite(tail->index)))
        return hr_fail(error, HR_BAD_INPUT,
                       "a Pareto tail index of %g gives an infinite mean: it must be "
                       "above 1",
                       tail->index);
    severity->kind = SEVERITY_LOGNORMAL_PARETO;
    severity->splice = tail->splice;
    severity->tail = tail->index;
    return HR_OK;
}
