/* What each part of a quarter's word decides. The words are those of Threefry2x64-20
 * for practice Z00000 in trial 0 at seed 20240401, from the reference's generator; a
 * chance a little above the part of a word that a rule names lets the event happen, and
 * one a little below does not. */
#include "test.h"

#include "recorded.h"

#include <math.h>

static const double little = 1e-9;

/* Purpose 17, quarter 0: the posts of three partners, two salaried GPs, and five more.
 */
static const uint64_t post_word[] = {
    0xe34b8b617fa5d947, 0x61264545f5b66d24, 0xb694bc2f4f66915c, 0x92907bb81fc6615f,
    0x556b2c3141eb0bec, 0x6759103dbe64f9cc, 0xdf619dac04083b76, 0x2239bcd476cb26d1,
    0xf324719a024ba264, 0xf3cfbfad77a71c37,
};
/* Purpose 23, index 0 in quarter 0, and index 1 in quarter 3. */
static const uint64_t notice_word = 0xcddc7e89381ff1fc;
static const uint64_t exit_word = 0x0ba3919ae95ee24d;

static double upper(uint64_t word)
{
    return ((double)(word >> 12) + 0.5) / 4503599627370496.0;
}

static double lower(uint64_t word)
{
    return ((double)(word & 0xffffffff) + 0.5) / 4294967296.0;
}

/* Annual rate of what has a chance within a quarter. */
static double rate_of(double chance)
{
    return -4.0 * log1p(-chance);
}

static void by_leaving(struct plan *plan, double chance)
{
    small_patch_set(plan, PARAMETER(workforce.leave_rate[PARTNER]), rate_of(chance));
}

static void by_switching(struct plan *plan, double chance)
{
    small_patch_set(plan, PARAMETER(workforce.switch_rate), rate_of(chance));
}

/* Nobody is sick at the start: who is returns in an instant. */
static void by_falling_sick(struct plan *plan, double chance)
{
    small_patch_set(plan, PARAMETER(workforce.sick_rate), rate_of(chance));
    small_patch_set(plan, PARAMETER(workforce.sick_years), 1e-9);
}

/* Everybody is sick at the start. */
static void by_recovering(struct plan *plan, double chance)
{
    small_patch_set(plan, PARAMETER(workforce.sick_rate), 1e15);
    small_patch_set(plan, PARAMETER(workforce.sick_years), 1.0 / rate_of(chance));
}

static void by_filling(struct plan *plan, double chance)
{
    small_patch_set(plan, PARAMETER(workforce.vacancy_start), 0.5);
    small_patch_set(plan, PARAMETER(workforce.supply_cap), 1e6);
    small_patch_set(plan, PARAMETER(workforce.months_to_fill[SHORTAGE]), 3.0 / chance);
    small_patch_set(plan, PARAMETER(workforce.months_to_fill[GLUT]), 3.0 / chance);
    plan->site[0].slots = 15;
}

static void by_role(struct plan *plan, double chance)
{
    by_filling(plan, 1.0);
    small_patch_term(plan, 0, TERM(partner_share), chance);
}

struct row {
    void (*set)(struct plan *plan, double chance);
    double draw;
    const char *column;
    double without, with;
};

static double seen(const struct row *row, double chance)
{
    struct recorded run;
    double value;

    small_patch(&run.plan, 1, 1, 4);
    row->set(&run.plan, chance);
    record(&run);
    value = site_at(&run, 0, 0, 0, row->column);
    recorded_free(&run);
    return value;
}

static void decides_where(const struct row *row)
{
    assert_near(seen(row, row->draw * (1.0 - little)), row->without);
    assert_near(seen(row, row->draw * (1.0 + little)), row->with);
}

static void a_holder_leaves_by_the_upper_bits(void **state)
{
    (void)state;
    decides_where(&(struct row){by_leaving, upper(post_word[1]), "partners", 3.0, 2.0});
}

static void a_partner_switches_by_the_lower_bits_from_above(void **state)
{
    (void)state;
    decides_where(
        &(struct row){by_switching, 1.0 - lower(post_word[1]), "partners", 3.0, 2.0});
}

static void the_well_fall_sick_by_the_lower_bits(void **state)
{
    (void)state;
    decides_where(&(struct row){by_falling_sick, lower(post_word[3]),
                                "well_salaried_fte", 1.5, 0.75});
}

static void the_sick_return_by_the_lower_bits(void **state)
{
    (void)state;
    decides_where(&(struct row){by_recovering, lower(post_word[3]), "well_salaried_fte",
                                0.0, 0.75});
}

static void a_vacant_post_fills_by_the_upper_bits(void **state)
{
    (void)state;
    decides_where(&(struct row){by_filling, upper(post_word[7]), "filled", 5.0, 6.0});
}

static void a_newcomer_is_a_partner_by_the_lower_bits(void **state)
{
    (void)state;
    decides_where(&(struct row){by_role, lower(post_word[8]), "partners", 3.0, 4.0});
}

/* Nearly all fall sick within a quarter; those who switch in it stay well. */
static void who_switches_does_not_fall_sick_in_that_quarter(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    by_falling_sick(&run.plan, 1.0 - 1e-9);
    by_switching(&run.plan, 1.0 - 1e-9);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "partners"), 0.0);
    assert_near(site_at(&run, 0, 0, 0, "well_salaried_fte"), 3.0);
    recorded_free(&run);
}

/* Of five newcomers of mean m and sd 5 the oldest, in post 5, is at the 0.97577667236th
 * of his kind, 1.97343 sd above; at 50 he goes. */
static double leavers_at_mean_age(double mean)
{
    struct recorded run;
    double leavers;

    small_patch(&run.plan, 1, 1, 4);
    by_filling(&run.plan, 1.0);
    small_patch_set(&run.plan, PARAMETER(workforce.retire_max), 1e6);
    small_patch_set(&run.plan, PARAMETER(workforce.newcomer_mean), mean);
    small_patch_set(&run.plan, PARAMETER(workforce.newcomer_sd), 5.0);
    small_patch_set(&run.plan, PARAMETER(workforce.newcomer_min), -50.0);
    small_patch_set(&run.plan, PARAMETER(workforce.newcomer_max), 150.0);
    record(&run);
    leavers = site_at(&run, 0, 0, 1, "leavers");
    recorded_free(&run);
    return leavers;
}

static void a_newcomer_s_age_is_of_the_last_16_bits(void **state)
{
    const double above = 5.0 * 1.9734294482992376; /* Phi^-1(0xf9cc.8 / 2^16) */

    (void)state;
    assert_near(leavers_at_mean_age(49.75 - above - 1e-5), 0.0);
    assert_near(leavers_at_mean_age(49.75 - above + 1e-5), 1.0);
}

/* Two practices, of which the second has no notice in the first quarter; without
 * takeovers the first is closed where its route is dispersal, else in caretaker hands.
 */
static double status_after_notice(double chance, double dispersal)
{
    struct recorded run;
    double status;

    small_patch(&run.plan, 2, 1, 8);
    small_patch_set(&run.plan, PARAMETER(distress.ending_rate), rate_of(chance));
    small_patch_set(&run.plan, PARAMETER(distress.takeover_share), 0.0);
    small_patch_set(&run.plan, PARAMETER(distress.dispersal_share), dispersal);
    record(&run);
    status = site_at(&run, 0, 0, 3, "status");
    recorded_free(&run);
    return status;
}

static void notice_is_of_the_upper_bits_and_its_route_of_the_lower(void **state)
{
    const double u = upper(notice_word), v = lower(notice_word);

    (void)state;
    assert_near(status_after_notice(u * (1.0 - little), 1.0), STATUS_OPEN);
    assert_near(status_after_notice(u * (1.0 + little), v * (1.0 - little)),
                STATUS_CARETAKER);
    assert_near(status_after_notice(u * (1.0 + little), v * (1.0 + little)),
                STATUS_CLOSED);
}

/* A levy that buys nothing weighs on both; the rate is of what trust is missing. */
static void make_member_that_may_leave(struct recorded *run, double member_exit_rate)
{
    small_patch(&run->plan, 2, 1, 8);
    small_patch_unite(&run->plan, 0);
    small_patch_term(&run->plan, 0, TERM(levy), 4.0);
    small_patch_term(&run->plan, 0, TERM(member_exit_rate), member_exit_rate);
    record(run);
}

static double still_member(double chance, double trust)
{
    struct recorded run;
    double member;

    make_member_that_may_leave(&run, rate_of(chance) / (1.0 - trust));
    member = site_at(&run, 0, 0, 4, "member");
    recorded_free(&run);
    return member;
}

static void a_member_leaves_by_the_second_word_of_its_notice(void **state)
{
    struct recorded run;
    double trust;

    (void)state;
    make_member_that_may_leave(&run, 0.0);
    trust = organisation_at(&run, 0, 0, 3, "alignment");
    recorded_free(&run);
    assert_near(still_member(upper(exit_word) * (1.0 - little), trust), 1.0);
    assert_near(still_member(upper(exit_word) * (1.0 + little), trust), 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_holder_leaves_by_the_upper_bits),
        cmocka_unit_test(a_partner_switches_by_the_lower_bits_from_above),
        cmocka_unit_test(the_well_fall_sick_by_the_lower_bits),
        cmocka_unit_test(the_sick_return_by_the_lower_bits),
        cmocka_unit_test(a_vacant_post_fills_by_the_upper_bits),
        cmocka_unit_test(a_newcomer_is_a_partner_by_the_lower_bits),
        cmocka_unit_test(who_switches_does_not_fall_sick_in_that_quarter),
        cmocka_unit_test(a_newcomer_s_age_is_of_the_last_16_bits),
        cmocka_unit_test(notice_is_of_the_upper_bits_and_its_route_of_the_lower),
        cmocka_unit_test(a_member_leaves_by_the_second_word_of_its_notice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
