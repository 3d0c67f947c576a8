#include "test.h"

#include "footprint.h"
#include "moments.h"
#include "plan.h"

#include <math.h>

static const struct plan plan = {.forms = 1};

static double taken(const struct shape *shape, int threads)
{
    return footprint_of_run(shape, 8.0, 0.0, threads);
}

/* Four doubles for each of a million numbers by practice, where writing takes most. */
static void what_is_said_of_practices_takes_memory_when_it_is_written(void **state)
{
    const struct shape without = {.plan = &plan, .sums = 1};
    const struct shape with = {.plan = &plan, .sums = 1, .site_sums = 1000000};

    (void)state;
    assert_true(fabs(taken(&with, 1) - taken(&without, 1) - 4.0 * 8.0 * 1e6) < 1.0);
}

/* So many sums that they outweigh all else. */
static void a_thread_more_takes_a_node_of_all_sums(void **state)
{
    const struct shape shape = {.plan = &plan, .sums = 100000000};
    const double more = taken(&shape, 3) - taken(&shape, 2);

    (void)state;
    assert_true(fabs(more / (1e8 * sizeof(struct moments)) - 1.0) < 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_of_practices_takes_memory_when_it_is_written),
        cmocka_unit_test(a_thread_more_takes_a_node_of_all_sums),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
