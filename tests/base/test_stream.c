/* What is written to a stream is all there when it is closed, or that it is not is
 * said. */
#include "test.h"

#include "stream.h"

#include <stdlib.h>
#include <string.h>

enum { NUMBERS = 100000 };

static void all_that_is_written_is_in_memory(void **state)
{
    char *text, *at;
    size_t size;
    FILE *out = stream_to_memory(&text, &size);

    (void)state;
    assert_non_null(out);
    for (long i = 0; i < NUMBERS; i++)
        fprintf(out, "%ld ", i);
    assert_true(stream_close(out));
    assert_int_equal(size, strlen(text));
    at = text;
    for (long i = 0; i < NUMBERS; i++)
        assert_int_equal(strtol(at, &at, 10), i);
    assert_string_equal(at, " ");
    free(text);
}

static void nothing_written_is_an_empty_text(void **state)
{
    char *text;
    size_t size = 1;
    FILE *out = stream_to_memory(&text, &size);

    (void)state;
    assert_non_null(out);
    assert_true(stream_close(out));
    assert_string_equal(text, "");
    assert_int_equal(size, 0);
    free(text);
}

/* More than an address can reach finds no room; what follows would. */
static void what_found_no_room_is_told_at_the_end(void **state)
{
    static const char page[1 << 16];
    volatile size_t most = SIZE_MAX / 2;
    char *text;
    size_t size;
    FILE *out = stream_to_memory(&text, &size);

    (void)state;
    assert_non_null(out);
    fputs("before", out);
    fflush(out);
    fwrite(page, 1, most, out);
    fputs("after", out);
    assert_false(stream_close(out));
    assert_null(text);
    assert_int_equal(size, 0);
}

/* A device that is always full: the first is lost, and there is nothing more to lose.
 */
static void what_a_full_disk_refused_before_is_told_at_the_end(void **state)
{
    FILE *out = fopen("/dev/full", "w");

    (void)state;
    assert_non_null(out);
    fputs("lost", out);
    assert_int_equal(fflush(out), EOF);
    assert_false(stream_close(out));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_is_written_is_in_memory),
        cmocka_unit_test(nothing_written_is_an_empty_text),
        cmocka_unit_test(what_found_no_room_is_told_at_the_end),
        cmocka_unit_test(what_a_full_disk_refused_before_is_told_at_the_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
