#include "severity.h"

#include "claims_kernel.h"

#include <math.h>

static const struct severity_law *law_of(const struct severity *severity)
{
    static const struct severity_law *const laws[] = {
        [SEVERITY_LOGNORMAL] = &severity_lognormal_law,
        [SEVERITY_LOGNORMAL_PARETO] = &severity_pareto_law,
        [SEVERITY_EXPONENTIAL] = &severity_exponential_law,
        [SEVERITY_TABLE] = &severity_table_law,
    };

    _Static_assert(sizeof(laws) / sizeof(*laws) == SEVERITIES, "a kind has no law");

    return laws[severity->kind];
}

double severity_above(const struct severity *severity, double x)
{
    return x < 0.0 ? 1.0 : law_of(severity)->above(severity, x);
}

double severity_excess(const struct severity *severity, double x)
{
    return isinf(x) ? 0.0 : law_of(severity)->excess(severity, x);
}

double severity_partial_moment(const struct severity *severity, int r, double x)
{
    return x <= 0.0 ? 0.0 : law_of(severity)->partial_moment(severity, r, x);
}

double severity_quantile_above(const struct severity *severity, double above)
{
    return law_of(severity)->quantile_above(severity, above);
}

/* E[min(X, d)^r] = E[X^r; X <= d] + d^r P(X > d) */
double severity_limited_moment(const struct severity *severity, int r, double limit)
{
    const double below = severity_partial_moment(severity, r, limit);

    if (isinf(limit))
        return below;
    return below + severity_power(limit, r) * severity_above(severity, limit);
}

/* The lognormal up to some x of the grid is most of the work of a small exact
 * answer, so it has a vector kernel; other laws go point by point. */
void severity_excess_grid(const struct severity *severity, double step, size_t n,
                          double *excess)
{
    if (severity->kind == SEVERITY_LOGNORMAL) {
        claims_kernel()->lognormal_excess(severity->mu, severity->sigma, step, n,
                                          excess);
        return;
    }
    for (size_t j = 0; j < n; j++)
        excess[j] = severity_excess(severity, step * (double)j);
}

enum hr_status severity_needs_moment(const struct severity *severity, int r,
                                     double limit, struct hr_error *error)
{
    static const char *const names[] = {"", "mean", "variance", "skewness", "kurtosis"};

    if (isfinite(severity_limited_moment(severity, r, limit)))
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "the severity has no finite %s: its Pareto tail index %g must be "
                   "above %d, or an individual limit must cut the tail",
                   names[r], severity->tail, r);
}
