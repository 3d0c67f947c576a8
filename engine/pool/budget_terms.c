#include "contents.h"
#include "delegated.h"
#include "plan.h"

#include "headroom/claims.h"
#include "scenario_plan.h"

#include <math.h>
#include <string.h>

/* The parameters of one trial, or central ones, in the first lane. */
static void fill_parameters(const struct plan *plan, const uint64_t *trial,
                            struct delegated_parameters *parameters)
{
    const struct plan_value *value = &plan->value[PARAMETER(delegated.share)];
    struct lanes *lanes = (struct lanes *)parameters;

    for (size_t k = 0; k < sizeof(*parameters) / sizeof(*lanes); k++)
        lanes[k].at[0] = trial == NULL ? plan_central(&value[k])
                                       : plan_drawn(plan, &value[k], *trial);
}

static void name_table(const struct hr_scenario *scenario, struct hr_pool_cell *cell)
{
    const char *path = settings_find(&scenario->settings, "delegated.table")->text;
    const size_t header = strcspn(scenario->claims_text, "\n");

    cell->scaled = true;
    if (memmem(scenario->claims_text, header, "probability", 11) != NULL)
        cell->quantiles = path;
    else
        cell->values = path;
}

static void fill_cells(const struct hr_scenario *scenario, const struct plan *plan,
                       const struct delegated_parameters *p,
                       struct hr_pool_terms *terms)
{
    struct portfolio portfolio;

    delegated_portfolio(&plan->delegated, p, 0, plan->delegated.band, &portfolio);
    terms->cells = portfolio.cells;
    terms->normal_mean = portfolio.normal_mean;
    terms->normal_k = portfolio.normal_k;
    for (int c = 0; c < portfolio.cells; c++) {
        const struct claim_cell *from = &portfolio.cell[c];
        struct hr_pool_cell *cell = &terms->cell[c];

        *cell = (struct hr_pool_cell){
            .share = from->share,
            .two_part = from->frequency == FREQUENCY_TWO_PART,
            .rate = from->rate,
            .mean = exp_of(from->severity.mu +
                           0.5 * from->severity.sigma * from->severity.sigma),
            .cv = p->severity_cv.at[0],
            .splice = from->severity.splice,
            .tail = from->severity.tail,
        };
        if (from->severity.kind == SEVERITY_TABLE) {
            cell->mean = severity_excess(&from->severity, 0.0);
            name_table(scenario, cell);
        }
    }
}

static double or_none(double number)
{
    return number > 0.0 ? number : INFINITY;
}

static void fill_contract(const struct delegated_parameters *p,
                          struct hr_pool_terms *terms)
{
    const bool corridor = p->corridor_end.at[0] > 0.0;

    terms->limit = or_none(p->limit.at[0]);
    terms->premium_loading = p->premium_loading.at[0];
    terms->kept_share = p->quota.at[0];
    terms->corridor_free = corridor ? p->corridor_free.at[0] : INFINITY;
    terms->corridor_share = p->corridor_share.at[0];
    terms->corridor_end = or_none(p->corridor_end.at[0]);
    terms->carry_forward = p->carry_forward.at[0];
    terms->cap = or_none(p->cap.at[0]);
    terms->loading = p->loading.at[0];
    terms->error_sd = p->error_sd.at[0];
    terms->error_wide_share = p->error_wide_share.at[0];
    terms->error_wide_sd = p->error_wide_sd.at[0];
}

static void fill_terms(const struct hr_scenario *scenario, const struct plan *plan,
                       const uint64_t *trial, struct hr_pool_terms *terms)
{
    struct delegated_parameters p;
    double people = 0.0;

    fill_parameters(plan, trial, &p);
    *terms = hr_pool_terms_default();
    fill_cells(scenario, plan, &p, terms);
    fill_contract(&p, terms);
    terms->factor_variance = p.theta_variance.at[0];
    terms->factor_gamma = plan->delegated.theta == FACTOR_GAMMA;
    terms->persistence_sd = p.persistence_sd.at[0];
    terms->persistence_phi = p.persistence_phi.at[0];
    for (size_t s = 0; s < plan->sites; s++)
        people += plan->site[s].list;
    terms->practice_people = people / (double)plan->sites;
}

enum hr_status hr_scenario_budget(const struct hr_scenario *scenario,
                                  const uint64_t *trial, struct hr_pool_terms *terms,
                                  struct hr_error *error)
{
    struct hr_messages problems = {0};
    struct plan plan;
    enum hr_status status = scenario_compile(scenario, &plan, &problems);

    hr_messages_free(&problems);
    if (status != HR_OK)
        return hr_fail(error, HR_FAILED, "no memory for the scenario's plan");
    if (plan.delegated.on)
        fill_terms(scenario, &plan, trial, terms);
    else
        status =
            hr_fail(error, HR_BAD_INPUT,
                    "delegated.share is 0: this scenario delegates no budget; "
                    "include one (assumptions/budget_whole_population.yaml) or set "
                    "-s delegated.share=1");
    plan_free(&plan);
    return status;
}
