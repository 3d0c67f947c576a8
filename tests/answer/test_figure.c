#include "test.h"

#include "figure.h"

#include <math.h>
#include <stdio.h>

static const struct figure_unit millions = {1e6, true, "m", 1};
static const struct figure_unit patient = {1.0, true, "", 2};
static const struct figure_unit share = {0.01, false, "%", 1};

static const struct {
    double number, error;
    int digits;
    const struct figure_unit *unit;
    const char *page, *plain;
} cases[] = {
    {-36312345.0, 900000.0, 0, &millions, "\u2212\u00a336.3m", "-36.3 m GBP"},
    {-36312345.0, 1900000.0, 0, &millions, "\u2212\u00a336.3m", "-36.3 m GBP"},
    {-36312345.0, 2100000.0, 0, &millions, "\u2212\u00a336m", "-36 m GBP"},
    {19.7441, 0.1234, 0, &patient, "+\u00a319.74", "+19.74 GBP"},
    {19.7441, 0.1234, 2, &patient, "+\u00a320", "+20 GBP"},
    {1234567.0, NAN, 0, &patient, "+\u00a31,234,567.00", "+1,234,567.00 GBP"},
    {1234567.0, 3000.0, 0, &patient, "+\u00a31,235,000", "+1,235,000 GBP"},
    {0.0004, 0.01, 0, &patient, "\u00a30.000", "0.000 GBP"},
    {-0.0004, 0.03, 0, &patient, "\u00a30.00", "0.00 GBP"},
    {0.0573, 0.0021, 0, &share, "+5.7%", "+5.7%"},
    {NAN, 0.1, 0, &patient, "does not exist", "does not exist"},
    {1e300, 0.1, 0, &patient, "beyond all figures", "beyond all figures"},
};

static void figures_are_no_finer_than_their_errors(void **state)
{
    char text[FIGURE_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_string_equal(
            figure_write(cases[i].number,
                         (struct figure_precision){cases[i].error, cases[i].digits},
                         cases[i].unit, FIGURE_PAGE | FIGURE_SIGNED, text),
            cases[i].page);
        assert_string_equal(
            figure_write(cases[i].number,
                         (struct figure_precision){cases[i].error, cases[i].digits},
                         cases[i].unit, FIGURE_SIGNED, text),
            cases[i].plain);
    }
}

static void an_error_keeps_one_digit_or_two_after_a_one(void **state)
{
    (void)state;
    assert_int_equal(figure_decimals(0.03, 7), 2);
    assert_int_equal(figure_decimals(0.013, 7), 3);
    assert_int_equal(figure_decimals(0.0196, 7), 2); /* 0.020 */
    assert_int_equal(figure_decimals(0.98, 7), 1);
    assert_int_equal(figure_decimals(30.0, 7), -1);
    assert_int_equal(figure_decimals(13.0, 7), 0);
    assert_int_equal(figure_decimals(0.0, 7), 7);
    assert_int_equal(figure_decimals(NAN, 7), 7);
}

static void chances_are_counts_of_100(void **state)
{
    static const struct {
        double share;
        const char *words;
    } odds[] = {
        {0.0, "none of 100"},      {0.001, "fewer than 1 of 100"},
        {0.0051, "1 of 100"},      {0.744, "74 of 100"},
        {0.9949, "99 of 100"},     {0.999, "more than 99 of 100"},
        {1.0, "every one of 100"}, {NAN, "does not exist"},
    };
    char text[FIGURE_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof(odds) / sizeof(*odds); i++)
        assert_string_equal(figure_odds(odds[i].share, text), odds[i].words);
}

static void thousands_stand_apart(void **state)
{
    char text[FIGURE_SIZE];

    (void)state;
    assert_string_equal(figure_whole(0.0, text), "0");
    assert_string_equal(figure_whole(999.0, text), "999");
    assert_string_equal(figure_whole(784295.0, text), "784,295");
    assert_string_equal(figure_whole(-1000000.0, text), "-1,000,000");
}

static void what_is_of_rounding_alone_is_a_power_of_ten(void **state)
{
    const struct figure_unit unit = {1.0, false, "", 2};
    char text[FIGURE_SIZE];

    (void)state;
    assert_string_equal(
        figure_write(-1.84e-17, figure_to_error(1.1e-19), &unit, FIGURE_SIGNED, text),
        "-1.8e-17");
    assert_string_equal(
        figure_write(0.0, figure_to_error(1.1e-19), &unit, FIGURE_SIGNED, text), "0");
    assert_string_equal(
        figure_write(1.5e-8, figure_to_error(2e-9), &unit, FIGURE_SIGNED, text),
        "+0.000000015");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_no_finer_than_their_errors),
        cmocka_unit_test(an_error_keeps_one_digit_or_two_after_a_one),
        cmocka_unit_test(chances_are_counts_of_100),
        cmocka_unit_test(thousands_stand_apart),
        cmocka_unit_test(what_is_of_rounding_alone_is_a_power_of_ten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
