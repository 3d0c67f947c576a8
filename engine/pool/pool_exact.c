/* The exact half of a pool's report: every measure on two grids, the second twice
 * as fine, and Richardson's extrapolation of the two. */
#include "pool.h"

#include "elementary.h"
#include "exact.h"
#include "ruin.h"

#include <math.h>
#include <string.h>

static const int ruin_years[] = {1, 3, 5, 10};

enum { RUIN_MEASURES = sizeof(ruin_years) / sizeof(*ruin_years) };

/* Two lognormal factors multiply to one: the persistent factor joins Theta. */
enum hr_status pool_year(const struct pool *pool, struct portfolio *year,
                         struct hr_error *error)
{
    const double sd = pool->persistence.sd;
    const double lift = exp_of(sd * sd);

    *year = pool->portfolio; /* borrows its tables */
    if (!(sd > 0.0))
        return HR_OK;
    if (year->factor.kind == FACTOR_GAMMA)
        return hr_fail(error, HR_BAD_INPUT,
                       "persistence has an exact answer with a lognormal common "
                       "factor or none, not with a gamma one");
    year->factor.kind = FACTOR_LOGNORMAL;
    year->factor.variance = (1.0 + year->factor.variance) * lift - 1.0;
    return portfolio_check(year, error);
}

enum hr_status pool_laws_init(struct pool_laws *laws, const struct pool *pool,
                              double people, int log2_points, struct hr_error *error)
{
    const struct exact_grid grid = {.log2_points = log2_points};
    const bool limited = isfinite(pool->portfolio.limit);
    struct portfolio year, gross;
    enum hr_status status = pool_year(pool, &year, error);
    struct hr_error unused;

    *laws = (struct pool_laws){.people = people};
    if (status != HR_OK)
        return status;
    gross = year;
    gross.limit = INFINITY;
    laws->portfolio[POOL_BEFORE] = gross;
    laws->portfolio[POOL_AFTER] = year;
    laws->has_gross = portfolio_needs_moment(&gross, 2, &unused) == HR_OK;
    status = exact_init(&laws->kept, &year, people, &grid, error);
    if (status == HR_OK && laws->has_gross && limited)
        status = exact_init(&laws->gross, &gross, people, &grid, error);
    if (status != HR_OK) {
        pool_laws_free(laws);
        return status;
    }
    settled_plain(&laws->side[POOL_BEFORE], limited ? &laws->gross : &laws->kept);
    settled_under(&laws->side[POOL_AFTER], &laws->kept, &pool->contract,
                  &pool->need_error, portfolio_ceded_mean(&year, people));
    return HR_OK;
}

void pool_laws_free(struct pool_laws *laws)
{
    annual_free(&laws->gross);
    annual_free(&laws->kept);
}

static void measure(const struct settled_law *law, double value[HR_POOL_MEASURES])
{
    const double budget = law->budget;
    const double q95 = settled_quantile(law, 0.95), q99 = settled_quantile(law, 0.99);

    value[HR_POOL_MEAN] = budget * (1.0 + settled_mean(law));
    value[HR_POOL_SD] = budget * settled_sd(law);
    value[HR_POOL_CV] = value[HR_POOL_SD] / value[HR_POOL_MEAN];
    value[HR_POOL_Q95] = budget * (1.0 + q95);
    value[HR_POOL_Q99] = budget * (1.0 + q99);
    value[HR_POOL_TVAR99] = budget * (1.0 + settled_tail_mean(law, 0.99));
    value[HR_POOL_RESERVE20] = budget * fmax(q95, 0.0);
    value[HR_POOL_RESERVE100] = budget * fmax(q99, 0.0);
}

static void fill_money(struct hr_pool_value *side, const struct settled_law *coarse,
                       const struct settled_law *fine)
{
    double first[HR_POOL_MEASURES] = {0}, second[HR_POOL_MEASURES] = {0};

    measure(coarse, first);
    measure(fine, second);
    for (int m = 0; m < HR_POOL_MEASURES; m++) {
        side[m].exact = exact_extrapolated(first[m], second[m]);
        side[m].uncertainty = fabs(side[m].exact - second[m]);
    }
}

static enum hr_status fill_chance(struct hr_pool_value *value,
                                  const struct pool_laws laws[2], enum pool_side side,
                                  double loss, struct hr_error *error)
{
    struct pool_chance chance;
    const enum hr_status status = pool_chance(laws, side, loss, &chance, error);

    value->exact = chance.chance;
    value->uncertainty = chance.uncertainty;
    return status;
}

static void no_ruin(struct hr_pool_value *value)
{
    for (int i = 1; i < RUIN_MEASURES; i++)
        value[i].exact = value[i].uncertainty = NAN;
}

static enum hr_status fill_ruin(struct hr_pool_value *value,
                                const struct settled_law *coarse,
                                const struct settled_law *fine, double reserve,
                                struct hr_error *error)
{
    double first[HR_POOL_YEARS], second[HR_POOL_YEARS];
    enum hr_status status = ruin_chances(coarse, reserve, HR_POOL_YEARS, first, error);

    if (status == HR_OK && fine->annual->comb && coarse->annual->comb)
        memcpy(second, first, sizeof(second)); /* teeth are the same on all grids */
    else if (status == HR_OK)
        status = ruin_chances(fine, reserve, HR_POOL_YEARS, second, error);
    for (int i = 1; i < RUIN_MEASURES && status == HR_OK; i++) {
        const int y = ruin_years[i] - 1;

        if (isnan(first[y]) || isnan(second[y])) {
            no_ruin(value);
            return HR_OK;
        }
        value[i].exact = fmin(fmax(exact_extrapolated(first[y], second[y]), 0.0), 1.0);
        value[i].uncertainty =
            fabs(value[i].exact - second[y]) + (y + 1.0) * settled_noise(fine, reserve);
    }
    return status;
}

static enum hr_status fill_side(struct hr_pool_value *value, const struct pool *pool,
                                const struct pool_laws laws[2], enum pool_side side,
                                struct hr_error *error)
{
    const struct settled_law *law = &laws[1].side[side];
    const double reserve = pool->reserve * laws[1].people / law->budget;
    const bool dependent = pool->persistence.sd > 0.0 ||
                           (side == POOL_AFTER && pool->contract.carry_forward > 0.0);
    const struct {
        enum hr_pool_measure measure;
        double loss;
    } chances[] = {{HR_POOL_P1, 0.01},
                   {HR_POOL_P2, 0.02},
                   {HR_POOL_P5, 0.05},
                   {HR_POOL_RUIN1, reserve}};
    enum hr_status status = HR_OK;

    fill_money(value, &laws[0].side[side], law);
    for (size_t i = 0; i < sizeof(chances) / sizeof(*chances) && status == HR_OK; i++)
        status =
            fill_chance(&value[chances[i].measure], laws, side, chances[i].loss, error);
    if (status != HR_OK)
        return status;
    if (!dependent)
        return fill_ruin(&value[HR_POOL_RUIN1], &laws[0].side[side], law, reserve,
                         error);
    no_ruin(&value[HR_POOL_RUIN1]); /* no convolution: the simulation alone tells */
    return HR_OK;
}

static void no_side(struct hr_pool_value *side)
{
    for (int m = 0; m < HR_POOL_MEASURES; m++)
        side[m].exact = side[m].uncertainty = NAN;
}

static enum hr_status check_tail(const struct hr_pool_value *side,
                                 struct hr_error *error)
{
    if (isnan(side[HR_POOL_TVAR99].exact))
        return hr_fail(error, HR_BAD_INPUT,
                       "the tail is too heavy for the 99 %% quantile: the grid does "
                       "not reach it; set an individual limit");
    return HR_OK;
}

static bool has_terms(const struct pool *pool)
{
    const struct need_error *error = &pool->need_error;
    struct contract plain = contract_plain();

    plain.premium_loading = pool->contract.premium_loading; /* of nothing */
    return memcmp(&plain, &pool->contract, sizeof(plain)) != 0 || error->sd > 0.0 ||
           error->wide_share > 0.0;
}

static enum hr_status report_sides(const struct pool *pool,
                                   const struct pool_laws laws[2],
                                   struct hr_pool_report *report,
                                   struct hr_error *error)
{
    enum hr_status status = fill_side(report->after, pool, laws, POOL_AFTER, error);

    if (status == HR_OK)
        status = check_tail(report->after, error);
    if (status == HR_OK && !has_terms(pool)) {
        memcpy(report->before, report->after, sizeof(report->before));
        return HR_OK;
    }
    if (status == HR_OK && laws[1].has_gross)
        return fill_side(report->before, pool, laws, POOL_BEFORE, error);
    no_side(report->before);
    return status;
}

enum hr_status pool_exact(const struct pool *pool, double people, int log2_points,
                          struct hr_pool_report *report, struct hr_error *error)
{
    struct pool_laws laws[2] = {{.has_gross = false}};
    enum hr_status status =
        pool_laws_init(&laws[0], pool, people, log2_points - 1, error);

    if (status == HR_OK)
        status = pool_laws_init(&laws[1], pool, people, log2_points, error);
    if (status == HR_OK) {
        report->budget = laws[1].side[POOL_AFTER].budget;
        report->premium = laws[1].side[POOL_AFTER].premium;
        report->ceded = portfolio_ceded_mean(&pool->portfolio, people);
        status = report_sides(pool, laws, report, error);
    }
    pool_laws_free(&laws[0]);
    pool_laws_free(&laws[1]);
    return status;
}
