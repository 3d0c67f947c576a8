/* What is told of a scenario - question, roles, what forms are called - is kept for
 * readers, and no number depends on it. */
#include "test.h"

#include "headroom/scenario.h"
#include "plan.h"
#include "scenario_plan.h"

#include <stdlib.h>
#include <string.h>

#define SIX TEST_DATA "/scenarios/six_practices.yaml"

static const char *const words[] = {
    "question='Who holds the loss?'",
    "qa.approver='A. Board'",
    "forms.joined.label='Joined up'",
    "forms.joined.about='Practices that pool.'",
};
enum { WORDS = sizeof(words) / sizeof(*words) };

static struct hr_scenario *read_with(const char *const *override, size_t count)
{
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};

    assert_int_equal(hr_scenario_read(SIX, override, count, &scenario, &problems),
                     HR_OK);
    return scenario;
}

static void is_refused(const char *const *override, size_t count, const char *why)
{
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};

    assert_int_equal(hr_scenario_read(SIX, override, count, &scenario, &problems),
                     HR_BAD_INPUT);
    assert_int_equal(problems.count, 1);
    assert_non_null(strstr(problems.item[0].text, why));
    hr_messages_free(&problems);
}

static void identify(struct hr_scenario *scenario, char identity[SCENARIO_IDENTITY])
{
    struct plan plan = {0};
    struct hr_messages problems = {0};

    assert_int_equal(scenario_compile(scenario, &plan, &problems), HR_OK);
    assert_true(scenario_identity(scenario, &plan, identity));
    plan_free(&plan);
}

static void words_change_neither_run_nor_what_is_reckoned_from(void **state)
{
    struct hr_scenario *with = read_with(words, WORDS), *without = read_with(words, 0);
    char *told = hr_scenario_resolved(with), *untold = hr_scenario_resolved(without);
    char identity[SCENARIO_IDENTITY], other[SCENARIO_IDENTITY];
    size_t assumptions = 0, others = 0;

    (void)state;
    assert_string_equal(told, untold);
    identify(with, identity);
    identify(without, other);
    assert_string_equal(identity, other);
    (void)hr_scenario_assumptions(with, &assumptions);
    (void)hr_scenario_assumptions(without, &others);
    assert_int_equal(assumptions, others);
    free(told);
    free(untold);
    hr_scenario_free(with);
    hr_scenario_free(without);
}

static void words_come_back_from_the_scenario_in_full(void **state)
{
    struct hr_scenario *scenario = read_with(words, WORDS), *again = NULL;
    struct hr_messages problems = {0};
    char *full = hr_scenario_resolved_in_full(scenario, 10);
    char *practices = hr_scenario_practices_csv(scenario);

    (void)state;
    assert_int_equal(hr_scenario_read_text(full, practices, NULL, 0, &again, &problems),
                     HR_OK);
    assert_string_equal(hr_scenario_text(again, "question"), "Who holds the loss?");
    assert_string_equal(hr_scenario_text(again, "qa.approver"), "A. Board");
    assert_string_equal(hr_scenario_text(again, "forms.joined.label"), "Joined up");
    assert_string_equal(hr_scenario_text(again, "forms.joined_small.kin"), "joined");
    free(full);
    free(practices);
    hr_scenario_free(again);
    hr_scenario_free(scenario);
}

/* joined_small is like joined, which is listed before it. */
static void a_form_like_another_has_its_terms_and_not_its_label(void **state)
{
    struct hr_scenario *scenario = read_with(words, 0);

    (void)state;
    assert_string_equal(hr_scenario_text(scenario, "forms.joined.label"), "Joined");
    assert_string_equal(hr_scenario_text(scenario, "forms.joined_small.about"),
                        hr_scenario_text(scenario, "forms.joined.about"));
    assert_null(hr_scenario_text(scenario, "forms.joined_small.label"));
    assert_string_equal(hr_scenario_text(scenario, "forms.joined_small.kin"), "joined");
    assert_null(hr_scenario_text(scenario, "forms.joined.kin"));
    hr_scenario_free(scenario);
}

static void labels_fit_into_tables_and_tell_forms_apart(void **state)
{
    const char *const same[] = {"forms.joined.label=Both",
                                "forms.joined_small.label=Both"};
    const char *const most[] = {"forms.joined.label="
                                "1234567890123456789012345678901234567\xc3\xa9"
                                "12"};
    const char *const more[] = {"forms.joined.label="
                                "1234567890123456789012345678901234567\xc3\xa9"
                                "123"};

    (void)state;
    is_refused(same, 2, "joined is called \"Both\" too: two forms need two labels");
    is_refused(more, 1, "1 to 40 characters");
    hr_scenario_free(read_with(most, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_change_neither_run_nor_what_is_reckoned_from),
        cmocka_unit_test(words_come_back_from_the_scenario_in_full),
        cmocka_unit_test(a_form_like_another_has_its_terms_and_not_its_label),
        cmocka_unit_test(labels_fit_into_tables_and_tell_forms_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
