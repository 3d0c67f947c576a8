#include "plan.h"

#include "draw.h"

#include <stdlib.h>

const struct past_column past_columns[PASTS] = {
    [PAST_LIST_GROWTH] = {"list_growth", -0.2, 0.2},
    [PAST_SHORTAGE] = {"shortage", 0.0, 1.0},
};

double plan_quantile(const struct plan_value *value, double u)
{
    return distribution_quantile(&value->distribution, u) * value->uplift;
}

double plan_central(const struct plan_value *value)
{
    return plan_quantile(value, 0.5);
}

double plan_drawn(const struct plan_value *value, uint64_t seed, uint64_t trial)
{
    const uint64_t address =
        draw_address(value->entity, DRAW_PARAMETER, ONCE_PER_TRIAL, 0);

    return plan_quantile(value, draw_one(seed, trial, address));
}

bool plan_follow_curves(struct plan *plan)
{
    size_t smooth = 0;

    for (size_t v = 0; v < plan->values; v++)
        smooth += distribution_is_smooth(&plan->value[v].distribution);
    plan->curve = calloc(smooth + 1, sizeof(*plan->curve));
    if (plan->curve == NULL)
        return false;
    for (size_t v = 0; v < plan->values; v++) {
        if (distribution_is_smooth(&plan->value[v].distribution))
            distribution_follow(&plan->value[v].distribution, &plan->curve[--smooth]);
    }
    return true;
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
    free(plan->curve);
    free(plan->history);
    for (int k = 0; k < PASTS; k++)
        free(plan->past[k]);
    free(plan->sampler);
    severity_free(&plan->delegated.table);
    *plan = (struct plan){0};
}
