/* Comparisons that decide, and the count of those too close to call. */
#include "test.h"

#include "near_tie.h"

static void a_pair_within_1e_10_of_the_larger_is_a_near_tie(void **state)
{
    (void)state;
    assert_true(near_tie(2.0, 2.0 * (1.0 + 0.99e-10)));
    assert_true(near_tie(2.0 * (1.0 + 0.99e-10), 2.0));
    assert_true(near_tie(3.0, 3.0));
    assert_false(near_tie(2.0, 2.0 * (1.0 + 1.02e-10)));
    assert_false(near_tie(2.0 * (1.0 + 1.02e-10), 2.0));
    assert_false(near_tie(0.0, 1e-300));
}

static void a_comparison_adds_one_where_it_is_near_and_nothing_else(void **state)
{
    double ties = 3.0;

    (void)state;
    assert_true(below(1.0, 2.0, &ties));
    assert_false(below(2.0, 1.0, &ties));
    assert_true(ties == 3.0);
    assert_true(below(1.0, 1.0 + 1e-12, &ties));
    assert_false(below(1.0, 1.0, &ties));
    assert_true(ties == 5.0);
}

static void one_by_itself_counts_the_same(void **state)
{
    double ties = 0.0;

    (void)state;
    assert_true(decides(1.0, 2.0, &ties));
    assert_false(decides(2.0, 1.0, &ties));
    assert_true(ties == 0.0);
    assert_true(decides(1.0, 1.0 + 1e-12, &ties));
    assert_false(decides(1.0, 1.0, &ties));
    assert_true(ties == 2.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pair_within_1e_10_of_the_larger_is_a_near_tie),
        cmocka_unit_test(a_comparison_adds_one_where_it_is_near_and_nothing_else),
        cmocka_unit_test(one_by_itself_counts_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
