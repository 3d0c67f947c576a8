#include "comb.h"

#include "counts.h"
#include "elementary.h"
#include "exact_normal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TEETH = 1 << 20 };

static const double narrow = 0.0099;    /* sigma of a lognormal */
static const double whole = 1e-7;       /* units a price may lie off a multiple */
static const double negligible = 1e-15; /* of chance */

/* --- prices ---------------------------------------------------------------- */

bool comb_is_narrow(const struct severity *severity)
{
    if (severity->kind == SEVERITY_TABLE)
        return severity->pieces == 1 &&
               severity->piece[0].low == severity->piece[0].high;
    if (severity->kind == SEVERITY_LOGNORMAL_PARETO &&
        severity_above(severity, severity->splice) > negligible)
        return false;
    return severity->kind != SEVERITY_EXPONENTIAL && severity->sigma < narrow;
}

static size_t prices(const struct severity *severity)
{
    return severity->kind == SEVERITY_TABLE ? severity->pieces : 1;
}

/* The i-th price of what is kept of a claim; NaN where it is not fixed. */
static double price_of(const struct severity *severity, size_t i, double limit)
{
    const struct severity_piece *piece = &severity->piece[i];

    if (severity->kind == SEVERITY_TABLE && piece->low == piece->high)
        return fmin(severity->scale * piece->low, limit);
    if (severity->kind == SEVERITY_TABLE)
        return severity->scale * piece->low >= limit ? limit : NAN;
    if (comb_is_narrow(severity))
        return severity_limited_moment(severity, 1, limit);
    return severity_above(severity, limit) >= 1.0 - negligible ? limit : NAN;
}

bool comb_cuts(const struct severity *severity, double limit)
{
    const double price = severity_limited_moment(severity, 1, INFINITY);

    return fabs(limit / price - 1.0) < 10.0 * severity->sigma;
}

double comb_variance(const struct severity *severity, double limit)
{
    const double mean = severity_limited_moment(severity, 1, limit);

    if (severity->kind == SEVERITY_TABLE || !comb_is_narrow(severity))
        return 0.0;
    if (limit > mean * (1.0 + 10.0 * severity->sigma))
        return mean * mean * severity->sigma * severity->sigma;
    return fmax(severity_limited_moment(severity, 2, limit) - mean * mean, 0.0);
}

double comb_common_unit(double unit, double value, double least)
{
    double a = fmax(unit, value), b = fmin(unit, value);

    while (b > least) { /* Euclid's, of doubles: what rounding leaves is no remainder */
        const double rest = fabs(a - rint(a / b) * b);

        a = b;
        b = rest;
    }
    return a;
}

/* False where a price is not fixed. */
static bool add_prices(const struct claim_cell *cell, double limit, double *largest,
                       double *unit)
{
    for (size_t i = 0; i < prices(&cell->severity); i++) {
        const double price = price_of(&cell->severity, i, limit);

        if (isnan(price))
            return false;
        *largest = fmax(*largest, price);
        *unit = comb_common_unit(*unit, price, 1e-9 * *largest);
    }
    return true;
}

static bool all_whole(const struct claim_cell *cell, double limit, double unit)
{
    for (size_t i = 0; i < prices(&cell->severity); i++) {
        const double place = price_of(&cell->severity, i, limit) / unit;

        if (fabs(place - rint(place)) > whole * (1.0 + place))
            return false;
    }
    return true;
}

struct comb comb_of(const struct portfolio *portfolio)
{
    const struct portfolio *p = portfolio;
    struct comb comb = {.single = p->cells == 1 && prices(&p->cell[0].severity) == 1};
    double largest = 0.0, cost = 0.0, variance = 0.0;

    for (int c = 0; c < p->cells; c++) {
        const struct claim_cell *cell = &p->cell[c];
        const double weight = cell->share * cell->rate;

        if (!add_prices(cell, p->limit, &largest, &comb.unit))
            return (struct comb){0};
        cost += weight * severity_limited_moment(&cell->severity, 1, p->limit);
        variance += weight * comb_variance(&cell->severity, p->limit);
    }
    for (int c = 0; c < p->cells && comb.unit > 0.0; c++) {
        if (!all_whole(&p->cell[c], p->limit, comb.unit))
            return (struct comb){0};
    }
    comb.spread = cost > 0.0 ? variance / cost : 0.0;
    return comb;
}

void comb_prices(const struct claim_cell *cell, double limit, double unit, size_t n,
                 double *mass)
{
    memset(mass, 0, n * sizeof(*mass));
    for (size_t i = 0; i < prices(&cell->severity); i++) {
        const double place = rint(price_of(&cell->severity, i, limit) / unit);
        const double weight =
            cell->severity.kind == SEVERITY_TABLE ? cell->severity.piece[i].mass : 1.0;

        if (place < (double)n)
            mass[(size_t)place] += weight;
    }
}

/* --- counts ---------------------------------------------------------------- */

static double count_mass(const struct claim_cell *cell, double people, double theta,
                         double k)
{
    if (cell->frequency == FREQUENCY_POISSON)
        return poisson_mass(people * cell->share * cell->rate * theta, k);
    return binomial_mass(rounded(people * cell->share), cell->rate * theta, k);
}

/* Counts that are at all likely given Theta. */
static void range_of(const struct claim_cell *cell, double people, double theta,
                     double *low, double *high)
{
    const double mean = people * cell->share * cell->rate * theta;

    *low = floor(fmax(0.0, mean - 14.0 * sqrt(mean)));
    *high = ceil(mean + 40.0 * sqrt(mean) + 60.0);
}

static void fill_teeth(struct annual_law *law, const struct claim_cell *cell,
                       double people, const struct factor_nodes *nodes)
{
    const double first = rint(law->base / law->step);

    memset(law->mass, 0, law->n * sizeof(*law->mass));
    for (size_t i = 0; i < nodes->n; i++) {
        double low, high;

        range_of(cell, people, nodes->at[i], &low, &high);
        for (double k = low; k <= high; k += 1.0)
            law->mass[(size_t)(k - first)] +=
                nodes->weight[i] * count_mass(cell, people, nodes->at[i], k);
    }
}

static enum hr_status open_teeth(struct annual_law *law, const struct claim_cell *cell,
                                 double people, const struct factor_nodes *nodes,
                                 struct hr_error *error)
{
    double first = INFINITY, last = 0.0;

    for (size_t i = 0; i < nodes->n; i++) {
        double low, high;

        range_of(cell, people, nodes->at[i], &low, &high);
        first = fmin(first, low);
        last = fmax(last, high);
    }
    if (last - first >= MOST_TEETH) {
        law->n = 0;
        return HR_OK;
    }
    law->base = first * law->step;
    return annual_allocate(law, (size_t)(last - first) + 1, error);
}

enum hr_status comb_of_counts(struct annual_law *law, const struct portfolio *portfolio,
                              const struct comb *comb, double people,
                              struct hr_error *error)
{
    const struct claim_cell *cell = &portfolio->cell[0];
    const struct claim_moments plain = portfolio_kept_given(portfolio, people, 1.0);
    struct factor_nodes nodes;
    enum hr_status status = factor_nodes_init(
        &nodes, &portfolio->factor, 9.0 * plain.mean / sqrt(plain.variance), error);

    if (status != HR_OK)
        return status;
    law->step = comb->unit;
    status = open_teeth(law, cell, people, &nodes, error);
    if (status == HR_OK && law->n > 0) {
        law->comb = true;
        law->spread = comb->spread;
        fill_teeth(law, cell, people, &nodes);
        annual_accumulate(law);
    }
    factor_nodes_free(&nodes);
    if (status == HR_OK && law->n == 0)
        return exact_normal(law, portfolio, people, error);
    return status;
}
