#include "test.h"

#include "result_set.h"

#include <math.h>

static struct result_set with_attributes(int count)
{
    struct result_set set = {0};

    for (int i = 0; i < count; i++)
        result_set_add_attribute(
            &set, (struct result_attribute){.path = result_set_name(&set, "/a%d", i),
                                            .kind = KIND_INTEGER,
                                            .integer = (uint64_t)i});
    return set;
}

static void any_number_of_items_is_kept(void **state)
{
    struct result_set set = with_attributes(1000);

    (void)state;
    assert_int_equal(set.attribute_count, 1000);
    assert_int_equal(result_set_find_attribute(&set, "/a0")->integer, 0);
    assert_int_equal(result_set_find_attribute(&set, "/a999")->integer, 999);
    assert_null(result_set_find_attribute(&set, "/a1000"));
    result_set_free(&set);
}

static void a_text_that_does_not_exist_is_left_out(void **state)
{
    struct result_set set = {0};

    (void)state;
    result_set_add_text(&set, (struct result_text){.path = "/a", .value = NULL});
    result_set_add_attribute(
        &set, (struct result_attribute){.path = "/b", .kind = KIND_TEXT, .text = NULL});
    assert_null(result_set_find_text(&set, "/a"));
    assert_null(result_set_find_attribute(&set, "/b"));
    result_set_free(&set);
}

static void numbers_of_a_set_do_not_exist_until_they_are_given(void **state)
{
    struct result_set set = {0};
    const double *number = result_set_numbers(&set, 2);

    (void)state;
    assert_true(isnan(number[0]) && isnan(number[1]));
    result_set_free(&set);
}

static void memory_that_runs_out_is_remembered(void **state)
{
    struct result_set set = {0};
    struct hr_error error = {0};

    (void)state;
    assert_null(result_set_memory(&set, SIZE_MAX - 8));
    assert_null(result_set_memory(&set, 1));
    assert_string_equal(result_set_name(&set, "/a"), "");
    result_set_add_text(&set, (struct result_text){.path = "/a", .value = ""});
    assert_int_equal(set.text_count, 0);
    assert_int_equal(result_set_status(&set, &error), HR_FAILED);
    assert_string_equal(error.message, "no memory for the result set");
    result_set_free(&set);
}

static void too_many_axes_are_refused(void **state)
{
    struct result_set set = {.axes = RESULT_AXES};
    struct hr_error error = {0};

    (void)state;
    result_set_add_axis(&set, (struct result_axis){.path = "/one_more"});
    assert_int_equal(result_set_status(&set, &error), HR_FAILED);
    result_set_free(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_items_is_kept),
        cmocka_unit_test(a_text_that_does_not_exist_is_left_out),
        cmocka_unit_test(numbers_of_a_set_do_not_exist_until_they_are_given),
        cmocka_unit_test(memory_that_runs_out_is_remembered),
        cmocka_unit_test(too_many_axes_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
