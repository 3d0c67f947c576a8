#include "piecewise.h"

#include <math.h>

struct piecewise piecewise_line(double slope)
{
    return (struct piecewise){.knots = 1, .left = slope, .right = slope};
}

void piecewise_append(struct piecewise *function, double at, double value)
{
    function->at[function->knots] = at;
    function->value[function->knots++] = value;
}

/* slope and a point of the piece that ends at knot i (i = knots: the last piece) */
static double slope_before(const struct piecewise *f, int i)
{
    if (i == 0)
        return f->left;
    if (i == f->knots)
        return f->right;
    return (f->value[i] - f->value[i - 1]) / (f->at[i] - f->at[i - 1]);
}

static double line_at(const struct piecewise *f, int i, double x)
{
    const int knot = i < f->knots ? i : f->knots - 1;

    return f->value[knot] + slope_before(f, i) * (x - f->at[knot]);
}

static int piece_of(const struct piecewise *f, double x)
{
    int i = 0;

    while (i < f->knots && f->at[i] < x)
        i++;
    return i;
}

double piecewise_at(const struct piecewise *function, double x)
{
    return line_at(function, piece_of(function, x), x);
}

double piecewise_inverse(const struct piecewise *function, double y)
{
    const struct piecewise *f = function;
    int i = 0;
    double slope, knot_at, knot_value;

    while (i < f->knots && f->value[i] <= y)
        i++;
    slope = slope_before(f, i);
    knot_at = f->at[i < f->knots ? i : f->knots - 1];
    knot_value = f->value[i < f->knots ? i : f->knots - 1];
    if (slope > 0.0)
        return knot_at + (y - knot_value) / slope;
    return i < f->knots ? -INFINITY : INFINITY; /* flat, above or below y */
}

struct piecewise piecewise_capped(const struct piecewise *function, double cap)
{
    const double at = piecewise_inverse(function, cap);
    struct piecewise f = *function;

    if (isinf(at) && at > 0.0)
        return f;
    if (isinf(at)) /* above the cap everywhere */
        return (struct piecewise){.knots = 1, .value = {cap}};
    while (f.knots > 0 && (f.value[f.knots - 1] >= cap || f.at[f.knots - 1] >= at))
        f.knots--; /* one that rounding puts above the cap's place is the cap's */
    if (f.knots == 0)
        f.left = function->left;
    f.at[f.knots] = at;
    f.value[f.knots++] = cap;
    f.right = 0.0;
    return f;
}

struct piecewise piecewise_scaled(const struct piecewise *function, double shift,
                                  double width, double height)
{
    struct piecewise f = *function;

    for (int i = 0; i < f.knots; i++) {
        f.at[i] = (f.at[i] + 1.0) * width - shift;
        f.value[i] *= height;
    }
    f.left *= height / width;
    f.right *= height / width;
    return f;
}

/* P(S <= x), E[S - m; S <= x], E[(S - m)^2; S <= x], m the mean */
struct partial {
    double mass, first, second;
};

static struct partial partial_below(const struct annual_law *law, double x)
{
    const double away = x - law->mean;
    const double mass = annual_below(law, x);
    const double short1 = annual_shortfall(law, x);

    return (struct partial){
        .mass = mass,
        .first = away * mass - short1,
        .second = away * away * mass - 2.0 * away * short1 + annual_shortfall2(law, x),
    };
}

/* On each piece f = a + b (S - m): E f = a P + b E1, E f^2 = a^2 P + 2ab E1 + b^2 E2.
 */
void piecewise_moments(const struct piecewise *function, const struct annual_law *law,
                       double *mean, double *second)
{
    struct partial before = {0};

    *mean = *second = 0.0;
    for (int i = 0; i <= function->knots; i++) {
        const struct partial here = i < function->knots
                                        ? partial_below(law, function->at[i])
                                        : (struct partial){1.0, 0.0, law->variance};
        const double a = line_at(function, i, law->mean);
        const double b = slope_before(function, i);
        const double mass = here.mass - before.mass, first = here.first - before.first;

        *mean += a * mass + b * first;
        *second +=
            a * a * mass + 2.0 * a * b * first + b * b * (here.second - before.second);
        before = here;
    }
}
