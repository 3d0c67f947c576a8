/* Whose a delegated budget's result is, and what each term takes off it. A practice of
 * 8,000 earns 111,900 a quarter without one (see test_closed_form.c); where everybody
 * costs 1,000 pounds its claims are 8,000,000. */
#include "test.h"

#include "budget_patch.h"
#include "busy_patch.h"
#include "recorded.h"

#include <math.h>

static const double plain = 111900.0;
static const double million = 1e6;

enum { BUSY_SITES = 9, TRIALS = 640, BLOCKS = TRIALS / LANES };

/* Two practices of 8,000, and a budget set 5 % below what is sure to come. */
static void short_of_money(struct plan *plan, enum delegated_level level)
{
    small_patch(plan, 2, 1, 8);
    certain_budget(plan);
    small_patch_set(plan, PARAMETER(delegated.loading), -0.05);
    plan->row[0].choices.delegated_level = level;
}

static void a_budget_of_the_certain_cost_leaves_nothing(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    certain_budget(&run.plan);
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "delegated_claims"), 8 * million);
    assert_near(site_at(&run, 0, 0, 3, "delegated_budget"), 8 * million);
    assert_near(site_at(&run, 0, 0, 3, "profit"), plain);
    assert_near(metric_of(&run, 0, METRIC_DELEGATED_RESULT), 0.0);
    assert_near(metric_of(&run, 0, METRIC_DELEGATED_WORST_LOSS), 0.0);
    recorded_free(&run);
}

static void a_practice_s_own_budget_is_part_of_its_residual_once_a_year(void **state)
{
    struct recorded run;

    (void)state;
    short_of_money(&run.plan, LEVEL_SITE);
    record(&run);
    assert_near(site_at(&run, 0, 0, 2, "profit"), plain);
    assert_near(site_at(&run, 0, 0, 3, "residual"), plain - 0.4 * million);
    assert_near(site_at(&run, 0, 0, 4, "profit"), plain);
    assert_near(site_at(&run, 0, 0, 7, "residual"), plain - 0.4 * million);
    assert_near(metric_of(&run, 0, METRIC_DELEGATED_RESULT), -50.0);
    assert_near(metric_of(&run, 0, METRIC_DELEGATED_WORST_YEAR), -50.0);
    assert_near(metric_of(&run, 0, METRIC_DELEGATED_WORST_LOSS), 0.05 / 0.95);
    recorded_free(&run);
}

/* 0.8 million by 6 and 3 fte, inside profit and outside the residual. */
static void partners_share_their_organisation_s_result_by_fte(void **state)
{
    struct recorded run;

    (void)state;
    short_of_money(&run.plan, LEVEL_ORGANISATION);
    small_patch_unite(&run.plan, 0);
    small_patch_term(&run.plan, 0, TERM(pooled_share), 0.0);
    run.plan.site[0].fte[PARTNER] = 2.0;
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "residual"), plain);
    assert_near(site_at(&run, 0, 0, 3, "profit"), plain - 0.8 * million * 2.0 / 3.0);
    assert_near(site_at(&run, 0, 1, 3, "profit"), plain - 0.8 * million / 3.0);
    assert_near(organisation_at(&run, 0, 0, 3, "delegated_result"), -0.8 * million);
    recorded_free(&run);
}

static void pooling_never_shares_it_twice(void **state)
{
    struct recorded run;

    (void)state;
    short_of_money(&run.plan, LEVEL_ORGANISATION);
    small_patch_unite(&run.plan, 0);
    small_patch_term(&run.plan, 0, TERM(pooled_share), 1.0);
    run.plan.row[0].choices.pool_basis = POOL_RESIDUAL;
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "pooled"), plain);
    assert_near(site_at(&run, 0, 0, 3, "profit"), plain - 0.4 * million);
    recorded_free(&run);
}

static void a_practice_s_own_budget_is_pooled_with_its_residual(void **state)
{
    struct recorded run;

    (void)state;
    short_of_money(&run.plan, LEVEL_SITE);
    small_patch_unite(&run.plan, 0);
    small_patch_term(&run.plan, 0, TERM(pooled_share), 0.5);
    run.plan.row[0].choices.pool_basis = POOL_RESIDUAL;
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "pooled"), 0.5 * (plain - 0.4 * million));
    recorded_free(&run);
}

/* The account holds 20 pounds a patient, 320,000; 0.8 million is lost: calls of 2.50 a
 * patient bring 40,000, creditors lose 440,000, and the company is gone. */
static void a_company_that_cannot_pay_fails(void **state)
{
    struct recorded run;

    (void)state;
    short_of_money(&run.plan, LEVEL_ORGANISATION);
    small_patch_unite(&run.plan, 0);
    run.plan.row[0].choices.pool_owner = OWNER_COMPANY;
    small_patch_term(&run.plan, 0, TERM(org_reserve), 20.0);
    small_patch_term(&run.plan, 0, TERM(org_reserve_max), 1000.0);
    small_patch_term(&run.plan, 0, TERM(call_cap), 10.0);
    record(&run);
    assert_near(organisation_at(&run, 0, 0, 2, "account"), 0.32 * million);
    assert_near(organisation_at(&run, 0, 0, 3, "account"), 0.0);
    assert_near(site_at(&run, 0, 0, 3, "call"), 20000.0);
    assert_near(ledger_at(&run, 0, 3, "creditors"), -0.44 * million);
    assert_near(site_at(&run, 0, 0, 4, "member"), 0.0);
    assert_near(metric_of(&run, 0, METRIC_ORGANISATIONS_DISSOLVED), 1.0);
    recorded_free(&run);
}

/* A loss of 50 pounds a patient in the budget, and the residual's gain less. */
static void a_trust_bears_it_and_leaves(void **state)
{
    struct recorded run;

    (void)state;
    short_of_money(&run.plan, LEVEL_ORGANISATION);
    small_patch_unite(&run.plan, 0);
    run.plan.row[0].choices.pool_owner = OWNER_TRUST;
    run.plan.row[0].choices.liability = LIABILITY_PUBLIC;
    small_patch_term(&run.plan, 0, TERM(exit_rate), 1e6);
    small_patch_set(&run.plan, PARAMETER(delegated.loading), -0.2);
    record(&run);
    assert_near(ledger_at(&run, 0, 3, "trust"), 2.0 * plain - 3.2 * million);
    assert_near(metric_of(&run, 0, METRIC_ORGANISATIONS_EXITED), 1.0);
    recorded_free(&run);
}

static void what_nobody_holds_the_commissioner_pays(void **state)
{
    struct recorded run;

    (void)state;
    short_of_money(&run.plan, LEVEL_NONE);
    record(&run);
    assert_near(ledger_at(&run, 0, 3, "commissioner") -
                    ledger_at(&run, 0, 2, "commissioner"),
                -16.0 * million);
    assert_near(site_at(&run, 0, 0, 3, "profit"), plain);
    assert_true(isnan(metric_of(&run, 0, METRIC_DELEGATED_RESULT)));
    assert_true(isnan(metric_of(&run, 0, METRIC_DELEGATED_WORST_LOSS)));
    recorded_free(&run);
}

/* Terms: claims of 8 against a budget of 7.6 million */

static void with_terms(struct recorded *run, const size_t *parameter,
                       const double *value, size_t n)
{
    short_of_money(&run->plan, LEVEL_SITE);
    for (size_t i = 0; i < n; i++)
        small_patch_set(&run->plan, parameter[i], value[i]);
    record(run);
}

static void a_quota_share_leaves_the_rest_with_the_insurer(void **state)
{
    const size_t parameter[] = {PARAMETER(delegated.quota)};
    struct recorded run;

    (void)state;
    with_terms(&run, parameter, (const double[]){0.4}, 1);
    assert_near(site_at(&run, 0, 0, 3, "delegated_result"), -0.16 * million);
    assert_near(ledger_at(&run, 0, 3, "insurer"), -0.48 * million);
    recorded_free(&run);
}

/* W = 0.4/7.6 = 5.26 %: 1 % free, half of what lies between 1 and 3 %. */
static void a_corridor_shares_with_the_commissioner(void **state)
{
    const size_t parameter[] = {PARAMETER(delegated.corridor_free),
                                PARAMETER(delegated.corridor_share),
                                PARAMETER(delegated.corridor_end)};
    struct recorded run;

    (void)state;
    with_terms(&run, parameter, (const double[]){0.01, 0.5, 0.03}, 3);
    assert_near(site_at(&run, 0, 0, 3, "delegated_result"), -0.02 * 7.6 * million);
    assert_near(ledger_at(&run, 0, 3, "commissioner") -
                    ledger_at(&run, 0, 2, "commissioner"),
                -2.0 * (7.6 + 0.4 - 0.02 * 7.6) * million);
    recorded_free(&run);
}

/* 5.26 - 2 % were taken off in the first year; half of that comes back, beyond the
 * corridor's end, so that the holder bears 2 % again; a wider end shows it. */
static void what_the_corridor_took_off_is_carried_forward(void **state)
{
    const size_t parameter[] = {
        PARAMETER(delegated.corridor_free), PARAMETER(delegated.corridor_share),
        PARAMETER(delegated.corridor_end), PARAMETER(delegated.carry_forward)};
    const double w = 0.05 / 0.95;
    const double first = 0.01 + 0.5 * (w - 0.01);
    const double second = 0.01 + 0.5 * (w + 0.5 * (w - first) - 0.01);
    struct recorded run;

    (void)state;
    with_terms(&run, parameter, (const double[]){0.01, 0.5, 0.2, 0.5}, 4);
    assert_near(site_at(&run, 0, 0, 3, "delegated_result"), -first * 7.6 * million);
    assert_near(site_at(&run, 0, 0, 7, "delegated_result"), -second * 7.6 * million);
    recorded_free(&run);
}

static void a_cap_ends_the_loss(void **state)
{
    const size_t parameter[] = {PARAMETER(delegated.cap)};
    struct recorded run;

    (void)state;
    with_terms(&run, parameter, (const double[]){0.015}, 1);
    assert_near(site_at(&run, 0, 0, 3, "delegated_result"), -0.015 * 7.6 * million);
    assert_near(metric_of(&run, 0, METRIC_DELEGATED_WORST_LOSS), 0.015);
    recorded_free(&run);
}

/* 600 of each 1,000 kept; 400 ceded, at 10 % over their expected 3.2 million: 4.8 +
 * 3.52 million against 8. */
static void a_stop_loss_costs_its_premium(void **state)
{
    const size_t parameter[] = {PARAMETER(delegated.limit),
                                PARAMETER(delegated.premium_loading),
                                PARAMETER(delegated.loading)};
    struct recorded run;

    (void)state;
    with_terms(&run, parameter, (const double[]){600.0, 0.1, 0.0}, 3);
    assert_near(site_at(&run, 0, 0, 3, "delegated_result"), -0.32 * million);
    assert_near(ledger_at(&run, 0, 3, "insurer"), 0.64 * million);
    recorded_free(&run);
}

static void a_public_insurer_is_public_cost(void **state)
{
    struct recorded private, public;

    (void)state;
    short_of_money(&private.plan, LEVEL_SITE);
    short_of_money(&public.plan, LEVEL_SITE);
    public.plan.delegated.public_insurer = true;
    small_patch_set(&private.plan, PARAMETER(delegated.quota), 0.5);
    small_patch_set(&public.plan, PARAMETER(delegated.quota), 0.5);
    record(&private);
    record(&public);
    assert_near(metric_of(&public, 0, METRIC_PUBLIC_COST) -
                    metric_of(&private, 0, METRIC_PUBLIC_COST),
                -metric_of(&private, 0, METRIC_NPV_INSURER));
    recorded_free(&private);
    recorded_free(&public);
}

/* Whatever happens */

static void busy_with_a_budget(struct plan *plan, int quarters)
{
    static const enum delegated_level level[BUSY_FORMS] = {
        [BUSY_ALONE] = LEVEL_SITE,           [BUSY_JOINT] = LEVEL_ORGANISATION,
        [BUSY_COMPANY] = LEVEL_ORGANISATION, [BUSY_TRUST] = LEVEL_ORGANISATION,
        [BUSY_VOLUNTARY] = LEVEL_NONE,       [BUSY_RESCUE] = LEVEL_ORGANISATION,
    };

    busy_patch(plan, BUSY_SITES, quarters);
    risky_budget(plan, CLAIM_AUTO);
    small_patch_set(plan, PARAMETER(delegated.limit), 20000.0);
    small_patch_set(plan, PARAMETER(delegated.quota), 0.8);
    small_patch_set(plan, PARAMETER(delegated.error_sd), 0.08);
    small_patch_set(plan, PARAMETER(delegated.corridor_free), 0.01);
    small_patch_set(plan, PARAMETER(delegated.corridor_share), 0.6);
    small_patch_set(plan, PARAMETER(delegated.corridor_end), 0.2);
    small_patch_set(plan, PARAMETER(delegated.carry_forward), 0.3);
    for (int f = 0; f < BUSY_FORMS; f++)
        plan->row[f].choices.delegated_level = level[f];
}

static void money_balances(void **state)
{
    struct recorded run;

    (void)state;
    busy_with_a_budget(&run.plan, 40);
    record(&run);
    for (int f = 0; f < BUSY_FORMS; f++) {
        for (int i = 0; i < LANES; i++)
            assert_true(run.block.metric[f * METRICS + METRIC_IMBALANCE].at[i] < 1e-9);
    }
    assert_true(metric_of(&run, BUSY_ALONE, METRIC_SITES_CLOSED) +
                    metric_of(&run, BUSY_ALONE, METRIC_SITES_CARETAKER) >
                0.0);
    recorded_free(&run);
}

/* All claims of the patch are paid for, whoever holds the budget. */
static void all_forms_meet_the_same_claims_while_lists_are_the_same(void **state)
{
    struct recorded run;

    (void)state;
    busy_with_a_budget(&run.plan, 4);
    record(&run);
    for (size_t s = 0; s < BUSY_SITES; s++) {
        const double claims = site_at(&run, BUSY_ALONE, s, 3, "delegated_claims");

        assert_true(claims > 0.0);
        assert_near(site_at(&run, BUSY_TRUST, s, 3, "delegated_claims"), claims);
        assert_near(site_at(&run, BUSY_VOLUNTARY, s, 3, "delegated_claims"), claims);
    }
    recorded_free(&run);
}

static void a_budget_of_nothing_changes_nothing_else(void **state)
{
    struct recorded run, without;

    (void)state;
    busy_patch(&without.plan, BUSY_SITES, 12);
    busy_with_a_budget(&run.plan, 12);
    small_patch_set(&run.plan, PARAMETER(delegated.share), 0.0);
    record(&run);
    record(&without);
    assert_near(metric_of(&run, BUSY_JOINT, METRIC_TODAYS_GPS),
                metric_of(&without, BUSY_JOINT, METRIC_TODAYS_GPS));
    assert_near(metric_of(&run, BUSY_ALONE, METRIC_SITES_CLOSED),
                metric_of(&without, BUSY_ALONE, METRIC_SITES_CLOSED));
    assert_true(metric_of(&run, BUSY_VOLUNTARY, METRIC_NPV_COMMISSIONER) ==
                metric_of(&without, BUSY_VOLUNTARY, METRIC_NPV_COMMISSIONER));
    assert_true(isnan(metric_of(&run, BUSY_ALONE, METRIC_DELEGATED_RESULT)));
    recorded_free(&run);
    recorded_free(&without);
}

/* Risk */

struct spread {
    double alone, together; /**< sd of the result of the first year, GBP */
};

/* Four practices, each for itself under form 0 and one organisation under form 1. */
static struct spread spread_of(enum claim_method method)
{
    struct hr_error error = {0};
    double square[2] = {0.0};
    struct kernel kernel;
    struct block block;
    struct plan plan;

    small_patch(&plan, 4, 2, 4);
    small_patch_unite(&plan, 1);
    plan.row[1].choices.delegated_level = LEVEL_ORGANISATION;
    risky_budget(&plan, method);
    assert_int_equal(kernel_choose(NULL, &kernel, &error), HR_OK);
    assert_int_equal(block_init(&block, &plan, &error), HR_OK);
    for (uint64_t b = 0; b < BLOCKS; b++) {
        kernel.run(&block, b * LANES, LANES);
        for (int i = 0; i < LANES; i++) {
            const double alone = block.patch[0].practice[0].delegated.result.at[i];
            const double together =
                block.patch[1].organisation[0].delegated.result.at[i];

            square[0] += alone * alone;
            square[1] += together * together;
        }
    }
    block_free(&block);
    plan_free(&plan);
    return (struct spread){sqrt(square[0] / TRIALS), sqrt(square[1] / TRIALS)};
}

/* sd = 4,000 sqrt(n rate (1 + cv^2)), and twice that for four times the people; an
 * estimate from N trials has a standard error of about sd/sqrt(2 N) (a little more,
 * the law being skew): within five of them. */
static void near_the_exact_spread(const struct spread *spread)
{
    const double exact = 4000.0 * sqrt(8000.0 * 0.25 * 5.0);
    const double room = 5.0 / sqrt(2.0 * TRIALS);

    assert_true(fabs(spread->alone / exact - 1.0) < room);
    assert_true(fabs(spread->together / (2.0 * exact) - 1.0) < room);
}

static void four_times_the_people_have_half_the_risk(void **state)
{
    const struct spread spread = spread_of(CLAIM_FAST);

    (void)state;
    near_the_exact_spread(&spread);
}

static void claims_drawn_one_by_one_have_the_same_spread(void **state)
{
    const struct spread spread = spread_of(CLAIM_EACH);

    (void)state;
    near_the_exact_spread(&spread);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_budget_of_the_certain_cost_leaves_nothing),
        cmocka_unit_test(a_practice_s_own_budget_is_part_of_its_residual_once_a_year),
        cmocka_unit_test(partners_share_their_organisation_s_result_by_fte),
        cmocka_unit_test(pooling_never_shares_it_twice),
        cmocka_unit_test(a_practice_s_own_budget_is_pooled_with_its_residual),
        cmocka_unit_test(a_company_that_cannot_pay_fails),
        cmocka_unit_test(a_trust_bears_it_and_leaves),
        cmocka_unit_test(what_nobody_holds_the_commissioner_pays),
        cmocka_unit_test(a_quota_share_leaves_the_rest_with_the_insurer),
        cmocka_unit_test(a_corridor_shares_with_the_commissioner),
        cmocka_unit_test(what_the_corridor_took_off_is_carried_forward),
        cmocka_unit_test(a_cap_ends_the_loss),
        cmocka_unit_test(a_stop_loss_costs_its_premium),
        cmocka_unit_test(a_public_insurer_is_public_cost),
        cmocka_unit_test(money_balances),
        cmocka_unit_test(all_forms_meet_the_same_claims_while_lists_are_the_same),
        cmocka_unit_test(a_budget_of_nothing_changes_nothing_else),
        cmocka_unit_test(four_times_the_people_have_half_the_risk),
        cmocka_unit_test(claims_drawn_one_by_one_have_the_same_spread),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
