#include "test.h"

#include "headroom/error.h"

#include <string.h>

static void a_failure_carries_its_status_and_one_sentence(void **state)
{
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(hr_fail(&error, HR_BAD_INPUT, "row %d: %s", 7, "no such column"),
                     HR_BAD_INPUT);
    assert_int_equal(error.status, HR_BAD_INPUT);
    assert_string_equal(error.message, "row 7: no such column");
}

static void a_later_failure_replaces_an_earlier_one(void **state)
{
    struct hr_error error = {0};

    (void)state;
    (void)hr_fail(&error, HR_BAD_INPUT, "a long first sentence");
    assert_int_equal(hr_fail(&error, HR_FAILED, "disk full"), HR_FAILED);
    assert_string_equal(error.message, "disk full");
}

static void a_sentence_too_long_is_cut_and_not_overrun(void **state)
{
    struct hr_error error = {0};
    char words[3000];

    (void)state;
    memset(words, 'w', sizeof(words) - 1);
    words[sizeof(words) - 1] = '\0';
    assert_int_equal(hr_fail(&error, HR_FAILED, "%s", words), HR_FAILED);
    assert_int_equal(strlen(error.message), sizeof(error.message) - 1);
}

static void what_a_terminal_would_obey_is_shown_and_not_passed_on(void **state)
{
    struct hr_error error = {0};

    (void)state;
    (void)hr_fail(&error, HR_FAILED, "no form \"%s\"", "\x1b[2J\xe2\x80\xae");
    assert_string_equal(error.message, "no form \"\\u001b[2J\\u202e\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_carries_its_status_and_one_sentence),
        cmocka_unit_test(a_later_failure_replaces_an_earlier_one),
        cmocka_unit_test(a_sentence_too_long_is_cut_and_not_overrun),
        cmocka_unit_test(what_a_terminal_would_obey_is_shown_and_not_passed_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
