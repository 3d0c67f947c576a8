#include "test.h"

#include "coverage.h"

#include <math.h>

/* 1,000 samples of 1,000: a share of 95 % has a standard error of 0.7 %, and four of
 * them are allowed; a mean of heavy tails undercovers by 1 or 2 % at this size. */
static void intervals_hold_the_truth_as_often_as_they_say(void **state)
{
    (void)state;
    for (int law = 0; law < COVERAGE_LAWS; law++) {
        double held[COVERAGE_STATISTICS];

        coverage_of(law, 1000, 1000, held);
        for (int s = 0; s < COVERAGE_STATISTICS; s++) {
            if (fabs(held[s] - 0.95) > 4.0 * 0.0069)
                fail_msg("%s of %s: held in %.1f %%", coverage_statistic[s],
                         coverage_law[law], 100.0 * held[s]);
        }
    }
}

/* 500 pairs of samples of 1,000: a share of 95 % has a standard error of 1 %, and three
 * of them and 1 % of the law's own are allowed. */
static void intervals_of_differences_do_so_too(void **state)
{
    (void)state;
    for (int law = 0; law < COVERAGE_LAWS; law++) {
        double held[COVERAGE_STATISTICS];

        coverage_of_differences(law, 1000, 500, held);
        for (int s = 0; s < COVERAGE_STATISTICS; s++) {
            if (fabs(held[s] - 0.95) > 0.04)
                fail_msg("difference of %s of %s: held in %.1f %%",
                         coverage_statistic[s], coverage_law[law], 100.0 * held[s]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intervals_hold_the_truth_as_often_as_they_say),
        cmocka_unit_test(intervals_of_differences_do_so_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
