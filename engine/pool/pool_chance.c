/* How likely a loss is, however unlikely. */
#include "pool.h"

#include "deep_tail.h"
#include "exact.h"

#include <math.h>

static const double deep = 1e-5;       /* below: tilted, at a hundred times the cost */
static const double deep_error = 3e-4; /* relative, of the tilted answer */
static const double agreeing = 0.01;   /* relative, of the two where both see */

static bool can_be_tilted(const struct pool_laws *laws, enum pool_side side,
                          double total)
{
    return laws->side[side].n == 1 && isfinite(total) &&
           laws->portfolio[side].factor.kind == FACTOR_NONE &&
           !laws->side[side].annual->comb && total > laws->side[side].annual->mean;
}

enum hr_status pool_chance(const struct pool_laws laws[2], enum pool_side side,
                           double loss, struct pool_chance *chance,
                           struct hr_error *error)
{
    const struct settled_law *law = &laws[1].side[side];
    const double fine = settled_above(law, loss);
    const double plain =
        exact_extrapolated(settled_above(&laws[0].side[side], loss), fine);
    const double noise = settled_noise(law, loss);
    const double total = settled_total(law, 0, loss);
    double tilted = NAN;
    enum hr_status status = HR_OK;

    *chance = (struct pool_chance){
        .chance = fmin(fmax(plain, 0.0), 1.0),
        .uncertainty = fabs(plain - fine) + noise,
    };
    if (fine == 0.0 || !(plain < deep + 100.0 * noise) ||
        !can_be_tilted(&laws[1], side, total))
        return HR_OK;
    status = deep_tail(&laws[1].portfolio[side], laws[1].people, total, &tilted, error);
    if (fabs(tilted - plain) > 4.0 * chance->uncertainty + agreeing * fabs(plain))
        return status; /* so far below a claim's size that tilting finds no saddle */
    chance->chance = fmax(tilted, 0.0); /* so far out that nothing is left */
    chance->uncertainty = deep_error * fabs(tilted);
    return status;
}
