#include "test.h"

#include "summary.h"

#include <gsl/gsl_randist.h>
#include <math.h>

enum { MANY = 4000 };

static const unsigned long seed = 20260701;

static void assert_close(double got, double expected, double tolerance)
{
    assert_true(fabs(got - expected) <= tolerance);
}

static void fill(double *values, size_t n)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    gsl_rng_set(rng, seed);
    for (size_t i = 0; i < n; i++)
        values[i] = 40.0 + gsl_ran_gaussian(rng, 50.0);
    gsl_rng_free(rng);
}

static void a_sample_is_summarised(void **state)
{
    const double values[] = {3, -1, NAN, 1, 2, 0};
    double memory[12], got[STATISTICS];

    (void)state;
    summary_of_sample(values, 6, memory, got);
    assert_close(got[STATISTIC_MEAN], 1.0, 1e-15);
    assert_close(got[STATISTIC_SD], sqrt(2.5), 1e-15);
    assert_close(got[STATISTIC_SE], sqrt(0.5), 1e-15);
    assert_close(got[STATISTIC_Q05], -0.8, 1e-15);
    assert_close(got[STATISTIC_Q25], 0.0, 1e-15);
    assert_close(got[STATISTIC_Q50], 1.0, 1e-15);
    assert_close(got[STATISTIC_Q75], 2.0, 1e-15);
    assert_close(got[STATISTIC_Q95], 2.8, 1e-15);
    assert_close(got[STATISTIC_P_POSITIVE], 0.6, 1e-15);
    assert_close(got[STATISTIC_COUNT], 5.0, 0.0);
}

static void pairs_are_summarised_where_both_exist(void **state)
{
    const double a[] = {5, NAN, 7, 1, 2}, b[] = {2, 4, NAN, 2, 1};
    double memory[10], got[STATISTICS];

    (void)state;
    summary_of_difference(a, b, 5, memory, got);
    assert_close(got[STATISTIC_COUNT], 3.0, 0.0);
    assert_close(got[STATISTIC_MEAN], 1.0, 1e-15); /* of 3, -1 and 1 */
    assert_close(got[STATISTIC_P_POSITIVE], 2.0 / 3.0, 1e-15);
}

static void what_does_not_exist_has_no_statistic_but_its_count(void **state)
{
    const double values[] = {NAN, NAN};
    const struct moments none = {0};
    const struct histogram empty = {0};
    double memory[4], sample[STATISTICS], stream[STATISTICS];

    (void)state;
    summary_of_sample(values, 2, memory, sample);
    summary_of_stream(&none, &empty, stream);
    for (int i = 0; i < STATISTIC_COUNT; i++) {
        assert_true(isnan(sample[i]));
        assert_true(isnan(stream[i]));
    }
    assert_true(sample[STATISTIC_COUNT] == 0.0);
    assert_true(stream[STATISTIC_COUNT] == 0.0);
}

static void a_stream_is_summarised_as_its_sample_within_the_bins(void **state)
{
    static struct histogram histogram; /* large for a stack; all of it is zero */
    double *values = test_malloc(3 * MANY * sizeof(*values));
    double sample[STATISTICS], stream[STATISTICS];
    struct moments moments;

    (void)state;
    fill(values, MANY);
    moments = moments_of(values, MANY);
    histogram_add(&histogram, values, MANY);
    summary_of_stream(&moments, &histogram, stream);
    summary_of_sample(values, MANY, values + MANY, sample);
    assert_close(stream[STATISTIC_MEAN], sample[STATISTIC_MEAN], 1e-11);
    assert_close(stream[STATISTIC_SD], sample[STATISTIC_SD], 1e-11);
    assert_true(stream[STATISTIC_COUNT] == MANY);
    assert_true(stream[STATISTIC_P_POSITIVE] == sample[STATISTIC_P_POSITIVE]);
    for (int i = 0; i < 5; i++) {
        /* half a bin of at most a 32nd, and the step between two numbers */
        const double bin = fabs(sample[STATISTIC_Q05 + i]) / 60.0 + 0.5;

        assert_close(stream[STATISTIC_Q05 + i], sample[STATISTIC_Q05 + i], bin);
        assert_true(stream[STATISTIC_Q05_ERROR + i] > 0.0);
    }
    test_free(values);
}

static void statistics_are_labelled_in_their_order(void **state)
{
    (void)state;
    assert_string_equal(statistic_names[STATISTIC_MEAN], "mean");
    assert_string_equal(statistic_names[STATISTIC_Q05], "q05");
    assert_string_equal(statistic_names[STATISTIC_Q95_ERROR], "q95_error");
    assert_string_equal(statistic_names[STATISTICS - 1], "count");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sample_is_summarised),
        cmocka_unit_test(pairs_are_summarised_where_both_exist),
        cmocka_unit_test(what_does_not_exist_has_no_statistic_but_its_count),
        cmocka_unit_test(a_stream_is_summarised_as_its_sample_within_the_bins),
        cmocka_unit_test(statistics_are_labelled_in_their_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
