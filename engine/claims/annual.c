#include "annual.h"

#include "gaussian.h"

#include <stdlib.h>

static double normal_density(double z)
{
    return 0.39894228040143267794 * exp_of(-0.5 * z * z);
}

static double standardised(const struct annual_law *law, double x)
{
    return (x - law->mean) / sqrt(law->variance);
}

/* the cell that holds x, and how much of it lies below x */
static size_t cell_of(const struct annual_law *law, double x, double *part)
{
    const double place = (x - law->base) / law->step + 0.5;

    *part = 0.0;
    if (place <= 0.0)
        return 0;
    if (place >= (double)law->n)
        return law->n;
    *part = place - (double)(size_t)place;
    return (size_t)place;
}

static double mass_of(const struct annual_law *law, size_t cell)
{
    return cell < law->n ? law->mass[cell] : 0.0;
}

double annual_below(const struct annual_law *law, double x)
{
    double part;
    size_t cell;

    if (law->normal)
        return normal_above(-standardised(law, x));
    cell = cell_of(law, x, &part);
    return law->below[cell] + part * mass_of(law, cell);
}

double annual_above(const struct annual_law *law, double x)
{
    if (law->normal)
        return normal_above(standardised(law, x));
    return 1.0 - annual_below(law, x);
}

double annual_noise(const struct annual_law *law, double x)
{
    const double top = law->base + law->step * (double)law->n;
    const double away = within(x, law->mean, top) - law->mean;

    return law->normal ? 0.0 : law->noise * exp_of(law->growth * away);
}

/* normal: sd (z Phi(z) + phi(z)); grid: x F - E[S; S <= x], and the cell's part */
double annual_shortfall(const struct annual_law *law, double x)
{
    const double away = x - law->mean;
    double part;
    size_t cell;

    if (law->normal) {
        const double z = standardised(law, x);

        return sqrt(law->variance) * (z * normal_above(-z) + normal_density(z));
    }
    cell = cell_of(law, x, &part);
    return away * law->below[cell] - law->first[cell] +
           0.5 * mass_of(law, cell) * law->step * part * part;
}

/* normal: variance ((z^2 + 1) Phi(z) + z phi(z)) */
double annual_shortfall2(const struct annual_law *law, double x)
{
    const double away = x - law->mean;
    double part;
    size_t cell;

    if (law->normal) {
        const double z = standardised(law, x);

        return law->variance *
               ((z * z + 1.0) * normal_above(-z) + z * normal_density(z));
    }
    cell = cell_of(law, x, &part);
    return away * away * law->below[cell] - 2.0 * away * law->first[cell] +
           law->second[cell] +
           mass_of(law, cell) * law->step * law->step * part * part * part / 3.0;
}

double annual_excess(const struct annual_law *law, double x)
{
    return law->mean - x + annual_shortfall(law, x);
}

double annual_density(const struct annual_law *law, double x)
{
    double part;

    if (law->normal)
        return normal_density(standardised(law, x)) / sqrt(law->variance);
    return mass_of(law, cell_of(law, x, &part)) / law->step;
}

double annual_quantile(const struct annual_law *law, double p)
{
    size_t low = 0, high = law->n;

    if (law->normal)
        return law->mean + sqrt(law->variance) * normal_quantile(p);
    if (!(law->below[law->n] >= p))
        return NAN;
    while (high - low > 1) { /* below[low] < p <= below[high] */
        const size_t middle = (low + high) / 2;

        if (law->below[middle] >= p)
            high = middle;
        else
            low = middle;
    }
    return law->base +
           law->step * ((double)low - 0.5 + (p - law->below[low]) / law->mass[low]);
}

double annual_tail_mean(const struct annual_law *law, double p)
{
    const double quantile = annual_quantile(law, p);

    return quantile + annual_excess(law, quantile) / (1.0 - p);
}

void annual_free(struct annual_law *law)
{
    free(law->mass);
    *law = (struct annual_law){0};
}
