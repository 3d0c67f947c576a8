#include "small_patch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct setting {
    size_t place;
    double value;
};

static const struct setting parameters[] = {
    {PARAMETER(market.dwell_years[SHORTAGE]), 5.0},
    {PARAMETER(market.dwell_years[GLUT]), 5.0},
    {PARAMETER(market.locum_factor[SHORTAGE]), 1.0},
    {PARAMETER(market.locum_factor[GLUT]), 1.0},
    {PARAMETER(demand.appts_per_head), 5.8},
    {PARAMETER(demand.rho_max), 1.12},
    {PARAMETER(workforce.burnout_threshold), 1.1},
    {PARAMETER(workforce.retire_mid), 62.0},
    {PARAMETER(workforce.retire_spread), 3.0},
    {PARAMETER(workforce.sick_years), 0.5},
    {PARAMETER(workforce.months_to_fill[SHORTAGE]), 7.2},
    {PARAMETER(workforce.months_to_fill[GLUT]), 3.0},
    {PARAMETER(workforce.supply_cap), 0.12},
    {PARAMETER(workforce.age_mean[PARTNER]), 45.0},
    {PARAMETER(workforce.age_mean[SALARIED]), 40.0},
    {PARAMETER(workforce.newcomer_mean), 37.0},
    {PARAMETER(workforce.newcomer_sd), 5.5},
    {PARAMETER(workforce.newcomer_min), 29.0},
    {PARAMETER(workforce.newcomer_max), 60.0},
    {PARAMETER(capacity.gp_share), 0.45},
    {PARAMETER(capacity.productivity[PARTNER]), 1.12},
    {PARAMETER(capacity.productivity[SALARIED]), 1.0},
    {PARAMETER(capacity.staff_lag), 1.0},
    {PARAMETER(capacity.locum_cover), 0.55},
    {PARAMETER(capacity.surge_max), 0.1},
    {PARAMETER(capacity.partner_stretch), 0.5},
    {PARAMETER(money.quality_share), 0.09},
    {PARAMETER(money.staff_share), 0.8},
    {PARAMETER(money.salary), 80000.0},
    {PARAMETER(money.oncost), 0.27},
    {PARAMETER(money.locum_rate), 128000.0},
    {PARAMETER(money.scale_cap), 100000.0},
    {PARAMETER(money.reserve_weeks), 3.0},
    {PARAMETER(distress.takeover_share), 0.7},
    {PARAMETER(distress.dispersal_share), 0.4},
    {PARAMETER(distress.caretaker_premium), 0.14},
    {PARAMETER(distress.windup_cost), 45.0},
    {PARAMETER(valuation.discount_rate), 0.035},
    {PARAMETER(valuation.partner_discount), 0.035},
    {PARAMETER(valuation.unmet_price), 40.0},
    {PARAMETER(valuation.admission_rate), 0.1},
    {PARAMETER(valuation.admission_cost), 1900.0},
    {PARAMETER(valuation.ed_rate), 0.35},
    {PARAMETER(valuation.ed_cost), 150.0},
};

static const struct setting terms[] = {
    {TERM(participation), 1.0},
    {TERM(partner_share), 0.45},
    {TERM(convert_pay), 1.0},
    {TERM(pay_premium), 1.0},
    {TERM(staff_pay_premium), 1.0},
    {TERM(productivity[PARTNER]), 1.0},
    {TERM(productivity[SALARIED]), 1.0},
    {TERM(leave_factor[PARTNER]), 1.0},
    {TERM(leave_factor[SALARIED]), 1.0},
    {TERM(recruit_factor), 1.0},
    {TERM(ending_factor), 1.0},
    {TERM(surge_cover), 0.3},
    {TERM(ramp_years), 1.0},
    {TERM(distance), 4.0},
    {TERM(alignment_start), 1.0},
    {TERM(alignment_speed), 0.5},
    {TERM(resent_scale), 10000.0},
    {TERM(admissions_irr), 1.0},
    {TERM(ed_irr), 1.0},
};

static void set(struct plan *plan, size_t place, double value)
{
    plan->value[place] = (struct plan_value){
        .distribution = {.kind = FIXED, .a = value},
        .uplift = 1.0,
    };
}

void small_patch_set(struct plan *plan, size_t parameter, double value)
{
    set(plan, parameter, value);
}

void small_patch_term(struct plan *plan, int row, size_t term, double value)
{
    set(plan, plan_row_values((size_t)row) + term, value);
}

static void make_sites(struct plan *plan)
{
    for (size_t s = 0; s < plan->sites; s++) {
        struct plan_site *site = &plan->site[s];

        snprintf(site->code, sizeof(site->code), "Z%05u", (unsigned)s % 100000u);
        site->entity = draw_entity_of_code(site->code);
        site->network = (int)(s / 4);
        site->posts[PARTNER] = 3;
        site->posts[SALARIED] = 2;
        site->fte[PARTNER] = 1.0;
        site->fte[SALARIED] = 0.75;
        site->slots = 8;
        site->list = 8000.0;
        site->weighted_list = 8000.0;
        site->core_rate = 165.0;
        site->cost_rate = 90.0;
    }
}

static void make_form(struct plan *plan, int f)
{
    struct plan_form *form = &plan->form[f];

    form->row = f;
    form->exit_row = f;
    form->organisations = (int)plan->sites;
    form->organisation = calloc(plan->sites, sizeof(*form->organisation));
    form->entity = calloc(plan->sites, sizeof(*form->entity));
    for (size_t s = 0; s < plan->sites; s++) {
        form->organisation[s] = (int)s;
        form->entity[s] = plan->site[s].entity;
    }
    plan->row[f].choices.setup_payer = BEARER_PARTNERS;
    plan->row[f].choices.benefit_to = BEARER_COMMISSIONER;
    for (size_t t = 0; t < sizeof(terms) / sizeof(*terms); t++)
        small_patch_term(plan, f, terms[t].place, terms[t].value);
}

void small_patch(struct plan *plan, int sites, int forms, int quarters)
{
    *plan = (struct plan){.seed = 20240401, .quarters = quarters, .notice_quarters = 2};
    plan->sites = (size_t)sites;
    plan->networks = (size_t)(sites + 3) / 4;
    plan->forms = plan->rows = (size_t)forms;
    plan->values = PARAMETER_COUNT + plan->rows * TERM_COUNT;
    plan->site = calloc(plan->sites, sizeof(*plan->site));
    plan->form = calloc(plan->forms, sizeof(*plan->form));
    plan->row = calloc(plan->rows, sizeof(*plan->row));
    plan->value = calloc(plan->values, sizeof(*plan->value));
    for (int k = 0; k < INDICES; k++)
        plan->cholesky[k][k] = 1.0;
    for (size_t v = 0; v < plan->values; v++)
        set(plan, v, 0.0);
    for (size_t p = 0; p < sizeof(parameters) / sizeof(*parameters); p++)
        set(plan, parameters[p].place, parameters[p].value);
    make_sites(plan);
    for (int f = 0; f < forms; f++)
        make_form(plan, f);
}

void small_patch_list(struct plan *plan, size_t site, double patients)
{
    plan->site[site].list = patients;
    plan->site[site].weighted_list = patients;
}

void small_patch_add_shock(struct plan *plan, int at, int duration, int fade)
{
    static const size_t steps[] = {SHOCK_TERM(rate), SHOCK_TERM(from_age),
                                   SHOCK_TERM(nongp_step), SHOCK_TERM(diversion_step)};

    plan->shocks = 1;
    plan->shock = calloc(1, sizeof(*plan->shock));
    plan->shock[0] = (struct plan_shock){
        .name = "shock", .entity = 12345, .at = at, .duration = duration, .fade = fade};
    plan->values += SHOCK_TERM_COUNT;
    plan->value = realloc(plan->value, plan->values * sizeof(*plan->value));
    for (size_t t = 0; t < SHOCK_TERM_COUNT; t++)
        small_patch_shock(plan, t, 1.0);
    for (size_t t = 0; t < sizeof(steps) / sizeof(*steps); t++)
        small_patch_shock(plan, steps[t], 0.0);
}

void small_patch_shock(struct plan *plan, size_t shock_term, double value)
{
    set(plan, plan_shock_values(plan, 0) + shock_term, value);
}

void small_patch_unite(struct plan *plan, int form)
{
    struct plan_form *f = &plan->form[form];

    plan->row[f->row].choices.group_by = GROUP_ALL;
    f->organisations = 1;
    f->entity[0] = plan->site[0].entity;
    for (size_t s = 0; s < plan->sites; s++)
        f->organisation[s] = 0;
}

void small_patch_run(const struct plan *plan, struct block *block)
{
    struct hr_error error = {0};
    struct kernel kernel;

    if (kernel_choose(NULL, &kernel, &error) != HR_OK ||
        block_init(block, plan, &error) != HR_OK) {
        fprintf(stderr, "%s\n", error.message);
        abort();
    }
    kernel.run(block, 0, LANES);
}
