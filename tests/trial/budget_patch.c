#include "test.h"

#include "budget_patch.h"

#include <stdlib.h>

struct setting {
    size_t place;
    double value;
};

static const struct setting settings[] = {
    {PARAMETER(delegated.share), 1.0},
    {PARAMETER(delegated.cost_per_head), 1000.0},
    {PARAMETER(delegated.rate), 1.0},
    {PARAMETER(delegated.rate_ratio[BAND_0_24]), 1.0},
    {PARAMETER(delegated.rate_ratio[BAND_25_64]), 1.0},
    {PARAMETER(delegated.rate_ratio[BAND_65_PLUS]), 1.0},
    {PARAMETER(delegated.cost_ratio[BAND_0_24]), 1.0},
    {PARAMETER(delegated.cost_ratio[BAND_25_64]), 1.0},
    {PARAMETER(delegated.cost_ratio[BAND_65_PLUS]), 1.0},
    {PARAMETER(delegated.severity_cv), 2.0},
    {PARAMETER(delegated.quota), 1.0},
    {PARAMETER(delegated.corridor_share), 1.0},
};

static void begin(struct plan *plan)
{
    for (size_t s = 0; s < sizeof(settings) / sizeof(*settings); s++)
        small_patch_set(plan, settings[s].place, settings[s].value);
    plan->delegated = (struct delegated_design){.on = true, .cells = 1};
    plan->sampler = calloc(plan->sites, sizeof(*plan->sampler));
}

static void prepare(struct plan *plan, enum claim_method method)
{
    struct delegated_parameters centre;
    struct lanes *lanes = (struct lanes *)&centre;

    for (size_t k = 0; k < sizeof(centre) / sizeof(*lanes); k++)
        lanes[k].at[0] = plan_central(&plan->value[PARAMETER(delegated.share) + k]);
    for (size_t s = 0; s < plan->sites; s++) {
        struct portfolio portfolio;
        struct hr_error error = {0};

        delegated_portfolio(&plan->delegated, &centre, 0, plan->site[s].band,
                            &portfolio);
        assert_int_equal(claim_sampler_init(&plan->sampler[s], &portfolio,
                                            plan->site[s].list, method, &error),
                         HR_OK);
    }
}

void certain_budget(struct plan *plan)
{
    const double cost = 1.0;
    struct hr_error error = {0};

    begin(plan);
    plan->delegated.severity = DELEGATED_TABLE;
    plan->delegated.frequency = FREQUENCY_TWO_PART;
    assert_int_equal(severity_values(&plan->delegated.table, &cost, 1, &error), HR_OK);
    prepare(plan, CLAIM_EACH);
}

void risky_budget(struct plan *plan, enum claim_method method)
{
    begin(plan);
    small_patch_set(plan, PARAMETER(delegated.rate), 0.25);
    prepare(plan, method);
}
