/* The smallest list that meets a target, by bisection on the exact law. */
#include "pool.h"

#include "exact.h"

#include <math.h>

static const double fewest = 100.0, most = 1e7;

static double reserve_on(const struct pool_laws *laws, double people, double chance)
{
    const struct settled_law *law = &laws->side[POOL_AFTER];

    return fmax(settled_quantile(law, 1.0 - chance), 0.0) * law->budget / people;
}

/* A quantile so far out that rounding decides where it lies is none. */
static enum hr_status check_resolved(const struct settled_law *law, double chance,
                                     struct hr_error *error)
{
    const double quantile = settled_quantile(law, 1.0 - chance);
    const double noise = settled_noise(law, quantile);

    if (isnan(quantile))
        return hr_fail(
            error, HR_BAD_INPUT,
            "the tail is too heavy for a reserve against 1 in %.0f: the grid "
            "does not reach it; set an individual limit",
            1.0 / chance);
    if (noise <= 0.01 * chance)
        return HR_OK;
    return hr_fail(error, HR_BAD_INPUT,
                   "a reserve against 1 in %.0f is further out than the exact law is "
                   "resolved: ask for a likelier loss",
                   1.0 / chance);
}

static enum hr_status value_of(const struct pool_laws laws[2], double people,
                               const struct hr_pool_target *target, double *value,
                               struct hr_error *error)
{
    struct pool_chance got = {0};
    enum hr_status status;

    if (!target->reserve) {
        status = pool_chance(laws, POOL_AFTER, target->loss, &got, error);
        *value = got.chance;
        return status;
    }
    status = check_resolved(&laws[1].side[POOL_AFTER], target->chance, error);
    *value = status != HR_OK
                 ? NAN
                 : exact_extrapolated(reserve_on(&laws[0], people, target->chance),
                                      reserve_on(&laws[1], people, target->chance));
    return status;
}

static enum hr_status value_at(const struct pool *pool, double people,
                               const struct hr_pool_target *target, double *value,
                               struct hr_error *error)
{
    const struct pool own = pool_of(pool, people);
    struct pool_laws laws[2] = {{.has_gross = false}};
    enum hr_status status =
        pool_laws_init(&laws[0], &own, people, EXACT_QUICK - 1, error);

    if (status == HR_OK)
        status = pool_laws_init(&laws[1], &own, people, EXACT_QUICK, error);
    if (status == HR_OK)
        status = value_of(laws, people, target, value, error);
    pool_laws_free(&laws[0]);
    pool_laws_free(&laws[1]);
    return status;
}

static enum hr_status check_target(const struct hr_pool_target *target,
                                   struct hr_error *error)
{
    const double chance = target->reserve ? target->chance : target->limit;

    if (!target->reserve && !(target->loss > 0.0 && isfinite(target->loss)))
        return hr_fail(error, HR_BAD_INPUT,
                       "a target loss of %g of the budget is not above 0",
                       target->loss);
    if (!(chance > 0.0 && chance < 1.0))
        return hr_fail(error, HR_BAD_INPUT, "a target chance of %g is outside (0, 1)",
                       chance);
    if (!(target->limit > 0.0))
        return hr_fail(error, HR_BAD_INPUT, "a reserve of %g GBP a head is not above 0",
                       target->limit);
    return HR_OK;
}

static enum hr_status open_pool(struct pool *pool, const struct hr_pool_terms *terms,
                                const struct hr_pool_target *target,
                                struct hr_error *error)
{
    const enum hr_status status = check_target(target, error);

    return status == HR_OK ? pool_init(pool, terms, error) : status;
}

enum hr_status hr_pool_value_at(const struct hr_pool_terms *terms, double people,
                                const struct hr_pool_target *target, double *value,
                                struct hr_error *error)
{
    struct pool pool;
    enum hr_status status = open_pool(&pool, terms, target, error);

    *value = NAN;
    if (status != HR_OK)
        return status;
    status = value_at(&pool, people, target, value, error);
    pool_free(&pool);
    return status;
}

static const char *why_not(const struct pool *pool)
{
    if (pool->portfolio.factor.kind != FACTOR_NONE || pool->persistence.sd > 0.0 ||
        pool->need_error.sd > 0.0 || pool->need_error.wide_share > 0.0)
        return "what they share does not diversify";
    return "single claims are too large for the target";
}

static enum hr_status refuse(const struct pool *pool,
                             const struct hr_pool_target *target, double got,
                             struct hr_error *error)
{
    if (target->reserve)
        return hr_fail(error, HR_BAD_INPUT,
                       "even %.0f people need a reserve of %.3g GBP a head: %s", most,
                       got, why_not(pool));
    return hr_fail(error, HR_BAD_INPUT,
                   "even %.0f people have a chance of %.3g to lose more than %g of the "
                   "budget: %s",
                   most, got, target->loss, why_not(pool));
}

static enum hr_status bisect(const struct pool *pool,
                             const struct hr_pool_target *target, double *people,
                             struct hr_error *error)
{
    double low = fewest, high = most, got = NAN;
    enum hr_status status = value_at(pool, high, target, &got, error);

    if (status == HR_OK && got > target->limit) {
        *people = INFINITY;
        return refuse(pool, target, got, error);
    }
    while (status == HR_OK && high / low > 1.0001) {
        const double middle = rint(sqrt(low * high));

        if (middle <= low || middle >= high)
            break;
        status = value_at(pool, middle, target, &got, error);
        if (got > target->limit)
            low = middle;
        else
            high = middle;
    }
    if (status == HR_OK)
        *people = high;
    return status;
}

enum hr_status hr_pool_size(const struct hr_pool_terms *terms,
                            const struct hr_pool_target *target, double *people,
                            struct hr_error *error)
{
    struct pool pool;
    enum hr_status status = open_pool(&pool, terms, target, error);

    *people = NAN;
    if (status != HR_OK)
        return status;
    status = bisect(&pool, target, people, error);
    pool_free(&pool);
    return status;
}
