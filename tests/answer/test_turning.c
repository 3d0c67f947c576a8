#include "test.h"

#include "turning.h"

#include <math.h>
#include <stdlib.h>

static const struct figure_unit millions = {1e6, true, "m", 1};

static void assert_says(char *said, const char *expected)
{
    assert_non_null(said);
    assert_string_equal(said, expected);
    free(said);
}

static void what_turns_a_lead_is_named_with_its_odds(void **state)
{
    (void)state;
    assert_says(
        turning_sentence(&(struct turning_case){
            .first = "trust_run",
            .second = "super_partnership",
            .ahead = {9.9e6, 8.2e6, 11.6e6},
            .unit = millions,
            .key = "forms.trust_run.recharge",
            .central = 0.057,
            .root = 0.0674,
            .beyond = 0.35,
            .draws = 97,
        }),
        "trust_run leads super_partnership by 9.9 m GBP (8.2 to 11.6), and "
        "stops leading where forms.trust_run.recharge passes 0.0674 (its middle "
        "is 0.0570), as it does in 35 of 100 futures.");
}

static void what_nothing_turns_says_how_many_were_tried(void **state)
{
    struct turning_case turning = {.first = "a",
                                   .second = "b",
                                   .ahead = {9.9e6, 8.2e6, 11.6e6},
                                   .unit = millions,
                                   .draws = 97};

    (void)state;
    assert_says(
        turning_sentence(&turning),
        "a leads b by 9.9 m GBP (8.2 to 11.6); none of the 97 assumptions alone "
        "turns that round within 1 % to 99 % of its range.");
    turning.draws = 1;
    assert_says(turning_sentence(&turning),
                "a leads b by 9.9 m GBP (8.2 to 11.6); the one assumption looked at "
                "does not turn that round within 1 % to 99 % of its range.");
    turning.draws = 0;
    assert_says(turning_sentence(&turning),
                "a leads b by 9.9 m GBP (8.2 to 11.6); no assumption is drawn that "
                "could turn that round.");
}

/* Whichever way round a pair is asked for, the sentence names who leads. */
static void who_leads_is_told_whichever_form_is_named_first(void **state)
{
    struct turning_case turning = {.first = "a",
                                   .second = "b",
                                   .ahead = {-4.4e6, -5.3e6, -3.6e6},
                                   .unit = millions,
                                   .key = "levy",
                                   .central = 2.66,
                                   .root = 2.05,
                                   .beyond = 0.25};
    struct reverse_case reverse = {.first = "a",
                                   .second = "b",
                                   .ahead = {-4.4e6, -5.3e6, -3.6e6},
                                   .found = 1,
                                   .distance = 1.5,
                                   .key = "levy",
                                   .run = {-9e6, -11e6, -7e6},
                                   .unit = millions};

    (void)state;
    assert_says(turning_sentence(&turning),
                "b leads a by 4.4 m GBP (3.6 to 5.3), and stops leading where levy "
                "passes 2.05 (its middle is 2.66), as it does in 25 of 100 futures.");
    assert_says(reverse_sentence(&reverse),
                "The mildest combination of 0 assumptions that ends the lead of b over "
                "a is 1.50 standard deviations from their middles; levy takes 0 % of "
                "the way. Run there, a less b is -9.0 m GBP (-11.0 to -7.0): the "
                "surface is off by that there, and the run holds.");
    reverse.found = 0;
    reverse.furthest = 4.0;
    assert_says(reverse_sentence(&reverse),
                "No combination of 0 assumptions within 4 standard deviations of their "
                "middles turns the lead of b over a.");
    assert_says(
        hanging_sentence(&(struct hanging_case){
            .first = "a", .second = "b", .behind = true, .explained = NAN, .draws = 9}),
        "a less b hangs on none of the 9 assumptions that can be seen.");
}

static void an_amount_says_what_each_of_it_is_of(void **state)
{
    static const struct figure_unit pounds = {1.0, true, "", 1};
    const struct ranged amount = {4.4, 3.6, 5.3};

    (void)state;
    assert_says(turning_sentence(&(struct turning_case){.first = "a",
                                                        .second = "b",
                                                        .ahead = amount,
                                                        .unit = pounds,
                                                        .each = " a patient"}),
                "a leads b by 4.4 GBP (3.6 to 5.3) a patient; no assumption is drawn "
                "that could turn that round.");
    assert_says(hanging_sentence(&(struct hanging_case){.first = "a",
                                                        .second = "b",
                                                        .key = "levy",
                                                        .low = 13.2,
                                                        .high = -21.2,
                                                        .share = 0.44,
                                                        .explained = NAN,
                                                        .unit = pounds,
                                                        .each = " a patient"}),
                "The lead of a over b hangs most on levy: +13.2 GBP a patient where "
                "that is low (10 %), -21.2 GBP where it is high (90 %); it makes 44 % "
                "of the spread.");
    assert_says(worth_sentence(&(struct worth_case){.leader = "a",
                                                    .everything = amount,
                                                    .foresight = 6.0,
                                                    .unit = pounds,
                                                    .each = " sites"}),
                "Knowing every assumption before choosing is worth at least 4.4 GBP "
                "(3.6 to 5.3) sites; foreseeing chance too would be worth 6.0 GBP "
                "sites.");
}

static void a_difference_hangs_on_what_moves_it_most(void **state)
{
    (void)state;
    assert_says(
        hanging_sentence(&(struct hanging_case){
            .first = "a",
            .second = "b",
            .key = "money.salary",
            .low = -17.7e6,
            .high = 125e6,
            .share = 0.129,
            .explained = 0.45,
            .unit = millions,
            .draws = 97,
        }),
        "The lead of a over b hangs most on money.salary: -17.7 m GBP where "
        "that is low (10 %), +125 m GBP where it is high (90 %); it makes 13 % "
        "of the spread. All assumptions together make at least 45 %; chance the "
        "rest.");
}

static void knowing_everything_has_a_price_below_foresight(void **state)
{
    struct worth_case worth = {.leader = "a",
                               .everything = {21.0e6, 19.8e6, 22.2e6},
                               .foresight = 29.2e6,
                               .key = "money.salary",
                               .key_worth = 11.2e6,
                               .unit = millions,
                               .years = 10};

    (void)state;
    assert_says(
        worth_sentence(&worth),
        "Knowing every assumption before choosing is worth at least 21.0 m GBP "
        "(19.8 to 22.2) to this patch over 10 years; foreseeing chance too "
        "would be worth 29.2 m GBP. What to find out first: money.salary, worth "
        "11.2 m GBP.");
    worth.everything = (struct ranged){-0.2e6, -0.6e6, 0.2e6};
    worth.key = NULL;
    assert_says(worth_sentence(&worth),
                "Knowing every assumption before choosing would hardly move the choice "
                "of a: it is worth less than 0.2 m GBP to this patch over 10 years; "
                "foreseeing chance too would be worth 29.2 m GBP.");
}

static void what_moves_no_choice_has_no_price(void **state)
{
    struct worth_case worth = {.leader = "a",
                               .everything = {0.0, 0.0, 0.0},
                               .foresight = 0.2e6,
                               .unit = millions,
                               .years = 10};

    (void)state;
    assert_says(worth_sentence(&worth),
                "Knowing every assumption before choosing would not move the choice of "
                "a, as far as these trials tell; foreseeing chance too would be worth "
                "0.2 m GBP.");
    worth.foresight = 0.0;
    assert_says(worth_sentence(&worth),
                "a is best in every trial, so nothing that could be found out before "
                "choosing is worth anything.");
}

static void too_few_trials_value_nothing(void **state)
{
    (void)state;
    assert_says(
        worth_sentence(&(struct worth_case){.leader = "a",
                                            .everything = {NAN, NAN, NAN},
                                            .foresight = 29.2e6,
                                            .unit = millions}),
        "There are too few trials to say what knowing every assumption is worth; "
        "foreseeing chance too would be worth 29.2 m GBP.");
}

static void a_price_at_which_the_best_changes_is_told(void **state)
{
    (void)state;
    assert_says(
        price_sentence(&(struct price_case){.first = "trust_run",
                                            .next = "super_partnership",
                                            .price = {105.0, 91.0, 120.0},
                                            .changes = 1,
                                            .to = 300.0}),
        "For the public purse trust_run is best on average until an appointment "
        "not given is worth 105 GBP (91 to 120), and super_partnership from "
        "there on.");
}

static void the_mildest_combination_says_how_far_and_what_its_run_gave(void **state)
{
    struct reverse_case reverse = {.first = "Trust-run",
                                   .second = "Super-partnership",
                                   .draws = 9,
                                   .found = 1,
                                   .distance = 0.41,
                                   .furthest = 4.0,
                                   .key = "money.salary",
                                   .path = 0.36,
                                   .run = {-0.04e6, -1.9e6, 1.8e6},
                                   .unit = millions};

    (void)state;
    assert_says(
        reverse_sentence(&reverse),
        "The mildest combination of 9 assumptions that ends the lead of Trust-run "
        "over Super-partnership is 0.41 standard deviations from their middles, "
        "within what the assumptions themselves allow; money.salary takes 36 % "
        "of the way. Run there, Trust-run less Super-partnership is 0.0 m GBP "
        "(-1.9 to 1.8): they cannot be told apart.");
    reverse.run = (struct ranged){9e6, 7e6, 11e6};
    reverse.distance = 1.5;
    assert_says(
        reverse_sentence(&reverse),
        "The mildest combination of 9 assumptions that ends the lead of Trust-run "
        "over Super-partnership is 1.50 standard deviations from their middles; "
        "money.salary takes 36 % of the way. Run there, Trust-run less "
        "Super-partnership is +9.0 m GBP (7.0 to 11.0): the surface is off by that "
        "there, and the run holds.");
    reverse.found = 0;
    assert_says(reverse_sentence(&reverse),
                "No combination of 9 assumptions within 4 standard deviations of their "
                "middles turns the lead of Trust-run over Super-partnership.");
}

static void a_map_says_who_is_best_where(void **state)
{
    struct map_case map = {.first = "Super-partnership",
                           .second = "Trust-run",
                           .down = "money.salary",
                           .across = "forms.trust_run.recharge",
                           .first_cells = 70,
                           .second_cells = 11,
                           .cells = 81,
                           .unsure = 5};

    (void)state;
    assert_says(
        map_sentence(&map),
        "Over money.salary and forms.trust_run.recharge, Super-partnership is "
        "best on average in 70 of 81 cells and Trust-run in 11; in 5 it cannot be "
        "told from the next.");
    map.second = NULL;
    map.unsure = 0;
    assert_says(map_sentence(&map),
                "Super-partnership is best on average wherever money.salary and "
                "forms.trust_run.recharge are.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_turns_a_lead_is_named_with_its_odds),
        cmocka_unit_test(what_nothing_turns_says_how_many_were_tried),
        cmocka_unit_test(who_leads_is_told_whichever_form_is_named_first),
        cmocka_unit_test(an_amount_says_what_each_of_it_is_of),
        cmocka_unit_test(a_difference_hangs_on_what_moves_it_most),
        cmocka_unit_test(knowing_everything_has_a_price_below_foresight),
        cmocka_unit_test(what_moves_no_choice_has_no_price),
        cmocka_unit_test(too_few_trials_value_nothing),
        cmocka_unit_test(a_price_at_which_the_best_changes_is_told),
        cmocka_unit_test(the_mildest_combination_says_how_far_and_what_its_run_gave),
        cmocka_unit_test(a_map_says_who_is_best_where),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
