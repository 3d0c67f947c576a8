/* Lists that grow or shrink, the posts they call for, and contract work that moves. */
#include "test.h"

#include "busy_patch.h"
#include "recorded.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SITES = 8, QUARTERS = 12 };

static double yearly(double growth, int quarter)
{
    return pow(1.0 + growth, 0.25 * quarter);
}

static void lists_grow_from_the_second_quarter(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, SITES, 1, QUARTERS);
    small_patch_set(&run.plan, PARAMETER(demand.list_growth), 0.03);
    record(&run);
    for (int q = 0; q < QUARTERS; q++)
        assert_near(site_at(&run, 0, 3, q, "list"), 8000.0 * yearly(0.03, q));
    recorded_free(&run);
}

/* Row y of a past holds for the quarters of year y, in place of the parameter. */
static void a_past_may_say_how_lists_grew(void **state)
{
    static const double past[] = {0.5, 0.1, -0.1};
    struct recorded run;

    (void)state;
    small_patch(&run.plan, SITES, 1, QUARTERS);
    small_patch_set(&run.plan, PARAMETER(demand.list_growth), 0.03);
    run.plan.past[PAST_LIST_GROWTH] = calloc(3, sizeof(double));
    memcpy(run.plan.past[PAST_LIST_GROWTH], past, sizeof(past));
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "list"), 8000.0 * yearly(0.5, 3));
    assert_near(site_at(&run, 0, 0, 4, "list"),
                8000.0 * yearly(0.5, 3) * yearly(0.1, 1));
    assert_near(site_at(&run, 0, 0, 8, "list"),
                8000.0 * yearly(0.5, 3) * yearly(0.1, 4) * yearly(-0.1, 1));
    recorded_free(&run);
}

static void patients_are_conserved_up_to_growth(void **state)
{
    struct recorded run;

    (void)state;
    busy_patch(&run.plan, SITES, QUARTERS);
    small_patch_set(&run.plan, PARAMETER(demand.list_growth), 0.02);
    small_patch_set(&run.plan, PARAMETER(distress.ending_rate), 0.5);
    record(&run);
    for (int q = 0; q < QUARTERS; q++) {
        double start = 0.0, now = 0.0;

        for (size_t s = 0; s < SITES; s++) {
            start += run.plan.site[s].list;
            now += site_at(&run, BUSY_ALONE, s, q, "list");
        }
        assert_near(now, start * yearly(0.02, q));
    }
    assert_true(metric_of(&run, BUSY_ALONE, METRIC_SITES_ENDED) > 0.0);
    recorded_free(&run);
}

/* Five posts at 8,000 patients: floor(5 x 1.21^(q/4) + u), and never more than slots.
 */
static void posts_follow_the_list_up(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, QUARTERS);
    small_patch_set(&run.plan, PARAMETER(demand.list_growth), 0.21);
    record(&run);
    for (int q = 0; q < QUARTERS; q++) {
        const double u = run.block.nature[0].wanted_draw.at[0];
        const double wanted = floor(5.0 * yearly(0.21, q) + u);

        assert_near(site_at(&run, 0, 0, q, "wanted"), fmin(wanted, 8.0));
    }
    recorded_free(&run);
}

/* Nobody is dismissed: posts are given up as their holders go, and none is refilled. */
static void posts_follow_the_list_down_as_holders_leave(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 40);
    small_patch_set(&run.plan, PARAMETER(demand.list_growth), -0.15);
    small_patch_set(&run.plan, PARAMETER(workforce.leave_rate[PARTNER]), 0.2);
    small_patch_set(&run.plan, PARAMETER(workforce.leave_rate[SALARIED]), 0.2);
    record(&run);
    for (int q = 1; q < 40; q++) {
        const double before = site_at(&run, 0, 0, q - 1, "filled");
        const double filled = site_at(&run, 0, 0, q, "filled");
        const double wanted = site_at(&run, 0, 0, q, "wanted");
        const double leavers = site_at(&run, 0, 0, q, "leavers");

        assert_true(wanted >= before);
        assert_true(filled >= before - leavers && filled <= wanted);
        assert_near(site_at(&run, 0, 0, q, "vacant_fte") > 0.0, wanted > filled);
    }
    assert_true(site_at(&run, 0, 0, 39, "wanted") <= 3.0);
    recorded_free(&run);
}

/* A list that shrinks and grows again calls for the lowest empty posts. */
static void assert_lowest_are_vacant(const struct practice *practice, int lane)
{
    const uint64_t vacant = posts_vacant(practice->posts) & posts_in(lane);
    const uint64_t other = ~posts_occupied(practice->posts) & posts_in(lane) & ~vacant;
    const struct workforce *w = &practice->workforce;

    assert_near(__builtin_popcountll(vacant), w->wanted.at[lane] - w->filled.at[lane]);
    assert_true(other == 0 || vacant < (other & -other));
}

static void vacant_posts_are_the_lowest_that_nobody_holds(void **state)
{
    static const double past[] = {-0.2, -0.2, 0.0};
    struct block block;
    struct plan plan;

    (void)state;
    small_patch(&plan, SITES, 1, QUARTERS);
    plan.past[PAST_LIST_GROWTH] = calloc(3, sizeof(double));
    memcpy(plan.past[PAST_LIST_GROWTH], past, sizeof(past));
    small_patch_set(&plan, PARAMETER(workforce.leave_rate[PARTNER]), 0.5);
    small_patch_run(&plan, &block);
    for (size_t s = 0; s < SITES; s++) {
        for (int lane = 0; lane < LANES; lane++)
            assert_lowest_are_vacant(&block.patch[0].practice[s], lane);
    }
    block_free(&block);
    plan_free(&plan);
}

static void united_with_contracts(struct plan *plan, double moved)
{
    small_patch(plan, SITES, 2, QUARTERS);
    small_patch_unite(plan, 1);
    small_patch_set(plan, PARAMETER(valuation.relationship_cost), 20000.0);
    small_patch_set(plan, PARAMETER(valuation.moved_share), moved);
}

/* A quarter of 0.3 x 20,000 x 7/8 for each member; nothing for those on their own. */
static void members_pay_for_the_contract_work_that_moves(void **state)
{
    struct recorded without, with;
    const double each = 0.25 * 0.3 * 20000.0 * 7.0 / 8.0;

    (void)state;
    united_with_contracts(&without.plan, 0.0);
    united_with_contracts(&with.plan, 0.3);
    record(&without);
    record(&with);
    assert_near(site_at(&with, 1, 2, 5, "residual"),
                site_at(&without, 1, 2, 5, "residual") - each);
    assert_near(site_at(&with, 0, 2, 5, "residual"),
                site_at(&without, 0, 2, 5, "residual"));
    assert_near(ledger_at(&with, 1, 5, "outside"),
                ledger_at(&without, 1, 5, "outside") + SITES * each);
    assert_near(organisation_at(&with, 1, 0, 5, "account"), 0.0);
    assert_true(metric_of(&with, 1, METRIC_IMBALANCE) < 1e-12);
    assert_true(metric_of(&with, 1, METRIC_OVERHEAD_SHARE) >
                metric_of(&without, 1, METRIC_OVERHEAD_SHARE));
    assert_near(metric_of(&with, 1, METRIC_ECONOMIC_NET_POSITION_NARROW),
                metric_of(&without, 1, METRIC_ECONOMIC_NET_POSITION_NARROW));
    recorded_free(&without);
    recorded_free(&with);
}

/* But for that, the two forms here are one and the same. */
static void where_all_of_it_moves_fewer_contracts_gain_nothing(void **state)
{
    struct recorded run;

    (void)state;
    united_with_contracts(&run.plan, 1.0);
    record(&run);
    assert_near(metric_of(&run, 1, METRIC_ECONOMIC_NET_POSITION),
                metric_of(&run, 0, METRIC_ECONOMIC_NET_POSITION));
    assert_true(metric_of(&run, 1, METRIC_CONTRACT_WORK_MOVED) > 0.0);
    recorded_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_grow_from_the_second_quarter),
        cmocka_unit_test(a_past_may_say_how_lists_grew),
        cmocka_unit_test(patients_are_conserved_up_to_growth),
        cmocka_unit_test(posts_follow_the_list_up),
        cmocka_unit_test(posts_follow_the_list_down_as_holders_leave),
        cmocka_unit_test(vacant_posts_are_the_lowest_that_nobody_holds),
        cmocka_unit_test(members_pay_for_the_contract_work_that_moves),
        cmocka_unit_test(where_all_of_it_moves_fewer_contracts_gain_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
