#include "test.h"

#include "headroom/scenario.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SIX_PRACTICES TEST_DATA "/scenarios/six_practices.yaml"

static struct hr_scenario *read_with(const char *override)
{
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};
    const char *const overrides[] = {override};

    assert_int_equal(hr_scenario_read(SIX_PRACTICES, overrides, override != NULL,
                                      &scenario, &problems),
                     HR_OK);
    return scenario;
}

static struct hr_assumption assumption(const struct hr_scenario *scenario,
                                       const char *key)
{
    size_t count;
    const struct hr_assumption *all = hr_scenario_assumptions(scenario, &count);

    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i].key, key) == 0)
            return all[i];
    }
    return (struct hr_assumption){.key = NULL};
}

static void a_later_file_overrides_key_by_key(void **state)
{
    struct hr_scenario *scenario = read_with(NULL);

    (void)state;
    assert_string_equal(hr_scenario_text(scenario, "title"), "Six practices");
    assert_true(hr_scenario_number(scenario, "trials") == 100.0);
    assert_true(hr_scenario_number(scenario, "patch.horizon_years") == 5.0);
    hr_scenario_free(scenario);
}

static void an_override_has_the_last_word(void **state)
{
    struct hr_scenario *scenario = read_with("forms.joined_small.levy=4");

    (void)state;
    assert_true(hr_scenario_number(scenario, "forms.joined_small.levy") == 4.0);
    hr_scenario_free(scenario);
}

static void an_override_may_be_a_distribution_with_its_source(void **state)
{
    struct hr_scenario *scenario = read_with(
        "workforce.peer_rate={uniform: {low: 0, high: 0.2}, evidence: survey}");
    const struct hr_assumption peers = assumption(scenario, "workforce.peer_rate");

    (void)state;
    assert_string_equal(peers.value, "uniform low 0 high 0.2");
    assert_string_equal(peers.evidence, "survey");
    assert_true(peers.distributed);
    hr_scenario_free(scenario);
}

static void like_starts_from_a_row_and_changes_a_term(void **state)
{
    struct hr_scenario *scenario = read_with(NULL);

    (void)state;
    assert_true(hr_scenario_number(scenario, "forms.joined_small.levy") == 3.0);
    assert_true(hr_scenario_number(scenario, "forms.joined_small.saving") == 0.01);
    assert_true(hr_scenario_number(scenario, "forms.joined.levy") == 2.0);
    hr_scenario_free(scenario);
}

static void an_assumption_knows_where_it_comes_from(void **state)
{
    struct hr_scenario *scenario = read_with(NULL);
    const struct hr_assumption levy = assumption(scenario, "forms.joined.levy");

    (void)state;
    assert_string_equal(levy.value, "triangular low 1 mode 2 high 3");
    assert_string_equal(levy.evidence, "assumption");
    assert_string_equal(levy.source, "a guess");
    assert_string_equal(levy.owner, "finance");
    assert_string_equal(levy.date, "2026-07");
    assert_string_equal(levy.unit, "GBP/patient/year");
    assert_true(levy.low == 0.0 && levy.high == 1000.0 && levy.neutral == 0.0);
    assert_false(levy.defaulted);
    hr_scenario_free(scenario);
}

/* 8 GBP of 2025, and 1.1 from 2025 to the price base. */
static void money_of_another_year_is_carried_to_the_price_base(void **state)
{
    struct hr_scenario *scenario = read_with(NULL);
    const struct hr_assumption income = assumption(scenario, "forms.joined.org_income");

    (void)state;
    assert_int_equal(income.year, 2025);
    assert_true(income.uplift == 1.1);
    assert_true(fabs(income.central - 8.8) < 1e-12);
    hr_scenario_free(scenario);
}

static void what_nobody_said_is_marked(void **state)
{
    struct hr_scenario *scenario = read_with(NULL);

    (void)state;
    assert_true(assumption(scenario, "shocks.flood.staff").defaulted);
    assert_false(assumption(scenario, "shocks.flood.income").defaulted);
    assert_true(assumption(scenario, "decision.objective").defaulted);
    hr_scenario_free(scenario);
}

static void a_set_year_takes_the_place_of_an_earlier_rate(void **state)
{
    struct hr_scenario *scenario = read_with("shocks.flood.at=3");

    (void)state;
    assert_true(hr_scenario_number(scenario, "shocks.flood.at") == 3.0);
    assert_true(hr_scenario_number(scenario, "shocks.flood.rate") == 0.0);
    hr_scenario_free(scenario);
}

static void a_rate_takes_the_place_of_an_earlier_set_year(void **state)
{
    struct hr_scenario *scenario = read_with("shocks.award.rate=0.2");

    (void)state;
    assert_true(isnan(hr_scenario_number(scenario, "shocks.award.at")));
    assert_true(hr_scenario_number(scenario, "shocks.award.rate") == 0.2);
    hr_scenario_free(scenario);
}

static void a_row_that_is_only_fallen_back_on_is_loaded_and_not_simulated(void **state)
{
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};
    const char *const overrides[] = {"forms=[joined]", "reference=joined",
                                     "forms.alone.levy=1"};

    (void)state;
    assert_int_equal(
        hr_scenario_read(SIX_PRACTICES, overrides, 3, &scenario, &problems), HR_OK);
    assert_int_equal(hr_scenario_form_count(scenario), 1);
    assert_string_equal(hr_scenario_form(scenario, 0), "joined");
    assert_true(hr_scenario_number(scenario, "forms.alone.levy") == 1.0);
    hr_scenario_free(scenario);
}

/* What is resolved reads back as itself. */
static void check_round_trip(struct hr_scenario *scenario)
{
    struct hr_scenario *again = NULL;
    struct hr_messages problems = {0};
    char *resolved = hr_scenario_resolved(scenario);
    char *practices = hr_scenario_practices_csv(scenario);
    char *resolved_again, *practices_again;

    assert_int_equal(
        hr_scenario_read_text(resolved, practices, NULL, 0, &again, &problems), HR_OK);
    resolved_again = hr_scenario_resolved(again);
    practices_again = hr_scenario_practices_csv(again);
    assert_string_equal(resolved, resolved_again);
    assert_string_equal(practices, practices_again);
    free(resolved);
    free(practices);
    free(resolved_again);
    free(practices_again);
    hr_scenario_free(again);
    hr_scenario_free(scenario);
}

static void every_kind_of_distribution_survives_being_resolved(void **state)
{
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};
    const char *const overrides[] = {
        "workforce.peer_rate={discrete: {values: [0, 0.1], weights: [3, 1]}}",
        "distress.takeover_share={beta: {mean: 0.7, sd: 0.05}}",
        "distress.windup_cost={gamma: {mean: 45, sd: 10}, year: 2025}",
        "money.salary={lognormal: {mean: 95000, sd: 7000}, year: 2025}",
        "demand.growth={normal: {mean: 0.001, sd: 0.003}, independent: true}",
        "demand.rho_max={pert: {low: 1, mode: 1.1, high: 1.3}}",
        "money.oncost={fixed: {value: 0.27}}",
    };

    (void)state;
    assert_int_equal(
        hr_scenario_read(SIX_PRACTICES, overrides, 7, &scenario, &problems), HR_OK);
    check_round_trip(scenario);
}

static void past_prices_are_kept_within_the_resolved_scenario(void **state)
{
    (void)state;
    check_round_trip(read_with("prices.history=" TEST_DATA "/scenarios/history.csv"));
}

static void a_key_is_set_and_the_rest_stays(void **state)
{
    struct hr_scenario *scenario = read_with("forms.joined.levy=4");
    struct hr_messages problems = {0};

    (void)state;
    assert_int_equal(hr_scenario_set(scenario, "trials", "200", &problems), HR_OK);
    assert_true(hr_scenario_number(scenario, "trials") == 200.0);
    assert_true(hr_scenario_number(scenario, "forms.joined.levy") == 4.0);
    hr_scenario_free(scenario);
}

static void a_refused_change_changes_nothing(void **state)
{
    struct hr_scenario *scenario = read_with(NULL);
    struct hr_messages problems = {0};

    (void)state;
    assert_int_equal(hr_scenario_set(scenario, "trials", "many", &problems),
                     HR_BAD_INPUT);
    assert_int_equal(problems.count, 1);
    assert_true(hr_scenario_number(scenario, "trials") == 100.0);
    hr_messages_free(&problems);
    hr_scenario_free(scenario);
}

/* levy, pooled_share and saving are assumed; org_cost becomes the income it is spent
 * from, 8 GBP of 2025 at 1.1; what is published stays. */
static void neutral_forms_differ_only_in_what_is_known(void **state)
{
    struct hr_scenario *scenario = read_with(NULL);
    struct hr_messages problems = {0};
    size_t changed = 0;

    (void)state;
    assert_int_equal(
        hr_scenario_neutralise(scenario, HR_NEUTRAL_FORMS, &changed, &problems), HR_OK);
    assert_true(changed > 0);
    assert_true(hr_scenario_number(scenario, "forms.joined.levy") == 0.0);
    assert_true(hr_scenario_number(scenario, "forms.joined.pooled_share") == 0.0);
    assert_true(hr_scenario_number(scenario, "forms.joined.saving") == 0.0);
    assert_true(hr_scenario_number(scenario, "forms.owned.pay_premium") == 1.0);
    assert_true(fabs(hr_scenario_number(scenario, "forms.joined.org_cost") - 8.8) <
                1e-12);
    assert_true(fabs(hr_scenario_number(scenario, "forms.joined.setup_cost") - 2.04) <
                1e-12);
    hr_scenario_free(scenario);
}

static void what_is_neutral_stays_so_when_it_is_done_twice(void **state)
{
    struct hr_scenario *scenario = read_with(NULL);
    struct hr_messages problems = {0};
    size_t changed = 0;

    (void)state;
    assert_int_equal(
        hr_scenario_neutralise(scenario, HR_NEUTRAL_FORMS, &changed, &problems), HR_OK);
    assert_int_equal(
        hr_scenario_neutralise(scenario, HR_NEUTRAL_FORMS, &changed, &problems), HR_OK);
    assert_int_equal(changed, 0);
    hr_scenario_free(scenario);
}

static void a_trust_keeps_the_whole_pool_when_neutral(void **state)
{
    struct hr_scenario *scenario = read_with("forms.owned.pooled_share=1");
    struct hr_messages problems = {0};
    size_t changed = 0;

    (void)state;
    assert_int_equal(
        hr_scenario_neutralise(scenario, HR_NEUTRAL_FORMS, &changed, &problems), HR_OK);
    assert_true(hr_scenario_number(scenario, "forms.owned.pooled_share") == 1.0);
    hr_scenario_free(scenario);
}

static void neutral_in_all_takes_contracts_and_hospitals_out_too(void **state)
{
    struct hr_scenario *scenario = read_with(
        "relations.cost={ value: 9, evidence: assumption, source: none published }");
    struct hr_messages problems = {0};
    size_t changed = 0;

    (void)state;
    assert_int_equal(
        hr_scenario_neutralise(scenario, HR_NEUTRAL_FORMS, &changed, &problems), HR_OK);
    assert_true(hr_scenario_number(scenario, "relations.cost") == 9.0);
    assert_int_equal(
        hr_scenario_neutralise(scenario, HR_NEUTRAL_ALL, &changed, &problems), HR_OK);
    assert_int_equal(changed, 1);
    assert_true(hr_scenario_number(scenario, "relations.cost") == 0.0);
    hr_scenario_free(scenario);
}

static const char *evidence_of(const struct hr_scenario *scenario, const char *key)
{
    size_t count = 0;
    const struct hr_assumption *all = hr_scenario_assumptions(scenario, &count);

    for (size_t i = 0; i < count; i++) {
        if (strcmp(all[i].key, key) == 0)
            return all[i].evidence;
    }
    return "";
}

/* The system rates of the test's base are bare numbers, too. */
static void what_somebody_chose_stays_when_the_rest_is_neutral(void **state)
{
    struct hr_scenario *scenario = read_with("forms.joined.levy=7");
    struct hr_messages problems = {0};
    size_t changed = 0;

    (void)state;
    assert_string_equal(evidence_of(scenario, "forms.joined.levy"), "chosen");
    assert_string_equal(evidence_of(scenario, "system.ed_rate"), "chosen");
    assert_string_equal(evidence_of(scenario, "forms.joined.saving"), "assumption");
    assert_int_equal(
        hr_scenario_neutralise(scenario, HR_NEUTRAL_ALL, &changed, &problems), HR_OK);
    assert_true(hr_scenario_number(scenario, "forms.joined.levy") == 7.0);
    assert_true(hr_scenario_number(scenario, "system.ed_rate") == 0.35);
    assert_true(hr_scenario_number(scenario, "forms.joined.saving") == 0.0);
    hr_scenario_free(scenario);
}

/* The form `owned` employs its partners, the others do not. */
static void that_held_practices_do_not_end_is_listed_as_assumed(void **state)
{
    struct hr_scenario *scenario = read_with(NULL);

    (void)state;
    assert_string_equal(evidence_of(scenario, "forms.owned.held_practices"),
                        "assumption");
    assert_string_equal(evidence_of(scenario, "forms.joined.held_practices"), "");
    hr_scenario_free(scenario);
}

static void a_file_that_is_not_there_is_bad_input(void **state)
{
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};

    (void)state;
    assert_int_equal(hr_scenario_read("no_such.yaml", NULL, 0, &scenario, &problems),
                     HR_BAD_INPUT);
    assert_null(scenario);
    assert_string_equal(problems.item[0].text,
                        "no_such.yaml: cannot be read: No such file or directory");
    hr_messages_free(&problems);
}

static void the_shipped_forms_are_read_without_a_scenario(void **state)
{
    struct hr_scenario *forms = NULL;
    struct hr_messages problems = {0};

    (void)state;
    assert_int_equal(hr_scenario_read_forms(&forms, &problems), HR_OK);
    assert_int_equal(hr_scenario_form_count(forms), 3);
    assert_string_equal(hr_scenario_form(forms, 0), "alone");
    hr_scenario_free(forms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_later_file_overrides_key_by_key),
        cmocka_unit_test(an_override_has_the_last_word),
        cmocka_unit_test(an_override_may_be_a_distribution_with_its_source),
        cmocka_unit_test(like_starts_from_a_row_and_changes_a_term),
        cmocka_unit_test(an_assumption_knows_where_it_comes_from),
        cmocka_unit_test(money_of_another_year_is_carried_to_the_price_base),
        cmocka_unit_test(what_nobody_said_is_marked),
        cmocka_unit_test(a_set_year_takes_the_place_of_an_earlier_rate),
        cmocka_unit_test(a_rate_takes_the_place_of_an_earlier_set_year),
        cmocka_unit_test(a_row_that_is_only_fallen_back_on_is_loaded_and_not_simulated),
        cmocka_unit_test(every_kind_of_distribution_survives_being_resolved),
        cmocka_unit_test(past_prices_are_kept_within_the_resolved_scenario),
        cmocka_unit_test(a_key_is_set_and_the_rest_stays),
        cmocka_unit_test(a_refused_change_changes_nothing),
        cmocka_unit_test(neutral_forms_differ_only_in_what_is_known),
        cmocka_unit_test(what_is_neutral_stays_so_when_it_is_done_twice),
        cmocka_unit_test(a_trust_keeps_the_whole_pool_when_neutral),
        cmocka_unit_test(neutral_in_all_takes_contracts_and_hospitals_out_too),
        cmocka_unit_test(what_somebody_chose_stays_when_the_rest_is_neutral),
        cmocka_unit_test(that_held_practices_do_not_end_is_listed_as_assumed),
        cmocka_unit_test(a_file_that_is_not_there_is_bad_input),
        cmocka_unit_test(the_shipped_forms_are_read_without_a_scenario),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
