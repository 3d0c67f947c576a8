/* A company's own accounts, and practices' reserves, by hand. Two practices of 8,000
 * in one company: 4 pounds per patient and year are 16,000 a quarter. A practice keeps
 * 111,900 a quarter before levies (see test_closed_form.c). */
#include "test.h"

#include "recorded.h"

#include <math.h>

static void company_of_two(struct plan *plan, int quarters)
{
    small_patch(plan, 2, 1, quarters);
    small_patch_unite(plan, 0);
    small_patch_term(plan, 0, TERM(org_reserve_max), 1000.0);
    small_patch_term(plan, 0, TERM(distance), 1e9);
}

static void the_levy_pays_for_the_organisation(void **state)
{
    struct recorded run;

    (void)state;
    company_of_two(&run.plan, 4);
    small_patch_term(&run.plan, 0, TERM(levy), 4.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 1, "levy"), 8000.0);
    assert_near(site_at(&run, 0, 0, 1, "residual"), 103900.0);
    assert_near(organisation_at(&run, 0, 0, 1, "levy"), 16000.0);
    assert_near(organisation_at(&run, 0, 0, 1, "cost"), 16000.0);
    assert_near(organisation_at(&run, 0, 0, 2, "account"), 0.0);
    recorded_free(&run);
}

/* Two sites: 10 ln 2 pounds per patient and year. */
static void coordination_costs_the_logarithm_of_sites(void **state)
{
    struct recorded run;

    (void)state;
    company_of_two(&run.plan, 4);
    small_patch_term(&run.plan, 0, TERM(coordination), 10.0);
    record(&run);
    assert_near(site_at(&run, 0, 1, 0, "levy"), 8000.0 * 10.0 * log(2.0) / 4.0);
    recorded_free(&run);
}

/* 16,000 levy + 8,000 of bought services - 20,000 cost: 4,000 a quarter. */
static void an_account_grows_by_levy_and_income_less_cost(void **state)
{
    struct recorded run;

    (void)state;
    company_of_two(&run.plan, 4);
    small_patch_term(&run.plan, 0, TERM(levy), 4.0);
    small_patch_term(&run.plan, 0, TERM(org_income), 2.0);
    small_patch_term(&run.plan, 0, TERM(org_cost), 5.0);
    record(&run);
    assert_near(organisation_at(&run, 0, 0, 0, "account"), 4000.0);
    assert_near(organisation_at(&run, 0, 0, 2, "account"), 12000.0);
    assert_near(ledger_at(&run, 0, 1, "commissioner"), -(2.0 * 330000.0 + 8000.0));
    recorded_free(&run);
}

/* 1 pound per patient paid in; the ceiling of 1.25 pounds is 20,000. */
static void an_account_above_its_ceiling_returns_the_excess_by_list(void **state)
{
    struct recorded run;

    (void)state;
    company_of_two(&run.plan, 4);
    small_patch_term(&run.plan, 0, TERM(org_income), 1.0);
    small_patch_term(&run.plan, 0, TERM(org_reserve), 1.0);
    small_patch_term(&run.plan, 0, TERM(org_reserve_max), 1.25);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "opening"), 8000.0);
    assert_near(organisation_at(&run, 0, 0, 0, "account"), 20000.0);
    assert_near(organisation_at(&run, 0, 0, 1, "account"), 20000.0);
    assert_near(site_at(&run, 0, 1, 1, "surplus"), 2000.0);
    assert_near(site_at(&run, 0, 1, 1, "drawings"), 113900.0);
    recorded_free(&run);
}

static void surplus_and_opening_are_the_owners_where_they_own(void **state)
{
    struct recorded run;

    (void)state;
    company_of_two(&run.plan, 4);
    run.plan.row[0].choices.surplus_to = SURPLUS_OWNERS;
    small_patch_term(&run.plan, 0, TERM(org_income), 1.0);
    small_patch_term(&run.plan, 0, TERM(org_reserve), 1.0);
    small_patch_term(&run.plan, 0, TERM(org_reserve_max), 1.25);
    record(&run);
    assert_near(ledger_at(&run, 0, 0, "owners"), -16000.0);
    assert_near(ledger_at(&run, 0, 1, "owners"), 4000.0);
    assert_near(site_at(&run, 0, 1, 1, "surplus"), 0.0);
    recorded_free(&run);
}

/* Missing 24,000 are 1.5 pounds per patient; 6.4 a year are 1.6 a quarter. */
static void a_deficit_within_the_cap_is_called_from_members(void **state)
{
    struct recorded run;

    (void)state;
    company_of_two(&run.plan, 4);
    small_patch_term(&run.plan, 0, TERM(levy), 4.0);
    small_patch_term(&run.plan, 0, TERM(org_cost), 10.0);
    small_patch_term(&run.plan, 0, TERM(call_cap), 6.4);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "call"), 12000.0);
    assert_near(site_at(&run, 0, 0, 0, "profit"), 103900.0 - 12000.0);
    assert_near(organisation_at(&run, 0, 0, 0, "account"), 0.0);
    assert_near(organisation_at(&run, 0, 0, 3, "sites"), 2.0);
    recorded_free(&run);
}

/* 4 a year are 1 a quarter: 16,000 of 24,000 are called, creditors lose the rest. */
static void a_deficit_beyond_the_cap_falls_on_creditors_and_dissolves(void **state)
{
    struct recorded run;

    (void)state;
    company_of_two(&run.plan, 4);
    small_patch_term(&run.plan, 0, TERM(levy), 4.0);
    small_patch_term(&run.plan, 0, TERM(org_cost), 10.0);
    small_patch_term(&run.plan, 0, TERM(call_cap), 4.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "call"), 8000.0);
    assert_near(ledger_at(&run, 0, 0, "creditors"), -8000.0);
    assert_near(organisation_at(&run, 0, 0, 1, "sites"), 0.0);
    assert_near(site_at(&run, 0, 0, 1, "member"), 0.0);
    assert_near(metric_of(&run, 0, METRIC_ORGANISATIONS_DISSOLVED), 1.0);
    assert_near(metric_of(&run, 0, METRIC_MEMBERS_LEFT), 2.0);
    recorded_free(&run);
}

static void owners_answer_a_call_where_they_own(void **state)
{
    struct recorded run;

    (void)state;
    company_of_two(&run.plan, 4);
    run.plan.row[0].choices.surplus_to = SURPLUS_OWNERS;
    small_patch_term(&run.plan, 0, TERM(levy), 4.0);
    small_patch_term(&run.plan, 0, TERM(org_cost), 10.0);
    small_patch_term(&run.plan, 0, TERM(call_cap), 6.4);
    record(&run);
    assert_near(ledger_at(&run, 0, 0, "owners"), -24000.0);
    assert_near(site_at(&run, 0, 0, 0, "call"), 0.0);
    recorded_free(&run);
}

/* 24,000 are lost each quarter; calls, which refill the account, do not count. */
static void drawdown_is_the_largest_fall_of_the_running_result(void **state)
{
    struct recorded run;

    (void)state;
    company_of_two(&run.plan, 4);
    small_patch_term(&run.plan, 0, TERM(levy), 4.0);
    small_patch_term(&run.plan, 0, TERM(org_cost), 10.0);
    small_patch_term(&run.plan, 0, TERM(call_cap), 6.4);
    record(&run);
    assert_near(metric_of(&run, 0, METRIC_DRAWDOWN), 4.0 * 24000.0);
    recorded_free(&run);
}

/* Half of what a quarter deviates from the plan goes into the company's account:
 * cost 10 % up by a shock takes 18,000 from each practice. */
static void a_company_keeps_the_pool_in_its_account(void **state)
{
    struct recorded run;

    (void)state;
    company_of_two(&run.plan, 4);
    run.plan.row[0].choices.pool_owner = OWNER_COMPANY;
    small_patch_term(&run.plan, 0, TERM(pooled_share), 0.5);
    small_patch_term(&run.plan, 0, TERM(org_reserve), 2.0);
    small_patch_add_shock(&run.plan, 0, 1, 0);
    small_patch_shock(&run.plan, SHOCK_TERM(nongp), 1.1);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "pooled"), -9000.0);
    assert_near(organisation_at(&run, 0, 0, 0, "account"), 32000.0 - 18000.0);
    assert_near(site_at(&run, 0, 0, 0, "profit"), 111900.0 - 9000.0);
    recorded_free(&run);
}

static void recharge_leaves_the_circle(void **state)
{
    struct recorded run;

    (void)state;
    company_of_two(&run.plan, 4);
    small_patch_term(&run.plan, 0, TERM(recharge), 0.01);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "recharge"), 3300.0);
    assert_near(ledger_at(&run, 0, 0, "outside"), 2.0 * (218100.0 + 3300.0));
    recorded_free(&run);
}

static void set_up_is_paid_once_by_its_payer(void **state)
{
    struct recorded run;

    (void)state;
    company_of_two(&run.plan, 4);
    run.plan.row[0].choices.setup_payer = BEARER_COMMISSIONER;
    small_patch_term(&run.plan, 0, TERM(setup_cost), 2.0);
    record(&run);
    assert_near(ledger_at(&run, 0, 0, "commissioner"), -2.0 * (330000.0 + 16000.0));
    assert_near(ledger_at(&run, 0, 1, "commissioner"), -2.0 * 330000.0);
    assert_near(site_at(&run, 0, 0, 0, "residual"), 111900.0);
    recorded_free(&run);
}

/* Its account is worth 1 pound per patient in the end: 8,000 to each site's partners,
 * with their reserve of three weeks of cost. */
static void at_the_horizon_accounts_and_reserves_go_to_their_owners(void **state)
{
    struct recorded run;
    const double reserve = 3.0 / 52.0 * 4.0 * 218100.0;

    (void)state;
    company_of_two(&run.plan, 4);
    small_patch_term(&run.plan, 0, TERM(org_reserve), 1.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 2, "reserve"), reserve);
    assert_near(site_at(&run, 0, 0, 3, "released"), reserve);
    assert_near(site_at(&run, 0, 0, 3, "drawings"), 111900.0 + 8000.0);
    assert_near(ledger_at(&run, 0, 3, "organisation"), -16000.0);
    recorded_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_levy_pays_for_the_organisation),
        cmocka_unit_test(coordination_costs_the_logarithm_of_sites),
        cmocka_unit_test(an_account_grows_by_levy_and_income_less_cost),
        cmocka_unit_test(an_account_above_its_ceiling_returns_the_excess_by_list),
        cmocka_unit_test(surplus_and_opening_are_the_owners_where_they_own),
        cmocka_unit_test(a_deficit_within_the_cap_is_called_from_members),
        cmocka_unit_test(a_deficit_beyond_the_cap_falls_on_creditors_and_dissolves),
        cmocka_unit_test(owners_answer_a_call_where_they_own),
        cmocka_unit_test(drawdown_is_the_largest_fall_of_the_running_result),
        cmocka_unit_test(a_company_keeps_the_pool_in_its_account),
        cmocka_unit_test(recharge_leaves_the_circle),
        cmocka_unit_test(set_up_is_paid_once_by_its_payer),
        cmocka_unit_test(at_the_horizon_accounts_and_reserves_go_to_their_owners),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
