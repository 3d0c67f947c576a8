/* k claims that reach the limit and none that does not: P(N = k) p^k, p = P(X >=
 * limit), over cells by convolution and over Theta by its nodes. */
#include "annual_points.h"

#include "counts.h"
#include "elementary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_POINTS = 4096 };

static const double negligible = 1e-14; /* of all points */
static const double beneath = 1e-20;    /* of one */

/* Chance that a claim reaches the limit, and that it costs nothing. */
static double at_limit(const struct severity *severity, double limit)
{
    return isfinite(limit) ? severity_above(severity, limit * (1.0 - 1e-12)) : 0.0;
}

static double count_mass(const struct claim_cell *cell, double people, double theta,
                         double k)
{
    const double costs = severity_above(&cell->severity, 0.0);
    const double rate = cell->rate * theta * costs;

    if (cell->frequency == FREQUENCY_POISSON)
        return poisson_mass(people * cell->share * rate, k);
    return binomial_mass(rounded(people * cell->share), smaller(rate, 1.0), k);
}

/* Chances of so many claims of a cell at the limit, and none below; how many matter. */
static int own_points(const struct claim_cell *cell, double people, double theta,
                      double limit, double own[MOST_POINTS])
{
    const double costs = severity_above(&cell->severity, 0.0);
    const double p = costs > 0.0 ? at_limit(&cell->severity, limit) / costs : 0.0;
    const double mode = people * cell->share * cell->rate * theta;
    double power = 1.0;
    int n = 0;

    while (n < MOST_POINTS && power > 0.0) {
        own[n] = power * count_mass(cell, people, theta, n);
        power *= p;
        n++;
        if (n > mode && own[n - 1] < beneath)
            break;
    }
    return n;
}

/* Adds the claims of a cell to the chances of @p n points; returns how many there are.
 */
static int add_cell(double chance[MOST_POINTS], int n, const double *own, int m)
{
    double sum[MOST_POINTS] = {0};
    const int all = n + m - 1 < MOST_POINTS ? n + m - 1 : MOST_POINTS;

    for (int i = 0; i < n; i++) {
        for (int k = 0; chance[i] > beneath && k < m && k + i < all; k++)
            sum[i + k] += chance[i] * own[k];
    }
    memcpy(chance, sum, sizeof(sum));
    return all;
}

static double add_node(double *sum, const struct portfolio *portfolio, double people,
                       double theta, double weight)
{
    double chance[MOST_POINTS] = {1.0}, own[MOST_POINTS], all = 0.0;
    int n = 1;

    for (int c = 0; c < portfolio->cells; c++) {
        const int m =
            own_points(&portfolio->cell[c], people, theta, portfolio->limit, own);

        n = add_cell(chance, n, own, m);
    }
    for (int k = 0; k < n; k++) {
        sum[k] += weight * chance[k];
        all += weight * chance[k];
    }
    return all;
}

/* Chance given Theta that no claim is above 0 and below the limit. */
static double none_between(const struct portfolio *portfolio, double people,
                           double theta)
{
    double chance = 1.0;

    for (int c = 0; c < portfolio->cells; c++) {
        const struct claim_cell *cell = &portfolio->cell[c];
        const double between = severity_above(&cell->severity, 0.0) -
                               at_limit(&cell->severity, portfolio->limit);

        chance *= exp_of(-people * cell->share * cell->rate * theta * between);
    }
    return chance;
}

enum hr_status annual_points_init(struct annual_law *law,
                                  const struct portfolio *portfolio, double people,
                                  const struct factor_nodes *nodes,
                                  struct hr_error *error)
{
    double all = 0.0;

    law->point = calloc(MOST_POINTS, sizeof(*law->point));
    if (law->point == NULL)
        return hr_fail(error, HR_FAILED, "no memory for %d points", (int)MOST_POINTS);
    for (size_t i = 0; i < nodes->n; i++) {
        const double weight = nodes->weight[i];

        if (weight * none_between(portfolio, people, nodes->at[i]) > negligible)
            all += add_node(law->point, portfolio, people, nodes->at[i], weight);
    }
    law->points = all > negligible ? MOST_POINTS : 0;
    law->point_step = isfinite(portfolio->limit) ? portfolio->limit : 0.0;
    if (law->points > 0 && law->point_step <= 0.0)
        law->points = 1;
    return HR_OK;
}

/* The point whose cell holds x, and by how much x lies above the cell's middle. */
static bool point_at(const struct annual_law *law, double x, size_t *k, double *above)
{
    const double place = law->point_step > 0.0 ? rint(x / law->point_step) : 0.0;
    const double exact = place * law->point_step;

    if (law->points == 0 || !(place >= 0.0 && place < (double)law->points))
        return false;
    *k = (size_t)place;
    *above = x - (law->mean + (exact - law->mean) * law->drawn);
    return fabs(*above) < 0.5 * law->step;
}

/* What rounding may leave between a point and x. */
static double slack_at(const struct annual_law *law, double x)
{
    return 1e-11 * (fabs(x) + law->mean);
}

static bool reached(const struct annual_law *law, size_t k, double x)
{
    return law->point_step * (double)k <= x + slack_at(law, x);
}

double annual_points_snap(const struct annual_law *law, double x)
{
    const double place = law->point_step > 0.0 ? rint(x / law->point_step) : 0.0;
    const double exact = place * law->point_step;

    return fabs(x - exact) <= 1e-9 * law->step + 2.0 * slack_at(law, x) ? exact : x;
}

bool annual_points_within(const struct annual_law *law, double from, double to)
{
    const double step = law->point_step;
    const double k = step > 0.0 ? larger(ceil(from / step), 0.0) : 0.0;

    return law->points > 0 && from <= k * step && k * step <= to &&
           k < (double)law->points && law->point[(size_t)k] > negligible;
}

double annual_points_below(const struct annual_law *law, double x)
{
    size_t k;
    double above;

    if (!point_at(law, x, &k, &above))
        return 0.0;
    return law->point[k] * (reached(law, k, x) - (above / law->step + 0.5));
}

double annual_points_shortfall(const struct annual_law *law, double x)
{
    const double h = law->step;
    size_t k;
    double above;

    if (!point_at(law, x, &k, &above))
        return 0.0;
    return law->point[k] *
           (larger(above, 0.0) - (above + 0.5 * h) * (above + 0.5 * h) / (2.0 * h));
}
