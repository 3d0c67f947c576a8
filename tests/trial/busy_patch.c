#include "busy_patch.h"

#include <stdlib.h>

struct setting {
    size_t place;
    double value;
};

static const struct setting parameters[] = {
    {PARAMETER(prices.mean[CONTRACT]), 0.02},
    {PARAMETER(prices.mean[PAY]), 0.035},
    {PARAMETER(prices.mean[PRICES]), 0.025},
    {PARAMETER(prices.mean[LOCUM]), 0.01},
    {PARAMETER(prices.sd[CONTRACT]), 0.02},
    {PARAMETER(prices.sd[PAY]), 0.02},
    {PARAMETER(prices.sd[PRICES]), 0.02},
    {PARAMETER(prices.sd[LOCUM]), 0.05},
    {PARAMETER(prices.phi[PAY]), 0.8},
    {PARAMETER(prices.catch_up), 0.3},
    {PARAMETER(prices.catch_up_weight), 0.7},
    {PARAMETER(market.locum_factor[SHORTAGE]), 1.2},
    {PARAMETER(demand.growth), 0.01},
    {PARAMETER(demand.common_sd), 0.03},
    {PARAMETER(demand.common_phi), 0.8},
    {PARAMETER(demand.site_sd), 0.06},
    {PARAMETER(demand.site_phi), 0.8},
    {PARAMETER(workforce.leave_rate[PARTNER]), 0.1},
    {PARAMETER(workforce.leave_rate[SALARIED]), 0.2},
    {PARAMETER(workforce.frailty_cv), 0.8},
    {PARAMETER(workforce.burnout_rate), 0.5},
    {PARAMETER(workforce.burnout_cap), 0.5},
    {PARAMETER(workforce.peer_rate), 0.3},
    {PARAMETER(workforce.retire_max), 0.4},
    {PARAMETER(workforce.switch_rate), 0.03},
    {PARAMETER(workforce.sick_rate), 0.15},
    {PARAMETER(workforce.vacancy_start), 0.1},
    {PARAMETER(workforce.freeze_income), 60000.0},
    {PARAMETER(workforce.age_sd[PARTNER]), 9.0},
    {PARAMETER(workforce.age_sd[SALARIED]), 8.0},
    {PARAMETER(workforce.age_site_sd), 4.0},
    {PARAMETER(money.efficiency_sd), 0.15},
    {PARAMETER(money.locum_scarcity), 2.0},
    {PARAMETER(distress.income), 90000.0},
    {PARAMETER(distress.handback_rate), 1.0},
    {PARAMETER(distress.takeover_share), 0.4},
    {PARAMETER(distress.dispersal_share), 0.6},
    {PARAMETER(distress.windup_sd), 0.5},
    {PARAMETER(valuation.relationship_cost), 1000.0},
    {PARAMETER(valuation.moved_share), 0.4},
    {PARAMETER(distress.ending_rate), 0.03},
    {PARAMETER(distress.ending_size), 1.2},
    {PARAMETER(distress.ending_year_sd), 0.2},
    {PARAMETER(distress.ending_area_sd), 0.3},
    {PARAMETER(valuation.partner_discount), 0.05},
};

/* Terms that every form with an organisation has. */
static const struct setting terms[] = {
    {TERM(participation), 0.6},
    {TERM(join_below), 120000.0},
    {TERM(pooled_share), 0.3},
    {TERM(convert_pay), 1.1},
    {TERM(pay_premium), 1.05},
    {TERM(staff_pay_premium), 1.02},
    {TERM(productivity[PARTNER]), 0.98},
    {TERM(leave_factor[PARTNER]), 1.1},
    {TERM(leave_factor[SALARIED]), 0.9},
    {TERM(transition_exit), 0.05},
    {TERM(ending_factor), 0.7},
    {TERM(recruit_factor), 1.2},
    {TERM(staff_vacancy), 0.03},
    {TERM(cover), 0.4},
    {TERM(friction), 0.15},
    {TERM(leadership_fte), 0.05},
    {TERM(diversion), 0.02},
    {TERM(continuity_demand), 0.01},
    {TERM(levy), 2.0},
    {TERM(coordination), 0.5},
    {TERM(recharge), 0.002},
    {TERM(setup_cost), 1.0},
    {TERM(saving), 0.03},
    {TERM(ramp_years), 2.0},
    {TERM(org_income), 4.0},
    {TERM(org_cost), 7.5},
    {TERM(org_cost_sd), 0.3},
    {TERM(org_reserve), 1.0},
    {TERM(org_reserve_max), 2.0},
    {TERM(call_cap), 2.0},
    {TERM(subsidy_tolerance), 8.0},
    {TERM(exit_rate), 0.5},
    {TERM(alignment_start), 0.6},
    {TERM(member_exit_rate), 0.3},
    {TERM(price_relief), 0.4},
    {TERM(admissions_irr), 0.97},
    {TERM(ed_irr), 1.02},
};

/* clang-format off */
static const struct form_choices choices[BUSY_FORMS] = {
    [BUSY_ALONE] = {.setup_payer = BEARER_PARTNERS, .benefit_to = BEARER_COMMISSIONER},
    [BUSY_JOINT] = {
        .group_by = GROUP_ALL, .join_rule = JOIN_ALL, .pool_basis = POOL_RESIDUAL,
        .liability = LIABILITY_JOINT, .setup_payer = BEARER_PARTNERS,
        .benefit_to = BEARER_COMMISSIONER},
    [BUSY_COMPANY] = {
        .group_by = GROUP_ALL, .join_rule = JOIN_SHARE, .pool_owner = OWNER_COMPANY,
        .liability = LIABILITY_LIMITED, .setup_payer = BEARER_COMMISSIONER,
        .benefit_to = BEARER_OWNERS},
    [BUSY_TRUST] = {
        .group_by = GROUP_ALL, .join_rule = JOIN_ALL, .pool_basis = POOL_RESIDUAL,
        .pool_owner = OWNER_TRUST, .liability = LIABILITY_PUBLIC,
        .setup_payer = BEARER_TRUST, .benefit_to = BEARER_TRUST,
        .convert_partners = true},
    [BUSY_VOLUNTARY] = {
        .group_by = GROUP_ALL, .join_rule = JOIN_VOLUNTARY,
        .setup_payer = BEARER_PARTNERS, .benefit_to = BEARER_COMMISSIONER},
    [BUSY_RESCUE] = {
        .group_by = GROUP_ALL, .join_rule = JOIN_DISTRESSED_ONLY,
        .pool_owner = OWNER_COMPANY, .liability = LIABILITY_LIMITED,
        .surplus_to = SURPLUS_OWNERS, .setup_payer = BEARER_OWNERS,
        .benefit_to = BEARER_OWNERS, .convert_partners = true},
};
/* clang-format on */

static void make_sites_differ(struct plan *plan)
{
    for (size_t s = 0; s < plan->sites; s++) {
        struct plan_site *site = &plan->site[s];

        small_patch_list(plan, s, 5000.0 + 900.0 * (double)s);
        site->posts[PARTNER] = s % 5 == 4 ? 0 : 1 + (int)s % 4;
        site->posts[SALARIED] = 1 + (int)s % 3;
        site->core_rate = 150.0 + 3.0 * (double)(s % 7);
        site->cost_rate = 100.0;
        site->slots = 14;
    }
}

static void make_form(struct plan *plan, int form)
{
    plan->form[form].exit_row = BUSY_ALONE;
    if (form != BUSY_ALONE)
        small_patch_unite(plan, form);
    plan->row[form].choices = choices[form];
    for (size_t t = 0; form != BUSY_ALONE && t < sizeof(terms) / sizeof(*terms); t++)
        small_patch_term(plan, form, terms[t].place, terms[t].value);
}

void busy_patch(struct plan *plan, int sites, int quarters)
{
    small_patch(plan, sites, BUSY_FORMS, quarters);
    make_sites_differ(plan);
    for (size_t p = 0; p < sizeof(parameters) / sizeof(*parameters); p++)
        small_patch_set(plan, parameters[p].place, parameters[p].value);
    for (int f = 0; f < BUSY_FORMS; f++)
        make_form(plan, f);
    small_patch_term(plan, BUSY_TRUST, TERM(pooled_share), 1.0);
    small_patch_add_shock(plan, -1, 3, 4);
    small_patch_shock(plan, SHOCK_TERM(rate), 0.2);
    small_patch_shock(plan, SHOCK_TERM(demand), 1.15);
    small_patch_shock(plan, SHOCK_TERM(exits), 2.0);
    small_patch_shock(plan, SHOCK_TERM(from_age), 55.0);
    small_patch_shock(plan, SHOCK_TERM(pay), 1.03);
    small_patch_shock(plan, SHOCK_TERM(nongp_step), 2.0);
    small_patch_shock(plan, SHOCK_TERM(income), 0.97);
    small_patch_shock(plan, SHOCK_TERM(diversion_step), 0.05);
}
