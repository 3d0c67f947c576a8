#include "test.h"

#include "json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void is_written_as(const char *text, const char *json)
{
    struct json out;
    char *written;

    json_start(&out);
    json_text(&out, "t", text);
    written = json_end(&out);
    assert_non_null(strstr(written, json));
    free(written);
}

static void a_text_keeps_its_characters(void **state)
{
    (void)state;
    is_written_as("a \"b\" \\ c", "\"t\": \"a \\\"b\\\" \\\\ c\"");
    is_written_as("one\ntwo\x01", "\"t\": \"one\\ntwo\\u0001\"");
    is_written_as("Caf\xc3\xa9 \xe2\x82\xac", "\"t\": \"Caf\xc3\xa9 \xe2\x82\xac\"");
}

static void what_a_terminal_would_obey_is_escaped(void **state)
{
    (void)state;
    is_written_as("\x1b[2J\x7f", "\"t\": \"\\u001b[2J\\u007f\"");
    is_written_as("\xc2\x9b\xe2\x80\xae", "\"t\": \"\\u009b\\u202e\"");
}

static void a_byte_that_is_not_utf8_is_replaced(void **state)
{
    (void)state;
    is_written_as("caf\xe9.h5", "\"t\": \"caf\xef\xbf\xbd.h5\"");
}

static void what_is_no_number_is_null(void **state)
{
    struct json out;
    char *written;

    (void)state;
    json_start(&out);
    json_number(&out, "a", NAN);
    json_number(&out, "b", -INFINITY);
    json_number(&out, "c", 0.1);
    written = json_end(&out);
    assert_string_equal(written, "{\n \"a\": null,\n \"b\": null,\n \"c\": 0.1\n}\n");
    free(written);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_keeps_its_characters),
        cmocka_unit_test(what_a_terminal_would_obey_is_escaped),
        cmocka_unit_test(a_byte_that_is_not_utf8_is_replaced),
        cmocka_unit_test(what_is_no_number_is_null),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
