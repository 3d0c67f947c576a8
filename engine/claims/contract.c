#include "contract.h"

#include <math.h>

struct contract contract_plain(void)
{
    return (struct contract){
        .limit = INFINITY,
        .kept_share = 1.0,
        .corridor_free = INFINITY,
        .corridor_share = 1.0,
        .corridor_end = INFINITY,
        .cap = INFINITY,
    };
}

static enum hr_status check_corridor(const struct contract *c, struct hr_error *error)
{
    if (!(c->corridor_free >= 0.0))
        return hr_fail(error, HR_BAD_INPUT,
                       "a corridor that starts at %g is not at 0 or above",
                       c->corridor_free);
    if (!(c->corridor_end >= c->corridor_free))
        return hr_fail(error, HR_BAD_INPUT,
                       "the corridor is inside out: it ends at %g, before it starts at "
                       "%g",
                       c->corridor_end, c->corridor_free);
    if (!(c->corridor_share >= 0.0 && c->corridor_share <= 1.0))
        return hr_fail(error, HR_BAD_INPUT,
                       "a share of %g within the corridor is outside [0, 1]",
                       c->corridor_share);
    if (!(c->carry_forward >= 0.0 && c->carry_forward <= 1.0))
        return hr_fail(error, HR_BAD_INPUT, "a carry-forward of %g is outside [0, 1]",
                       c->carry_forward);
    return HR_OK;
}

enum hr_status contract_check(const struct contract *contract, struct hr_error *error)
{
    const struct contract *c = contract;

    if (!(c->limit > 0.0))
        return hr_fail(error, HR_BAD_INPUT, "an individual limit of %g is not above 0",
                       c->limit);
    if (!(c->premium_loading > -1.0 && isfinite(c->premium_loading)))
        return hr_fail(error, HR_BAD_INPUT,
                       "a premium loading of %g is not above -1: the premium would not "
                       "be positive",
                       c->premium_loading);
    if (!(c->loading > -1.0 && isfinite(c->loading)))
        return hr_fail(
            error, HR_BAD_INPUT,
            "a budget loading of %g is not above -1: the budget would not be "
            "positive",
            c->loading);
    if (!(c->kept_share > 0.0 && c->kept_share <= 1.0))
        return hr_fail(error, HR_BAD_INPUT, "a kept share of %g is outside (0, 1]",
                       c->kept_share);
    if (!(c->cap > 0.0))
        return hr_fail(error, HR_BAD_INPUT, "a cap on the loss of %g is not above 0",
                       c->cap);
    return check_corridor(c, error);
}

/* A corridor is the same on both sides of 0. Where it starts at 0 it has one knot
 * there, and where it ends as it starts none for its end. */
static struct piecewise corridor_map(const struct contract *contract)
{
    const double a = contract->corridor_free, b = contract->corridor_end;
    const double c = contract->kept_share, g = contract->corridor_share;
    const double end = a + g * (b - a);
    const double slope = isfinite(b) ? 0.0 : g * c;
    struct piecewise map = {.left = slope, .right = slope};

    if (isfinite(b) && b > a)
        piecewise_append(&map, -b / c, -end);
    piecewise_append(&map, -a / c, -a);
    if (a > 0.0)
        piecewise_append(&map, a / c, a);
    if (isfinite(b) && b > a)
        piecewise_append(&map, b / c, end);
    return map;
}

struct piecewise contract_map(const struct contract *contract)
{
    const struct piecewise map = isfinite(contract->corridor_free)
                                     ? corridor_map(contract)
                                     : piecewise_line(contract->kept_share);

    return isfinite(contract->cap) ? piecewise_capped(&map, contract->cap) : map;
}
