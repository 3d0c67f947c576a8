#include "test.h"

#include "sample.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 5000, HUNDRED = 100 };

static const unsigned long seed = 20260701;

static void assert_close(double got, double expected, double tolerance)
{
    assert_true(fabs(got - expected) <= tolerance);
}

static int ascending(const void *a, const void *b)
{
    const double *one = a, *other = b;

    return (*one > *other) - (*one < *other);
}

/* Both signs, many sizes, some alike. */
static void fill(double *values, size_t n)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    gsl_rng_set(rng, seed);
    for (size_t i = 0; i < n; i++)
        values[i] = gsl_ran_gaussian(rng, 1.0) * gsl_ran_lognormal(rng, 0.0, 20.0);
    for (size_t i = 0; i < n; i += 10)
        values[i] = (double)gsl_rng_uniform_int(rng, 5) - 2.0;
    gsl_rng_free(rng);
}

static void one_to_hundred(double *values)
{
    for (size_t i = 0; i < HUNDRED; i++)
        values[i] = (double)((i * 37) % HUNDRED + 1);
}

static void numbers_of_both_signs_and_any_size_are_sorted(void **state)
{
    double *values = test_malloc(3 * MANY * sizeof(*values));
    struct sample sample;

    (void)state;
    fill(values, MANY);
    sample = sample_sort(values, MANY, values + MANY);
    qsort(values, MANY, sizeof(*values), ascending);
    assert_int_equal(sample.count, MANY);
    assert_memory_equal(sample.value, values, MANY * sizeof(*values));
    test_free(values);
}

static void what_is_missing_is_left_out(void **state)
{
    const double values[] = {3, NAN, -INFINITY, 1, -NAN, INFINITY};
    const double sorted[] = {-INFINITY, 1, 3, INFINITY};
    double memory[12];
    const struct sample sample = sample_sort(values, 6, memory);

    (void)state;
    assert_int_equal(sample.count, 4);
    assert_int_equal(sample.missing, 2);
    assert_memory_equal(sample.value, sorted, sizeof(sorted));
}

static void a_pair_counts_where_both_exist(void **state)
{
    const double a[] = {5, NAN, 7, 1}, b[] = {2, 4, NAN, -6};
    double memory[8];
    const struct sample sample = sample_sort_difference(a, b, 4, memory);

    (void)state;
    assert_int_equal(sample.count, 2);
    assert_int_equal(sample.missing, 2);
    assert_true(sample.value[0] == 3.0);
    assert_true(sample.value[1] == 7.0);
}

static void of_an_empty_sample_nothing_is_known(void **state)
{
    const double values[] = {NAN};
    double memory[2];
    const struct sample sample = sample_sort(values, 1, memory);

    (void)state;
    assert_int_equal(sample.count, 0);
    assert_true(isnan(sample_quantile(&sample, 0.5).value));
    assert_true(isnan(sample_quantile(&sample, 0.5).error));
    assert_true(isnan(sample_upper_tail(&sample, 0.1).value));
    assert_true(isnan(sample_lower_tail(&sample, 0.1).error));
}

static void of_one_number_the_error_is_not_known(void **state)
{
    const double values[] = {4.0};
    double memory[2];
    const struct sample sample = sample_sort(values, 1, memory);

    (void)state;
    assert_true(sample_quantile(&sample, 0.05).value == 4.0);
    assert_true(isnan(sample_quantile(&sample, 0.05).error));
    assert_true(sample_upper_tail(&sample, 0.05).value == 4.0);
    assert_true(isnan(sample_upper_tail(&sample, 0.05).error));
}

static void quantiles_are_those_of_numpy_and_r(void **state)
{
    const double values[] = {4, 1, 3, 2}; /* numpy.quantile([1,2,3,4], .25) = 1.75 */
    double memory[8];
    const struct sample sample = sample_sort(values, 4, memory);

    (void)state;
    assert_true(sample_quantile(&sample, 0.00).value == 1.0);
    assert_true(sample_quantile(&sample, 0.25).value == 1.75);
    assert_true(sample_quantile(&sample, 0.50).value == 2.5);
    assert_true(sample_quantile(&sample, 1.00).value == 4.0);
}

static void a_quantiles_error_spans_two_deviations_of_its_rank(void **state)
{
    double values[HUNDRED], memory[2 * HUNDRED];
    struct sample sample;

    (void)state;
    one_to_hundred(values);
    sample = sample_sort(values, HUNDRED, memory);
    /* the rank of the median has deviation sqrt(100 / 4) = 5, and ranks are values */
    assert_close(sample_quantile(&sample, 0.5).value, 50.5, 1e-12);
    assert_close(sample_quantile(&sample, 0.5).error, 5.0, 1e-12);
}

static void tails_take_part_of_the_number_at_their_edge(void **state)
{
    const double values[] = {9, 4, 7, 2, 10, 1, 3, 8, 6, 5};
    double memory[20];
    const struct sample sample = sample_sort(values, 10, memory);

    (void)state;
    assert_close(sample_upper_tail(&sample, 0.2).value, 9.5, 1e-12);
    /* (10 + 9 + 8 / 2) / 2.5 and (1 + 2 + 3 / 2) / 2.5 */
    assert_close(sample_upper_tail(&sample, 0.25).value, 9.2, 1e-12);
    assert_close(sample_lower_tail(&sample, 0.25).value, 1.8, 1e-12);
    assert_close(sample_upper_tail(&sample, 1.0).value, 5.5, 1e-12);
    assert_close(sample_upper_tail(&sample, 0.01).value, 10.0, 1e-12);
}

static void a_tails_error_is_as_reckoned_by_hand(void **state)
{
    double values[HUNDRED], memory[2 * HUNDRED];
    struct sample sample;

    (void)state;
    one_to_hundred(values);
    sample = sample_sort(values, HUNDRED, memory);
    /* 91 to 100: mean 95.5, variance 55/6, 4.5 above its edge, share left out 0.9 */
    assert_close(sample_upper_tail(&sample, 0.1).error,
                 sqrt((55.0 / 6.0 + 0.9 * 4.5 * 4.5) / 10.0), 1e-12);
    assert_close(sample_lower_tail(&sample, 0.1).error,
                 sqrt((55.0 / 6.0 + 0.9 * 4.5 * 4.5) / 10.0), 1e-12);
}

static void assert_sorted(const double *values)
{
    double expected[HUNDRED], memory[2 * HUNDRED];
    const struct sample sample = sample_sort(values, HUNDRED, memory);

    memcpy(expected, values, sizeof(expected));
    qsort(expected, HUNDRED, sizeof(*expected), ascending);
    assert_memory_equal(sample.value, expected, sizeof(expected));
}

/* What lies close together beside what lies far off: the bits by which most differ are
 * not those by which all do. */
static void numbers_of_any_sizes_are_sorted(void **state)
{
    double close[HUNDRED], whole[HUNDRED], wide[HUNDRED];

    (void)state;
    for (int i = 0; i < HUNDRED; i++) {
        const int place = (37 * i + 11) % HUNDRED;

        close[i] = i == 50 ? -1e300 : 1.0 + 0x1p-50 * place;
        whole[i] = place % 7;
        wide[i] = (place % 2 == 0 ? 1.0 : -1.0) * pow(10.0, place - 50);
    }
    assert_sorted(close);
    assert_sorted(whole);
    assert_sorted(wide);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_both_signs_and_any_size_are_sorted),
        cmocka_unit_test(what_is_missing_is_left_out),
        cmocka_unit_test(a_pair_counts_where_both_exist),
        cmocka_unit_test(of_an_empty_sample_nothing_is_known),
        cmocka_unit_test(of_one_number_the_error_is_not_known),
        cmocka_unit_test(quantiles_are_those_of_numpy_and_r),
        cmocka_unit_test(a_quantiles_error_spans_two_deviations_of_its_rank),
        cmocka_unit_test(tails_take_part_of_the_number_at_their_edge),
        cmocka_unit_test(a_tails_error_is_as_reckoned_by_hand),
        cmocka_unit_test(numbers_of_any_sizes_are_sorted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
