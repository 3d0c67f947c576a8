/* Demand against capacity, help from sister sites, and what grows in over time. */
#include "test.h"

#include "recorded.h"

#include <math.h>

/* Form 0 lends nothing, form 1 lends half of what it can spare, a fifth of which is
 * lost on the way; both meet the same demand, and have no other help. */
static void lenders(struct plan *plan, double cover)
{
    small_patch(plan, 4, 2, 1);
    small_patch_set(plan, PARAMETER(demand.site_sd), 0.1);
    small_patch_set(plan, PARAMETER(capacity.partner_stretch), 0.0);
    for (int f = 0; f < 2; f++) {
        small_patch_unite(plan, f);
        small_patch_term(plan, f, TERM(surge_cover), 0.0);
        small_patch_term(plan, f, TERM(friction), 0.2);
        small_patch_term(plan, f, TERM(ramp_years), 0.25); /* all there at once */
    }
    small_patch_term(plan, 1, TERM(cover), cover);
}

/* Capacity gained and lost by site against form 0, over all trials of a block. */
static void sum_moves(const struct block *block, double *gained, double *lost)
{
    for (int s = 0; s < block->patch[0].sites; s++) {
        const struct lanes *without = &block->patch[0].practice[s].capacity.supply;
        const struct lanes *with = &block->patch[1].practice[s].capacity.supply;

        for (int i = 0; i < LANES; i++) {
            *gained += fmax(0.0, with->at[i] - without->at[i]);
            *lost += fmax(0.0, without->at[i] - with->at[i]);
        }
    }
}

static void capacity_lent_less_friction_is_capacity_received(void **state)
{
    struct recorded run;
    double gained = 0.0, lost = 0.0;

    (void)state;
    lenders(&run.plan, 0.5);
    record(&run);
    sum_moves(&run.block, &gained, &lost);
    assert_true(lost > 0.1);
    assert_near(gained, 0.8 * lost);
    recorded_free(&run);
}

/* In each trial the smaller of half the slack less friction and the shortfall. */
static void cover_moves_no_more_than_is_spare_or_lacking(void **state)
{
    struct recorded run;
    const struct organisation *o;

    (void)state;
    lenders(&run.plan, 0.5);
    record(&run);
    o = &run.block.patch[1].organisation[0];
    assert_near(o->lent_share.at[0] * o->spare.at[0],
                fmin(0.8 * o->spare.at[0], o->shortfall.at[0]) / 0.8);
    assert_near(o->received_share.at[0] * o->shortfall.at[0],
                fmin(0.8 * o->spare.at[0], o->shortfall.at[0]));
    recorded_free(&run);
}

/* Demand 10 % up leaves 0.1 of capacity lacking. Stretch: 0.5 x 0.45 x 3 fte over
 * E = 3 x 1.12 + 1.5 = 4.86, more than enough; it does not count in workload. */
static void partners_stretch_before_locums_are_called(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_add_shock(&run.plan, 0, 4, 0);
    small_patch_shock(&run.plan, SHOCK_TERM(demand), 1.1);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "workload"), 1.1);
    assert_near(site_at(&run, 0, 0, 0, "locum_fte"), 0.0);
    assert_near(site_at(&run, 0, 0, 0, "unmet"), 0.0);
    recorded_free(&run);
}

/* Demand 50 % up: 0.5 lacks, partners stretch by 0.5 x 0.45 x 3 / 4.86 = 0.13889,
 * 0.3 of the rest would be 0.36111 x 0.3 x 4.86 / 0.45 = 1.17 fte of locums, and a
 * tenth of 3.888 is bought. */
static void surge_locums_are_limited(void **state)
{
    struct recorded run;
    const double capacity = 1.0 + 0.45 * 0.1;
    const double stretch = 0.5 * 0.45 * 3.0 / 4.86;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_add_shock(&run.plan, 0, 4, 0);
    small_patch_shock(&run.plan, SHOCK_TERM(demand), 1.5);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "locum_fte"), 0.486);
    assert_near(site_at(&run, 0, 0, 0, "locum_cost"), 0.486 * 128000.0 / 4.0);
    assert_near(site_at(&run, 0, 0, 0, "capacity"), capacity);
    assert_near(site_at(&run, 0, 0, 0, "workload"), 1.5 / capacity);
    assert_near(site_at(&run, 0, 0, 0, "unmet"),
                1.0 - 1.12 * (capacity + stretch) / 1.5);
    recorded_free(&run);
}

/* 5.8 appointments a head and year, 0.09 of income lost on what is not given. */
static void unmet_need_costs_appointments_and_income(void **state)
{
    struct recorded run;
    double unmet;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_add_shock(&run.plan, 0, 4, 0);
    small_patch_shock(&run.plan, SHOCK_TERM(demand), 1.5);
    record(&run);
    unmet = site_at(&run, 0, 0, 0, "unmet");
    assert_near(site_at(&run, 0, 0, 0, "income"), 330000.0 * (1.0 - 0.09 * unmet));
    assert_near(metric_of(&run, 0, METRIC_UNMET_APPOINTMENTS),
                4.0 * unmet * 1.5 * 8000.0 * 5.8 / 4.0);
    recorded_free(&run);
}

/* A fifth of staff posts stay vacant; staff move by 1 - exp(-1/4) of the gap. */
static void staff_follow_with_a_lag_and_vacant_posts_save_wages(void **state)
{
    struct recorded run;
    const double staff = 0.8 + 0.2 * exp(-0.75);

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_term(&run.plan, 0, TERM(surge_cover), 0.0);
    small_patch_term(&run.plan, 0, TERM(staff_vacancy), 0.2);
    record(&run);
    assert_near(site_at(&run, 0, 0, 2, "capacity"), 0.45 + 0.55 * staff);
    assert_near(site_at(&run, 0, 0, 2, "nongp_cost"), 180000.0 * (0.8 * 0.8 + 0.2));
    recorded_free(&run);
}

/* Two equal sites: s = 1 - 8,000/16,000; a tenth of it saved, a quarter more of it
 * each quarter of the first year. */
static void savings_grow_in_over_the_ramp(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 2, 1, 8);
    small_patch_unite(&run.plan, 0);
    small_patch_term(&run.plan, 0, TERM(saving), 0.1);
    small_patch_term(&run.plan, 0, TERM(distance), 1e9); /* full alignment */
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "nongp_cost"), 180000.0 * (1.0 - 0.05 / 4.0));
    assert_near(site_at(&run, 0, 0, 2, "nongp_cost"), 180000.0 * (1.0 - 0.15 / 4.0));
    assert_near(site_at(&run, 0, 0, 7, "nongp_cost"), 180000.0 * (1.0 - 0.05));
    recorded_free(&run);
}

static void an_organisation_of_one_site_saves_nothing(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_unite(&run.plan, 0);
    small_patch_term(&run.plan, 0, TERM(saving), 0.1);
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "nongp_cost"), 180000.0);
    recorded_free(&run);
}

/* Pay 10 % up adds 14,400 to staff and 3,810 to salaries; half of it is refunded. */
static void price_relief_refunds_what_a_pay_shock_added(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_term(&run.plan, 0, TERM(price_relief), 0.5);
    small_patch_add_shock(&run.plan, 0, 1, 0);
    small_patch_shock(&run.plan, SHOCK_TERM(pay), 1.1);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "price_relief"), 0.5 * (14400.0 + 3810.0));
    assert_near(site_at(&run, 0, 0, 0, "residual"), 111900.0 - 0.5 * 18210.0);
    assert_near(ledger_at(&run, 0, 0, "commissioner"), -330000.0 - 0.5 * 18210.0);
    assert_near(site_at(&run, 0, 0, 1, "price_relief"), 0.0);
    recorded_free(&run);
}

/* 0.3 fte of leadership and a tenth of 4.5 fte sent elsewhere, of 4.86. */
static void leadership_and_diversion_take_gp_time(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_term(&run.plan, 0, TERM(surge_cover), 0.0);
    small_patch_term(&run.plan, 0, TERM(leadership_fte), 0.3);
    small_patch_term(&run.plan, 0, TERM(diversion), 0.1);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "capacity"), 1.0 - 0.45 * (0.3 + 0.45) / 4.86);
    recorded_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(capacity_lent_less_friction_is_capacity_received),
        cmocka_unit_test(cover_moves_no_more_than_is_spare_or_lacking),
        cmocka_unit_test(partners_stretch_before_locums_are_called),
        cmocka_unit_test(surge_locums_are_limited),
        cmocka_unit_test(unmet_need_costs_appointments_and_income),
        cmocka_unit_test(staff_follow_with_a_lag_and_vacant_posts_save_wages),
        cmocka_unit_test(savings_grow_in_over_the_ramp),
        cmocka_unit_test(an_organisation_of_one_site_saves_nothing),
        cmocka_unit_test(price_relief_refunds_what_a_pay_shock_added),
        cmocka_unit_test(leadership_and_diversion_take_gp_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
