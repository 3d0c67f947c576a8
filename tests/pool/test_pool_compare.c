/* What is simulated of a year's loss, with its errors: of a sample that is known. */
#include "test.h"

#include "pool_compare.h"

#include <math.h>

enum { LOSSES = 1000 };

/* 0, 0.001 .. 0.999 of a budget of 1,000, in no order: evenly spread, so that the
 * density is 1, the sd sqrt(1/12) and the kurtosis 1.8. */
static void compare_even(struct hr_pool_value side[HR_POOL_MEASURES])
{
    double loss[LOSSES], memory[2 * LOSSES];
    struct pool_sample sample;

    for (size_t i = 0; i < LOSSES; i++)
        loss[i] = (double)(i * 7 % LOSSES) / LOSSES;
    sample = pool_sample_of(loss, LOSSES, memory);
    for (int m = 0; m < HR_POOL_MEASURES; m++)
        side[m] = (struct hr_pool_value){.exact = NAN};
    pool_compare_year(side, &sample, 1.8, 1000.0);
}

static void is_about(double got, double expected, double share)
{
    if (!(fabs(got / expected - 1.0) < share))
        fail_msg("%.10g, not %.10g", got, expected);
}

static void measures_are_those_of_the_known_sample(void **state)
{
    struct hr_pool_value side[HR_POOL_MEASURES];

    (void)state;
    compare_even(side);
    is_about(side[HR_POOL_MEAN].simulated, 1499.5, 1e-9);
    is_about(side[HR_POOL_SD].simulated, 1000.0 / sqrt(12.0), 1e-3);
    is_about(side[HR_POOL_CV].simulated, 1000.0 / sqrt(12.0) / 1499.5, 1e-3);
    is_about(side[HR_POOL_Q95].simulated, 1949.05, 1e-9); /* rank 949.05 from 0 */
    is_about(side[HR_POOL_Q99].simulated, 1989.01, 1e-9);
    is_about(side[HR_POOL_TVAR99].simulated, 1994.5, 1e-9);
    is_about(side[HR_POOL_RESERVE20].simulated, 949.05, 1e-9);
    is_about(side[HR_POOL_RESERVE100].simulated, 989.01, 1e-9);
    is_about(side[HR_POOL_P1].simulated, 0.989, 1e-9);
    is_about(side[HR_POOL_P2].simulated, 0.979, 1e-9);
    is_about(side[HR_POOL_P5].simulated, 0.949, 1e-9);
}

/* Mean: sd/sqrt(n). Sd: sd sqrt((1.8 - 1)/4n). Quantiles: sqrt(p (1-p)/n) at density 1.
 * Tail: its ten numbers' variance 9.17e-6, and 0.99 (0.9945 - 0.98901)^2 of where it
 * starts, over ten. Chances: binomial. */
static void errors_are_those_of_the_known_sample(void **state)
{
    struct hr_pool_value side[HR_POOL_MEASURES];

    (void)state;
    compare_even(side);
    is_about(side[HR_POOL_MEAN].standard_error, 9.1333, 1e-3);
    is_about(side[HR_POOL_SD].standard_error, 4.0825, 2e-3);
    is_about(side[HR_POOL_Q95].standard_error, 6.8920, 0.01);
    is_about(side[HR_POOL_Q99].standard_error, 3.1464, 0.01);
    is_about(side[HR_POOL_TVAR99].standard_error,
             1000.0 * sqrt((9.17e-6 + 0.99 * 0.00549 * 0.00549) / 10.0), 0.03);
    is_about(side[HR_POOL_RESERVE20].standard_error, 6.8920, 0.01);
    is_about(side[HR_POOL_P1].standard_error, sqrt(0.989 * 0.011 / 1000.0), 1e-9);
    is_about(side[HR_POOL_P5].standard_error, sqrt(0.949 * 0.051 / 1000.0), 1e-9);
}

static struct hr_pool_value chance(double exact, double events)
{
    struct hr_pool_value value = {.exact = exact};

    pool_compare_chance(&value, events, 1000.0);
    return value;
}

/* 100 of 1,000 where 70 are expected: 30/sqrt(65.1). Under 25 a score is one only where
 * the surplus is more than four times the root of 25. */
static void a_chance_is_scored_where_enough_events_are_expected(void **state)
{
    (void)state;
    is_about(chance(0.07, 100.0).z, 30.0 / sqrt(65.1), 1e-9);
    is_about(chance(0.93, 900.0).z, -30.0 / sqrt(65.1), 1e-9);
    assert_true(isnan(chance(0.02, 40.0).z));
    is_about(chance(0.02, 41.0).z, 21.0 / 5.0, 1e-9);
    assert_true(isnan(chance(NAN, 100.0).z));
    is_about(chance(NAN, 100.0).standard_error, sqrt(0.09 / 1000.0), 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_are_those_of_the_known_sample),
        cmocka_unit_test(errors_are_those_of_the_known_sample),
        cmocka_unit_test(a_chance_is_scored_where_enough_events_are_expected),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
