/* How lists grow over the quarters. */
#include "test.h"

#include "demand.h"

#include <math.h>

enum { QUARTERS = 6 };

static struct demand_parameters growing_by(double growth)
{
    struct demand_parameters demand = {0};

    EACH_LANE (i)
        demand.list_growth.at[i] = growth;
    return demand;
}

static struct drivers after(const struct demand_parameters *demand,
                            const double *yearly, int quarters)
{
    struct drivers drivers = {0};

    for (int q = 0; q < quarters; q++)
        demand_lists(demand, yearly, q, &drivers);
    return drivers;
}

static void lists_are_what_they_were_in_the_first_quarter(void **state)
{
    const struct demand_parameters demand = growing_by(0.08);
    const struct drivers first = after(&demand, NULL, 1);

    (void)state;
    assert_true(first.list_growth.at[0] == 1.0);
    assert_true(first.grown.at[LANES - 1] == 1.0);
}

/* A quarter's factor is the fourth root of a year's: five of them since the start. */
static void lists_have_grown_by_a_quarter_less_than_have_begun(void **state)
{
    const struct demand_parameters demand = growing_by(0.08);
    const struct drivers sixth = after(&demand, NULL, QUARTERS);

    (void)state;
    assert_true(fabs(sixth.list_growth.at[0] - pow(1.08, 0.25)) < 1e-14);
    assert_true(fabs(sixth.grown.at[0] - pow(1.08, 1.25)) < 1e-14);
}

static void a_years_past_growth_stands_for_the_parameter(void **state)
{
    const struct demand_parameters demand = growing_by(0.08);
    const double shrinking = -0.05;
    const struct drivers second = after(&demand, &shrinking, 2);

    (void)state;
    assert_true(fabs(second.grown.at[0] - pow(0.95, 0.25)) < 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_what_they_were_in_the_first_quarter),
        cmocka_unit_test(lists_have_grown_by_a_quarter_less_than_have_begun),
        cmocka_unit_test(a_years_past_growth_stands_for_the_parameter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
