/* People in posts: who leaves, who switches, who comes. Rates of 1e6 are certain; so
 * is hiring where a post takes a thousandth of a month to fill. */
#include "test.h"

#include "recorded.h"

#include <math.h>

static void hiring_is_certain(struct plan *plan)
{
    small_patch_set(plan, PARAMETER(workforce.months_to_fill[SHORTAGE]), 0.001);
    small_patch_set(plan, PARAMETER(workforce.months_to_fill[GLUT]), 0.001);
    small_patch_set(plan, PARAMETER(workforce.supply_cap), 1000.0);
}

/* 49 at the start and a quarter older every quarter but the first: 50 in quarter 4. */
static void nobody_retires_before_fifty(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 8);
    small_patch_set(&run.plan, PARAMETER(workforce.retire_max), 1e6);
    small_patch_set(&run.plan, PARAMETER(workforce.age_mean[PARTNER]), 49.0);
    small_patch_set(&run.plan, PARAMETER(workforce.supply_cap), 0.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "partners"), 3.0);
    assert_near(site_at(&run, 0, 0, 4, "partners"), 0.0);
    assert_near(site_at(&run, 0, 0, 4, "leavers"), 3.0);
    assert_near(site_at(&run, 0, 0, 7, "salaried_fte"), 1.5); /* aged 40 at the start */
    recorded_free(&run);
}

static void a_practice_of_hundreds_counts_them_all(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    run.plan.site[0].posts[PARTNER] = 300;
    run.plan.site[0].posts[SALARIED] = 140;
    run.plan.site[0].slots = 600;
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "filled"), 440.0);
    assert_near(site_at(&run, 0, 0, 3, "partners"), 300.0);
    assert_near(site_at(&run, 0, 0, 3, "partner_fte"), 300.0);
    assert_near(site_at(&run, 0, 0, 3, "salaried_fte"), 140.0 * 0.75);
    recorded_free(&run);
}

/* 140 leave and 300 switch; those leave in the quarter after. */
static void hundreds_switch_and_leave_at_once(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    run.plan.site[0].posts[PARTNER] = 300;
    run.plan.site[0].posts[SALARIED] = 140;
    run.plan.site[0].slots = 600;
    small_patch_set(&run.plan, PARAMETER(workforce.switch_rate), 1e6);
    small_patch_set(&run.plan, PARAMETER(workforce.leave_rate[SALARIED]), 1e6);
    small_patch_set(&run.plan, PARAMETER(workforce.supply_cap), 0.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "leavers"), 140.0);
    assert_near(site_at(&run, 0, 0, 0, "salaried_fte"), 300.0);
    assert_near(site_at(&run, 0, 0, 1, "leavers"), 300.0);
    assert_near(site_at(&run, 0, 0, 1, "vacant_fte"), 300.0 + 140.0 * 0.75);
    recorded_free(&run);
}

static void a_switcher_stays_as_a_salaried_gp(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_set(&run.plan, PARAMETER(workforce.switch_rate), 1e6);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "partners"), 0.0);
    assert_near(site_at(&run, 0, 0, 0, "salaried_fte"), 4.5);
    assert_near(site_at(&run, 0, 0, 0, "leavers"), 0.0);
    assert_near(metric_of(&run, 0, METRIC_TODAYS_GPS_YEARS), 4.5);
    recorded_free(&run);
}

/* Both salaried posts fall empty each quarter; they fill in the next, when those who
 * hold them leave again: 5, 3, 5, 3. */
static void a_newcomer_first_may_leave_in_the_quarter_after(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_set(&run.plan, PARAMETER(workforce.leave_rate[SALARIED]), 1e6);
    small_patch_term(&run.plan, 0, TERM(partner_share), 0.0);
    hiring_is_certain(&run.plan);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "filled"), 3.0);
    assert_near(site_at(&run, 0, 0, 1, "filled"), 5.0);
    assert_near(site_at(&run, 0, 0, 2, "filled"), 3.0);
    recorded_free(&run);
}

/* The two newcomers stay, for they are partners; of today's GPs only 3 fte do. */
static void newcomers_are_partners_by_the_form_s_share(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_set(&run.plan, PARAMETER(workforce.leave_rate[SALARIED]), 1e6);
    small_patch_term(&run.plan, 0, TERM(partner_share), 1.0);
    hiring_is_certain(&run.plan);
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "partners"), 5.0);
    assert_near(site_at(&run, 0, 0, 3, "partner_fte"), 4.5);
    assert_near(metric_of(&run, 0, METRIC_TODAYS_GPS_YEARS), 3.0);
    recorded_free(&run);
}

/* Half of the wanted posts vacant: 10 wanted, 5 filled. Posts fill in quarter 0. */
static void posts_vacant_at_the_start_may_fill_at_once(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_set(&run.plan, PARAMETER(workforce.vacancy_start), 0.5);
    run.plan.site[0].slots = 15;
    hiring_is_certain(&run.plan);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "wanted"), 10.0);
    assert_near(site_at(&run, 0, 0, 0, "filled"), 10.0);
    recorded_free(&run);
}

/* Five posts of a mean 0.9 fte, to the nearest 2^-20; 0.55 of them covered at 128,000 a
 * year; locums do not grow dearer because vacancy is where it started. */
static void vacant_posts_are_part_covered_by_locums(void **state)
{
    const double vacant = 5.0 * 943718.0 / 1048576.0;
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_set(&run.plan, PARAMETER(workforce.vacancy_start), 0.5);
    small_patch_set(&run.plan, PARAMETER(workforce.supply_cap), 0.0);
    small_patch_set(&run.plan, PARAMETER(money.locum_scarcity), 2.0);
    run.plan.site[0].slots = 15;
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "vacant_fte"), vacant);
    assert_near(site_at(&run, 0, 0, 0, "locum_cost"), 0.55 * vacant * 128000.0 / 4.0);
    assert_near(site_at(&run, 0, 0, 0, "capacity"), 1.0);
    recorded_free(&run);
}

/* Both salaried posts of five empty: 0.4 vacant of a start of none, exp(0.4 x 2) =
 * 2.2 is more than the limit of 1.6. */
static void scarcity_makes_locums_dearer_within_limits(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_set(&run.plan, PARAMETER(workforce.leave_rate[SALARIED]), 1e6);
    small_patch_set(&run.plan, PARAMETER(workforce.supply_cap), 0.0);
    small_patch_set(&run.plan, PARAMETER(money.locum_scarcity), 2.0);
    small_patch_term(&run.plan, 0, TERM(surge_cover), 0.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "locum_cost"),
                1.6 * 0.55 * 1.5 * 128000.0 / 4.0);
    recorded_free(&run);
}

/* A practice below the threshold stops recruiting when its first trailing year is
 * known, in quarter 3: posts emptied in quarter 4 stay so. */
static void a_poor_practice_stops_recruiting(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 8);
    small_patch_set(&run.plan, PARAMETER(workforce.freeze_income), 1e9);
    small_patch_set(&run.plan, PARAMETER(workforce.leave_rate[SALARIED]), 1e6);
    small_patch_term(&run.plan, 0, TERM(partner_share), 0.0);
    hiring_is_certain(&run.plan);
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "filled"), 5.0);
    assert_near(site_at(&run, 0, 0, 4, "filled"), 3.0);
    assert_near(site_at(&run, 0, 0, 5, "filled"), 3.0);
    recorded_free(&run);
}

/* Everyone recruits twice as hard: nobody gains. */
static void recruiting_harder_everywhere_hires_nobody_more(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 8, 2, 8);
    small_patch_set(&run.plan, PARAMETER(workforce.leave_rate[SALARIED]), 1.0);
    small_patch_set(&run.plan, PARAMETER(workforce.supply_cap), 1000.0);
    small_patch_term(&run.plan, 1, TERM(recruit_factor), 2.0);
    record(&run);
    assert_near(run.block.hire_inside[1].at[0], run.block.hire_inside[0].at[0]);
    assert_near(metric_of(&run, 1, METRIC_VACANCY), metric_of(&run, 0, METRIC_VACANCY));
    recorded_free(&run);
}

/* Two of five posts of the one practice are empty in quarter 1; supply lets 0.4 of
 * wanted posts be filled a year, 0.1 a quarter: half a post of two. */
static void hires_stay_within_supply(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 2);
    small_patch_set(&run.plan, PARAMETER(workforce.leave_rate[SALARIED]), 1e6);
    hiring_is_certain(&run.plan);
    small_patch_set(&run.plan, PARAMETER(workforce.supply_cap), 0.4);
    record(&run);
    assert_near(run.block.hire_inside[0].at[0], 0.25);
    recorded_free(&run);
}

/* Partners leave in the first year of a form with transition_exit, salaried GPs not. */
static void a_transition_drives_partners_out(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 2, 1, 4);
    small_patch_unite(&run.plan, 0);
    small_patch_term(&run.plan, 0, TERM(transition_exit), 1e6);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "partners"), 0.0);
    assert_near(site_at(&run, 0, 0, 0, "salaried_fte"), 1.5);
    recorded_free(&run);
}

/* Sick with certainty and for ever, at the start too: paid, not working, and 0.55 of
 * their fte replaced. */
static void the_sick_are_paid_and_part_replaced(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_set(&run.plan, PARAMETER(workforce.sick_rate), 1e15);
    small_patch_set(&run.plan, PARAMETER(workforce.sick_years), 1e15);
    record(&run);
    assert_near(site_at(&run, 0, 0, 1, "well_partner_fte"), 0.0);
    assert_near(site_at(&run, 0, 0, 1, "salaried_cost"), 38100.0);
    assert_near(site_at(&run, 0, 0, 1, "locum_fte"), 0.55 * 4.5);
    recorded_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_retires_before_fifty),
        cmocka_unit_test(a_practice_of_hundreds_counts_them_all),
        cmocka_unit_test(hundreds_switch_and_leave_at_once),
        cmocka_unit_test(a_switcher_stays_as_a_salaried_gp),
        cmocka_unit_test(a_newcomer_first_may_leave_in_the_quarter_after),
        cmocka_unit_test(newcomers_are_partners_by_the_form_s_share),
        cmocka_unit_test(posts_vacant_at_the_start_may_fill_at_once),
        cmocka_unit_test(vacant_posts_are_part_covered_by_locums),
        cmocka_unit_test(scarcity_makes_locums_dearer_within_limits),
        cmocka_unit_test(a_poor_practice_stops_recruiting),
        cmocka_unit_test(recruiting_harder_everywhere_hires_nobody_more),
        cmocka_unit_test(hires_stay_within_supply),
        cmocka_unit_test(a_transition_drives_partners_out),
        cmocka_unit_test(the_sick_are_paid_and_part_replaced),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
