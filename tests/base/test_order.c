#include "test.h"

#include "order.h"

#include <math.h>

static void numbers_fall_and_equal_ones_keep_their_order(void **state)
{
    const double key[] = {1.0, NAN, 3.0, 1.0, INFINITY};
    const size_t expected[] = {4, 2, 0, 3, 1};
    size_t place[5];

    (void)state;
    order_falling(key, 5, place);
    assert_memory_equal(place, expected, sizeof(expected));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_fall_and_equal_ones_keep_their_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
