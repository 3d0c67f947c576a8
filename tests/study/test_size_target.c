/* Targets as a finance lead would write them. */
#include "test.h"

#include "headroom/study.h"

#include <string.h>

static struct hr_size_target read(const char *text)
{
    struct hr_size_target target;
    struct hr_error error = {0};

    if (hr_size_parse(text, &target, &error) != HR_OK)
        fail_msg("%s", error.message);
    return target;
}

static void refuses(const char *text, const char *message)
{
    struct hr_size_target target;
    struct hr_error error = {0};

    assert_int_equal(hr_size_parse(text, &target, &error), HR_BAD_INPUT);
    assert_string_equal(error.message, message);
}

static void a_chance_of_loss_is_read(void **state)
{
    const struct hr_size_target target = read("P(loss > 2%) <= 5%");

    (void)state;
    assert_false(target.of_model || target.pool.reserve);
    assert_true(target.pool.loss == 0.02 && target.pool.limit == 0.05);
}

static void a_reserve_is_read(void **state)
{
    const struct hr_size_target target = read("reserve(0.5%)<=12.5");

    (void)state;
    assert_true(target.pool.reserve);
    assert_true(target.pool.chance == 0.005 && target.pool.limit == 12.5);
}

static void a_metric_is_read_either_way(void **state)
{
    const struct hr_size_target most = read("sites_closed<=5");
    const struct hr_size_target least = read("partner_led_sites >= 40");

    (void)state;
    assert_true(most.of_model && !most.at_least && most.limit == 5.0);
    assert_string_equal(most.metric, "sites_closed");
    assert_true(least.of_model && least.at_least && least.limit == 40.0);
}

#define EXAMPLES                                                                       \
    "a target is P(loss>2%)<=5%, reserve(1%)<=12, or a metric of the model as in "     \
    "sites_closed<=5"

static void what_is_no_target_is_refused(void **state)
{
    (void)state;
    refuses("", "\"\" cannot be read: " EXAMPLES);
    refuses("P(loss>2%)", "\"P(loss>2%)\" cannot be read: " EXAMPLES);
    refuses("P(loss>2%)<=few", "\"P(loss>2%)<=few\" cannot be read: " EXAMPLES);
    refuses("P(gain>2%)<=5%", "\"P(gain>2%)\" is nothing to be met: " EXAMPLES);
    refuses("<=5%", "\"\" is nothing to be met: " EXAMPLES);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    refuses("P(loss>2)<=5%", "a loss of 2 is all of the budget or more: 2% is 0.02");
    refuses("P(loss>2%)<=5", "a chance of 5 is not between 0 and 1: 5% is 0.05");
    refuses("P(loss>2%)>=5%", "a risk is to be at most something: write <=, not >=");
    refuses("reserve(100)<=12",
            "reserve(100): the chance in a year is between 0 and 1: 1% is 0.01");
    refuses("reserve(1%)<=0", "a reserve of 0 GBP a head is not above 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chance_of_loss_is_read),
        cmocka_unit_test(a_reserve_is_read),
        cmocka_unit_test(a_metric_is_read_either_way),
        cmocka_unit_test(what_is_no_target_is_refused),
        cmocka_unit_test(what_cannot_be_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
