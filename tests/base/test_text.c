#include "test.h"

#include "text.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reads(const char *text, double expected)
{
    double number = 0.0;

    assert_int_equal(text_to_number(text, &number), TEXT_NUMBER);
    assert_true(number == expected);
}

static void refuses(const char *text, enum text_number why)
{
    double number = 0.0;

    assert_int_equal(text_to_number(text, &number), why);
}

static void survives_as_text(double number, const char *expected)
{
    char buffer[TEXT_NUMBER_SIZE];

    assert_string_equal(text_from_number(number, buffer), expected);
    reads(buffer, number);
}

static void is_trimmed_to(const char *text, const char *expected)
{
    char buffer[64];

    snprintf(buffer, sizeof(buffer), "%s", text);
    assert_string_equal(text_trim(buffer), expected);
}

static int use_comma_locale(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "de_DE.UTF-8") == NULL;
}

static int use_c_locale(void **state)
{
    (void)state;
    return setlocale(LC_ALL, "C") == NULL;
}

static void plain_decimal_numbers_are_read(void **state)
{
    (void)state;
    reads("0", 0.0);
    reads("94600", 94600.0);
    reads("-0.25", -0.25);
    reads("+3", 3.0);
    reads(".5", 0.5);
    reads("1e6", 1e6);
    reads("6e-2", 0.06);
    reads("010", 10.0); /* not octal */
}

static void nought_has_no_sign(void **state)
{
    double number = 1.0;

    (void)state;
    assert_int_equal(text_to_number("-0", &number), TEXT_NUMBER);
    assert_false(signbit(number));
}

static void what_would_become_nought_is_no_number(void **state)
{
    (void)state;
    reads("-0.000e5", 0.0);
    refuses("1e-400", TEXT_TOO_SMALL);
    refuses("-0.001e-400", TEXT_TOO_SMALL);
}

static void nothing_at_all_is_empty(void **state)
{
    (void)state;
    refuses("", TEXT_EMPTY);
}

static void thousands_separators_are_named(void **state)
{
    (void)state;
    refuses("1,000", TEXT_THOUSANDS);
    refuses("1,234,567.8", TEXT_THOUSANDS);
    refuses("1 000", TEXT_THOUSANDS);
    refuses("1_000", TEXT_THOUSANDS);
    refuses("94,600GBP", TEXT_THOUSANDS);
}

static void a_decimal_comma_is_named(void **state)
{
    (void)state;
    refuses("0,02", TEXT_DECIMAL_COMMA);
    refuses("139,94", TEXT_DECIMAL_COMMA);
    refuses("1,2345", TEXT_DECIMAL_COMMA);
    refuses("-0,125", TEXT_DECIMAL_COMMA);
    refuses("1.234,567", TEXT_DECIMAL_COMMA);
}

static void a_percent_sign_is_named(void **state)
{
    (void)state;
    refuses("2%", TEXT_PERCENT);
    refuses("2.5 %", TEXT_PERCENT);
}

static void a_unit_before_or_behind_is_named(void **state)
{
    (void)state;
    refuses("94600GBP", TEXT_UNIT);
    refuses("£94600", TEXT_UNIT);
    refuses("3 weeks", TEXT_UNIT);
    refuses("1700 patients", TEXT_UNIT);
}

static void numbers_that_are_not_finite_are_named(void **state)
{
    (void)state;
    refuses("nan", TEXT_NOT_FINITE);
    refuses("-inf", TEXT_NOT_FINITE);
    refuses("1e400", TEXT_NOT_FINITE);
}

static void words_dates_and_hexadecimals_are_no_numbers(void **state)
{
    (void)state;
    refuses("many", TEXT_OTHER);
    refuses(",", TEXT_OTHER);
    refuses("0x1F", TEXT_OTHER);
    refuses("-0X1p3", TEXT_OTHER);
    refuses("2026-07", TEXT_OTHER);
    refuses("1.2.3", TEXT_OTHER);
    refuses(" 5", TEXT_OTHER);
}

static void a_comma_decimal_locale_changes_no_reading(void **state)
{
    (void)state;
    assert_string_equal(localeconv()->decimal_point, ","); /* the locale is there */
    reads("0.25", 0.25);
    refuses("0,25", TEXT_DECIMAL_COMMA);
    refuses("1.000,5", TEXT_DECIMAL_COMMA);
}

static void a_comma_decimal_locale_changes_no_writing(void **state)
{
    (void)state;
    survives_as_text(0.25, "0.25");
}

/* Six digits are tried first, so no number has more than it needs or loses any. */
static void a_number_is_written_with_the_digits_it_needs(void **state)
{
    (void)state;
    survives_as_text(0.1, "0.1");
    survives_as_text(94600.0, "94600");
    survives_as_text(1234567.0, "1234567");
    survives_as_text(-2.5e-7, "-2.5e-07");
    survives_as_text(1.0 / 3.0, "0.3333333333333333");  /* 16 digits */
    survives_as_text(0.1 + 0.2, "0.30000000000000004"); /* 17 digits */
}

static void the_longest_number_fits_its_buffer(void **state)
{
    (void)state;
    survives_as_text(-2.2250738585072014e-308, "-2.2250738585072014e-308");
}

static void a_number_that_is_none_is_written_as_such(void **state)
{
    char buffer[TEXT_NUMBER_SIZE];

    (void)state;
    assert_string_equal(text_from_number((double)NAN, buffer), "nan");
}

static void distance_counts_edits(void **state)
{
    (void)state;
    assert_int_equal(text_distance("leave_rate", "leave_rate"), 0);
    assert_int_equal(text_distance("leave_rate", "leaver_rate"), 1); /* insert r */
    assert_int_equal(text_distance("leave_rate", "leav_rate"), 1);   /* delete e */
    assert_int_equal(text_distance("leave_rate", "leave_rite"), 1);  /* replace a */
    assert_int_equal(text_distance("leave_rate", "laeve_rate"), 1);  /* swap ea */
    assert_int_equal(text_distance("ab", "ca"), 2); /* no swap: a moved, c came */
    assert_int_equal(text_distance("ab", "bc"), 2);
    assert_int_equal(text_distance("kitten", "sitting"), 3); /* Levenshtein's own */
    assert_int_equal(text_distance("", "abc"), 3);
    assert_int_equal(text_distance("abc", ""), 3);
}

static void distance_to_a_word_beyond_128_letters_is_its_length(void **state)
{
    char word[201];

    (void)state;
    memset(word, 'w', 200);
    word[200] = '\0';
    assert_int_equal(text_distance(word, "w"), 200);
    assert_int_equal(text_distance("w", word), 200);
}

/* Well-formed and ill-formed sequences after tables 3-7 and 3-8 of the Unicode
 * Standard, chapter 3. */
static void a_character_of_utf8_has_one_to_four_bytes(void **state)
{
    (void)state;
    assert_int_equal(text_character("a"), 1);
    assert_int_equal(text_character("\xc3\xa9"), 2);
    assert_int_equal(text_character("\xe2\x82\xac"), 3);
    assert_int_equal(text_character("\xf0\x9f\x98\x80"), 4);
    assert_int_equal(text_character("\xf4\x8f\xbf\xbf"), 4); /* the last, U+10FFFF */
}

static void what_is_no_character_of_utf8_is_told(void **state)
{
    (void)state;
    assert_int_equal(text_character("\xe9"), 0);             /* of Latin-1 */
    assert_int_equal(text_character("\xc3"), 0);             /* cut short */
    assert_int_equal(text_character("\xa9"), 0);             /* no beginning */
    assert_int_equal(text_character("\xc0\xaf"), 0);         /* longer than need be */
    assert_int_equal(text_character("\xed\xa0\x80"), 0);     /* half a pair */
    assert_int_equal(text_character("\xf4\x90\x80\x80"), 0); /* beyond the last */
    assert_int_equal(text_character("\xff"), 0);
}

static void the_first_byte_that_is_not_utf8_is_found(void **state)
{
    const char *mixed = "Caf\xc3\xa9, caf\xe9";

    (void)state;
    assert_null(text_not_utf8("Caf\xc3\xa9"));
    assert_ptr_equal(text_not_utf8(mixed), mixed + 10);
}

/* Known answers published with FNV: isthe.com/chongo/tech/comp/fnv, test vectors */
static void hash_is_fnv_1a(void **state)
{
    (void)state;
    assert_int_equal(text_hash32(""), 0x811c9dc5u);
    assert_int_equal(text_hash32("a"), 0xe40c292cu);
    assert_int_equal(text_hash32("foobar"), 0xbf9cf968u);
}

static void white_space_is_cut_at_both_ends_only(void **state)
{
    (void)state;
    is_trimmed_to("  two words\t\r\n", "two words");
    is_trimmed_to("as it is", "as it is");
    is_trimmed_to(" \t ", "");
    is_trimmed_to("", "");
}

static void is_shown_as(const char *text, const char *shown)
{
    char *got = NULL;
    size_t size;
    FILE *out = open_memstream(&got, &size);

    text_print_visible(out, text);
    fclose(out);
    assert_string_equal(got, shown);
    free(got);
}

static void visible_text_is_cut_to_its_buffer(void **state)
{
    char buffer[8];

    (void)state;
    assert_string_equal(text_visible("as it is", buffer, sizeof(buffer)), "as it is");
    assert_string_equal(text_visible("\x1b", buffer, sizeof(buffer)), "\\u001b");
    assert_int_equal(strlen(text_visible("\x1b\x1b\x1b", buffer, sizeof(buffer))), 7);
}

static void what_a_terminal_would_obey_is_shown_and_not_passed_on(void **state)
{
    (void)state;
    is_shown_as("plain, Caf\xc3\xa9 \xc2\xa3 2, \xf0\x9f\x99\x82",
                "plain, Caf\xc3\xa9 \xc2\xa3 2, \xf0\x9f\x99\x82");
    is_shown_as("\x1b[31mred\a", "\\u001b[31mred\\u0007");
    is_shown_as("two\nlines\r", "two\\u000alines\\u000d");
    is_shown_as("\x7f\xc2\x9b"
                "2J",
                "\\u007f\\u009b2J"); /* delete, and C1's CSI */
    is_shown_as("\xe2\x80\xae"
                "5.hs",
                "\\u202e5.hs");            /* right to left from here */
    is_shown_as("\xff\xc3", "\\xff\\xc3"); /* no UTF-8, and a character cut short */
}

static void lasts(double seconds, const char *text)
{
    char buffer[TEXT_SECONDS_SIZE];

    assert_string_equal(text_from_seconds(seconds, buffer), text);
}

static void seconds_become_minutes_and_hours_where_there_are_many(void **state)
{
    (void)state;
    lasts(0.04, "0.0 s");
    lasts(6.24, "6.2 s");
    lasts(9.96, "10 s");
    lasts(59.4, "59 s");
    lasts(59.6, "1 min 0 s");
    lasts(260.0, "4 min 20 s");
    lasts(3599.4, "59 min 59 s");
    lasts(3599.6, "1 h 0 min");
    lasts(7500.0, "2 h 5 min");
    lasts(360000.0, "100 h 0 min");
}

static void the_longest_duration_fits_its_buffer(void **state)
{
    char buffer[TEXT_SECONDS_SIZE];

    (void)state;
    assert_true(strlen(text_from_seconds(DBL_MAX, buffer)) < TEXT_SECONDS_SIZE - 1);
}

static void says(const char *name, const char *expected)
{
    char spoken[64];

    assert_string_equal(text_spoken(name, spoken, sizeof(spoken)), expected);
}

/* One line between two words joins them, more are spaces. */
static void a_name_is_spoken_as_words(void **state)
{
    (void)state;
    says("federation", "Federation");
    says("super_partnership", "Super-partnership");
    says("run_by_all", "Run by all");
}

static void a_list_is_taken_with_spaces_beside_its_commas(void **state)
{
    static const char *const lists[][2] = {
        {"a,b", "a,b"},      {"a, b", "a,b"}, {" a ,b ", "a,b"},
        {"a b, c", "a b,c"}, {"  ", ""},      {"a ,, b", "a,,b"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
        char list[16];

        snprintf(list, sizeof(list), "%s", lists[i][0]);
        assert_string_equal(text_tight_list(list), lists[i][1]);
    }
    assert_true(text_is_listed("b", "a,b"));
    assert_false(text_is_listed("b", "a,bc"));
    assert_false(text_is_listed("bc", "a,b"));
    assert_false(text_is_listed("a", ""));
    assert_true(text_is_end_of_key("forms.joined.levy", "levy", 4));
    assert_false(text_is_end_of_key("forms.joined.levy", "evy", 3));
    assert_true(text_is_end_of_key("levy", "levy", 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_is_taken_with_spaces_beside_its_commas),
        cmocka_unit_test(a_name_is_spoken_as_words),
        cmocka_unit_test(plain_decimal_numbers_are_read),
        cmocka_unit_test(nought_has_no_sign),
        cmocka_unit_test(what_would_become_nought_is_no_number),
        cmocka_unit_test(nothing_at_all_is_empty),
        cmocka_unit_test(thousands_separators_are_named),
        cmocka_unit_test(a_decimal_comma_is_named),
        cmocka_unit_test(a_percent_sign_is_named),
        cmocka_unit_test(a_unit_before_or_behind_is_named),
        cmocka_unit_test(numbers_that_are_not_finite_are_named),
        cmocka_unit_test(words_dates_and_hexadecimals_are_no_numbers),
        cmocka_unit_test_setup_teardown(a_comma_decimal_locale_changes_no_reading,
                                        use_comma_locale, use_c_locale),
        cmocka_unit_test_setup_teardown(a_comma_decimal_locale_changes_no_writing,
                                        use_comma_locale, use_c_locale),
        cmocka_unit_test(a_number_is_written_with_the_digits_it_needs),
        cmocka_unit_test(the_longest_number_fits_its_buffer),
        cmocka_unit_test(a_number_that_is_none_is_written_as_such),
        cmocka_unit_test(distance_counts_edits),
        cmocka_unit_test(distance_to_a_word_beyond_128_letters_is_its_length),
        cmocka_unit_test(a_character_of_utf8_has_one_to_four_bytes),
        cmocka_unit_test(what_is_no_character_of_utf8_is_told),
        cmocka_unit_test(the_first_byte_that_is_not_utf8_is_found),
        cmocka_unit_test(what_a_terminal_would_obey_is_shown_and_not_passed_on),
        cmocka_unit_test(seconds_become_minutes_and_hours_where_there_are_many),
        cmocka_unit_test(the_longest_duration_fits_its_buffer),
        cmocka_unit_test(visible_text_is_cut_to_its_buffer),
        cmocka_unit_test(hash_is_fnv_1a),
        cmocka_unit_test(white_space_is_cut_at_both_ends_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
