#include "stages.h"

#include "ending_rate.h"

/* May write the draws of the quarter's notices at the sites, and a bound on the rates
 * they are held against. */
void stage_notices(struct block *block, int quarter)
{
    const struct plan *plan = block->plan;
    struct lanes factor = {{0}};

    for (size_t row = 0; row < plan->rows; row++) {
        const struct lanes *own = &block_terms(block, (int)row)->ending_factor;

        EACH_LANE (i)
            factor.at[i] = larger(factor.at[i], own->at[i]);
    }
    ending_rate_most(&block_parameters(block)->distress, &factor, &block->drivers);
    for (size_t s = 0; s < plan->sites; s++)
        ending_rate_draw(&block->source, plan->site[s].entity, quarter,
                         &block->nature[s]);
}
