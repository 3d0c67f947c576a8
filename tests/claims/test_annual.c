/* The sums over cells from which a year's law answers. */
#include "reference.h"

#include "annual.h"

/* One cell that holds all, of width 2 about @p middle. */
static double variance_in_the_cell(struct annual_law law, double middle)
{
    struct hr_error error;
    double variance;

    law.base = law.mean = middle;
    law.step = 2.0;
    assert_int_equal(annual_allocate(&law, 1, &error), HR_OK);
    law.mass[0] = 1.0;
    annual_accumulate(&law);
    assert_true(law.below[1] == 1.0 && law.above[0] == 1.0 && law.first[1] == 0.0);
    variance = law.second[1];
    annual_free(&law);
    return variance;
}

/* A uniform law's variance is a twelfth of its squared width. */
static void mass_is_spread_evenly_over_a_cell(void **state)
{
    (void)state;
    assert_near(variance_in_the_cell((struct annual_law){0}, 10.0), 4.0 / 12.0, 1e-15);
}

/* A tooth of a comb is a point, and has what spread follows its place. */
static void a_tooth_has_no_width_but_its_own(void **state)
{
    (void)state;
    assert_true(variance_in_the_cell((struct annual_law){.comb = true}, 10.0) == 0.0);
    assert_near(
        variance_in_the_cell((struct annual_law){.comb = true, .spread = 0.25}, 10.0),
        2.5, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mass_is_spread_evenly_over_a_cell),
        cmocka_unit_test(a_tooth_has_no_width_but_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
