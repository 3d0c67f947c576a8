#include "test.h"

#include "lead.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct figure_unit pounds = {1.0, true, "", 2};
static const struct figure_unit plain = {1.0, false, "", 1};

/* A leader by a clear margin. */
static struct lead_case clear(void)
{
    return (struct lead_case){
        .view = VIEW_EVERYONE,
        .label = "Everyone",
        .better = HR_BETTER_HIGHER,
        .unit = pounds,
        .years = 10,
        .forms = 4,
        .leader = "federation",
        .rival = "partnership",
        .ahead = {19.7, 19.4, 19.9},
        .odds = 0.98,
        .often = "federation",
        .often_share = 0.83,
        .hardest = "super_partnership",
        .margin = {16.1, 15.9, 16.4},
        .resolved = true,
        .trials = 10000,
        .complete = 1.0,
    };
}

static void assert_says(const struct lead_case *lead, const char *expected)
{
    char *said = lead_sentence(lead);

    assert_non_null(said);
    assert_string_equal(said, expected);
    free(said);
}

static void a_clear_lead_has_its_size_and_its_odds(void **state)
{
    const struct lead_case lead = clear();

    (void)state;
    assert_says(&lead,
                "federation leaves everyone together 19.70 GBP (19.40 to 19.90) a "
                "patient better off than partnership over 10 years, and is "
                "better in 98 of 100 futures.");
}

static void one_year_is_no_years(void **state)
{
    struct lead_case lead = clear();

    (void)state;
    lead.years = 1;
    assert_says(&lead,
                "federation leaves everyone together 19.70 GBP (19.40 to 19.90) a "
                "patient better off than partnership over 1 year, and is better in 98 "
                "of 100 futures.");
}

static void a_lead_on_average_alone_says_how_often_it_is_not_one(void **state)
{
    struct lead_case lead = clear();

    (void)state;
    lead.odds = 0.57;
    lead.often = "trust_run";
    lead.often_share = 0.44;
    assert_says(&lead,
                "federation leaves everyone together 19.70 GBP (19.40 to 19.90) a "
                "patient better off than partnership over 10 years on average, "
                "but in 43 of 100 futures it is the other way round. federation leads "
                "on average, but trust_run is best most "
                "often: in 44 of 100 futures.");
    lead = clear();
    lead.odds = 0.2;
    assert_says(&lead,
                "federation leaves everyone together 19.70 GBP (19.40 to 19.90) a "
                "patient better off than partnership over 10 years on average, "
                "but is better in only 20 of 100 futures.");
}

static void futures_in_which_two_are_equal_are_told(void **state)
{
    struct lead_case lead = clear();

    (void)state;
    lead.odds = 0.31;
    lead.equal = 0.69;
    assert_says(&lead,
                "federation leaves everyone together 19.70 GBP (19.40 to 19.90) a "
                "patient better off than partnership over 10 years; it is better "
                "in 31 of 100 futures, and in 69 of 100 they are equal.");
}

static void what_is_not_resolved_says_how_many_trials_would(void **state)
{
    struct lead_case lead = clear();

    (void)state;
    lead.resolved = false;
    lead.margin = (struct ranged){0.8, -0.4, 2.0};
    lead.needed = 41234.0;
    assert_says(&lead, "10,000 trials cannot tell federation from super_partnership "
                       "(difference 0.8 GBP (-0.4 to 2.0)); about 42,000 would.");
    lead.needed = 3e9;
    assert_says(&lead,
                "10,000 trials cannot tell federation from super_partnership "
                "(difference 0.8 GBP (-0.4 to 2.0)); more than 1e8 would be needed.");
}

static void within_the_indifference_two_are_equal(void **state)
{
    struct lead_case lead = clear();

    (void)state;
    lead.indifference = 20.0;
    assert_says(&lead, "federation and super_partnership are equal for practical "
                       "purposes.");
}

static void another_metric_is_named_and_has_its_direction(void **state)
{
    struct lead_case lead = clear();

    (void)state;
    lead.view = VIEWS;
    lead.label = "Practices closed";
    lead.better = HR_BETTER_LOWER;
    lead.unit = plain;
    lead.years = 0;
    lead.complete = 0.8;
    assert_says(&lead, "federation has 19.70 (19.40 to 19.90) less of \"Practices "
                       "closed\" than partnership, and is better in 98 of 100 futures. "
                       "Only 80 of 100 futures could be compared; in the others a form "
                       "does not exist.");
}

static void views_that_disagree_are_each_named(void **state)
{
    struct lead_case view[VIEWS] = {clear(), clear(), clear(), clear()};
    char *said;

    (void)state;
    view[VIEW_PUBLIC].leader = "trust_run";
    view[VIEW_GPS].resolved = false;
    view[VIEW_PATIENTS].same = true;
    said = lead_disagreement(view);
    assert_string_equal(
        said, "It depends on whose eyes: federation is best for everyone together; "
              "trust_run is best for the public purse; for today's GPs federation and "
              "super_partnership cannot be told apart; for patients federation and "
              "super_partnership are the same.");
    free(said);
    for (int v = 0; v < VIEWS; v++)
        view[v] = clear();
    said = lead_disagreement(view);
    assert_non_null(strstr(said, "federation is best on average for everyone"));
    free(said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clear_lead_has_its_size_and_its_odds),
        cmocka_unit_test(one_year_is_no_years),
        cmocka_unit_test(a_lead_on_average_alone_says_how_often_it_is_not_one),
        cmocka_unit_test(futures_in_which_two_are_equal_are_told),
        cmocka_unit_test(what_is_not_resolved_says_how_many_trials_would),
        cmocka_unit_test(within_the_indifference_two_are_equal),
        cmocka_unit_test(another_metric_is_named_and_has_its_direction),
        cmocka_unit_test(views_that_disagree_are_each_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
