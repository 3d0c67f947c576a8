/* A shock lasts for two quarters from quarter 4 and fades over three: strength 1, 1,
 * 3/4, 1/2, 1/4, none. A factor of 16 is 16, 16, 8, 4, 2, 1; a step of 8 is 8, 8, 6,
 * 4, 2, 0. */
#include "test.h"

#include "shocks.h"

#include <math.h>

enum { FIRST = 4, LAST = 9 };

static const struct draw_source source = {.seed = 20240401};

static struct lanes all(double value)
{
    struct lanes lanes;

    EACH_LANE (i)
        lanes.at[i] = value;
    return lanes;
}

static struct shock_terms without_effect(void)
{
    struct shock_terms terms = {.rate = all(0.0)};
    struct lanes *term = (struct lanes *)&terms;

    for (int t = 1; t < SHOCK_TERM_COUNT; t++)
        term[t] = all(1.0);
    terms.from_age = terms.nongp_step = terms.diversion_step = all(0.0);
    return terms;
}

static const struct shock_timing timing = {
    .entity = 7, .at = FIRST, .duration = 2, .fade = 3};

/* The drivers in quarter @p quarter of a run of the shock. */
static struct drivers drivers_in(const struct shock_timing *when,
                                 const struct shock_terms *terms, int quarter)
{
    struct shock shock = {.started = all(-NEVER)};
    struct drivers drivers = {0};
    struct lanes ties = all(0.0);

    for (int q = 0; q <= quarter; q++) {
        const struct shock_moment now = {&source, q, &ties};

        shocks_clear(&drivers);
        shock_step(&now, when, terms, &shock, &drivers);
    }
    return drivers;
}

static void a_factor_holds_then_fades(void **state)
{
    const double expected[] = {1.0, 16.0, 16.0, 8.0, 4.0, 2.0, 1.0};
    struct shock_terms terms = without_effect();

    (void)state;
    terms.demand = all(16.0);
    for (int q = FIRST - 1; q <= LAST; q++)
        assert_true(fabs(drivers_in(&timing, &terms, q).demand.at[0] -
                         expected[q - FIRST + 1]) < 1e-13);
}

static void a_factor_is_exact_at_both_ends(void **state)
{
    struct shock_terms terms = without_effect();

    (void)state;
    terms.income = all(0.9);
    assert_true(drivers_in(&timing, &terms, FIRST).income.at[0] == 0.9);
    assert_true(drivers_in(&timing, &terms, LAST).income.at[0] == 1.0);
}

static void a_step_holds_then_fades(void **state)
{
    const double expected[] = {0.0, 8.0, 8.0, 6.0, 4.0, 2.0, 0.0};
    struct shock_terms terms = without_effect();

    (void)state;
    terms.nongp_step = all(8.0);
    for (int q = FIRST - 1; q <= LAST; q++)
        assert_true(fabs(drivers_in(&timing, &terms, q).nongp_step.at[0] -
                         expected[q - FIRST + 1]) < 1e-13);
}

static void every_field_reaches_its_driver(void **state)
{
    struct shock_terms terms = without_effect();
    struct drivers drivers;

    (void)state;
    terms.sickness = all(2.0);
    terms.recruitment = all(3.0);
    terms.locum = all(4.0);
    terms.pay = all(5.0);
    terms.nongp = all(6.0);
    terms.staff = all(7.0);
    terms.relief = all(8.0);
    terms.diversion_step = all(9.0);
    drivers = drivers_in(&timing, &terms, FIRST);
    assert_true(drivers.sickness.at[3] == 2.0);
    assert_true(drivers.recruitment.at[3] == 3.0);
    assert_true(drivers.locum.at[3] == 4.0);
    assert_true(drivers.pay.at[3] == 5.0);
    assert_true(drivers.nongp.at[3] == 6.0);
    assert_true(drivers.staff.at[3] == 7.0);
    assert_true(drivers.relief.at[3] == 8.0);
    assert_true(drivers.diversion_step.at[3] == 9.0);
}

static void two_shocks_multiply_and_their_steps_add(void **state)
{
    struct shock_terms terms = without_effect();
    struct shock first = {.started = all(-NEVER)}, second = first;
    struct drivers drivers = {0};
    struct lanes ties = all(0.0);
    const struct shock_moment now = {&source, FIRST, &ties};

    (void)state;
    terms.pay = all(1.5);
    terms.nongp_step = all(8.0);
    shocks_clear(&drivers);
    shock_step(&now, &timing, &terms, &first, &drivers);
    shock_step(&now, &timing, &terms, &second, &drivers);
    assert_true(drivers.pay.at[0] == 1.5 * 1.5);
    assert_true(drivers.nongp_step.at[0] == 16.0);
}

/* Certain in every quarter, it never comes to fade. */
static void a_start_while_it_runs_restarts_it(void **state)
{
    const struct shock_timing random = {
        .entity = 7, .at = -1, .duration = 1, .fade = 3};
    struct shock_terms terms = without_effect();

    (void)state;
    terms.rate = all(1e6);
    terms.demand = all(16.0);
    assert_true(drivers_in(&random, &terms, 0).demand.at[0] == 16.0);
    assert_true(drivers_in(&random, &terms, 8).demand.at[0] == 16.0);
}

/* At a rate of 0.2 a year a quarter starts one with probability 1 - exp(-0.05) =
 * 0.04877; over 120 quarters 5.853 are expected in each of n lanes, standard deviation
 * sqrt(120 n p (1-p)) = 2.36 sqrt(n), of which four are allowed. It lasts for one
 * quarter. */
static void a_rate_is_an_annual_rate(void **state)
{
    const struct shock_timing random = {.entity = 7, .at = -1, .duration = 1};
    struct shock_terms terms = without_effect();
    double starts = 0.0;

    (void)state;
    terms.rate = all(0.2);
    terms.demand = all(2.0);
    for (int q = 0; q < 120; q++) {
        const struct drivers drivers = drivers_in(&random, &terms, q);

        for (int i = 0; i < LANES; i++)
            starts += drivers.demand.at[i] - 1.0;
    }
    assert_true(fabs(starts - 5.853 * LANES) < 4.0 * 2.36 * sqrt(LANES));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_factor_holds_then_fades),
        cmocka_unit_test(a_factor_is_exact_at_both_ends),
        cmocka_unit_test(a_step_holds_then_fades),
        cmocka_unit_test(every_field_reaches_its_driver),
        cmocka_unit_test(two_shocks_multiply_and_their_steps_add),
        cmocka_unit_test(a_start_while_it_runs_restarts_it),
        cmocka_unit_test(a_rate_is_an_annual_rate),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
