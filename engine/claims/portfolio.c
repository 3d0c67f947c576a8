/* Moments of the collective risk model (Klugman, Panjer and Willmot, Loss Models,
 * chapter 9).
 *
 * Given Theta = t the cumulants of a Poisson cell are t n rate E[X^r]; those of a
 * two-part cell n times the cumulants of one person's year, raw moments t rate E[X^r].
 * Over Theta with cumulants 1, v, c3, c4 a Poisson portfolio of cumulants m1 .. m4 has
 *   k2 = m2 + v m1^2
 *   k3 = m3 + 3 v m1 m2 + c3 m1^3
 *   k4 = m4 + v (4 m1 m3 + 3 m2^2) + 6 c3 m1^2 m2 + c4 m1^4. */
#include "portfolio.h"

#include <math.h>
#include <string.h>

static enum hr_status check_cell(const struct claim_cell *cell,
                                 const struct common_factor *factor,
                                 struct hr_error *error)
{
    const double room = 1.0 + 6.0 * sqrt(factor->variance);

    if (!(cell->share >= 0.0 && cell->share <= 1.0))
        return hr_fail(error, HR_BAD_INPUT,
                       "a cell's share of the list of %g is "
                       "outside [0, 1]",
                       cell->share);
    if (!(cell->rate > 0.0 && isfinite(cell->rate)))
        return hr_fail(error, HR_BAD_INPUT, "a claim rate of %g is not above 0",
                       cell->rate);
    if (cell->frequency == FREQUENCY_POISSON)
        return HR_OK;
    if (cell->rate > 1.0)
        return hr_fail(error, HR_BAD_INPUT,
                       "a share of users of %g is above 1: a two-part model has at "
                       "most one cost a person and year",
                       cell->rate);
    if (factor->kind != FACTOR_NONE && cell->rate * room > 1.0)
        return hr_fail(error, HR_BAD_INPUT,
                       "a share of users of %g leaves no room for a common factor of "
                       "variance %g, which would lift it above 1",
                       cell->rate, factor->variance);
    return HR_OK;
}

static enum hr_status check_normal(const struct portfolio *portfolio,
                                   struct hr_error *error)
{
    if (!(portfolio->normal_k > 0.0 && isfinite(portfolio->normal_k)))
        return hr_fail(error, HR_BAD_INPUT,
                       "a coefficient of variation per person (k) of %g is not above 0",
                       portfolio->normal_k);
    if (!(portfolio->normal_mean > 0.0 && isfinite(portfolio->normal_mean)))
        return hr_fail(error, HR_BAD_INPUT,
                       "a mean cost per person of %g is not above 0",
                       portfolio->normal_mean);
    if (isfinite(portfolio->limit))
        return hr_fail(error, HR_BAD_INPUT,
                       "the normal mode has no single claims to limit at %g",
                       portfolio->limit);
    return HR_OK;
}

enum hr_status portfolio_check(const struct portfolio *portfolio,
                               struct hr_error *error)
{
    enum hr_status status = common_factor_check(&portfolio->factor, error);
    double shares = 0.0;

    if (status == HR_OK && portfolio->cells == 0)
        return check_normal(portfolio, error);
    for (int c = 0; c < portfolio->cells && status == HR_OK; c++) {
        status = check_cell(&portfolio->cell[c], &portfolio->factor, error);
        shares += portfolio->cell[c].share;
    }
    if (status == HR_OK && fabs(shares - 1.0) > 1e-9)
        return hr_fail(error, HR_BAD_INPUT, "the cells' shares sum to %g, not to 1",
                       shares);
    if (status == HR_OK && !(portfolio->limit > 0.0))
        return hr_fail(error, HR_BAD_INPUT, "an individual limit of %g is not above 0",
                       portfolio->limit);
    return status;
}

enum hr_status portfolio_needs_moment(const struct portfolio *portfolio, int r,
                                      struct hr_error *error)
{
    enum hr_status status = HR_OK;

    for (int c = 0; c < portfolio->cells && status == HR_OK; c++)
        status = severity_needs_moment(&portfolio->cell[c].severity, r,
                                       portfolio->limit, error);
    return status;
}

/* cumulants from raw moments of one variable */
static struct claim_moments cumulants_of(const double raw[4])
{
    const double m = raw[0];

    return (struct claim_moments){
        .mean = m,
        .variance = raw[1] - m * m,
        .third = raw[2] - 3.0 * m * raw[1] + 2.0 * m * m * m,
        .fourth = raw[3] - 4.0 * m * raw[2] - 3.0 * raw[1] * raw[1] +
                  12.0 * m * m * raw[1] - 6.0 * m * m * m * m,
    };
}

static void add_times(struct claim_moments *sum, double n,
                      const struct claim_moments *one)
{
    sum->mean += n * one->mean;
    sum->variance += n * one->variance;
    sum->third += n * one->third;
    sum->fourth += n * one->fourth;
}

static void add_cell(struct claim_moments *sum, const struct claim_cell *cell,
                     double people, double theta, double limit)
{
    struct claim_moments one;
    double raw[4];

    for (int r = 1; r <= 4; r++)
        raw[r - 1] =
            theta * cell->rate * severity_limited_moment(&cell->severity, r, limit);
    if (cell->frequency == FREQUENCY_POISSON)
        one = (struct claim_moments){raw[0], raw[1], raw[2], raw[3]};
    else
        one = cumulants_of(raw);
    add_times(sum, people * cell->share, &one);
}

struct claim_moments portfolio_kept_given(const struct portfolio *portfolio,
                                          double people, double theta)
{
    const double mean = people * portfolio->normal_mean;
    struct claim_moments sum = {0};

    if (portfolio->cells == 0)
        return (struct claim_moments){
            .mean = theta * mean,
            .variance =
                mean * mean * portfolio->normal_k * portfolio->normal_k / people,
        };
    for (int c = 0; c < portfolio->cells; c++)
        add_cell(&sum, &portfolio->cell[c], people, theta, portfolio->limit);
    return sum;
}

static bool all_poisson(const struct portfolio *portfolio)
{
    for (int c = 0; c < portfolio->cells; c++) {
        if (portfolio->cell[c].frequency != FREQUENCY_POISSON)
            return false;
    }
    return true;
}

static struct claim_moments over_poisson(const struct claim_moments *m,
                                         const struct common_factor *factor)
{
    const double m1 = m->mean, m2 = m->variance, m3 = m->third;
    double c[4];

    common_factor_cumulants(factor, c);
    return (struct claim_moments){
        .mean = m1,
        .variance = m2 + c[1] * m1 * m1,
        .third = m3 + 3.0 * c[1] * m1 * m2 + c[2] * m1 * m1 * m1,
        .fourth = m->fourth + c[1] * (4.0 * m1 * m3 + 3.0 * m2 * m2) +
                  6.0 * c[2] * m1 * m1 * m2 + c[3] * m1 * m1 * m1 * m1,
    };
}

/* Two-part cells are not linear in Theta: their conditional cumulants, weighted. */
static struct claim_moments over_nodes(const struct portfolio *portfolio, double people,
                                       const struct factor_nodes *nodes)
{
    const double centre = portfolio_kept_given(portfolio, people, 1.0).mean;
    double raw[4] = {0};
    struct claim_moments sum;

    for (size_t i = 0; i < nodes->n; i++) {
        const struct claim_moments m =
            portfolio_kept_given(portfolio, people, nodes->at[i]);
        const double d = m.mean - centre, w = nodes->weight[i];

        raw[0] += w * d;
        raw[1] += w * (m.variance + d * d);
        raw[2] += w * (m.third + 3.0 * d * m.variance + d * d * d);
        raw[3] += w * (m.fourth + 3.0 * m.variance * m.variance + 4.0 * d * m.third +
                       6.0 * d * d * m.variance + d * d * d * d);
    }
    sum = cumulants_of(raw);
    sum.mean += centre;
    return sum;
}

enum hr_status portfolio_kept(const struct portfolio *portfolio, double people,
                              struct claim_moments *kept, struct hr_error *error)
{
    const struct claim_moments plain = portfolio_kept_given(portfolio, people, 1.0);
    struct factor_nodes nodes = {0};
    enum hr_status status;

    *kept = plain;
    if (portfolio->factor.kind == FACTOR_NONE)
        return HR_OK;
    if (all_poisson(portfolio)) {
        *kept = over_poisson(&plain, &portfolio->factor);
        return HR_OK;
    }
    status = factor_nodes_init(&nodes, &portfolio->factor, 1.0, error);
    if (status == HR_OK)
        *kept = over_nodes(portfolio, people, &nodes);
    factor_nodes_free(&nodes);
    return status;
}

double portfolio_ceded_mean(const struct portfolio *portfolio, double people)
{
    double sum = 0.0;

    for (int c = 0; c < portfolio->cells; c++) {
        const struct claim_cell *cell = &portfolio->cell[c];

        sum += people * cell->share * cell->rate *
               severity_excess(&cell->severity, portfolio->limit);
    }
    return sum;
}

double claim_moments_cv(const struct claim_moments *moments)
{
    return sqrt(moments->variance) / moments->mean;
}

double claim_moments_skewness(const struct claim_moments *moments)
{
    return moments->third / (moments->variance * sqrt(moments->variance));
}

double claim_moments_excess_kurtosis(const struct claim_moments *moments)
{
    return moments->fourth / (moments->variance * moments->variance);
}

bool claim_cell_nearly_certain(const struct claim_cell *cell)
{
    return cell->frequency == FREQUENCY_TWO_PART && cell->rate > 0.5;
}

bool portfolio_nearly_certain(const struct portfolio *portfolio)
{
    for (int c = 0; c < portfolio->cells; c++) {
        if (claim_cell_nearly_certain(&portfolio->cell[c]))
            return true;
    }
    return false;
}

void portfolio_free(struct portfolio *portfolio)
{
    for (int c = 0; c < portfolio->cells; c++)
        severity_free(&portfolio->cell[c].severity);
    *portfolio = (struct portfolio){0};
}
