/* The smallest list that meets a target, by bisection on the exact law. */
#include "pool.h"

#include <math.h>

static const double fewest = 100.0, most = 1e7;

enum { POINTS = 14 };

static enum hr_status chance_at(const struct pool *pool, double people, double loss,
                                double *chance, struct hr_error *error)
{
    struct pool_laws laws[2] = {{.has_gross = false}};
    struct pool_chance got = {0};
    enum hr_status status = pool_laws_init(&laws[0], pool, people, POINTS - 1, error);

    if (status == HR_OK)
        status = pool_laws_init(&laws[1], pool, people, POINTS, error);
    if (status == HR_OK)
        status = pool_chance(laws, POOL_AFTER, people, loss, &got, error);
    pool_laws_free(&laws[0]);
    pool_laws_free(&laws[1]);
    *chance = got.chance;
    return status;
}

static enum hr_status check_target(double loss, double chance, struct hr_error *error)
{
    if (!(loss > 0.0 && isfinite(loss)))
        return hr_fail(error, HR_BAD_INPUT,
                       "a target loss of %g of the budget is not above 0", loss);
    if (!(chance > 0.0 && chance < 1.0))
        return hr_fail(error, HR_BAD_INPUT, "a target chance of %g is outside (0, 1)",
                       chance);
    return HR_OK;
}

static const char *why_not(const struct pool *pool)
{
    if (pool->portfolio.factor.kind != FACTOR_NONE || pool->persistence.sd > 0.0 ||
        pool->need_error.sd > 0.0 || pool->need_error.wide_share > 0.0)
        return "what they share does not diversify";
    return "single claims are too large for the target";
}

enum hr_status hr_pool_size(const struct hr_pool_terms *terms, double loss,
                            double chance, double *people, struct hr_error *error)
{
    double low = fewest, high = most, got = 0.0;
    struct pool pool;
    enum hr_status status = check_target(loss, chance, error);

    *people = NAN;
    if (status == HR_OK)
        status = pool_init(&pool, terms, error);
    if (status != HR_OK)
        return status;
    status = chance_at(&pool, high, loss, &got, error);
    if (status == HR_OK && got > chance)
        status = hr_fail(error, HR_BAD_INPUT,
                         "even %.0f people have a chance of %.3g to lose more than %g "
                         "of the budget: %s",
                         high, got, loss, why_not(&pool));
    while (status == HR_OK && high / low > 1.0001) {
        const double middle = rint(sqrt(low * high));

        if (middle <= low || middle >= high)
            break;
        status = chance_at(&pool, middle, loss, &got, error);
        if (got > chance)
            low = middle;
        else
            high = middle;
    }
    if (status == HR_OK)
        *people = high;
    pool_free(&pool);
    return status;
}
