#include "annual.h"

#include "annual_comb.h"
#include "annual_points.h"
#include "gaussian.h"

#include <stdlib.h>

static double normal_density(double z)
{
    return 0.39894228040143267794 * exp_of(-0.5 * z * z);
}

static const double reach = 12.0; /* of a part, in its deviations */

/* Parts whose centre lies below x: they are in order. */
static size_t parts_below(const struct annual_law *law, double x)
{
    size_t low = 0, high = law->parts;

    while (low < high) {
        const size_t middle = (low + high) / 2;

        if (law->centre[middle] < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The first part that does not lie wholly below x. */
static size_t first_near(const struct annual_law *law, double x)
{
    return parts_below(law, x - reach * law->part_sd);
}

/* The first of those that lie wholly above x. */
static size_t first_beyond(const struct annual_law *law, double x)
{
    return parts_below(law, x + reach * law->part_sd);
}

/* A function of a standard normal law at x, over the parts of a mixture that x cuts;
 * it scales with the power-th power of their deviation. */
static double of_normal(const struct annual_law *law, double x, double (*f)(double z),
                        int power)
{
    const double sd = law->parts > 0 ? law->part_sd : sqrt(law->variance);
    const size_t last = law->parts > 0 ? first_beyond(law, x) : 0;
    double sum = 0.0;

    if (law->parts == 0)
        sum = f((x - law->mean) / sd);
    for (size_t i = law->parts > 0 ? first_near(law, x) : 0; i < last; i++)
        sum += law->weight[i] * f((x - law->centre[i]) / sd);
    for (int i = 0; i < power; i++)
        sum *= sd;
    return power < 0 ? sum / sd : sum;
}

/* E[((x - S)+)^power] of the parts that lie wholly below x. */
static double of_parts_below(const struct annual_law *law, double x, int power)
{
    const size_t i = law->parts > 0 ? first_near(law, x) : 0;
    const double away = x - law->mean;

    if (i == 0)
        return 0.0;
    if (power == 0)
        return law->below[i];
    if (power == 1)
        return away * law->below[i] - law->first[i];
    return away * away * law->below[i] - 2.0 * away * law->first[i] + law->second[i];
}

static double below_of(double z)
{
    return normal_above(-z);
}

static double above_of(double z)
{
    return normal_above(z);
}

/* E[(z - Z)+] */
static double shortfall_of(double z)
{
    return z * normal_above(-z) + normal_density(z);
}

/* E[((z - Z)+)^2] */
static double shortfall2_of(double z)
{
    return (z * z + 1.0) * normal_above(-z) + z * normal_density(z);
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
        return of_normal(law, x, below_of, 0) + of_parts_below(law, x, 0);
    if (law->comb)
        return annual_comb_below(law, x);
    cell = cell_of(law, x, &part);
    return law->below[cell] + part * mass_of(law, cell) + annual_points_below(law, x);
}

double annual_above(const struct annual_law *law, double x)
{
    if (law->normal)
        return of_normal(law, x, above_of, 0) +
               (law->parts > 0 ? law->above[first_beyond(law, x)] : 0.0);
    if (law->comb)
        return annual_comb_above(law, x);
    return 1.0 - annual_below(law, x);
}

double annual_noise(const struct annual_law *law, double x)
{
    const double top = law->base + law->step * (double)law->n;
    const double away = within(x, law->mean, top) - law->mean;

    return law->normal ? 0.0 : law->noise * exp_of(law->growth * away);
}

/* grid: x F - E[S; S <= x], and the cell's part */
double annual_shortfall(const struct annual_law *law, double x)
{
    const double away = x - law->mean;
    double part;
    size_t cell;

    if (law->normal)
        return of_normal(law, x, shortfall_of, 1) + of_parts_below(law, x, 1);
    if (law->comb)
        return annual_comb_shortfall(law, x);
    cell = cell_of(law, x, &part);
    return away * law->below[cell] - law->first[cell] +
           0.5 * mass_of(law, cell) * law->step * part * part +
           annual_points_shortfall(law, x);
}

double annual_shortfall2(const struct annual_law *law, double x)
{
    const double away = x - law->mean;
    double part;
    size_t cell;

    if (law->normal)
        return of_normal(law, x, shortfall2_of, 2) + of_parts_below(law, x, 2);
    if (law->comb)
        return annual_comb_shortfall2(law, x);
    cell = cell_of(law, x, &part);
    return away * away * law->below[cell] - 2.0 * away * law->first[cell] +
           law->second[cell] +
           mass_of(law, cell) * law->step * law->step * part * part * part / 3.0;
}

double annual_excess(const struct annual_law *law, double x)
{
    return law->mean - x + annual_shortfall(law, x);
}

/* E[((S - x)+)^2] */
static double excess2(const struct annual_law *law, double x)
{
    const double away = law->mean - x;

    return larger(law->variance + away * away - annual_shortfall2(law, x), 0.0);
}

static double finest(const struct annual_law *law)
{
    if (law->normal && law->parts > 0)
        return law->part_sd;
    return sqrt(law->variance);
}

bool annual_turns(const struct annual_law *law, double from, double to)
{
    const double low = smaller(from, to), width = larger(from, to) - low;

    if (law->comb)
        return law->spread * larger(low, 0.0) < width * width;
    return width > finest(law) || annual_points_within(law, low, low + width);
}

/* By parts: the integral of P(S > x) is E[(S - x)+], and that of it is half of
 * E[((S - x)+)^2]. What is left of rounding is kept within what P takes. */
double annual_above_over(const struct annual_law *law, double from, double to,
                         double lean)
{
    const double here = annual_above(law, from), there = annual_above(law, to);
    const double most = 0.125 * fabs(here - there), width = to - from;
    const double one = annual_excess(law, from), other = annual_excess(law, to);
    const double mean = (one - other) / width;
    const double moment =
        (0.5 * (excess2(law, from) - excess2(law, to)) - 0.5 * width * (one + other)) /
        (width * width);

    return within(mean, smaller(here, there), larger(here, there)) +
           lean * within(moment, -most, most);
}

double annual_density(const struct annual_law *law, double x)
{
    double part;

    if (law->normal)
        return of_normal(law, x, normal_density, -1);
    return mass_of(law, cell_of(law, x, &part)) / law->step;
}

/* By bisection, on the smaller tail. */
static double mixture_quantile(const struct annual_law *law, double p)
{
    const double most = 100.0 * sqrt(law->variance);
    double low = law->mean - most, high = law->mean + most;

    while (high - low > 1e-15 * most) {
        const double middle = 0.5 * (low + high);
        const bool enough = p < 0.5 ? annual_below(law, middle) >= p
                                    : annual_above(law, middle) <= 1.0 - p;

        if (middle <= low || middle >= high)
            break;
        if (enough)
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* Where points are moved out of their cells a quantile near them moves too. */
static double at_point(const struct annual_law *law, double p, double x)
{
    double low = x - law->step, high = x + law->step;

    if (law->points == 0)
        return x;
    while (high - low > 1e-13 * law->step) {
        const double middle = 0.5 * (low + high);

        if (middle <= low || middle >= high)
            break;
        if (annual_below(law, middle) >= p)
            high = middle;
        else
            low = middle;
    }
    return annual_points_snap(law, high);
}

double annual_quantile(const struct annual_law *law, double p)
{
    size_t low = 0, high = law->n;

    if (law->normal && law->parts == 0)
        return law->mean + sqrt(law->variance) * normal_quantile(p);
    if (law->normal)
        return mixture_quantile(law, p);
    if (law->comb)
        return annual_comb_quantile(law, p);
    if (!(law->below[law->n] >= p))
        return NAN;
    while (high - low > 1) { /* below[low] < p <= below[high] */
        const size_t middle = (low + high) / 2;

        if (law->below[middle] >= p)
            high = middle;
        else
            low = middle;
    }
    return at_point(law, p,
                    law->base + law->step * ((double)low - 0.5 +
                                             (p - law->below[low]) / law->mass[low]));
}

double annual_tail_mean(const struct annual_law *law, double p)
{
    const double quantile = annual_quantile(law, p);

    return quantile + annual_excess(law, quantile) / (1.0 - p);
}

enum hr_status annual_allocate(struct annual_law *law, size_t n, struct hr_error *error)
{
    law->mass = malloc((5 * n + 4) * sizeof(*law->mass));
    if (law->mass == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a grid of %zu points", n);
    law->n = n;
    law->below = law->mass + n;
    law->first = law->below + n + 1;
    law->second = law->first + n + 1;
    law->above = law->second + n + 1;
    return HR_OK;
}

static double place_of(const struct annual_law *law, size_t i)
{
    return law->parts > 0 ? law->centre[i] : law->base + law->step * (double)i;
}

/* Variance of a cell i, of a tooth, which lies where a cell has its middle, or of a
 * mixture's part. */
static double width_of(const struct annual_law *law, size_t i)
{
    if (law->parts > 0)
        return law->part_sd * law->part_sd;
    return (law->comb ? 0.0 : law->step * law->step / 12.0) +
           law->spread * place_of(law, i);
}

static void add_up(const struct annual_law *law, size_t i)
{
    const double away = place_of(law, i) - law->mean;

    law->below[i + 1] = law->below[i] + law->mass[i];
    law->first[i + 1] = law->first[i] + law->mass[i] * away;
    law->second[i + 1] =
        law->second[i] + law->mass[i] * (away * away + width_of(law, i));
}

void annual_accumulate(struct annual_law *law)
{
    law->below[0] = law->first[0] = law->second[0] = law->above[law->n] = 0.0;
    for (size_t i = 0; i < law->n; i++)
        add_up(law, i);
    for (size_t i = law->n; i-- > 0;)
        law->above[i] = law->above[i + 1] + law->mass[i];
}

void annual_free(struct annual_law *law)
{
    free(law->mass);
    free(law->point);
    free(law->centre);
    *law = (struct annual_law){0};
}
