#include "annual_comb.h"

#include "gaussian.h"
#include "severity.h"

static const double rounding = 1e-11; /* of x and the mean, that a point may lie off */
static const double widths = 12.0;    /* of a tooth, beyond which it has nothing */

/* Teeth first .. last-1 are cut by x; those before lie below it, the others above. */
struct cut {
    size_t first, last;
};

static double at_tooth(const struct annual_law *law, size_t i)
{
    return law->base + law->step * (double)i;
}

static size_t clamped(const struct annual_law *law, double place)
{
    if (!(place > 0.0))
        return 0;
    return place >= (double)law->n ? law->n : (size_t)place;
}

static struct cut cut_at(const struct annual_law *law, double x)
{
    const double reach = widths * sqrt(law->spread * larger(x, 0.0));
    const double place = (x - law->base) / law->step;
    const double slack = rounding * (fabs(x) + law->mean) / law->step;
    const size_t after = clamped(law, floor(place + slack) + 1.0);

    if (law->spread <= 0.0)
        return (struct cut){after, after};
    return (struct cut){clamped(law, ceil(place - reach / law->step)),
                        clamped(law, floor(place + reach / law->step) + 1.0)};
}

/* E of a function of one tooth about x, whole where it has no width. */
enum of_tooth { MASS, SHORT, SHORT_SQUARE };

static double tooth(const struct annual_law *law, size_t i, double x, enum of_tooth of)
{
    const double value = at_tooth(law, i), sd = sqrt(law->spread * value);
    const double away = x - value, z = away / sd;
    struct severity shape;

    if (!(sd > 0.0)) /* no claims at all */
        return away < 0.0 ? 0.0 : of == MASS ? 1.0 : of == SHORT ? away : away * away;
    if (of == SHORT_SQUARE)
        return sd * sd *
               ((z * z + 1.0) * normal_above(-z) +
                z * 0.39894228040143267794 * exp_of(-0.5 * z * z));
    shape = severity_lognormal_of(value, sd / value);
    return of == MASS ? 1.0 - severity_above(&shape, x)
                      : away + severity_excess(&shape, x);
}

static double cut_teeth(const struct annual_law *law, const struct cut *cut, double x,
                        enum of_tooth of)
{
    double sum = 0.0;

    for (size_t i = cut->first; i < cut->last; i++)
        sum += law->mass[i] * tooth(law, i, x, of);
    return sum;
}

double annual_comb_below(const struct annual_law *law, double x)
{
    const struct cut cut = cut_at(law, x);

    return law->below[cut.first] + cut_teeth(law, &cut, x, MASS);
}

double annual_comb_above(const struct annual_law *law, double x)
{
    const struct cut cut = cut_at(law, x);
    double sum = law->above[cut.last];

    for (size_t i = cut.first; i < cut.last; i++)
        sum += law->mass[i] * (1.0 - tooth(law, i, x, MASS));
    return sum;
}

double annual_comb_shortfall(const struct annual_law *law, double x)
{
    const struct cut cut = cut_at(law, x);

    return (x - law->mean) * law->below[cut.first] - law->first[cut.first] +
           cut_teeth(law, &cut, x, SHORT);
}

double annual_comb_shortfall2(const struct annual_law *law, double x)
{
    const struct cut cut = cut_at(law, x);
    const double away = x - law->mean;

    return away * away * law->below[cut.first] - 2.0 * away * law->first[cut.first] +
           law->second[cut.first] + cut_teeth(law, &cut, x, SHORT_SQUARE);
}

/* The first tooth at which enough lies at or below. */
static size_t tooth_of(const struct annual_law *law, double p)
{
    size_t low = 0, high = law->n - 1;

    while (low < high) {
        const size_t middle = (low + high) / 2;
        const bool enough =
            p < 0.5 ? law->below[middle + 1] >= p : law->above[middle + 1] <= 1.0 - p;

        if (enough)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

double annual_comb_quantile(const struct annual_law *law, double p)
{
    const double value = at_tooth(law, tooth_of(law, p));
    const double reach = widths * sqrt(law->spread * value);
    double low = value - reach, high = value + reach;

    if (law->spread <= 0.0)
        return value;
    while (high - low > 1e-15 * value) {
        const double middle = 0.5 * (low + high);

        if (middle <= low || middle >= high)
            break;
        if (annual_comb_above(law, middle) <= 1.0 - p)
            high = middle;
        else
            low = middle;
    }
    return high;
}
