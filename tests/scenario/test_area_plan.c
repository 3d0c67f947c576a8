/* The column area of a table of practices divides the plan. */
#include "test.h"

#include "headroom/scenario.h"
#include "plan.h"
#include "scenario_plan.h"

#include <stdlib.h>
#include <string.h>

#define FOURTEEN TEST_DATA "/scenarios/patches/fourteen.csv"
#define FORMS    TEST_DATA "/scenarios/six_practices.yaml"

/* Forms: alone; joined by network; joined to 16,000; all. The table has the areas "",
 * 13T and 16C, of 5, 5 and 4 practices. */
static struct hr_scenario *read_with(const char *override)
{
    struct hr_scenario *scenario = NULL;
    struct hr_messages problems = {0};

    assert_int_equal(hr_scenario_read(FORMS, &override, 1, &scenario, &problems),
                     HR_OK);
    return scenario;
}

static struct hr_scenario *read_fourteen(void)
{
    return read_with("patch.practices=" FOURTEEN);
}

static struct plan fourteen(void)
{
    struct hr_scenario *scenario = read_fourteen();
    struct hr_messages problems = {0};
    struct plan plan;

    assert_int_equal(scenario_compile(scenario, &plan, &problems), HR_OK);
    hr_scenario_free(scenario);
    return plan;
}

static size_t area_of(const struct plan *plan, size_t site)
{
    for (size_t a = 0; a < plan->areas; a++) {
        for (size_t k = 0; k < plan->area[a].sites; k++) {
            if (plan->area[a].site[k] == site)
                return a;
        }
    }
    fail_msg("practice %zu is of no area", site);
    return 0;
}

static void areas_follow_their_codes_and_practices_theirs(void **state)
{
    struct plan plan = fourteen();

    (void)state;
    assert_int_equal(plan.areas, 3);
    assert_int_equal(plan.area[0].sites, 5);
    assert_int_equal(plan.area[1].sites, 5);
    assert_int_equal(plan.area[2].sites, 4);
    assert_string_equal(plan.site[plan.area[0].site[0]].code, "B00000");
    assert_string_equal(plan.site[plan.area[1].site[0]].code, "B00001");
    assert_string_equal(plan.site[plan.area[1].site[4]].code, "B00013");
    assert_string_equal(plan.site[plan.area[2].site[0]].code, "B00002");
    plan_free(&plan);
}

/* A3 has B00002 in 16C and B00004 in 13T; A2 is in all three. */
static void a_network_in_two_areas_is_two(void **state)
{
    struct plan plan = fourteen();

    (void)state;
    for (size_t a = 0; a < plan.areas; a++) {
        for (size_t k = 0; k < plan.area[a].sites; k++)
            assert_true(plan.site[plan.area[a].site[k]].network <
                        (int)plan.area[a].networks);
    }
    assert_int_equal(plan.site[0].network, plan.site[9].network);
    assert_int_equal(plan.area[0].networks, 3);
    assert_int_equal(plan.area[1].networks, 5);
    assert_int_equal(plan.area[2].networks, 3);
    assert_int_equal(plan.networks, 11);
    plan_free(&plan);
}

static void no_organisation_lies_in_two_areas(void **state)
{
    struct plan plan = fourteen();

    (void)state;
    for (size_t f = 0; f < plan.forms; f++) {
        const struct plan_form *form = &plan.form[f];

        assert_int_equal(form->before[0], 0);
        assert_int_equal(form->before[plan.areas], form->organisations);
        for (size_t s = 0; s < plan.sites; s++) {
            const size_t area = area_of(&plan, s);

            assert_in_range(form->organisation[s], form->before[area],
                            form->before[area + 1] - 1);
        }
    }
    assert_int_equal(plan.form[0].organisations, 14);
    assert_int_equal(plan.form[3].organisations, 3);
    plan_free(&plan);
}

static void an_organisation_draws_as_the_lowest_code_of_its_area(void **state)
{
    struct plan plan = fourteen();

    (void)state;
    for (size_t a = 0; a < plan.areas; a++)
        assert_int_equal(plan.form[3].entity[a],
                         plan.site[plan.area[a].site[0]].entity);
    plan_free(&plan);
}

static bool is_among(const struct hr_messages *messages, const char *sentence)
{
    for (size_t i = 0; i < messages->count; i++) {
        if (strstr(messages->item[i].text, sentence) != NULL)
            return true;
    }
    return false;
}

static void blank_areas_beside_others_and_networks_across_are_noted(void **state)
{
    struct hr_scenario *scenario = read_fourteen();
    const struct hr_messages *notes = hr_scenario_warnings(scenario);

    (void)state;
    assert_true(is_among(notes, "fourteen.csv: area: is blank for 5 practices and not "
                                "for 9: those without share an area of their own"));
    assert_true(is_among(notes, "fourteen.csv: area: 2 networks lie in several areas, "
                                "and are reckoned as one in each: A2, A3"));
    hr_scenario_free(scenario);
}

static void areas_of_which_none_is_blank_are_not_noted(void **state)
{
    struct hr_scenario *scenario =
        read_with("patch.practices=" TEST_DATA "/scenarios/patches/letters.csv");

    (void)state;
    assert_false(is_among(hr_scenario_warnings(scenario), "is blank for"));
    hr_scenario_free(scenario);
}

/* Practice Z00001 has 16C, the two others 16c. */
static void areas_that_differ_in_case_alone_are_doubted_once(void **state)
{
    struct hr_scenario *scenario =
        read_with("patch.practices=" TEST_DATA "/scenarios/patches/letters.csv");
    const struct hr_messages *doubts = hr_scenario_doubts(scenario);

    (void)state;
    assert_int_equal(doubts->count, 1);
    assert_true(is_among(doubts, "row 3: Z00002 area: \"16c\" and the \"16C\" of row 2 "
                                 "differ in capitals alone"));
    hr_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_follow_their_codes_and_practices_theirs),
        cmocka_unit_test(a_network_in_two_areas_is_two),
        cmocka_unit_test(no_organisation_lies_in_two_areas),
        cmocka_unit_test(an_organisation_draws_as_the_lowest_code_of_its_area),
        cmocka_unit_test(blank_areas_beside_others_and_networks_across_are_noted),
        cmocka_unit_test(areas_of_which_none_is_blank_are_not_noted),
        cmocka_unit_test(areas_that_differ_in_case_alone_are_doubted_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
