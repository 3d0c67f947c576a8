/* How practices end. A practice with a non-GP cost of 165 pounds per patient and year
 * loses 38,100 a quarter and is distressed where the threshold is no income at all;
 * its trailing year is complete in quarter 3. Notice is certain at a rate of 1e6. */
#include "test.h"

#include "recorded.h"

static const double loss = 38100.0;
static const double windup = 45.0 * 8000.0; /* pounds per patient, patients */

/* @p failing of four practices of a network; no reserves, no difference between
 * partners' and salaried work, no surge locums: only pay and lists change. */
static void failing_practices(struct plan *plan, int failing, int quarters)
{
    small_patch(plan, 4, 1, quarters);
    for (int s = 0; s < failing; s++)
        plan->site[s].cost_rate = 165.0;
    small_patch_set(plan, PARAMETER(distress.handback_rate), 1e6);
    small_patch_set(plan, PARAMETER(money.reserve_weeks), 0.0);
    small_patch_set(plan, PARAMETER(capacity.productivity[PARTNER]), 1.0);
    small_patch_set(plan, PARAMETER(capacity.partner_stretch), 0.0);
    small_patch_set(plan, PARAMETER(money.quality_share), 0.0);
    small_patch_term(plan, 0, TERM(surge_cover), 0.0);
}

static void set_route(struct plan *plan, double takeover_share, double dispersal_share)
{
    small_patch_set(plan, PARAMETER(distress.takeover_share), takeover_share);
    small_patch_set(plan, PARAMETER(distress.dispersal_share), dispersal_share);
}

static void a_notice_of_quarter_3_takes_effect_in_quarter_6(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 1, 8);
    set_route(&run.plan, 0.0, 0.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 5, "status"), STATUS_OPEN);
    assert_near(site_at(&run, 0, 0, 6, "status"), STATUS_CARETAKER);
    assert_near(site_at(&run, 0, 1, 7, "status"), STATUS_OPEN);
    recorded_free(&run);
}

static void with_one_partner_left_notice_is_a_quarter_shorter(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 1, 8);
    set_route(&run.plan, 0.0, 0.0);
    run.plan.site[0].posts[PARTNER] = 1;
    record(&run);
    assert_near(site_at(&run, 0, 0, 4, "status"), STATUS_OPEN);
    assert_near(site_at(&run, 0, 0, 5, "status"), STATUS_CARETAKER);
    recorded_free(&run);
}

/* Its 3 fte of partners are salaried from now on: 76,200 a quarter more. The three
 * neighbours have equal fte. */
static void a_takeover_shares_the_residual_among_neighbours(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 1, 8);
    set_route(&run.plan, 1.0, 0.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 6, "status"), STATUS_TAKEN_OVER);
    assert_near(site_at(&run, 0, 0, 6, "residual"), -loss - 76200.0);
    assert_near(site_at(&run, 0, 2, 6, "inherited"), -(loss + 76200.0) / 3.0);
    assert_near(site_at(&run, 0, 2, 6, "profit"), 111900.0 - (loss + 76200.0) / 3.0);
    assert_near(metric_of(&run, 0, METRIC_SITES_TAKEN_OVER), 1.0);
    recorded_free(&run);
}

static void without_a_successor_a_takeover_becomes_caretaking(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 4, 8);
    set_route(&run.plan, 1.0, 0.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 6, "status"), STATUS_CARETAKER);
    assert_near(metric_of(&run, 0, METRIC_SITES_CARETAKER), 4.0);
    assert_near(metric_of(&run, 0, METRIC_LARGEST_CASCADE), 4.0);
    recorded_free(&run);
}

/* Residual and a premium of 14 % of core income are the commissioner's. */
static void a_caretaker_costs_the_commissioner_residual_and_premium(void **state)
{
    struct recorded run;
    const double income = 4.0 * 330000.0;

    (void)state;
    failing_practices(&run.plan, 1, 8);
    set_route(&run.plan, 0.0, 0.0);
    record(&run);
    assert_near(ledger_at(&run, 0, 6, "commissioner"),
                -income - (loss + 76200.0) - 0.14 * 330000.0);
    recorded_free(&run);
}

/* The practice ends in quarter 6 of 8: from then there are three contracts, or four
 * with the caretaker's. */
static void assert_contracts(double takeover_share, double expected)
{
    struct recorded run;

    failing_practices(&run.plan, 1, 8);
    set_route(&run.plan, takeover_share, 0.0);
    record(&run);
    assert_near(metric_of(&run, 0, METRIC_RELATIONSHIPS), expected);
    recorded_free(&run);
}

static void a_practice_taken_over_holds_no_contract_and_a_caretaker_one(void **state)
{
    (void)state;
    assert_contracts(1.0, (6.0 * 4.0 + 2.0 * 3.0) / 8.0);
    assert_contracts(0.0, 4.0);
}

static void a_wind_up_falls_on_the_partners_that_were(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 1, 8);
    set_route(&run.plan, 0.0, 0.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 6, "windup_paid"), windup);
    assert_near(ledger_at(&run, 0, 6, "partners"), 3.0 * 111900.0 - windup);
    assert_near(site_at(&run, 0, 0, 7, "windup_paid"), 0.0);
    recorded_free(&run);
}

/* Profitable, but below a threshold of 1e9: a reserve of three weeks of 4 x 218,100 a
 * year pays first. */
static void a_released_reserve_pays_for_the_wind_up_first(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 0, 8);
    set_route(&run.plan, 0.0, 0.0);
    small_patch_set(&run.plan, PARAMETER(distress.income), 1e9);
    small_patch_set(&run.plan, PARAMETER(money.reserve_weeks), 3.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 6, "windup_paid"),
                windup - 3.0 / 52.0 * 4.0 * 218100.0);
    assert_near(site_at(&run, 0, 0, 6, "released"), 0.0);
    recorded_free(&run);
}

/* Lists of 6,000 and 9,000 close together; receivers of 8,000 and 12,000 with equal
 * workload take 15,000 as 2 to 3, and nobody is sent to a practice that closes. */
static void two_neighbours_that_close_together_disperse_symmetrically(void **state)
{
    struct recorded run, swapped;

    (void)state;
    failing_practices(&run.plan, 2, 8);
    set_route(&run.plan, 0.0, 1.0);
    small_patch_list(&run.plan, 0, 6000.0);
    small_patch_list(&run.plan, 1, 9000.0);
    small_patch_list(&run.plan, 3, 12000.0);
    record(&run);
    failing_practices(&swapped.plan, 2, 8);
    set_route(&swapped.plan, 0.0, 1.0);
    small_patch_list(&swapped.plan, 0, 9000.0);
    small_patch_list(&swapped.plan, 1, 6000.0);
    small_patch_list(&swapped.plan, 3, 12000.0);
    record(&swapped);
    assert_near(site_at(&run, 0, 0, 6, "list"), 0.0);
    assert_near(site_at(&run, 0, 2, 6, "list"), 8000.0 + 6000.0);
    assert_near(site_at(&run, 0, 3, 6, "list"), 12000.0 + 9000.0);
    assert_true(site_at(&swapped, 0, 2, 6, "list") == site_at(&run, 0, 2, 6, "list"));
    assert_true(site_at(&swapped, 0, 3, 6, "list") == site_at(&run, 0, 3, 6, "list"));
    assert_near(metric_of(&run, 0, METRIC_PATIENTS_DISPERSED), 15000.0);
    recorded_free(&run);
    recorded_free(&swapped);
}

/* Its network has nobody left; three practices of another share its 8,000. */
static void an_empty_network_disperses_over_the_patch(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 1, 8);
    set_route(&run.plan, 0.0, 1.0);
    run.plan.networks = 2;
    run.plan.site[1].network = 1;
    run.plan.site[2].network = 1;
    run.plan.site[3].network = 1;
    record(&run);
    assert_near(site_at(&run, 0, 0, 6, "status"), STATUS_CLOSED);
    assert_near(site_at(&run, 0, 1, 6, "list"), 8000.0 + 8000.0 / 3.0);
    recorded_free(&run);
}

static void where_nobody_is_left_to_receive_closing_means_caretaking(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 4, 8);
    set_route(&run.plan, 0.0, 1.0);
    record(&run);
    assert_near(site_at(&run, 0, 3, 6, "status"), STATUS_CARETAKER);
    assert_near(site_at(&run, 0, 3, 6, "list"), 8000.0);
    assert_near(metric_of(&run, 0, METRIC_SITES_CLOSED), 0.0);
    recorded_free(&run);
}

/* Two networks of two; all four close at once. */
static void nobody_is_lost_where_every_network_closes_at_once(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 4, 8);
    set_route(&run.plan, 0.0, 1.0);
    run.plan.networks = 2;
    run.plan.site[2].network = 1;
    run.plan.site[3].network = 1;
    record(&run);
    assert_near(site_at(&run, 0, 0, 6, "status"), STATUS_CARETAKER);
    assert_near(site_at(&run, 0, 3, 6, "status"), STATUS_CARETAKER);
    assert_near(site_at(&run, 0, 0, 6, "list"), 8000.0);
    assert_near(metric_of(&run, 0, METRIC_PATIENTS_DISPERSED), 0.0);
    recorded_free(&run);
}

/* 5 posts for 8,000; with two closed lists added 16,000, so 10, but 8 slots. */
static void wanted_posts_follow_the_list_up_to_the_slots(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 2, 8);
    set_route(&run.plan, 0.0, 1.0);
    small_patch_list(&run.plan, 0, 2000.0); /* 2,000 + 8,000 shared by two */
    record(&run);
    assert_near(site_at(&run, 0, 2, 5, "wanted"), 5.0);
    assert_near(site_at(&run, 0, 2, 6, "list"), 13000.0);
    assert_near(site_at(&run, 0, 2, 6, "wanted"), 8.0); /* round(8.125) */
    assert_near(site_at(&run, 0, 0, 6, "wanted"), 0.0);
    recorded_free(&run);
}

static void slots_are_the_most_a_practice_can_want(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 2, 8);
    set_route(&run.plan, 0.0, 1.0); /* 16,000 patients would want 10 posts */
    record(&run);
    assert_near(site_at(&run, 0, 2, 6, "wanted"), 8.0);
    recorded_free(&run);
}

/* Notice is given in quarter 3, the last: the lease still has to be paid. */
static void practices_in_notice_at_the_horizon_accrue_their_wind_up(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 1, 4);
    set_route(&run.plan, 0.0, 0.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "status"), STATUS_OPEN);
    assert_near(site_at(&run, 0, 0, 3, "windup_paid"), windup);
    recorded_free(&run);
}

static void a_takeover_to_come_accrues_nothing(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 1, 4);
    set_route(&run.plan, 1.0, 0.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "windup_paid"), 0.0);
    recorded_free(&run);
}

/* All partners leave at once and nobody comes: the trailing year is complete in
 * quarter 3, and with no partner there is nobody whose notice could be short. */
static void a_practice_whose_last_partner_left_hands_back(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 0, 8);
    set_route(&run.plan, 0.0, 0.0);
    small_patch_set(&run.plan, PARAMETER(workforce.leave_rate[PARTNER]), 1e6);
    small_patch_set(&run.plan, PARAMETER(workforce.supply_cap), 0.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "partners"), 0.0);
    assert_near(site_at(&run, 0, 0, 5, "status"), STATUS_OPEN);
    assert_near(site_at(&run, 0, 0, 6, "status"), STATUS_CARETAKER);
    recorded_free(&run);
}

static void a_practice_that_never_had_partners_is_exempt_from_distress(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 1, 8);
    run.plan.site[0].posts[PARTNER] = 0;
    record(&run);
    assert_near(site_at(&run, 0, 0, 7, "status"), STATUS_OPEN);
    recorded_free(&run);
}

/* Salaried GPs leave every quarter and are replaced in the next, but not in notice. */
static void a_practice_in_notice_does_not_recruit(void **state)
{
    struct recorded run;

    (void)state;
    failing_practices(&run.plan, 1, 8);
    set_route(&run.plan, 0.0, 0.0);
    small_patch_set(&run.plan, PARAMETER(workforce.leave_rate[SALARIED]), 1e6);
    small_patch_set(&run.plan, PARAMETER(workforce.months_to_fill[SHORTAGE]), 0.001);
    small_patch_set(&run.plan, PARAMETER(workforce.months_to_fill[GLUT]), 0.001);
    small_patch_set(&run.plan, PARAMETER(workforce.supply_cap), 1000.0);
    small_patch_term(&run.plan, 0, TERM(partner_share), 0.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 1, "filled"), 5.0);
    assert_near(site_at(&run, 0, 0, 4, "filled"), 3.0);
    assert_near(site_at(&run, 0, 0, 5, "filled"), 3.0);
    recorded_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_notice_of_quarter_3_takes_effect_in_quarter_6),
        cmocka_unit_test(with_one_partner_left_notice_is_a_quarter_shorter),
        cmocka_unit_test(a_takeover_shares_the_residual_among_neighbours),
        cmocka_unit_test(without_a_successor_a_takeover_becomes_caretaking),
        cmocka_unit_test(a_caretaker_costs_the_commissioner_residual_and_premium),
        cmocka_unit_test(a_practice_taken_over_holds_no_contract_and_a_caretaker_one),
        cmocka_unit_test(a_wind_up_falls_on_the_partners_that_were),
        cmocka_unit_test(a_released_reserve_pays_for_the_wind_up_first),
        cmocka_unit_test(two_neighbours_that_close_together_disperse_symmetrically),
        cmocka_unit_test(an_empty_network_disperses_over_the_patch),
        cmocka_unit_test(where_nobody_is_left_to_receive_closing_means_caretaking),
        cmocka_unit_test(nobody_is_lost_where_every_network_closes_at_once),
        cmocka_unit_test(wanted_posts_follow_the_list_up_to_the_slots),
        cmocka_unit_test(slots_are_the_most_a_practice_can_want),
        cmocka_unit_test(practices_in_notice_at_the_horizon_accrue_their_wind_up),
        cmocka_unit_test(a_takeover_to_come_accrues_nothing),
        cmocka_unit_test(a_practice_whose_last_partner_left_hands_back),
        cmocka_unit_test(a_practice_that_never_had_partners_is_exempt_from_distress),
        cmocka_unit_test(a_practice_in_notice_does_not_recruit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
