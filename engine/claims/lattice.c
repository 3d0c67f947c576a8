#include "lattice.h"

#include "elementary.h"

#include <stdlib.h>
#include <string.h>

/* lattice points below the limit; one that lies on a point, but for rounding, is not
 * below it; infinite without a limit */
static double points_below(double limit, double step)
{
    const double exact = limit / step, nearest = rint(exact);

    if (isfinite(exact) && fabs(exact - nearest) < 1e-9 * exact)
        return nearest;
    return ceil(exact);
}

/* pi of min(X, limit) at j step, j = 0 .. count-1 */
static void kept_excess(const struct severity *severity, double limit, double step,
                        size_t count, double *excess)
{
    const double last = points_below(limit, step);
    const size_t inside = last < (double)count ? (size_t)last : count;
    const double beyond = severity_excess(severity, limit);

    severity_excess_grid(severity, step, inside, excess);
    for (size_t j = 0; j < inside; j++)
        excess[j] -= beyond;
    memset(excess + inside, 0, (count - inside) * sizeof(*excess));
}

/* What discretisation adds to E[X^2]: E[(X - jh)((j+1)h - X)], that is twice the
 * trapezium sum of pi less its integral, both over the grid. */
static double added_square(const struct severity *severity, double limit, double step,
                           size_t n, const double *excess)
{
    const double end = fmin(limit, step * (double)n);
    const double above = severity_above(severity, end);
    const double beyond = severity_excess(severity, end) + end * above;
    const double integral = 0.5 * severity_partial_moment(severity, 2, end) +
                            end * beyond - 0.5 * end * end * above -
                            end * severity_excess(severity, limit);
    double sum = 0.5 * (excess[0] + excess[n]);

    for (size_t j = 1; j < n; j++)
        sum += excess[j];
    return 2.0 * (sum * step - integral);
}

enum hr_status lattice_masses(const struct severity *severity,
                              const struct lattice *lattice, double *mass,
                              double *added, struct hr_error *error)
{
    const double step = lattice->step, limit = lattice->limit;
    const size_t n = lattice->n;
    double *excess = malloc((n + 1) * sizeof(*excess));

    if (excess == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a grid of %zu points", n);
    kept_excess(severity, limit, step, n + 1, excess);
    mass[0] = 1.0 - (excess[0] - excess[1]) / step;
    for (size_t j = 1; j < n; j++)
        mass[j] = (excess[j - 1] - 2.0 * excess[j] + excess[j + 1]) / step;
    *added = added_square(severity, limit, step, n, excess);
    free(excess);
    return HR_OK;
}

/* One exponential for many points: exp(a + b) = exp(a) exp(b). */
void lattice_tilt(double *value, size_t n, double slope)
{
    enum { RUN = 256 };
    double within_run[RUN];

    for (int i = 0; i < RUN; i++)
        within_run[i] = exp_of(slope * i);
    for (size_t start = 0; start < n; start += RUN) {
        const double at_start = exp_of(slope * (double)start);

        for (size_t i = 0; i < RUN && start + i < n; i++)
            value[start + i] *= at_start * within_run[i];
    }
}

void lattice_keep_square(double *tilted, size_t n, double added, double step,
                         double slope)
{
    const double excess = added / (step * step);

    tilted[0] += excess;
    tilted[1] -= 0.5 * excess * exp_of(slope);
    tilted[n - 1] -= 0.5 * excess * exp_of(-slope);
}
