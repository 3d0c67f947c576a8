#include "settled.h"

#include <math.h>

void settled_plain(struct settled_law *law, const struct annual_law *annual)
{
    const struct contract plain = contract_plain();
    const struct need_error none = {0};

    settled_under(law, annual, &plain, &none, 0.0);
}

void settled_under(struct settled_law *law, const struct annual_law *annual,
                   const struct contract *contract, const struct need_error *error_law,
                   double ceded_mean)
{
    const struct piecewise map = contract_map(contract);
    struct need_nodes nodes;

    need_error_nodes(error_law, &nodes);
    law->annual = annual;
    law->premium = contract_premium(contract, ceded_mean);
    law->budget = contract_budget(contract, annual->mean, ceded_mean);
    law->n = nodes.n;
    for (size_t i = 0; i < nodes.n; i++) {
        const double factor = nodes.factor[i];

        law->weight[i] = nodes.weight[i];
        law->half_width[i] = nodes.half_width[i];
        law->loss[i] =
            piecewise_scaled(&map, law->premium, law->budget * factor, factor);
    }
}

static void moments(const struct settled_law *law, double *mean, double *second)
{
    *mean = *second = 0.0;
    for (size_t i = 0; i < law->n; i++) {
        double m, s;

        piecewise_moments(&law->loss[i], law->annual, &m, &s);
        *mean += law->weight[i] * m;
        *second += law->weight[i] * s;
    }
}

double settled_mean(const struct settled_law *law)
{
    double mean, second;

    moments(law, &mean, &second);
    return mean;
}

double settled_sd(const struct settled_law *law)
{
    double mean, second;

    moments(law, &mean, &second);
    return sqrt(fmax(second - mean * mean, 0.0));
}

/* The most a node's holder can lose goes with its factor: over the cell the node
 * stands for it is spread evenly, so that a mixture of caps has no steps. */
static double share_of_cell(const struct settled_law *law, size_t i, double loss)
{
    const struct piecewise *f = &law->loss[i];
    const double most = f->value[f->knots - 1];
    const double low = most * (1.0 - law->half_width[i]);
    const double high = most * (1.0 + law->half_width[i]);

    if (f->right > 0.0 || loss <= low || !(high > low))
        return loss < most || f->right > 0.0 ? 1.0 : 0.0;
    return loss >= high ? 0.0 : (high - loss) / (high - low);
}

double settled_total(const struct settled_law *law, size_t i, double loss)
{
    const struct piecewise *f = &law->loss[i];
    const double at = piecewise_inverse(f, loss);
    const double last = f->at[f->knots - 1];

    return at > last && f->right <= 0.0 ? last : at;
}

/* The value of a knot, where that is what is meant. */
static double at_knot(const struct piecewise *f, double loss)
{
    for (int k = 0; k < f->knots; k++) {
        if (fabs(loss - f->value[k]) <= SETTLED_NEAR)
            return f->value[k];
    }
    return loss;
}

double settled_above(const struct settled_law *law, double loss)
{
    double sum = 0.0;

    for (size_t i = 0; i < law->n; i++) {
        const double meant = at_knot(&law->loss[i], loss);
        const double share = share_of_cell(law, i, meant);
        const double at = settled_total(law, i, meant);

        if (share > 0.0)
            sum += law->weight[i] * share *
                   (isinf(at) ? 1.0 : annual_above(law->annual, at));
    }
    return sum;
}

double settled_noise(const struct settled_law *law, double loss)
{
    double sum = 0.0;

    for (size_t i = 0; i < law->n; i++) {
        const double at = settled_total(law, i, loss);

        if (isfinite(at) && share_of_cell(law, i, loss) > 0.0)
            sum += law->weight[i] * annual_noise(law->annual, at);
    }
    return sum;
}

/* E[(loss - x)+] = E[loss] - E[min(loss, x)] */
double settled_excess(const struct settled_law *law, double x)
{
    double sum = 0.0;

    for (size_t i = 0; i < law->n; i++) {
        const struct piecewise capped = piecewise_capped(&law->loss[i], x);
        double whole, cut, second;

        piecewise_moments(&law->loss[i], law->annual, &whole, &second);
        piecewise_moments(&capped, law->annual, &cut, &second);
        sum += law->weight[i] * (whole - cut);
    }
    return sum;
}

/* Without error the quantile of a rising function; with it by bisection. */
double settled_quantile(const struct settled_law *law, double p)
{
    double low = INFINITY, high = -INFINITY;

    for (size_t i = 0; i < law->n; i++) {
        const double at = piecewise_at(&law->loss[i], annual_quantile(law->annual, p));

        if (isnan(at))
            return NAN;
        low = fmin(low, at);
        high = fmax(high, at * (1.0 + copysign(law->half_width[i], at)));
    }
    while (high - low > 1e-14 * (1.0 + fabs(low))) {
        const double middle = 0.5 * (low + high);

        if (middle <= low || middle >= high)
            break;
        if (settled_above(law, middle) <= 1.0 - p)
            high = middle;
        else
            low = middle;
    }
    return high;
}

double settled_tail_mean(const struct settled_law *law, double p)
{
    const double quantile = settled_quantile(law, p);

    return quantile + settled_excess(law, quantile) / (1.0 - p);
}

struct settled_law settled_at_node(const struct settled_law *law, size_t i)
{
    struct settled_law one = *law;

    one.n = 1;
    one.weight[0] = 1.0;
    one.loss[0] = law->loss[i];
    one.half_width[0] = 0.0;
    return one;
}
