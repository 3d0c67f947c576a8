/* Collecting what is wrong: the first thousand are kept, the others counted. */
#include "test.h"

#include "messages.h"

#include <errno.h>
#include <stdio.h>

static const struct place here = {.file = "a.yaml", .line = 3, .column = 5};

static void what_is_beyond_a_thousand_is_counted(void **state)
{
    struct hr_messages messages = {0};

    (void)state;
    for (int i = 0; i < MOST_MESSAGES + 7; i++)
        messages_add(&messages, &here, "key", "fault %d", i);
    assert_int_equal(messages.count, MOST_MESSAGES);
    assert_int_equal(messages.more, 7);
    assert_int_equal(messages_total(&messages), MOST_MESSAGES + 7);
    hr_messages_free(&messages);
}

static void a_message_has_its_place_and_key(void **state)
{
    const struct place row = {.file = "a.csv", .line = 4, .column = PLACE_ROW};
    struct hr_messages messages = {0};

    (void)state;
    messages_add(&messages, &here, "key", "is %s", "wrong");
    messages_add(&messages, &row, NULL, "is wrong");
    assert_string_equal(messages.item[0].text, "a.yaml:3:5: key: is wrong");
    assert_string_equal(messages.item[0].sentence, "is wrong");
    assert_string_equal(messages.item[1].text, "a.csv:row 4: is wrong");
    assert_string_equal(messages.item[1].sentence, "is wrong");
    assert_int_equal(messages_status(&messages), HR_BAD_INPUT);
    hr_messages_free(&messages);
}

static void messages_are_sorted_by_place_and_said_once(void **state)
{
    const struct place line = {.file = "a.yaml", .line = 2, .column = 9};
    const struct place column = {.file = "a.yaml", .line = 3, .column = 1};
    const struct place file = {.file = "b.yaml", .number = 1, .line = 1, .column = 1};
    struct hr_messages messages = {0};

    (void)state;
    messages_add(&messages, &file, NULL, "last");
    messages_add(&messages, &here, NULL, "third");
    messages_add(&messages, &column, NULL, "second");
    messages_add(&messages, &here, NULL, "third");
    messages_add(&messages, &line, NULL, "first");
    messages_sort(&messages);
    assert_int_equal(messages.count, 4);
    assert_string_equal(messages.item[0].text, "a.yaml:2:9: first");
    assert_string_equal(messages.item[1].text, "a.yaml:3:1: second");
    assert_string_equal(messages.item[2].text, "a.yaml:3:5: third");
    assert_string_equal(messages.item[3].text, "b.yaml:1:1: last");
    hr_messages_free(&messages);
}

/* From the last to the first, so that each goes all the way. */
static void messages_said_backwards_are_put_in_order(void **state)
{
    struct hr_messages messages = {0};
    char text[16];

    (void)state;
    for (int line = 9; line > 0; line--) {
        const struct place at = {.file = "a", .line = line, .column = 1};

        messages_add(&messages, &at, NULL, "said");
    }
    messages_sort(&messages);
    for (int line = 1; line <= 9; line++) {
        snprintf(text, sizeof(text), "a:%d:1: said", line);
        assert_string_equal(messages.item[line - 1].text, text);
    }
    hr_messages_free(&messages);
}

/* What is wrong then is memory, whatever it seems to be that is. */
static void nothing_is_said_of_input_once_memory_has_run_out(void **state)
{
    struct hr_messages messages = {0};

    (void)state;
    errno = ENOMEM;
    messages_add(&messages, &here, "key", "is wrong");
    errno = 0;
    assert_int_equal(messages_total(&messages), 0);
    assert_int_equal(messages_status(&messages), HR_FAILED);
    hr_messages_free(&messages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_beyond_a_thousand_is_counted),
        cmocka_unit_test(a_message_has_its_place_and_key),
        cmocka_unit_test(messages_are_sorted_by_place_and_said_once),
        cmocka_unit_test(messages_said_backwards_are_put_in_order),
        cmocka_unit_test(nothing_is_said_of_input_once_memory_has_run_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
