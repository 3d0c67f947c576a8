/* A scenario held fast and varied, and the calibration it keeps. */
#include "test.h"

#include "headroom/scenario.h"
#include "scenario_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIX_PRACTICES TEST_DATA "/scenarios/six_practices.yaml"

enum { SIZE = 256 };

static struct hr_scenario *read_six(const char *const *overrides, size_t n)
{
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};

    assert_int_equal(
        hr_scenario_read(SIX_PRACTICES, overrides, n, &scenario, &problems), HR_OK);
    return scenario;
}

static struct plan plan_of(const struct hr_scenario *scenario)
{
    struct plan plan;
    struct hr_messages problems = {0};

    assert_int_equal(scenario_compile(scenario, &plan, &problems), HR_OK);
    return plan;
}

static void assert_same_text(char *a, char *b)
{
    assert_string_equal(a, b);
    free(a);
    free(b);
}

static void assert_same_identity(const struct hr_scenario *a,
                                 const struct hr_scenario *b)
{
    char first[SCENARIO_IDENTITY], second[SCENARIO_IDENTITY];
    struct plan plan = plan_of(a), other = plan_of(b);

    assert_true(scenario_identity(a, &plan, first));
    assert_true(scenario_identity(b, &other, second));
    assert_string_equal(first, second);
    plan_free(&plan);
    plan_free(&other);
}

/* All that a run reads and a result file keeps. */
static void assert_same(const struct hr_scenario *a, const struct hr_scenario *b)
{
    assert_same_text(hr_scenario_resolved(a), hr_scenario_resolved(b));
    assert_same_text(hr_scenario_practices_csv(a), hr_scenario_practices_csv(b));
    assert_same_identity(a, b);
}

static void assert_same_costs(const struct plan *a, const struct plan *b)
{
    assert_int_equal(a->sites, b->sites);
    assert_true(a->flat_rate == b->flat_rate);
    assert_true(a->calibration_factor == b->calibration_factor);
    for (size_t s = 0; s < a->sites; s++)
        assert_true(a->site[s].cost_rate == b->site[s].cost_rate);
}

static void assert_same_assumptions(const struct hr_scenario *a,
                                    const struct hr_scenario *b)
{
    size_t count, others;
    const struct hr_assumption *one = hr_scenario_assumptions(a, &count);
    const struct hr_assumption *other = hr_scenario_assumptions(b, &others);

    assert_int_equal(count, others);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(one[i].key, other[i].key);
        assert_string_equal(one[i].value, other[i].value);
        assert_string_equal(one[i].evidence, other[i].evidence);
        assert_memory_equal(&one[i].central, &other[i].central, sizeof(double));
    }
}

static void a_variant_that_changes_nothing_is_the_base(void **state)
{
    struct hr_scenario *scenario = read_six(NULL, 0), *variant = NULL;
    struct hr_base *base = NULL;
    struct hr_messages problems = {0};

    (void)state;
    assert_int_equal(hr_base_open(scenario, &base, &problems), HR_OK);
    assert_int_equal(hr_base_variant(base, NULL, 0, &variant, &problems), HR_OK);
    assert_same(scenario, variant);
    assert_same_assumptions(scenario, variant);
    hr_scenario_free(variant);
    hr_base_close(base);
    hr_scenario_free(scenario);
}

/* A variant and the same change on the command line: both refused, or both the same. */
static void assert_variant_is_override(const struct hr_base *base, const char *change)
{
    struct hr_scenario *variant = NULL, *read = NULL;
    struct hr_messages unheard = {0}, problems = {0};
    const enum hr_status varied =
        hr_base_variant(base, &change, 1, &variant, &problems);

    assert_int_equal(hr_scenario_read(SIX_PRACTICES, &change, 1, &read, &unheard),
                     varied);
    if (varied == HR_OK) {
        assert_same(read, variant);
        assert_same_assumptions(read, variant);
    } else {
        assert_int_equal(problems.count, unheard.count);
    }
    hr_messages_free(&unheard);
    hr_messages_free(&problems);
    hr_scenario_free(variant);
    hr_scenario_free(read);
}

/* Three quarters of its central value where it is a number; else the word it has. */
static void change_of(const struct hr_assumption *assumption, char change[SIZE])
{
    if (assumption->number)
        snprintf(change, SIZE, "%s=%.17g", assumption->key, 0.75 * assumption->central);
    else
        snprintf(change, SIZE, "%s=%s", assumption->key, assumption->value);
}

static void varying_any_key_is_what_reading_it_changed_is(void **state)
{
    struct hr_scenario *scenario = read_six(NULL, 0);
    struct hr_base *base = NULL;
    struct hr_messages problems = {0};
    size_t count;
    const struct hr_assumption *all = hr_scenario_assumptions(scenario, &count);

    (void)state;
    assert_int_equal(hr_base_open(scenario, &base, &problems), HR_OK);
    for (size_t i = 0; i < count; i++) {
        char change[SIZE];

        change_of(&all[i], change);
        assert_variant_is_override(base, change);
    }
    hr_base_close(base);
    hr_scenario_free(scenario);
}

static void lists_and_sizes_and_bad_values_vary_as_they_are_read(void **state)
{
    static const char *const changes[] = {"forms=[alone]",
                                          "shocks=[]",
                                          "seed=7",
                                          "reference=joined",
                                          "forms.joined.target_population=20000",
                                          "money.salary=-1",
                                          "no.such.key=1",
                                          "forms.joined.group_by=site",
                                          "trials=16",
                                          "nonsense"};
    struct hr_scenario *scenario = read_six(NULL, 0);
    struct hr_base *base = NULL;
    struct hr_messages problems = {0};

    (void)state;
    assert_int_equal(hr_base_open(scenario, &base, &problems), HR_OK);
    for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++)
        assert_variant_is_override(base, changes[i]);
    hr_base_close(base);
    hr_scenario_free(scenario);
}

static void an_override_keeps_the_calibration(void **state)
{
    const char *const overrides[] = {"money.salary=90000", "workforce.sick_rate=0.2"};
    struct hr_scenario *plain = read_six(NULL, 0), *changed = read_six(overrides, 2);
    struct plan before = plan_of(plain), after = plan_of(changed);
    struct hr_messages problems = {0};

    (void)state;
    assert_same_costs(&before, &after);
    plan_free(&after);
    assert_int_equal(hr_scenario_recalibrate(changed, &problems), HR_OK);
    after = plan_of(changed);
    assert_true(before.flat_rate != after.flat_rate);
    plan_free(&before);
    plan_free(&after);
    hr_scenario_free(plain);
    hr_scenario_free(changed);
}

/* What a result file keeps of a carried calibration is enough to verify it by. */
static void a_carried_calibration_reads_back_from_what_is_resolved(void **state)
{
    const char *const overrides[] = {"money.salary=90000"};
    struct hr_scenario *changed = read_six(overrides, 1), *again = NULL;
    struct hr_messages problems = {0};
    char *resolved = hr_scenario_resolved(changed);
    char *practices = hr_scenario_practices_csv(changed);

    (void)state;
    assert_non_null(strstr(resolved, "\"calibration\""));
    assert_non_null(strstr(practices, "cost_rate"));
    assert_int_equal(
        hr_scenario_read_text(resolved, practices, NULL, 0, &again, &problems), HR_OK);
    assert_same(changed, again);
    free(resolved);
    free(practices);
    hr_scenario_free(changed);
    hr_scenario_free(again);
}

static void what_is_said_of_the_patch_is_calibrated(void **state)
{
    const char *const overrides[] = {"patch.base_year=2022", "money.salary=90000"};
    struct hr_scenario *patch = read_six(overrides, 1), *both = read_six(overrides, 2);
    struct plan before = plan_of(patch), after = plan_of(both);

    (void)state;
    assert_same_costs(&before, &after);
    plan_free(&before);
    plan_free(&after);
    hr_scenario_free(patch);
    hr_scenario_free(both);
}

static void half_a_calibration_is_refused(void **state)
{
    const char *const overrides[] = {"calibration.flat_rate=80",
                                     "calibration.factor=1"};
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};

    (void)state;
    assert_int_equal(
        hr_scenario_read(SIX_PRACTICES, overrides, 2, &scenario, &problems),
        HR_BAD_INPUT);
    assert_int_equal(problems.count, 2);
    assert_non_null(strstr(problems.item[0].text, "half of a calibration"));
    hr_messages_free(&problems);
}

static void a_variant_takes_each_key_once(void **state)
{
    const char *const changes[] = {"money.salary=90000", "money.salary=91000"};
    struct hr_scenario *scenario = read_six(NULL, 0), *variant = NULL;
    struct hr_base *base = NULL;
    struct hr_messages problems = {0};

    (void)state;
    assert_int_equal(hr_base_open(scenario, &base, &problems), HR_OK);
    assert_int_equal(hr_base_variant(base, changes, 2, &variant, &problems),
                     HR_BAD_INPUT);
    assert_null(variant);
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.item[0].file, 1);
    assert_int_equal(problems.item[0].line, 2); /* the second of the changes */
    assert_int_equal(problems.item[0].column, 1);
    hr_messages_free(&problems);
    hr_base_close(base);
    hr_scenario_free(scenario);
}

/* forms.alone.org_cost is how forms.alone.org_cost_sd begins. */
static void keys_that_begin_alike_are_two(void **state)
{
    const char *const changes[] = {"forms.alone.org_cost_sd=0.2",
                                   "forms.alone.org_cost=0.3"};
    struct hr_scenario *scenario = read_six(NULL, 0), *variant = NULL;
    struct hr_base *base = NULL;
    struct hr_messages problems = {0};

    (void)state;
    assert_int_equal(hr_base_open(scenario, &base, &problems), HR_OK);
    assert_int_equal(hr_base_variant(base, changes, 2, &variant, &problems), HR_OK);
    hr_scenario_free(variant);
    hr_base_close(base);
    hr_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_variant_that_changes_nothing_is_the_base),
        cmocka_unit_test(varying_any_key_is_what_reading_it_changed_is),
        cmocka_unit_test(lists_and_sizes_and_bad_values_vary_as_they_are_read),
        cmocka_unit_test(an_override_keeps_the_calibration),
        cmocka_unit_test(a_carried_calibration_reads_back_from_what_is_resolved),
        cmocka_unit_test(what_is_said_of_the_patch_is_calibrated),
        cmocka_unit_test(half_a_calibration_is_refused),
        cmocka_unit_test(a_variant_takes_each_key_once),
        cmocka_unit_test(keys_that_begin_alike_are_two),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
