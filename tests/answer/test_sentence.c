#include "test.h"

#include "sentence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const labels[] = {"Partnership", "Super-partnership", "Federation",
                                     "Trust-run"};
static const struct figure_unit pounds = {1.0, true, "", 2};
static const struct figure_unit millions = {1e6, true, "m", 1};
static const struct figure_unit plain = {1.0, false, "", 0};

enum { PARTNERSHIP, SUPER, FEDERATION, TRUST };

/* Three winners, of which the second is a bet. */
static struct sentence_case three_winners(void)
{
    return (struct sentence_case){
        .label = labels,
        .forms = 4,
        .reference = PARTNERSHIP,
        .years = 10,
        .sites = 76,
        .trials = 10000,
        .view =
            {{FEDERATION, SUPER, true, 0.83, NAN, {19.7, 0.1, 0.98, 0, 3.6}, pounds},
             {TRUST, SUPER, true, 0.57, 0.03, {36.3e6, 9e5, 0.74, 0, -147e6}, millions},
             {PARTNERSHIP, FEDERATION, true, 0.89, NAN, {0, 0, 0, 1, 0}, millions},
             {PARTNERSHIP, FEDERATION, true, 0.61, NAN, {0, 0, 0, 1, 0}, plain}},
        .event = {"it walks away", 0.13, -130e6, 61e6, 61.0},
        .unmet = 149000.0,
        .unmet_se = 3000.0,
        .largest_error = 0.8,
        .assumed = 172,
        .numbers = 232,
    };
}

static void assert_says(char *got, const char *expected)
{
    assert_non_null(got);
    assert_string_equal(got, expected);
    free(got);
}

static void each_view_names_its_leader(void **state)
{
    const struct sentence_case answer = three_winners();

    (void)state;
    assert_says(
        sentence_who(&answer, FIGURE_PLAIN),
        "No form is best for everyone: Federation leaves everyone together best off "
        "(20 GBP a patient more than Partnership over 10 years; better in 98 of 100 "
        "futures); Trust-run leaves the public purse best off (36 m GBP or 3% better "
        "than Partnership over 10 years; better in 74 of 100 futures); Partnership "
        "pays today's GPs best (best of the 4 in 89 of 100 futures); Partnership "
        "gives patients most appointments (best of the 4 in 61 of 100 futures).");
}

static void a_leader_that_is_not_resolved_is_not_called_best(void **state)
{
    struct sentence_case answer = three_winners();
    char *said;

    (void)state;
    answer.view[VIEW_PUBLIC].resolved = false;
    said = sentence_who(&answer, FIGURE_PLAIN);
    assert_non_null(strstr(said, "for the public purse Trust-run and Super-partnership "
                                 "cannot be told apart"));
    assert_null(strstr(said, "Trust-run leaves"));
    free(said);
    said = sentence_risk(&answer, FIGURE_PLAIN);
    assert_non_null(strstr(said, "no form leads Partnership with any certainty"));
    free(said);
}

static void a_lead_too_small_to_matter_is_said_to_be(void **state)
{
    struct sentence_case answer = three_winners();
    char *said;

    (void)state;
    answer.view[VIEW_EVERYONE].small = true;
    said = sentence_who(&answer, FIGURE_PLAIN);
    assert_non_null(strstr(said, "better in 98 of 100 futures; too small to matter)"));
    assert_null(strstr(said, "better in 74 of 100 futures; too small"));
    free(said);
}

static void one_winner_of_all_views_is_said_once(void **state)
{
    struct sentence_case answer = three_winners();

    (void)state;
    for (int v = 0; v < VIEWS; v++)
        answer.view[v] = answer.view[VIEW_EVERYONE];
    assert_says(
        sentence_who(&answer, FIGURE_PAGE),
        "Federation is best for everyone: Federation leaves everyone together best "
        "off (\u00a320 a patient more than Partnership over 10 years; better in 98 "
        "of 100 futures).");
}

static void one_form_has_nothing_to_be_compared_with(void **state)
{
    struct sentence_case answer = three_winners();

    (void)state;
    answer.forms = 1;
    assert_says(sentence_who(&answer, FIGURE_PLAIN),
                "Partnership stands alone: there is no form to compare it with.");
    assert_says(sentence_risk(&answer, FIGURE_PLAIN),
                "Name a second form in the scenario to see what it would change.");
}

static void an_event_that_turns_the_lead_makes_it_a_bet(void **state)
{
    const struct sentence_case answer = three_winners();

    (void)state;
    assert_says(
        sentence_risk(&answer, FIGURE_PLAIN),
        "That lead is a bet: in 87 of 100 futures Trust-run stays and the public "
        "purse is 61 m GBP better off; in 13 of 100 it walks away, 61 of 76 "
        "practices fall to the commissioner, and it is 130 m GBP worse off. On "
        "average 150,000 more appointments go ungiven, which these leads count at "
        "their price.");
}

static void without_an_event_the_tail_is_told(void **state)
{
    struct sentence_case answer = three_winners();

    (void)state;
    answer.event.words = NULL;
    answer.unmet = 0.0;
    assert_says(
        sentence_risk(&answer, FIGURE_PAGE),
        "In 1 future in 20 Trust-run leaves the public purse \u00a3150m worse off or "
        "more.");
    answer.view[VIEW_PUBLIC].difference.q05 = 2e6;
    assert_says(
        sentence_risk(&answer, FIGURE_PAGE),
        "Even in the worst 1 future in 20 Trust-run leaves the public purse better "
        "off.");
}

static void a_rare_or_a_common_event_is_no_bet(void **state)
{
    struct sentence_case answer = three_winners();
    char *said;

    (void)state;
    for (int i = 0; i < 2; i++) {
        answer.event.share = i == 0 ? 0.004 : 0.6;
        said = sentence_risk(&answer, FIGURE_PLAIN);
        assert_null(strstr(said, "bet"));
        free(said);
    }
}

static void what_turns_when_neutral_is_named(void **state)
{
    static const struct sentence_turn turns[] = {{TRUST, -62.9, 59.6, false},
                                                 {FEDERATION, 19.7, -3.7, true}};
    struct sentence_case answer = three_winners();

    (void)state;
    answer.turn = turns;
    answer.turns = 2;
    assert_says(
        sentence_sure(&answer, FIGURE_PAGE),
        "The simulation's own error is at most \u00a30.80 a patient, but 172 of the "
        "232 numbers put in have no published evidence: with the forms' assumed "
        "terms neutral Trust-run turns from \u2212\u00a363 to +\u00a360, and with "
        "the cost of contracts and hospital effects neutral Federation turns from "
        "+\u00a320 to \u2212\u00a33.7. Those rankings are consequences of "
        "assumptions, not evidence.");
}

static void what_is_neutral_is_said_once_for_all_that_it_turns(void **state)
{
    static const struct sentence_turn turns[] = {{SUPER, -8.1, 18.0, false},
                                                 {TRUST, -128.0, 20.0, false}};
    struct sentence_case answer = three_winners();
    char *said;

    (void)state;
    answer.turn = turns;
    answer.turns = 2;
    said = sentence_sure(&answer, FIGURE_PLAIN);
    assert_non_null(strstr(said, "with the forms' assumed terms neutral "
                                 "Super-partnership turns from -8.1 GBP to +18 GBP and "
                                 "Trust-run from -130 GBP to +20 GBP."));
    free(said);
}

static void an_error_that_cannot_be_said_is_no_zero(void **state)
{
    struct sentence_case answer = three_winners();

    (void)state;
    answer.largest_error = NAN;
    assert_says(sentence_sure(&answer, FIGURE_PAGE),
                "From so few futures the simulation's own error cannot be said, but 172 "
                "of the 232 numbers put in have no published evidence.");
}

/* No number, no name and no better: whatever exists is not told of. */
static void where_nothing_exists_nothing_is_called_best(void **state)
{
    struct sentence_case answer = three_winners();
    char *said;

    (void)state;
    for (int v = 0; v < VIEWS; v++) {
        answer.view[v].resolved = false;
        answer.view[v].best = NAN;
        answer.view[v].difference = (struct sentence_difference){NAN, NAN, NAN, NAN, NAN};
    }
    said = sentence_who(&answer, FIGURE_PAGE);
    assert_null(strstr(said, "best off"));
    assert_null(strstr(said, "does not exist"));
    free(said);
    answer.unmet = answer.unmet_se = NAN;
    assert_says(sentence_risk(&answer, FIGURE_PAGE),
                "For the public purse no form leads Partnership with any certainty.");
}

static void eight_forms_are_counted(void **state)
{
    static const char *const eight[] = {"A", "B", "C", "D", "E", "F", "G", "H"};
    struct sentence_case answer = three_winners();
    char *said;

    (void)state;
    answer.label = eight;
    answer.forms = 8;
    answer.view[VIEW_GPS].leader = answer.reference;
    said = sentence_who(&answer, FIGURE_PLAIN);
    assert_non_null(strstr(said, "(best of the 8 in 89 of 100 futures)"));
    free(said);
}

/* The ends of odds, and a lead that is equal in most futures. */
static void odds_are_words_at_their_ends(void **state)
{
    static const struct {
        double better;
        const char *expected;
    } cases[] = {{0.0, "better in none of 100 futures"},
                 {0.001, "better in fewer than 1 of 100 futures"},
                 {0.999, "better in more than 99 of 100 futures"},
                 {1.0, "better in every one of 100 futures"}};
    struct sentence_case answer = three_winners();

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        char *said;

        answer.view[VIEW_EVERYONE].difference.better = cases[i].better;
        said = sentence_who(&answer, FIGURE_PLAIN);
        assert_non_null(strstr(said, cases[i].expected));
        free(said);
    }
}

static void where_nothing_turns_that_is_said_if_it_is_known(void **state)
{
    struct sentence_case answer = three_winners();
    char *said = sentence_sure(&answer, FIGURE_PLAIN);

    (void)state;
    assert_null(strstr(said, "neutral"));
    free(said);
    answer.neutral_known = true;
    said = sentence_sure(&answer, FIGURE_PLAIN);
    assert_non_null(strstr(said, "No headline turns round"));
    free(said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_view_names_its_leader),
        cmocka_unit_test(a_leader_that_is_not_resolved_is_not_called_best),
        cmocka_unit_test(a_lead_too_small_to_matter_is_said_to_be),
        cmocka_unit_test(one_winner_of_all_views_is_said_once),
        cmocka_unit_test(one_form_has_nothing_to_be_compared_with),
        cmocka_unit_test(an_event_that_turns_the_lead_makes_it_a_bet),
        cmocka_unit_test(without_an_event_the_tail_is_told),
        cmocka_unit_test(a_rare_or_a_common_event_is_no_bet),
        cmocka_unit_test(what_turns_when_neutral_is_named),
        cmocka_unit_test(what_is_neutral_is_said_once_for_all_that_it_turns),
        cmocka_unit_test(an_error_that_cannot_be_said_is_no_zero),
        cmocka_unit_test(where_nothing_exists_nothing_is_called_best),
        cmocka_unit_test(eight_forms_are_counted),
        cmocka_unit_test(odds_are_words_at_their_ends),
        cmocka_unit_test(where_nothing_turns_that_is_said_if_it_is_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
