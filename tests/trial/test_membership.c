/* Who joins, who leaves, and how far practices and leaders trust each other. */
#include "test.h"

#include "recorded.h"

#include <math.h>

static void united(struct plan *plan, int sites, int quarters)
{
    small_patch(plan, sites, 1, quarters);
    small_patch_unite(plan, 0);
}

static void a_share_of_sites_joins_by_its_own_draw(void **state)
{
    struct recorded run;
    double members = 0.0, expected = 0.0;

    (void)state;
    united(&run.plan, 8, 4);
    run.plan.row[0].choices.join_rule = JOIN_SHARE;
    small_patch_term(&run.plan, 0, TERM(participation), 0.5);
    record(&run);
    for (size_t s = 0; s < 8; s++) {
        members += site_at(&run, 0, s, 0, "member");
        expected += run.block.nature[s].participation.at[0] < 0.5 ? 1.0 : 0.0;
    }
    assert_near(members, expected);
    assert_true(members > 0.0 && members < 8.0);
    assert_near(organisation_at(&run, 0, 0, 0, "sites"), members);
    recorded_free(&run);
}

/* Row 1 is what sites outside run on: they pay its levy, 1 pound a year, to others. */
static void a_site_outside_runs_on_the_exit_row(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 2, 2, 4);
    small_patch_unite(&run.plan, 0);
    run.plan.row[0].choices.join_rule = JOIN_DISTRESSED_ONLY;
    run.plan.form[0].exit_row = 1;
    small_patch_term(&run.plan, 0, TERM(levy), 4.0);
    small_patch_term(&run.plan, 1, TERM(levy), 1.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 1, "levy"), 2000.0);
    assert_near(organisation_at(&run, 0, 0, 1, "levy"), 0.0);
    assert_near(ledger_at(&run, 0, 1, "outside"), 2.0 * (218100.0 + 2000.0));
    recorded_free(&run);
}

/* Cost 165: a loss of 38,100 a quarter. Its trailing year is complete in quarter 3;
 * joining replaces notice, and starts another year, complete in quarter 7. */
static void a_distressed_site_joins_instead_of_giving_notice(void **state)
{
    struct recorded run;

    (void)state;
    united(&run.plan, 2, 12);
    run.plan.row[0].choices.join_rule = JOIN_DISTRESSED_ONLY;
    run.plan.site[0].cost_rate = 165.0;
    small_patch_set(&run.plan, PARAMETER(distress.handback_rate), 1e6);
    small_patch_set(&run.plan, PARAMETER(distress.takeover_share), 0.0);
    small_patch_set(&run.plan, PARAMETER(distress.dispersal_share), 0.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "member"), 0.0);
    assert_near(site_at(&run, 0, 0, 4, "member"), 1.0);
    assert_near(site_at(&run, 0, 0, 9, "status"), STATUS_OPEN);
    assert_near(site_at(&run, 0, 0, 10, "status"), STATUS_CARETAKER); /* 7 + 1 + 2 */
    assert_near(site_at(&run, 0, 1, 10, "member"), 0.0);
    recorded_free(&run);
}

/* 447,600 a year over 3 fte are 149,200 each. */
static void a_site_joins_when_it_earns_too_little_by_its_own_light(void **state)
{
    struct recorded run;

    (void)state;
    united(&run.plan, 2, 8);
    run.plan.row[0].choices.join_rule = JOIN_VOLUNTARY;
    run.plan.site[1].cost_rate = 89.0;
    small_patch_term(&run.plan, 0, TERM(join_below), 149600.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "member"), 0.0);
    assert_near(site_at(&run, 0, 0, 4, "member"), 1.0);
    assert_near(site_at(&run, 0, 1, 4, "member"), 0.0);
    recorded_free(&run);
}

/* Two sites at a distance of 4: A moves to 1/(1 + (ln 2/4)^2) by 1 - exp(-1/8) of the
 * gap each quarter. */
static void trust_falls_with_the_number_of_sites(void **state)
{
    struct recorded run;
    const double target = 1.0 / (1.0 + log(2.0) * log(2.0) / 16.0);

    (void)state;
    united(&run.plan, 2, 8);
    record(&run);
    assert_near(organisation_at(&run, 0, 0, 0, "alignment"),
                target + (1.0 - target) * exp(-0.125));
    assert_near(organisation_at(&run, 0, 0, 7, "alignment"),
                target + (1.0 - target) * exp(-1.0));
    recorded_free(&run);
}

/* A levy of 4 pounds takes 8,000 a quarter: 2,666.67 for each of 3 fte in quarter 0,
 * resented on a scale of 10,000. */
static void trust_falls_with_what_the_organisation_takes(void **state)
{
    struct recorded run;
    const double near = 1.0 / (1.0 + log(2.0) * log(2.0) / 16.0);
    const double first = near / (1.0 + 8000.0 / 3.0 / 10000.0);

    (void)state;
    united(&run.plan, 2, 8);
    small_patch_term(&run.plan, 0, TERM(levy), 4.0);
    record(&run);
    assert_near(organisation_at(&run, 0, 0, 0, "alignment"),
                first + (1.0 - first) * exp(-0.125));
    recorded_free(&run);
}

static void a_member_that_pays_more_than_it_gains_leaves(void **state)
{
    struct recorded run;

    (void)state;
    united(&run.plan, 2, 8);
    small_patch_term(&run.plan, 0, TERM(levy), 4.0);
    small_patch_term(&run.plan, 0, TERM(member_exit_rate), 1e6);
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "member"), 1.0);
    assert_near(site_at(&run, 0, 0, 4, "member"), 0.0);
    assert_near(metric_of(&run, 0, METRIC_MEMBERS_LEFT), 2.0);
    recorded_free(&run);
}

static void a_member_that_pays_nothing_stays(void **state)
{
    struct recorded run;

    (void)state;
    united(&run.plan, 2, 8);
    small_patch_term(&run.plan, 0, TERM(member_exit_rate), 1e6);
    record(&run);
    assert_near(site_at(&run, 0, 0, 7, "member"), 1.0);
    recorded_free(&run);
}

/* Held by a trust: 4.5 fte of pay, so -114,300 at a cost of 165 and 35,700 at 90. */
static void a_losing_trust_hands_back_its_losing_site_only(void **state)
{
    struct recorded run;

    (void)state;
    united(&run.plan, 2, 8);
    run.plan.row[0].choices.pool_owner = OWNER_TRUST;
    run.plan.row[0].choices.liability = LIABILITY_PUBLIC;
    run.plan.row[0].choices.convert_partners = true;
    run.plan.site[0].cost_rate = 165.0;
    small_patch_term(&run.plan, 0, TERM(exit_rate), 1e6);
    small_patch_set(&run.plan, PARAMETER(distress.takeover_share), 0.0);
    small_patch_set(&run.plan, PARAMETER(distress.dispersal_share), 0.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "status"), STATUS_OPEN);
    assert_near(site_at(&run, 0, 0, 4, "status"), STATUS_CARETAKER);
    assert_near(site_at(&run, 0, 1, 7, "member"), 1.0);
    assert_true(ledger_at(&run, 0, 4, "trust") < 0.0); /* it pays the wind-up */
    assert_near(metric_of(&run, 0, METRIC_ORGANISATIONS_EXITED), 1.0);
    recorded_free(&run);
}

/* Its losses of 78,600 a quarter over 16,000 patients are 19.65 pounds a year. */
static void a_trust_bears_what_it_tolerates(void **state)
{
    struct recorded run;

    (void)state;
    united(&run.plan, 2, 8);
    run.plan.row[0].choices.pool_owner = OWNER_TRUST;
    run.plan.row[0].choices.convert_partners = true;
    run.plan.site[0].cost_rate = 165.0;
    small_patch_set(&run.plan, PARAMETER(capacity.productivity[PARTNER]), 1.0);
    small_patch_term(&run.plan, 0, TERM(exit_rate), 1e6);
    small_patch_term(&run.plan, 0, TERM(subsidy_tolerance), 19.66);
    record(&run);
    assert_near(ledger_at(&run, 0, 2, "trust"), -78600.0);
    assert_near(site_at(&run, 0, 0, 7, "status"), STATUS_OPEN);
    recorded_free(&run);
}

/* Three practices alone hold three contracts, united one; 1,000 a year each. */
static void an_organisation_is_one_relationship(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 3, 2, 4);
    small_patch_unite(&run.plan, 1);
    small_patch_set(&run.plan, PARAMETER(valuation.relationship_cost), 1000.0);
    record(&run);
    assert_near(metric_of(&run, 0, METRIC_RELATIONSHIPS), 3.0);
    assert_near(metric_of(&run, 1, METRIC_RELATIONSHIPS), 1.0);
    assert_near(ledger_at(&run, 0, 0, "outside") - ledger_at(&run, 1, 0, "outside"),
                2.0 * 250.0);
    recorded_free(&run);
}

/* A tenth fewer admissions: 8,000/4 x 0.1 x 0.1 x 1,900, a quarter of it in q = 0. */
static void avoided_admissions_grow_in_and_are_the_commissioner_s(void **state)
{
    struct recorded run;

    (void)state;
    united(&run.plan, 1, 4);
    small_patch_term(&run.plan, 0, TERM(admissions_irr), 0.9);
    record(&run);
    assert_near(ledger_at(&run, 0, 0, "commissioner"), -330000.0 + 38000.0 / 4.0);
    assert_near(ledger_at(&run, 0, 3, "commissioner"), -330000.0 + 38000.0);
    recorded_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_of_sites_joins_by_its_own_draw),
        cmocka_unit_test(a_site_outside_runs_on_the_exit_row),
        cmocka_unit_test(a_distressed_site_joins_instead_of_giving_notice),
        cmocka_unit_test(a_site_joins_when_it_earns_too_little_by_its_own_light),
        cmocka_unit_test(trust_falls_with_the_number_of_sites),
        cmocka_unit_test(trust_falls_with_what_the_organisation_takes),
        cmocka_unit_test(a_member_that_pays_more_than_it_gains_leaves),
        cmocka_unit_test(a_member_that_pays_nothing_stays),
        cmocka_unit_test(a_losing_trust_hands_back_its_losing_site_only),
        cmocka_unit_test(a_trust_bears_what_it_tolerates),
        cmocka_unit_test(an_organisation_is_one_relationship),
        cmocka_unit_test(avoided_admissions_grow_in_and_are_the_commissioner_s),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
