#include "test.h"

#include "made_of.h"

#include <math.h>
#include <stdlib.h>

static const struct figure_unit millions = {1e6, true, "m", 1};

static void assert_says(char *said, const char *expected)
{
    assert_non_null(said);
    assert_string_equal(said, expected);
    free(said);
}

static void a_difference_is_what_its_terms_make(void **state)
{
    (void)state;
    assert_says(made_of_sentence(&(struct made_case){
                    .first = "Federation",
                    .second = "Partnership",
                    .ahead = {8.0e6, 6.7e6, 9.3e6},
                    .unit = millions,
                    .part = {{"levy", -12.1e6, 0.2e6}, {"saving", 19.4e6, 0.3e6}},
                    .parts = 2,
                    .others = 1,
                    .other = 0.7e6,
                }),
                "Federation is 8.0 m GBP (6.7 to 9.3) ahead of Partnership: levy makes "
                "-12.1 m GBP of that, saving makes +19.4 m GBP, the other 1 term "
                "+0.7 m GBP together.");
}

static void forms_of_equal_terms_are_said_to_be(void **state)
{
    (void)state;
    assert_says(made_of_sentence(
                    &(struct made_case){.first = "A", .second = "B", .unit = millions}),
                "A and B have the same terms.");
}

static void assumptions_are_set_against_chance(void **state)
{
    (void)state;
    assert_says(
        split_sentence(&(struct split_case){"A", "B", 0.545, 0.529, 0.561, 10000}),
        "Assumptions make 55 % (53 to 56) of the spread of A less B, and chance "
        "the rest: 45 % is nobody's to find out.");
    assert_says(split_sentence(&(struct split_case){"A", "B", NAN, NAN, NAN, 10000}),
                "A and B differ by the same in every trial.");
}

static void inputs_are_told_alone_and_with_others(void **state)
{
    (void)state;
    assert_says(
        inputs_sentence(&(struct inputs_case){.first = "A",
                                              .second = "B",
                                              .name = "money.salary",
                                              .alone = 0.12,
                                              .total = 0.19,
                                              .inputs = 4,
                                              .chance = 0.52}),
        "Of 4 assumptions and chance, money.salary moves A less B most: it makes "
        "12 % of the spread alone and 19 % with others; chance has a hand in "
        "52 %.");
    assert_says(inputs_sentence(&(struct inputs_case){.first = "A",
                                                      .second = "B",
                                                      .name = "money.salary",
                                                      .alone = 0.12,
                                                      .total = 0.19,
                                                      .inputs = 1,
                                                      .chance = 0.88}),
                "Of 1 assumption and chance, money.salary moves A less B most: it "
                "makes 12 % of "
                "the spread alone and 19 % with others; chance has a hand in 88 %.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_difference_is_what_its_terms_make),
        cmocka_unit_test(forms_of_equal_terms_are_said_to_be),
        cmocka_unit_test(assumptions_are_set_against_chance),
        cmocka_unit_test(inputs_are_told_alone_and_with_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
