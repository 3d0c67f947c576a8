/* Exponential claims: the law with which compounds have answers without any
 * discretisation. pi(x) = scale exp(-x/scale). */
#include "severity.h"

#include "elementary.h"

static double exponential_above(const struct severity *severity, double x)
{
    return exp_of(-x / severity->scale);
}

static double exponential_excess(const struct severity *severity, double x)
{
    return severity->scale * exponential_above(severity, x);
}

/* E[X^r; X <= x] = r scale E[X^(r-1); X <= x] - x^r exp(-x/scale) */
static double exponential_partial(const struct severity *severity, int r, double x)
{
    const double above = isinf(x) ? 0.0 : exponential_above(severity, x);
    double moment = 1.0 - above;

    for (int i = 1; i <= r; i++)
        moment = i * severity->scale * moment -
                 (isinf(x) ? 0.0 : severity_power(x, i) * above);
    return moment;
}

static double exponential_quantile(const struct severity *severity, double above)
{
    return -severity->scale * log_of(above);
}

const struct severity_law severity_exponential_law = {
    exponential_above,
    exponential_excess,
    exponential_partial,
    exponential_quantile,
};

enum hr_status severity_exponential(struct severity *severity, double mean,
                                    struct hr_error *error)
{
    if (!(mean > 0.0 && isfinite(mean)))
        return hr_fail(error, HR_BAD_INPUT, "a mean claim of %g is not above 0", mean);
    *severity = (struct severity){.kind = SEVERITY_EXPONENTIAL, .scale = mean};
    return HR_OK;
}
