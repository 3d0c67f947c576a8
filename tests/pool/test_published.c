#include "test.h"

#include "headroom/claims.h"

#include <stdio.h>

static void print_breach(const struct hr_published_line *line, void *context)
{
    (void)context;
    if (!line->holds)
        printf("%s: %s %s: printed %.10g, engine %.10g, tolerance %.2g\n", line->table,
               line->label, line->quantity, line->value, line->engine, line->tolerance);
}

static void every_published_and_exact_number_is_met(void **state)
{
    struct hr_error error = {0};
    struct hr_published_count count;

    (void)state;
    assert_int_equal(hr_validate(SOURCE_ROOT "/scenarios/published", print_breach, NULL,
                                 &count, &error),
                     HR_OK);
    assert_int_equal(count.failed, 0);
    assert_true(count.rows > 300);
}

static void a_row_that_does_not_hold_is_counted(void **state)
{
    struct hr_error error = {0};
    struct hr_published_count count;

    (void)state;
    assert_int_equal(
        hr_validate(TEST_DATA "/claims/failing", NULL, NULL, &count, &error),
        HR_NOT_HELD);
    assert_string_equal(error.message, "2 of 3 rows do not hold");
}

static void an_unknown_quantity_is_named(void **state)
{
    struct hr_error error = {0};
    struct hr_published_count count;

    (void)state;
    assert_int_equal(
        hr_validate(TEST_DATA "/claims/unknown", NULL, NULL, &count, &error),
        HR_BAD_INPUT);
    assert_string_equal(error.message,
                        TEST_DATA "/claims/unknown/table.csv:row 3: no such quantity "
                                  "as \"quantil\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_published_and_exact_number_is_met),
        cmocka_unit_test(a_row_that_does_not_hold_is_counted),
        cmocka_unit_test(an_unknown_quantity_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
