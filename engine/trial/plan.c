#include "plan.h"

#include "draw.h"

#include <stdlib.h>

double plan_central(const struct plan_value *value)
{
    return distribution_quantile(&value->distribution, 0.5) * value->uplift;
}

double plan_drawn(const struct plan_value *value, uint64_t seed, uint64_t trial)
{
    const uint64_t address =
        draw_address(value->entity, DRAW_PARAMETER, ONCE_PER_TRIAL, 0);

    return distribution_quantile(&value->distribution, draw_one(seed, trial, address)) *
           value->uplift;
}

void plan_free(struct plan *plan)
{
    for (size_t f = 0; plan->form != NULL && f < plan->forms; f++) {
        free(plan->form[f].organisation);
        free(plan->form[f].entity);
    }
    free(plan->site);
    free(plan->form);
    free(plan->row);
    free(plan->shock);
    free(plan->value);
    free(plan->history);
    free(plan->sampler);
    severity_free(&plan->delegated.table);
    *plan = (struct plan){0};
}
