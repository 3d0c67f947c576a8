/* Reserves, and who pays what they do not cover. A practice with a non-GP cost of 165
 * pounds per patient and year loses 330,000 - 330,000 - 38,100 = -38,100 a quarter;
 * its neighbour keeps 111,900 (see test_closed_form.c). */
#include "test.h"

#include "recorded.h"

#include <math.h>

static const double loss = 38100.0;
static const double neighbour = 111900.0;

/* The first of two practices loses, and neither has a reserve. */
static void a_losing_practice(struct plan *plan, enum liability liability)
{
    small_patch(plan, 2, 1, 4);
    small_patch_unite(plan, 0);
    plan->site[0].cost_rate = 165.0;
    plan->row[0].choices.liability = liability;
    small_patch_set(plan, PARAMETER(money.reserve_weeks), 0.0);
    small_patch_term(plan, 0, TERM(org_reserve_max), 1000.0);
}

static void unlimited_partners_pay_their_own_loss(void **state)
{
    struct recorded run;

    (void)state;
    a_losing_practice(&run.plan, LIABILITY_UNLIMITED);
    record(&run);
    assert_near(site_at(&run, 0, 0, 1, "pay_in"), loss);
    assert_near(site_at(&run, 0, 1, 1, "pay_in"), 0.0);
    assert_near(ledger_at(&run, 0, 1, "partners"), neighbour - loss);
    assert_near(site_at(&run, 0, 0, 1, "counted"), -loss);
    recorded_free(&run);
}

static void joint_partners_share_a_loss_by_fte(void **state)
{
    struct recorded run;

    (void)state;
    a_losing_practice(&run.plan, LIABILITY_JOINT);
    run.plan.site[1].fte[PARTNER] = 2.0; /* 6 fte beside 3: two thirds */
    record(&run);
    assert_near(site_at(&run, 0, 0, 1, "pay_in"), loss / 3.0);
    assert_near(site_at(&run, 0, 1, 1, "pay_in"), loss * 2.0 / 3.0);
    assert_near(site_at(&run, 0, 0, 1, "counted"), -loss / 3.0);
    assert_near(site_at(&run, 0, 1, 1, "counted"), neighbour - loss * 2.0 / 3.0);
    recorded_free(&run);
}

/* 2 pounds per patient hold 32,000: nothing is left of it, creditors lose the rest,
 * and all of the next quarter. */
static void limited_liability_ends_with_the_company_s_account(void **state)
{
    struct recorded run;

    (void)state;
    a_losing_practice(&run.plan, LIABILITY_LIMITED);
    small_patch_term(&run.plan, 0, TERM(org_reserve), 2.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "pay_in"), 0.0);
    assert_near(organisation_at(&run, 0, 0, 0, "account"), 0.0);
    assert_near(ledger_at(&run, 0, 0, "creditors"), 32000.0 - loss);
    assert_near(ledger_at(&run, 0, 1, "creditors"), -loss);
    recorded_free(&run);
}

static void the_trust_pays_where_liability_is_public(void **state)
{
    struct recorded run;

    (void)state;
    a_losing_practice(&run.plan, LIABILITY_PUBLIC);
    record(&run);
    assert_near(ledger_at(&run, 0, 1, "trust"), -loss);
    assert_near(ledger_at(&run, 0, 1, "partners"), neighbour);
    assert_near(metric_of(&run, 0, METRIC_PARTNER_LOSS), 0.0);
    recorded_free(&run);
}

/* Three weeks of a yearly cost of 4 x 368,100 last for two quarters. */
static void a_loss_empties_the_reserve_before_partners_pay(void **state)
{
    struct recorded run;
    const double reserve = 3.0 / 52.0 * 4.0 * 368100.0;

    (void)state;
    a_losing_practice(&run.plan, LIABILITY_UNLIMITED);
    small_patch_set(&run.plan, PARAMETER(money.reserve_weeks), 3.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "reserve"), reserve - loss);
    assert_near(site_at(&run, 0, 0, 1, "reserve"), reserve - 2.0 * loss);
    assert_near(site_at(&run, 0, 0, 1, "pay_in"), 0.0);
    assert_near(site_at(&run, 0, 0, 2, "reserve"), 0.0);
    assert_near(site_at(&run, 0, 0, 2, "pay_in"), 3.0 * loss - reserve);
    recorded_free(&run);
}

/* Pay 5 % up in year 1 costs (144,000 + 38,100) x 0.05 = 9,105 a quarter more; the
 * reserve follows the trailing year's cost, three weeks of it. */
static void a_reserve_follows_trailing_cost_before_anything_is_drawn(void **state)
{
    struct recorded run;
    const double filled = 3.0 / 52.0 * 9105.0;

    (void)state;
    small_patch(&run.plan, 1, 1, 8);
    small_patch_set(&run.plan, PARAMETER(prices.mean[PAY]), log(1.05));
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "drawings"), 111900.0);
    assert_near(site_at(&run, 0, 0, 4, "drawings"), 111900.0 - 9105.0 - filled);
    assert_near(ledger_at(&run, 0, 4, "reserves"), filled);
    recorded_free(&run);
}

/* The first quarter's loss by a shock: income at 0.6 is 132,000 short, so -20,100.
 * The second quarter's 111,900 fills that gap first. */
static void after_a_loss_profit_refills_the_reserve(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_add_shock(&run.plan, 0, 1, 0);
    small_patch_shock(&run.plan, SHOCK_TERM(income), 0.6);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "drawings"), 0.0);
    assert_near(ledger_at(&run, 0, 0, "reserves"), -20100.0);
    assert_near(site_at(&run, 0, 0, 1, "drawings"), 111900.0 - 20100.0);
    recorded_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unlimited_partners_pay_their_own_loss),
        cmocka_unit_test(joint_partners_share_a_loss_by_fte),
        cmocka_unit_test(limited_liability_ends_with_the_company_s_account),
        cmocka_unit_test(the_trust_pays_where_liability_is_public),
        cmocka_unit_test(a_loss_empties_the_reserve_before_partners_pay),
        cmocka_unit_test(a_reserve_follows_trailing_cost_before_anything_is_drawn),
        cmocka_unit_test(after_a_loss_profit_refills_the_reserve),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
