/* What is pooled, how it is shared, and what sharing does to risk. */
#include "test.h"

#include "recorded.h"

#include <math.h>

enum { SHARERS = 4, TRIALS = 1024, BLOCKS = TRIALS / LANES };

/* Cost 10 % up takes 18,000 from the first practice and 9,000 from the second, whose
 * rate is half: 27,000 from the patch. */
static void two_hit_by_cost(struct plan *plan, enum pool_basis basis, double share)
{
    small_patch(plan, 2, 1, 4);
    small_patch_unite(plan, 0);
    plan->site[1].cost_rate = 45.0;
    plan->row[0].choices.pool_basis = basis;
    small_patch_term(plan, 0, TERM(pooled_share), share);
    small_patch_add_shock(plan, 0, 1, 0);
    small_patch_shock(plan, SHOCK_TERM(nongp), 1.1);
}

/* Half of 27,000 in, half of that back to equal partner fte; history is kept. */
static void deviation_pooling_shares_the_shock_and_not_history(void **state)
{
    struct recorded run;

    (void)state;
    two_hit_by_cost(&run.plan, POOL_DEVIATION, 0.5);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "pooled"), -9000.0);
    assert_near(site_at(&run, 0, 1, 0, "pooled"), -4500.0);
    assert_near(site_at(&run, 0, 0, 0, "profit"), 93900.0 + 9000.0 - 6750.0);
    assert_near(site_at(&run, 0, 1, 0, "profit"), 192900.0 + 4500.0 - 6750.0);
    assert_near(site_at(&run, 0, 1, 1, "profit"), 201900.0);
    recorded_free(&run);
}

/* Residuals of 93,900 and 192,900, all pooled: by 3 and 6 fte. */
static void residual_pooling_shares_all_by_partner_fte(void **state)
{
    struct recorded run;

    (void)state;
    two_hit_by_cost(&run.plan, POOL_RESIDUAL, 1.0);
    run.plan.site[1].fte[PARTNER] = 2.0;
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "profit"), (93900.0 + 192900.0) / 3.0);
    assert_near(site_at(&run, 0, 1, 0, "profit"), (93900.0 + 192900.0) * 2.0 / 3.0);
    recorded_free(&run);
}

/* Nobody has partners: a pool of 93,900 + 192,900 by lists of 8,000 and 8,000. */
static void without_partners_a_pool_is_shared_by_list(void **state)
{
    struct recorded run;

    (void)state;
    two_hit_by_cost(&run.plan, POOL_RESIDUAL, 1.0);
    run.plan.site[0].posts[PARTNER] = 0;
    run.plan.site[1].posts[PARTNER] = 0;
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "profit"), 143400.0);
    recorded_free(&run);
}

/* All partners leave in quarter 0 and nobody comes: 111,900 is planned for 3 fte,
 * nothing for none, and the whole residual deviates. */
static void a_plan_follows_partner_fte(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_unite(&run.plan, 0);
    small_patch_term(&run.plan, 0, TERM(pooled_share), 1.0);
    small_patch_set(&run.plan, PARAMETER(workforce.leave_rate[PARTNER]), 1e6);
    small_patch_set(&run.plan, PARAMETER(workforce.supply_cap), 0.0);
    record(&run);
    assert_near(run.block.nature[0].plan_residual.at[0], 111900.0);
    assert_near(site_at(&run, 0, 0, 1, "pooled"), site_at(&run, 0, 0, 1, "residual"));
    recorded_free(&run);
}

struct spread {
    double alone, member; /**< standard deviations of a site's profit in a quarter */
};

/* Form 0 stands alone, form 1 pools: the last quarter of many trials. */
static struct spread spread_of(struct plan *plan)
{
    struct hr_error error = {0};
    double sum[2] = {0.0}, square[2] = {0.0};
    struct kernel kernel;
    struct block block;

    assert_int_equal(kernel_choose(NULL, &kernel, &error), HR_OK);
    assert_int_equal(block_init(&block, plan, &error), HR_OK);
    for (uint64_t b = 0; b < BLOCKS; b++) {
        kernel.run(&block, b * LANES, LANES);
        for (int f = 0; f < 2; f++) {
            for (int i = 0; i < LANES; i++) {
                const double profit =
                    block.patch[f].practice[0].shares->profit.at[i] - 111900.0;

                sum[f] += profit;
                square[f] += profit * profit;
            }
        }
    }
    block_free(&block);
    plan_free(plan);
    return (struct spread){
        .alone = sqrt(square[0] / TRIALS - sum[0] * sum[0] / TRIALS / TRIALS),
        .member = sqrt(square[1] / TRIALS - sum[1] * sum[1] / TRIALS / TRIALS),
    };
}

/* Sites differ by a lognormal cost of 5 %, independent of each other. */
static void independent_sites(struct plan *plan, double share)
{
    small_patch(plan, SHARERS, 2, 1);
    small_patch_unite(plan, 1);
    plan->row[1].choices.pool_basis = POOL_RESIDUAL;
    small_patch_set(plan, PARAMETER(money.efficiency_sd), 0.05);
    small_patch_term(plan, 1, TERM(pooled_share), share);
}

/* Both standard deviations have a relative error of 1/sqrt(2 n) = 1.6 %; their ratio,
 * were they independent, of sqrt(2) times that. Tolerance: four of those. */
static const double ratio_tolerance = 4.0 * 0.0156 * 1.4143;

static void pooling_all_divides_the_spread_by_the_root_of_sites(void **state)
{
    struct plan plan;
    struct spread spread;

    (void)state;
    independent_sites(&plan, 1.0);
    spread = spread_of(&plan);
    assert_true(fabs(spread.member / spread.alone * sqrt(SHARERS) - 1.0) <
                ratio_tolerance);
}

/* A member keeps 1 - a of its own and receives a/J of all: sd s sqrt((1-a)^2 +
 * (2a - a^2)/J), for a = 0.4 and J = 4: sqrt(0.36 + 0.16) s. */
static void pooling_a_share_follows_its_formula(void **state)
{
    struct plan plan;
    struct spread spread;

    (void)state;
    independent_sites(&plan, 0.4);
    spread = spread_of(&plan);
    assert_true(fabs(spread.member / spread.alone / sqrt(0.52) - 1.0) <
                ratio_tolerance);
}

/* Pay rises by a random step in year 1, for all sites alike. Exact but for rounding. */
static void a_common_driver_does_not_diversify(void **state)
{
    struct plan plan;
    struct spread spread;

    (void)state;
    independent_sites(&plan, 1.0);
    plan.quarters = 5;
    small_patch_set(&plan, PARAMETER(money.efficiency_sd), 0.0);
    small_patch_set(&plan, PARAMETER(prices.sd[PAY]), 0.05);
    spread = spread_of(&plan);
    assert_true(spread.alone > 5000.0); /* about 0.05 x 182,100 = 9,105 */
    assert_near(spread.member / spread.alone, 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deviation_pooling_shares_the_shock_and_not_history),
        cmocka_unit_test(residual_pooling_shares_all_by_partner_fte),
        cmocka_unit_test(without_partners_a_pool_is_shared_by_list),
        cmocka_unit_test(a_plan_follows_partner_fte),
        cmocka_unit_test(pooling_all_divides_the_spread_by_the_root_of_sites),
        cmocka_unit_test(pooling_a_share_follows_its_formula),
        cmocka_unit_test(a_common_driver_does_not_diversify),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
