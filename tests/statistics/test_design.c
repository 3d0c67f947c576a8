#include "test.h"

#include "design.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS = 1024, AXES = 5 };

/* GSL 2.7.1, its zero point put first */
static const uint32_t sequence[8][3] = {
    {0, 0, 0},
    {536870912, 536870912, 536870912},
    {805306368, 268435456, 805306368},
    {268435456, 805306368, 268435456},
    {402653184, 402653184, 671088640},
    {939524096, 939524096, 134217728},
    {671088640, 134217728, 402653184},
    {134217728, 671088640, 939524096},
};

static void the_sequence_begins_at_zero(void **state)
{
    uint32_t x[8][3];
    struct hr_error error;

    (void)state;
    assert_int_equal(design_sobol_sequence(8, 3, x[0], &error), HR_OK);
    assert_memory_equal(x, sequence, sizeof(sequence));
}

/* Each of @p parts equal parts of an axis is met equally often. */
static void assert_balanced(const double *u, size_t parts)
{
    for (size_t k = 0; k < AXES; k++) {
        size_t met[POINTS] = {0};

        for (size_t j = 0; j < POINTS; j++) {
            assert_true(u[j * AXES + k] > 0.0 && u[j * AXES + k] < 1.0);
            met[(size_t)(u[j * AXES + k] * (double)parts)]++;
        }
        for (size_t p = 0; p < parts; p++)
            assert_int_equal(met[p], POINTS / parts);
    }
}

static void every_part_of_a_latin_axis_is_met_once(void **state)
{
    double *u = malloc(POINTS * AXES * sizeof(*u));
    struct hr_error error;

    (void)state;
    assert_int_equal(design_latin(7, POINTS, AXES, u, &error), HR_OK);
    assert_balanced(u, POINTS);
    free(u);
}

static void scrambling_keeps_the_balance_of_every_power_of_two(void **state)
{
    double *u = malloc(POINTS * AXES * sizeof(*u));
    struct hr_error error;

    (void)state;
    assert_int_equal(design_sobol(7, POINTS, AXES, u, &error), HR_OK);
    for (size_t parts = 1; parts <= POINTS; parts *= 2)
        assert_balanced(u, parts);
    free(u);
}

/* The mean of a sum of 5 uniforms: by 1,024 independent points its error would be 0.02.
 */
static void a_scrambled_design_integrates_far_better_than_chance(void **state)
{
    double *u = malloc(POINTS * AXES * sizeof(*u)), sum = 0.0;
    struct hr_error error;

    (void)state;
    assert_int_equal(design_sobol(7, POINTS, AXES, u, &error), HR_OK);
    for (size_t i = 0; i < POINTS * AXES; i++)
        sum += u[i];
    assert_true(fabs(sum / POINTS - 2.5) < 0.001);
    free(u);
}

static void designs_depend_on_the_seed_and_on_nothing_else(void **state)
{
    double one[16][AXES], again[16][AXES], other[16][AXES];
    struct hr_error error;

    (void)state;
    assert_int_equal(design_sobol(7, 16, AXES, one[0], &error), HR_OK);
    assert_int_equal(design_sobol(7, 16, AXES, again[0], &error), HR_OK);
    assert_int_equal(design_sobol(8, 16, AXES, other[0], &error), HR_OK);
    assert_memory_equal(one, again, sizeof(one));
    assert_memory_not_equal(one, other, sizeof(one));
}

static void too_many_axes_are_refused(void **state)
{
    double u[41];
    struct hr_error error;

    (void)state;
    assert_int_equal(design_sobol(7, 1, 41, u, &error), HR_BAD_INPUT);
    assert_string_equal(error.message,
                        "a Sobol design has at most 40 axes, not 41: use lhs");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sequence_begins_at_zero),
        cmocka_unit_test(every_part_of_a_latin_axis_is_met_once),
        cmocka_unit_test(scrambling_keeps_the_balance_of_every_power_of_two),
        cmocka_unit_test(a_scrambled_design_integrates_far_better_than_chance),
        cmocka_unit_test(designs_depend_on_the_seed_and_on_nothing_else),
        cmocka_unit_test(too_many_axes_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
