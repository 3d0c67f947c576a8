/* Which values of a plan follow a curve, and when they share another plan's. */
#include "test.h"

#include "plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { VALUES = 3 };

/* Values 0 and 2 are smooth laws, value 1 is fixed. */
static void make(struct plan *plan, struct plan_value value[VALUES], double b)
{
    const struct distribution law[VALUES] = {
        {.kind = BETA, .a = 33.8, .b = 530.0, .low = -INFINITY, .high = INFINITY},
        {.kind = FIXED, .a = 4.0, .low = -INFINITY, .high = INFINITY},
        {.kind = GAMMA, .a = 4.0, .b = b, .low = -INFINITY, .high = INFINITY},
    };

    memset(plan, 0, sizeof(*plan));
    memset(value, 0, VALUES * sizeof(*value));
    for (size_t v = 0; v < VALUES; v++)
        value[v].distribution = law[v];
    plan->value = value;
    plan->values = VALUES;
}

static void each_smooth_law_follows_a_curve_of_its_own(void **state)
{
    struct plan_value value[VALUES];
    struct plan plan;

    (void)state;
    make(&plan, value, 250.0);
    assert_true(plan_follow_curves(&plan, NULL));
    assert_non_null(value[0].distribution.curve);
    assert_null(value[1].distribution.curve);
    assert_non_null(value[2].distribution.curve);
    assert_ptr_not_equal(value[0].distribution.curve, value[2].distribution.curve);
    free(plan.curve);
}

static void the_same_law_at_the_same_place_shares_its_curve(void **state)
{
    struct plan_value value[VALUES], other_value[VALUES];
    struct plan plan, other;

    (void)state;
    make(&plan, value, 250.0);
    make(&other, other_value, 300.0);
    assert_true(plan_follow_curves(&plan, NULL));
    assert_true(plan_follow_curves(&other, &plan));
    assert_ptr_equal(other_value[0].distribution.curve, value[0].distribution.curve);
    assert_ptr_equal(other_value[2].distribution.curve, other.curve);
    free(plan.curve);
    free(other.curve);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_smooth_law_follows_a_curve_of_its_own),
        cmocka_unit_test(the_same_law_at_the_same_place_shares_its_curve),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
