#include "test.h"

#include "moments.h"

#include <float.h>
#include <math.h>

enum { EIGHT = 8, MANY = 1000 };

static const double eight[EIGHT] = {2, 4, 4, 4, 5, 5, 7, 9}; /* mean 5, squares 32 */

/* Numbers without pattern and with a far larger mean than spread. */
static void fill(double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        values[i] = 1e6 + sin(12.9898 * (double)i) * 43.5;
}

static void assert_close(double got, double expected, double relative)
{
    assert_true(fabs(got - expected) <= relative * fabs(expected));
}

static void a_sample_has_its_mean_spread_and_error(void **state)
{
    const struct moments got = moments_of(eight, EIGHT);

    (void)state;
    assert_int_equal(got.count, EIGHT);
    assert_true(moments_mean(&got) == 5.0);
    assert_close(moments_sd(&got), sqrt(32.0 / 7.0), 4 * DBL_EPSILON);
    assert_close(moments_se(&got), sqrt(32.0 / 7.0 / 8.0), 4 * DBL_EPSILON);
}

static void what_is_missing_is_counted_apart(void **state)
{
    const double values[] = {2, NAN, 4, 4, 4, NAN, 5, 5, 7, 9, -NAN};
    const struct moments got = moments_of(values, 11);
    struct moments added = {0};

    (void)state;
    assert_int_equal(got.count, EIGHT);
    assert_int_equal(got.missing, 3);
    assert_true(moments_mean(&got) == 5.0);
    assert_close(moments_sd(&got), sqrt(32.0 / 7.0), 4 * DBL_EPSILON);
    moments_add(&added, NAN);
    assert_int_equal(added.count, 0);
    assert_int_equal(added.missing, 1);
}

static void of_nothing_there_is_no_mean_and_of_one_no_error(void **state)
{
    const struct moments none = moments_of(eight, 0), one = moments_of(eight, 1);

    (void)state;
    assert_true(isnan(moments_mean(&none)));
    assert_true(isnan(moments_se(&none)));
    assert_true(moments_mean(&one) == 2.0);
    assert_true(isnan(moments_sd(&one)));
    assert_true(isnan(moments_se(&one)));
}

static void a_large_mean_does_not_drown_the_spread(void **state)
{
    /* variance 30 exactly; the textbook formula gives 0 or worse */
    const double values[] = {1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16};
    const struct moments got = moments_of(values, 4);

    (void)state;
    assert_true(moments_mean(&got) == 1e9 + 10);
    assert_true(moments_sd(&got) == sqrt(30.0));
}

static void one_by_one_gives_what_all_at_once_gives(void **state)
{
    double values[MANY];
    struct moments one_by_one = {0}, at_once;

    (void)state;
    fill(values, MANY);
    for (size_t i = 0; i < MANY; i++)
        moments_add(&one_by_one, values[i]);
    at_once = moments_of(values, MANY);
    assert_int_equal(one_by_one.count, at_once.count);
    assert_close(one_by_one.mean, at_once.mean, 1e-14);
    /* each step rounds at the size of the mean, 1e6, against deviations of 30 */
    assert_close(one_by_one.m2, at_once.m2, 1e-9);
}

static void parts_merge_to_the_whole(void **state)
{
    double values[MANY];
    struct moments whole, merged = {0}, part;

    (void)state;
    fill(values, MANY);
    values[3] = NAN;
    whole = moments_of(values, MANY);
    for (size_t begin = 0; begin < MANY; begin += 125) {
        part = moments_of(values + begin, 125);
        moments_merge(&merged, &part);
    }
    assert_int_equal(merged.count, whole.count);
    assert_int_equal(merged.missing, 1);
    assert_close(merged.mean, whole.mean, 1e-14);
    assert_close(merged.m2, whole.m2, 1e-9);
}

static void merging_nothing_changes_no_bit(void **state)
{
    const struct moments full = moments_of(eight, 5), none = {0};
    struct moments left = full, right = none;

    (void)state;
    moments_merge(&left, &none);
    moments_merge(&right, &full);
    assert_memory_equal(&left, &full, sizeof(full));
    assert_memory_equal(&right, &full, sizeof(full));
}

static void a_pair_counts_where_both_exist(void **state)
{
    const double a[] = {5, NAN, 7, 1, NAN}, b[] = {2, 4, NAN, -4, NAN};
    const struct moments got = moments_of_difference(a, b, 5);

    (void)state;
    assert_int_equal(got.count, 2);
    assert_int_equal(got.missing, 3);
    assert_true(got.mean == 4.0); /* of 3 and 5 */
    assert_true(got.m2 == 2.0);
}

static void differences_of_a_long_sample_are_all_taken(void **state)
{
    double a[MANY], b[MANY];
    struct moments got;

    (void)state;
    fill(a, MANY);
    for (size_t i = 0; i < MANY; i++)
        b[i] = a[i] - (double)i;
    got = moments_of_difference(a, b, MANY);
    assert_int_equal(got.count, MANY);
    assert_close(got.mean, (MANY - 1) / 2.0, 1e-12);
    /* the variance of 0, 1 .. n - 1 is n (n + 1) / 12 */
    assert_close(moments_sd(&got), sqrt(MANY * (MANY + 1.0) / 12.0), 1e-12);
}

/* A number of the second is missing, and of rows of seven one more. */
static void rows_have_the_moments_each_has_alone(void **state)
{
    enum { ROWS = 3, ALL = ROWS * MOMENTS_ROW };
    double a[ALL], b[ALL];
    struct moments own[ROWS], less[ROWS];

    (void)state;
    fill(a, ALL);
    for (size_t i = 0; i < ALL; i++)
        b[i] = sqrt((double)i);
    a[MOMENTS_ROW + 2] = NAN;
    for (size_t n = MOMENTS_ROW - 1; n <= MOMENTS_ROW; n++) {
        moments_of_rows(a, ROWS, n, own);
        moments_of_row_differences(&(struct moments_pair){a, b}, ROWS, n, less);
        for (size_t r = 0; r < ROWS; r++) {
            const double *row = a + r * MOMENTS_ROW, *other = b + r * MOMENTS_ROW;
            const struct moments alone = moments_of(row, n);
            const struct moments difference = moments_of_difference(row, other, n);

            assert_memory_equal(&own[r], &alone, sizeof(alone));
            assert_memory_equal(&less[r], &difference, sizeof(difference));
            assert_int_equal(own[r].missing, r == 1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sample_has_its_mean_spread_and_error),
        cmocka_unit_test(what_is_missing_is_counted_apart),
        cmocka_unit_test(of_nothing_there_is_no_mean_and_of_one_no_error),
        cmocka_unit_test(a_large_mean_does_not_drown_the_spread),
        cmocka_unit_test(one_by_one_gives_what_all_at_once_gives),
        cmocka_unit_test(parts_merge_to_the_whole),
        cmocka_unit_test(merging_nothing_changes_no_bit),
        cmocka_unit_test(a_pair_counts_where_both_exist),
        cmocka_unit_test(differences_of_a_long_sample_are_all_taken),
        cmocka_unit_test(rows_have_the_moments_each_has_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
