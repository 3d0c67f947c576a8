#include "test.h"

#include "headroom/scenario.h"
#include "plan.h"
#include "scenario_plan.h"
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SIX_PRACTICES TEST_DATA "/scenarios/six_practices.yaml"

/* Two practices of 10,000 patients with four partners and one fte of salaried GPs. */
#define HEADER                                                                         \
    "practice_code,practice_name,network_code,contract_type,list,weighted_list,"       \
    "core_rate,partner_headcount,partner_fte,salaried_headcount,salaried_fte\n"
#define TWO_PRACTICES                                                                  \
    HEADER "T00001,Hill,N1,GMS,10000,10000,100,4,4,2,1\n"                              \
           "T00002,Mill,N1,GMS,10000,10000,110,4,4,2,1\n"

/* A scenario on round numbers: no year's money, no on-cost, nobody sick, no
 * locums; each test changes what it is about. */
static const char round_scenario[] =
    "include: [assumptions/round.yaml]\n"
    "patch.practices: practices.csv\n"
    "forms: [alone, joined]\n"
    "reference: alone\n"
    "workforce.sick_rate: 0\n"
    "capacity.locum_cover: 0\n"
    "money: { core_rate: 150, oncost: 0, cost_rate: 40 }\n";

static struct plan plan_of(struct hr_scenario *scenario)
{
    struct plan plan;
    struct hr_messages problems = {0};

    assert_int_equal(scenario_compile(scenario, &plan, &problems), HR_OK);
    hr_scenario_free(scenario);
    return plan;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* Calibrated with the overrides. */
static struct plan round_plan(const char *practices, const char *const *overrides,
                              size_t n)
{
    char folder[] = "/tmp/headroom-test-XXXXXX", path[64], table[64];
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};

    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/round.yaml", folder);
    snprintf(table, sizeof(table), "%s/practices.csv", folder);
    write_file(path, round_scenario);
    write_file(table, practices);
    assert_int_equal(hr_scenario_read(path, overrides, n, &scenario, &problems), HR_OK);
    assert_int_equal(hr_scenario_recalibrate(scenario, &problems), HR_OK);
    unlink(path);
    unlink(table);
    rmdir(folder);
    return plan_of(scenario);
}

static struct plan six_practices(const char *override)
{
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};
    const char *const overrides[] = {override};

    assert_int_equal(hr_scenario_read(SIX_PRACTICES, overrides, override != NULL,
                                      &scenario, &problems),
                     HR_OK);
    return plan_of(scenario);
}

static const struct plan_value *value(const struct plan *plan, const char *key)
{
    for (size_t i = 0; i < plan->values; i++) {
        if (strcmp(plan->value[i].key, key) == 0)
            return &plan->value[i];
    }
    return NULL;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-12 * fabs(b);
}

/* Income 1,000,000 and 1,100,000; salaried 100,000 each; partners 8 x 150,000. What is
 * left, 700,000, over 20,000 patients is 35. At that rate partners would have 137,500
 * and 162,500; half way to the mean of 150,000 leaves 32.5 and 37.5 of cost. */
static void cost_is_what_leaves_partners_their_income(void **state)
{
    struct plan plan = round_plan(TWO_PRACTICES, NULL, 0);

    (void)state;
    assert_true(near(plan.flat_rate, 35.0));
    assert_true(near(plan.calibration_factor, 35.0 / 40.0));
    assert_true(near(plan.site[0].cost_rate, 32.5));
    assert_true(near(plan.site[1].cost_rate, 37.5));
    plan_free(&plan);
}

/* Fte of posts is to the nearest 2^-20. */
static double to_grain(double fte)
{
    return floor(1048576.0 * fte + 0.5) / 1048576.0;
}

/* With onset 2 a year and half a year's absence half of GPs are away: 2.5 fte of 5. A
 * fifth of wanted posts is vacant: 1.5 of 6 / 0.8, of 5/6 fte. Half of 3.75 fte is
 * covered at 80,000: 150,000 a practice, 15 a patient less than without: 20. */
static void expected_locums_are_paid_first(void **state)
{
    const char *const overrides[] = {
        "workforce.sick_rate=2", "workforce.sick_years=0.5", "capacity.locum_cover=0.5",
        "money.locum_rate=80000", "money.site_fit=1"};
    struct plan plan = round_plan(TWO_PRACTICES, overrides, 5);

    (void)state;
    assert_true(
        near(plan.flat_rate, 35.0 - 0.5 * (2.5 + 1.5 * to_grain(5.0 / 6.0)) * 8.0));
    plan_free(&plan);
}

static void a_practice_without_partners_has_the_flat_rate(void **state)
{
    struct plan plan =
        round_plan(TWO_PRACTICES "T00003,New,N1,APMS,9000,9000,200,0,0,4,3\n", NULL, 0);

    (void)state;
    assert_true(near(plan.flat_rate, 35.0));
    assert_true(near(plan.site[2].cost_rate, 35.0));
    plan_free(&plan);
}

/* 1.8 x 35 = 63 is the most: the rich practice's own rate would be far above. */
static void cost_rates_stay_within_bounds_of_the_flat_rate(void **state)
{
    const char *const overrides[] = {"money.site_fit=1", "money.cost_rate=150"};
    struct plan plan = round_plan(HEADER "T00001,Hill,N1,GMS,10000,10000,75,4,4,2,1\n"
                                         "T00002,Mill,N1,GMS,1000,1000,1875,4,4,2,1\n",
                                  overrides, 2);

    (void)state;
    assert_true(
        near(plan.flat_rate, (750000. + 1875000. - 200000. - 1200000.) / 11000.));
    assert_true(near(plan.site[0].cost_rate, 0.35 * plan.flat_rate));
    assert_true(near(plan.site[1].cost_rate, 1.8 * plan.flat_rate));
    plan_free(&plan);
}

/* GMS needs a partner, at the default of 0.8 fte; a practice of nobody gets a salaried
 * GP; fte of a post stays within 0.2 and 1.2. */
static void posts_are_made_of_headcounts(void **state)
{
    struct plan plan =
        round_plan(TWO_PRACTICES "T00003,New,N1,GMS,9000,9000,100,0,0,4,2\n"
                                 "T00004,Old,N1,APMS,9000,9000,100,0.4,3,0.4,0.4\n"
                                 "T00005,Odd,N1,GMS,9000,9000,100,2,3,6,0.6\n",
                   NULL, 0);

    (void)state;
    assert_int_equal(plan.site[2].posts[PARTNER], 1);
    assert_true(near(plan.site[2].fte[PARTNER], to_grain(0.8)));
    assert_int_equal(plan.site[3].posts[PARTNER], 0);
    assert_int_equal(plan.site[3].posts[SALARIED], 1);
    assert_true(near(plan.site[4].fte[PARTNER], to_grain(1.2)));
    assert_true(near(plan.site[4].fte[SALARIED], to_grain(0.2)));
    plan_free(&plan);
}

/* 1.5 x 6 / (1 - 0.2) = 11.25; with vacancies up to 0.5, 1.5 x 6 / 0.5 = 18. */
static void there_are_slots_for_all_posts_that_may_be_wanted(void **state)
{
    const char *const overrides[] = {
        "workforce.vacancy_start={normal: {mean: 0.1, sd: 0.02}}"};
    struct plan fixed = round_plan(TWO_PRACTICES, NULL, 0);
    struct plan unbounded = round_plan(TWO_PRACTICES, overrides, 1);

    (void)state;
    assert_int_equal(fixed.site[0].slots, 11);
    assert_int_equal(unbounded.site[0].slots, 18);
    plan_free(&fixed);
    plan_free(&unbounded);
}

static void equal_terms_of_two_forms_draw_equal_values(void **state)
{
    struct plan plan = six_practices(NULL);

    (void)state;
    assert_int_equal(value(&plan, "forms.joined.levy")->entity,
                     text_hash32("forms.*.levy"));
    assert_int_equal(value(&plan, "forms.joined_small.levy")->entity,
                     value(&plan, "forms.joined.levy")->entity);
    assert_int_equal(value(&plan, "shocks.flood.demand")->entity,
                     text_hash32("shocks.flood.demand"));
    plan_free(&plan);
}

static void an_independent_value_has_a_draw_of_its_own(void **state)
{
    struct plan plan = six_practices(
        "forms.joined_small.levy={uniform: {low: 1, high: 3}, independent: true}");

    (void)state;
    assert_int_equal(value(&plan, "forms.joined_small.levy")->entity,
                     text_hash32("forms.joined_small.levy"));
    plan_free(&plan);
}

/* 150 GBP of 2025 in the first practice, 1.1 to the price base. */
static void money_of_the_practices_is_carried_to_the_price_base(void **state)
{
    struct plan plan = six_practices(NULL);

    (void)state;
    assert_string_equal(plan.site[0].code, "T00001");
    assert_true(near(plan.site[0].core_rate, 165.0));
    assert_true(value(&plan, "forms.joined.org_income")->uplift == 1.1);
    plan_free(&plan);
}

static void values_stand_in_their_order(void **state)
{
    struct plan plan = six_practices(NULL);
    const size_t joined = plan_row_values(1), award = plan_shock_values(&plan, 1);

    (void)state;
    assert_string_equal(plan.value[PARAMETER(money.salary)].key, "money.salary");
    assert_string_equal(plan.value[PARAMETER(workforce.leave_rate[SALARIED])].key,
                        "workforce.leave_rate.salaried");
    assert_string_equal(plan.value[joined + TERM(levy)].key, "forms.joined.levy");
    assert_string_equal(plan.value[award + SHOCK_TERM(pay)].key, "shocks.award.pay");
    plan_free(&plan);
}

static void a_shock_starts_in_the_first_quarter_of_its_year(void **state)
{
    struct plan plan = six_practices(NULL);

    (void)state;
    assert_int_equal(plan.shock[0].at, -1);
    assert_int_equal(plan.shock[0].duration, 1);
    assert_int_equal(plan.shock[0].fade, 2);
    assert_int_equal(plan.shock[1].at, 8);
    assert_int_equal(plan.shock[1].duration, MOST_QUARTERS);
    plan_free(&plan);
}

static void choices_become_those_of_the_terms(void **state)
{
    struct plan plan = six_practices(NULL);
    const struct form_choices *owned = &plan.row[3].choices;

    (void)state;
    assert_string_equal(plan.row[3].name, "owned");
    assert_int_equal(owned->group_by, GROUP_ALL);
    assert_int_equal(owned->pool_owner, OWNER_TRUST);
    assert_int_equal(owned->liability, LIABILITY_PUBLIC);
    assert_int_equal(owned->setup_payer, BEARER_PARTNERS);
    assert_int_equal(owned->benefit_to, BEARER_COMMISSIONER);
    assert_true(owned->convert_partners);
    assert_true(plan.row[1].choices.target_population == 20000.0);
    plan_free(&plan);
}

static void a_form_knows_the_row_its_leavers_fall_back_on(void **state)
{
    struct plan plan = six_practices(NULL);

    (void)state;
    assert_int_equal(plan.form[3].exit_row, 0);
    assert_int_equal(plan.form[0].exit_row, 0);
    plan_free(&plan);
}

/* The lowest code of the whole patch is T00001. */
static void an_organisation_draws_as_its_lowest_coded_practice(void **state)
{
    struct plan plan = six_practices(NULL);

    (void)state;
    assert_int_equal(plan.form[3].organisations, 1);
    assert_int_equal(plan.form[3].entity[0], plan.site[0].entity);
    plan_free(&plan);
}

/* The factor times its transpose is the correlation matrix: contract and pay 0.2. */
static void correlations_are_factored(void **state)
{
    struct plan plan = six_practices(NULL);

    (void)state;
    assert_true(plan.cholesky[CONTRACT][CONTRACT] == 1.0);
    assert_true(near(plan.cholesky[PAY][CONTRACT], 0.2));
    assert_true(near(plan.cholesky[PAY][PAY], sqrt(0.96)));
    plan_free(&plan);
}

/* Pay is 2.0 in the first year and 2.03 in the second. */
static void past_prices_are_relative_to_their_first_year(void **state)
{
    struct plan plan =
        six_practices("prices.history=" TEST_DATA "/scenarios/history.csv");

    (void)state;
    assert_true(plan.history[PAY] == 1.0);
    assert_true(near(plan.history[INDICES + PAY], 1.015));
    plan_free(&plan);
}

static void a_past_may_say_how_lists_grew_and_posts_were_filled(void **state)
{
    struct plan prices =
        six_practices("prices.history=" TEST_DATA "/scenarios/history.csv");
    struct plan all = six_practices("prices.history=" TEST_DATA
                                    "/../../scenarios/histories/england_from_2021.csv");

    (void)state;
    assert_null(prices.past[PAST_SHORTAGE]);
    assert_true(all.past[PAST_LIST_GROWTH][1] == 0.0095);
    assert_true(all.past[PAST_SHORTAGE][2] == 0.5);
    plan_free(&prices);
    plan_free(&all);
}

static void what_is_resolved_compiles_to_the_same_bits(void **state)
{
    struct hr_scenario *scenario = NULL, *again = NULL;
    struct hr_messages problems = {0};
    struct plan first = six_practices(NULL), second;
    char *resolved, *practices;

    (void)state;
    assert_int_equal(hr_scenario_read(SIX_PRACTICES, NULL, 0, &scenario, &problems),
                     HR_OK);
    resolved = hr_scenario_resolved(scenario);
    practices = hr_scenario_practices_csv(scenario);
    assert_int_equal(
        hr_scenario_read_text(resolved, practices, NULL, 0, &again, &problems), HR_OK);
    second = plan_of(again);
    assert_memory_equal(first.site, second.site, first.sites * sizeof(*first.site));
    assert_memory_equal(first.value, second.value, first.values * sizeof(*first.value));
    assert_memory_equal(first.row, second.row, first.rows * sizeof(*first.row));
    free(resolved);
    free(practices);
    hr_scenario_free(scenario);
    plan_free(&first);
    plan_free(&second);
}

static struct hr_outline outline_with(const char *const *change, size_t n)
{
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};
    struct hr_outline outline;
    int organisations[4];

    assert_int_equal(hr_scenario_read(SIX_PRACTICES, change, n, &scenario, &problems),
                     HR_OK);
    assert_int_equal(hr_scenario_outline(scenario, &outline, organisations, &problems),
                     HR_OK);
    hr_scenario_free(scenario);
    return outline;
}

/* Posts stay empty for (6 x 12 + 2 x 4)/8 = 10 months in the mean; burn-out is felt by
 * 0.5 of work that is not covered to 0.75: 0.4 x 0.5 x 0.75 x 10/12, and 0.05 of peers.
 */
static void the_loop_gain_is_that_of_the_formula(void **state)
{
    static const char *const change[] = {
        "market.dwell_years.shortage=6",   "market.dwell_years.glut=2",
        "workforce.months_to_fill.glut=4", "workforce.months_to_fill.shortage=12",
        "workforce.burnout_rate=0.4",      "workforce.peer_rate=0.05",
        "capacity.gp_share=0.5",           "capacity.locum_cover=0.25",
    };

    (void)state;
    assert_true(near(outline_with(change, 8).loop_gain, 0.175));
}

/* Half of burn-out's rate falls on GP work half of which is covered, for a mean of six
 * months: 0.5 x 0.5 x 0.5 x 0.5. */
static void the_outline_says_what_a_scenario_comes_to(void **state)
{
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};
    struct hr_outline outline;
    int organisations[4];

    (void)state;
    assert_int_equal(hr_scenario_read(SIX_PRACTICES, NULL, 0, &scenario, &problems),
                     HR_OK);
    assert_int_equal(hr_scenario_outline(scenario, &outline, organisations, &problems),
                     HR_OK);
    assert_int_equal(outline.practices, 6);
    assert_true(outline.patients == 49000.0);
    assert_true(near(outline.loop_gain, 0.0625));
    assert_int_equal(organisations[0], 6);
    hr_scenario_free(scenario);
}

static size_t drawn_fast(const char *const *change, size_t n)
{
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};
    struct hr_outline outline;
    int organisations[4];

    assert_int_equal(hr_scenario_read(SIX_PRACTICES, change, n, &scenario, &problems),
                     HR_OK);
    assert_int_equal(hr_scenario_outline(scenario, &outline, organisations, &problems),
                     HR_OK);
    hr_scenario_free(scenario);
    return outline.fast;
}

static void claims_are_drawn_fast_where_there_are_claims(void **state)
{
    const char *const change[] = {"delegated.share=1", "delegated.severity=normal"};

    (void)state;
    assert_int_equal(drawn_fast(change, 1), 6);
    assert_int_equal(drawn_fast(change, 2), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cost_is_what_leaves_partners_their_income),
        cmocka_unit_test(expected_locums_are_paid_first),
        cmocka_unit_test(a_practice_without_partners_has_the_flat_rate),
        cmocka_unit_test(cost_rates_stay_within_bounds_of_the_flat_rate),
        cmocka_unit_test(posts_are_made_of_headcounts),
        cmocka_unit_test(there_are_slots_for_all_posts_that_may_be_wanted),
        cmocka_unit_test(equal_terms_of_two_forms_draw_equal_values),
        cmocka_unit_test(an_independent_value_has_a_draw_of_its_own),
        cmocka_unit_test(money_of_the_practices_is_carried_to_the_price_base),
        cmocka_unit_test(values_stand_in_their_order),
        cmocka_unit_test(a_shock_starts_in_the_first_quarter_of_its_year),
        cmocka_unit_test(choices_become_those_of_the_terms),
        cmocka_unit_test(a_form_knows_the_row_its_leavers_fall_back_on),
        cmocka_unit_test(an_organisation_draws_as_its_lowest_coded_practice),
        cmocka_unit_test(correlations_are_factored),
        cmocka_unit_test(past_prices_are_relative_to_their_first_year),
        cmocka_unit_test(a_past_may_say_how_lists_grew_and_posts_were_filled),
        cmocka_unit_test(what_is_resolved_compiles_to_the_same_bits),
        cmocka_unit_test(the_loop_gain_is_that_of_the_formula),
        cmocka_unit_test(the_outline_says_what_a_scenario_comes_to),
        cmocka_unit_test(claims_are_drawn_fast_where_there_are_claims),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
