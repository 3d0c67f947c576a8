#include "test.h"

#include "histogram.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 10000 };

static const unsigned long seed = 20260701;

/* Both signs, nine orders of magnitude. */
static void fill(double *values, size_t n)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    gsl_rng_set(rng, seed);
    for (size_t i = 0; i < n; i++)
        values[i] = gsl_ran_gaussian(rng, 1.0) * gsl_ran_lognormal(rng, 3.0, 3.0);
    gsl_rng_free(rng);
}

static struct histogram *histogram_of(const double *values, size_t n)
{
    struct histogram *histogram = histograms_new(1, 1);

    histogram_add(histogram, values, n);
    return histogram;
}

static struct binned_quantile rank_of(const struct histogram *histogram, double rank)
{
    static struct histogram_run run[HISTOGRAM_BINS];

    histogram_runs(histogram, run);
    return histogram_rank(run, histogram->count, rank);
}

static int ascending(const void *a, const void *b)
{
    const double *one = a, *other = b;

    return (*one > *other) - (*one < *other);
}

/* The middle one of three numbers, so that no end of the histogram pins it down. */
static struct binned_quantile middle(double low, double value, double high)
{
    const double values[] = {low, value, high};
    struct histogram *histogram = histogram_of(values, 3);
    const struct binned_quantile found = rank_of(histogram, 1.0);

    free(histogram);
    return found;
}

static void a_bin_is_at_most_a_32nd_of_its_value_wide(void **state)
{
    static const double values[] = {1e-4,  0.07,  0.5,  0.999, 1.0,  1.03125, 76.0,
                                    94600, 123e6, 1e11, -1.0,  -0.3, -5e9};

    (void)state;
    for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
        const struct binned_quantile found = middle(-1e12, values[i], 1e12);

        assert_true(fabs(found.value - values[i]) <= found.error);
        assert_true(found.error <= fabs(values[i]) / 64.0);
    }
}

static void every_rank_is_within_a_bin_of_the_number_there(void **state)
{
    double *values = test_malloc(MANY * sizeof(*values));
    struct histogram *histogram;

    (void)state;
    fill(values, MANY);
    histogram = histogram_of(values, MANY);
    qsort(values, MANY, sizeof(*values), ascending);
    for (size_t i = 0; i < MANY; i++) {
        const struct binned_quantile found = rank_of(histogram, (double)i);

        assert_true(fabs(found.value - values[i]) <= 2.0 * found.error);
    }
    free(histogram);
    test_free(values);
}

/* 1000 numbers from 100 to 101, in a bin of 100 to 102: the answer is known. */
static void what_lies_evenly_in_a_bin_is_found_within_it(void **state)
{
    double values[1001];
    struct histogram *histogram;

    (void)state;
    for (int i = 0; i < 1001; i++)
        values[i] = 100.0 + 1e-3 * i;
    histogram = histogram_of(values, 1001);
    for (int i = 0; i < 1001; i++)
        assert_true(fabs(rank_of(histogram, i).value - values[i]) < 1e-3);
    free(histogram);
}

static void assert_same(const struct histogram *a, const struct histogram *b)
{
    assert_memory_equal(a, b, sizeof(struct histogram_extent));
    for (size_t bin = 0; bin < HISTOGRAM_BINS; bin++)
        assert_int_equal(*histogram_bin(a, bin), *histogram_bin(b, bin));
}

/* Five of which two lie side by side, and the last alone. */
static void histograms_side_by_side_do_not_touch(void **state)
{
    const double values[] = {-3e15, -1.0, 0.0, 2.0, 7e15};
    struct histogram *all = histograms_new(5, 2), *alone;

    (void)state;
    for (size_t k = 0; k < 5; k++)
        histogram_add(&all[k], values, k + 1);
    for (size_t k = 0; k < 5; k++) {
        alone = histogram_of(values, k + 1);
        assert_same(&all[k], alone);
        free(alone);
    }
    free(all);
}

static void order_and_parts_do_not_change_a_histogram(void **state)
{
    double values[MANY], backwards[MANY];
    struct histogram *whole, *reversed, *merged, *part;

    (void)state;
    fill(values, MANY);
    for (size_t i = 0; i < MANY; i++)
        backwards[i] = values[MANY - 1 - i];
    whole = histogram_of(values, MANY);
    reversed = histogram_of(backwards, MANY);
    merged = histogram_of(values + 7000, MANY - 7000);
    part = histogram_of(values, 7000);
    histogram_merge(merged, part);
    assert_same(whole, reversed);
    assert_same(whole, merged);
    free(part);
    free(merged);
    free(reversed);
    free(whole);
}

static void what_is_missing_is_counted_apart(void **state)
{
    const double values[] = {NAN, 3.0, NAN};
    struct histogram *histogram = histogram_of(values, 3),
                     *none = histogram_of(values, 1);

    (void)state;
    histogram_merge(histogram, none);
    assert_int_equal(histogram->count, 1);
    assert_int_equal(histogram->missing, 3);
    assert_int_equal(none->count, 0);
    assert_true(isnan(rank_of(none, 0.0).value));
    free(none);
    free(histogram);
}

/* As those do that wait before they are counted: what they lie between goes apart. */
static void numbers_counted_by_their_places_are_as_if_added(void **state)
{
    enum { ODD = 9, ALL = 1000 };
    static const double odd[ODD] = {NAN, -0.0, 0.0,      5e-324,   -5e-324,
                                    NAN, 1e40, INFINITY, -INFINITY};
    double values[ALL];
    uint16_t place[ALL];
    struct histogram *added, *counted = histograms_new(1, 1);
    struct histogram_extent extent = {0, 0, INFINITY, -INFINITY};

    (void)state;
    fill(values, ALL);
    memcpy(values, odd, sizeof(odd));
    added = histogram_of(values, ALL);
    histogram_places(values, ALL, place);
    extent.count = histogram_count(counted, place, ALL);
    extent.missing = ALL - extent.count;
    for (size_t i = 0; i < ALL; i++)
        histogram_reach(&extent.lowest, &extent.highest, values[i]);
    histogram_widen(counted, &extent);
    assert_int_equal(extent.missing, 2);
    assert_same(counted, added);
    free(counted);
    free(added);
}

static void numbers_all_the_same_have_no_error(void **state)
{
    const double values[] = {76.0, 76.0, 76.0};
    struct histogram *histogram = histogram_of(values, 3);
    const struct binned_quantile found = rank_of(histogram, 1.0);

    (void)state;
    assert_true(found.value == 76.0);
    assert_true(found.error == 0.0);
    free(histogram);
}

static void what_is_close_to_zero_is_zero_within_its_error(void **state)
{
    const struct binned_quantile found = middle(-1.0, 1e-6, 1.0);

    (void)state;
    assert_true(found.value == 0.0);
    assert_true(found.error == ldexp(1.0, HISTOGRAM_LOW_EXPONENT));
}

static void what_is_far_out_is_between_the_last_bin_and_the_highest(void **state)
{
    const struct binned_quantile high = middle(1.0, 1e13, 1e14);
    const struct binned_quantile low = middle(-1e14, -1e13, 1.0);

    (void)state;
    assert_true(fabs(high.value - 1e13) <= high.error);
    assert_true(high.value + high.error <= 1e14);
    assert_true(fabs(low.value + 1e13) <= low.error);
    assert_true(low.value - low.error >= -1e14);
}

static void a_rank_beyond_the_ends_is_the_end(void **state)
{
    const double values[] = {-2.0, 5.0};
    struct histogram *histogram = histogram_of(values, 2);

    (void)state;
    assert_true(fabs(rank_of(histogram, -3.0).value + 2.0) <= 2.0 / 64);
    assert_true(fabs(rank_of(histogram, 99.0).value - 5.0) <= 5.0 / 64);
    free(histogram);
}

static void numbers_above_zero_are_counted(void **state)
{
    const double values[] = {-3.0, 0.0, 1e-9, 0.2, 7.0, 1e15, NAN};
    struct histogram *histogram = histogram_of(values, 7);

    (void)state;
    assert_int_equal(histogram_positive(histogram), 3);
    free(histogram);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bin_is_at_most_a_32nd_of_its_value_wide),
        cmocka_unit_test(every_rank_is_within_a_bin_of_the_number_there),
        cmocka_unit_test(what_lies_evenly_in_a_bin_is_found_within_it),
        cmocka_unit_test(histograms_side_by_side_do_not_touch),
        cmocka_unit_test(order_and_parts_do_not_change_a_histogram),
        cmocka_unit_test(what_is_missing_is_counted_apart),
        cmocka_unit_test(numbers_counted_by_their_places_are_as_if_added),
        cmocka_unit_test(numbers_all_the_same_have_no_error),
        cmocka_unit_test(what_is_close_to_zero_is_zero_within_its_error),
        cmocka_unit_test(what_is_far_out_is_between_the_last_bin_and_the_highest),
        cmocka_unit_test(a_rank_beyond_the_ends_is_the_end),
        cmocka_unit_test(numbers_above_zero_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
