#include "settled.h"

#include <math.h>

enum { PARTS = 8 /**< of a cell in which losses bend */ };

static const double steep = 0.02; /* of the total's sd */

void settled_plain(struct settled_law *law, const struct annual_law *annual)
{
    const struct contract plain = contract_plain();
    const struct need_error none = {0};

    settled_under(law, annual, &plain, &none, 0.0);
}

static struct piecewise loss_given(const struct settled_law *law, double factor)
{
    return piecewise_scaled(&law->terms, law->premium, law->budget * factor, factor);
}

void settled_under(struct settled_law *law, const struct annual_law *annual,
                   const struct contract *contract, const struct need_error *error_law,
                   double ceded_mean)
{
    struct need_nodes nodes;

    need_error_nodes(error_law, &nodes);
    law->error = *error_law;
    law->terms = contract_map(contract);
    law->annual = annual;
    law->premium = contract_premium(contract, ceded_mean);
    law->budget = contract_budget(contract, annual->mean, ceded_mean);
    law->n = nodes.n;
    for (size_t i = 0; i < nodes.n; i++) {
        law->factor[i] = nodes.factor[i];
        law->weight[i] = nodes.weight[i];
        law->half_width[i] = nodes.half_width[i];
        law->lean[i] = nodes.lean[i];
        law->loss[i] = loss_given(law, nodes.factor[i]);
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

static double total_of(const struct piecewise *f, double loss)
{
    const double at = piecewise_inverse(f, loss);
    const double last = f->at[f->knots - 1];

    return at > last && f->right <= 0.0 ? last : at;
}

double settled_total(const struct settled_law *law, size_t i, double loss)
{
    return total_of(&law->loss[i], loss);
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

/* Part of a node's cell: logs of the factor over the node's. */
struct part {
    double from, to;
};

/* Where a holder can lose more than that: the most goes with the factor. */
static struct part part_above(const struct settled_law *law, size_t i, double loss)
{
    const struct piecewise *f = &law->loss[i];
    const double half = law->half_width[i], most = f->value[f->knots - 1];
    const struct part whole = {-half, half}, none = {half, half};

    if (f->right > 0.0 || loss <= 0.0)
        return f->right > 0.0 || loss < most ? whole : none;
    if (loss >= most * exp(half) || most <= 0.0)
        return none;
    return (struct part){fmax(log(loss / most), -half), half};
}

/* Whether the most that can be lost parts the error's law, holders who can lose so much
 * from those who cannot: no rule of equal steps is exact at such an end. */
static bool is_parted(const struct settled_law *law, size_t i, double loss)
{
    return law->half_width[i] > 0.0 && law->loss[i].right <= 0.0 && loss > 0.0;
}

/* Whether chances at the ends of a part may lie so far apart that its middle stands for
 * it no longer. */
static bool varies(const struct settled_law *law, size_t i, double loss, double low,
                   double high)
{
    return annual_turns(law->annual, low, high) ||
           (is_parted(law, i, loss) && !law->annual->comb &&
            fabs(high - low) > steep * sqrt(law->annual->variance));
}

static double total_at(const struct settled_law *law, size_t i, double log_factor,
                       double loss)
{
    const struct piecewise f = loss_given(law, law->factor[i] * exp(log_factor));

    return total_of(&f, loss);
}

/* P(loss > @p loss) over a part of a node's cell. */
static double above_over(const struct settled_law *law, size_t i,
                         const struct part *part, double loss)
{
    const double width = part->to - part->from, whole = 2.0 * law->half_width[i];
    const double centre = 0.5 * (part->from + part->to);
    const double dense = 1.0 + law->lean[i] * centre / whole;
    const double at = total_at(law, i, centre, loss);
    const double low = total_at(law, i, part->from + 1e-9 * width, loss);
    const double high = total_at(law, i, part->to, loss);
    const double share = dense * width / whole;

    if (isinf(at) || isinf(low) || isinf(high) || !varies(law, i, loss, low, high))
        return share * (isinf(at) ? 1.0 : annual_above(law->annual, at));
    return share * annual_above_over(law->annual, low, high,
                                     law->lean[i] * width / (whole * dense));
}

/* Whether the holder at the middle of a node's cell can lose more. */
static bool can_exceed(const struct settled_law *law, size_t i, double loss)
{
    const struct piecewise *f = &law->loss[i];

    return f->right > 0.0 || loss < f->value[f->knots - 1];
}

static double above_in_cell(const struct settled_law *law, size_t i, double loss)
{
    const struct part part = part_above(law, i, loss);
    const double at = settled_total(law, i, loss);

    if (law->half_width[i] > 0.0)
        return part.to > part.from ? above_over(law, i, &part, loss) : 0.0;
    if (!can_exceed(law, i, loss))
        return 0.0;
    return isinf(at) ? 1.0 : annual_above(law->annual, at);
}

double settled_above(const struct settled_law *law, double loss)
{
    double sum = 0.0;

    for (size_t i = 0; i < law->n; i++)
        sum += law->weight[i] * above_in_cell(law, i, at_knot(&law->loss[i], loss));
    return sum;
}

double settled_noise(const struct settled_law *law, double loss)
{
    double sum = 0.0;

    for (size_t i = 0; i < law->n; i++) {
        const double at = settled_total(law, i, loss);

        if (isfinite(at) && can_exceed(law, i, loss))
            sum += law->weight[i] * annual_noise(law->annual, at);
    }
    return sum;
}

/* E[(loss - x)+] = E[loss] - E[min(loss, x)] */
static double excess_of(const struct settled_law *law, const struct piecewise *loss,
                        double x)
{
    const struct piecewise capped = piecewise_capped(loss, x);
    double whole, cut, second;

    piecewise_moments(loss, law->annual, &whole, &second);
    piecewise_moments(&capped, law->annual, &cut, &second);
    return whole - cut;
}

/* The same over the part of a node's cell that has any. */
static double excess_over(const struct settled_law *law, size_t i,
                          const struct part *part, double x)
{
    const double whole = 2.0 * law->half_width[i];
    const double step = (part->to - part->from) / PARTS;
    double sum = 0.0;

    for (int k = 0; k < PARTS && step > 0.0; k++) {
        const double away = part->from + (k + 0.5) * step, u = away / whole;
        const double dense = exp((law->lean[i] - 0.5 * NEED_CELL * NEED_CELL * u) * u);
        const struct piecewise loss = loss_given(law, law->factor[i] * exp(away));

        sum += dense * step / whole * excess_of(law, &loss, x);
    }
    return sum;
}

double settled_excess(const struct settled_law *law, double x)
{
    double sum = 0.0;

    for (size_t i = 0; i < law->n; i++) {
        const struct part part = part_above(law, i, x);

        if (law->half_width[i] > 0.0 && (law->annual->comb || is_parted(law, i, x)))
            sum += law->weight[i] * excess_over(law, i, &part, x);
        else
            sum += law->weight[i] * excess_of(law, &law->loss[i], x);
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

struct settled_law settled_given(const struct settled_law *law, double factor)
{
    struct settled_law one = {
        .annual = law->annual,
        .budget = law->budget,
        .premium = law->premium,
        .terms = law->terms,
        .n = 1,
        .factor = {factor},
        .weight = {1.0},
    };

    one.loss[0] = loss_given(law, factor);
    return one;
}
