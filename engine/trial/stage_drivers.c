#include "stages.h"

#include "capacity.h"
#include "demand.h"
#include "ending_rate.h"
#include "money.h"
#include "prices.h"
#include "shocks.h"
#include "valuation.h"

void stage_drivers(struct block *block, int quarter)
{
    const struct plan *plan = block->plan;
    const struct parameters *p = block_parameters(block);
    const double *grown = plan->past[PAST_LIST_GROWTH];
    struct drivers *d = &block->drivers;
    struct lanes counted = {{0}}; /* already, in the first area */
    struct lanes *near_ties = block->area == 0 ? &block->near_ties : &counted;
    const struct shock_moment now = {&block->source, quarter, near_ties};

    if (plan->history != NULL)
        prices_replay(&plan->history[quarter / 4 * INDICES], d);
    else if (quarter == 0)
        prices_start(&p->prices, plan->cholesky, &block->source, d);
    else if (quarter % 4 == 0)
        prices_step(&p->prices, plan->cholesky, &block->source, quarter / 4, d);
    if (plan->past[PAST_SHORTAGE] != NULL)
        market_replay(p, plan->past[PAST_SHORTAGE][quarter / 4], d);
    else
        market_step(p, &block->source, quarter, d, near_ties);
    shocks_clear(d);
    for (size_t k = 0; k < plan->shocks; k++) {
        const struct shock_timing timing = {
            .entity = plan->shock[k].entity,
            .at = plan->shock[k].at,
            .duration = plan->shock[k].duration,
            .fade = plan->shock[k].fade,
        };

        shock_step(
            &now, &timing,
            (const struct shock_terms *)(block->value + plan_shock_values(plan, k)),
            &block->shock[k], d);
    }
    demand_common(&p->demand, &block->source, quarter, d);
    demand_lists(&p->demand, grown == NULL ? NULL : &grown[quarter / 4], quarter, d);
    ending_rate_year(&p->distress, &block->source, quarter, d);
    valuation_discount(&p->valuation, quarter, d);
    money_prices(&p->money, d);
    money_shocks(d);
    capacity_staff_speed(&p->capacity, d);
    for (size_t f = 0; f < plan->forms; f++)
        rates_reckon(p, block_terms(block, plan->form[f].row),
                     block_terms(block, plan->form[f].exit_row), d, &block->rates[f]);
}
