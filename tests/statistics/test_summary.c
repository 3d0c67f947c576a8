#include "test.h"

#include "estimate_pair.h"
#include "summary_pair.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

enum { MANY = 4000 };

static const unsigned long seed = 20260701;

static void assert_close(double got, double expected, double tolerance)
{
    assert_true(fabs(got - expected) <= tolerance);
}

static int same_bits(double a, double b)
{
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof(a)) == 0;
}

static void fill(double *values, size_t n)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    gsl_rng_set(rng, seed);
    for (size_t i = 0; i < n; i++)
        values[i] = 40.0 + gsl_ran_gaussian(rng, 50.0);
    gsl_rng_free(rng);
}

/* Rows of a pair of at most ROOM numbers: its own, its difference, what is between. */
enum { ROOM = 200, OWN = 0, DIFFERENCE, BETWEEN, ROWS };

static void summarise_pair(const double *a, const double *b, size_t n,
                           double row[ROWS][STATISTICS])
{
    double own[ROOM], reference[ROOM], memory[SUMMARY_MEMORY * ROOM];
    struct summary_work work = {.memory = memory};
    struct summary_sides sides = {0};
    const struct summary_pair pair = {own, reference, n, &sides};
    const struct summary_rows rows = {row[OWN], row[DIFFERENCE], row[BETWEEN]};

    memcpy(own, a, n * sizeof(*a));
    memcpy(reference, b, n * sizeof(*b));
    summary_of_pair(&pair, &work, &rows);
}

static void a_sample_is_summarised(void **state)
{
    const double values[] = {3, -1, NAN, 1, 2, 0};
    double memory[SUMMARY_MEMORY * 6], got[STATISTICS];
    struct summary_work work = {.memory = memory};

    (void)state;
    summary_of_sample(values, 6, &work, got);
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
    double row[ROWS][STATISTICS];

    (void)state;
    summarise_pair(a, b, 5, row);
    assert_close(row[OWN][STATISTIC_COUNT], 4.0, 0.0);
    assert_close(row[DIFFERENCE][STATISTIC_COUNT], 3.0, 0.0);
    assert_close(row[DIFFERENCE][STATISTIC_MEAN], 1.0, 1e-15); /* of 3, -1 and 1 */
    assert_close(row[DIFFERENCE][STATISTIC_P_POSITIVE], 2.0 / 3.0, 1e-15);
}

static void what_does_not_exist_has_no_statistic_but_its_count(void **state)
{
    const double values[] = {NAN, NAN};
    const struct moments none = {0};
    const struct histogram empty = {0};
    double memory[SUMMARY_MEMORY * 2], row[5][STATISTICS];
    struct summary_work work = {.memory = memory};

    (void)state;
    summarise_pair(values, values, 2, row);
    summary_of_sample(values, 2, &work, row[3]);
    summary_of_stream(&none, &empty, &work, row[4]);
    for (int r = 0; r < 5; r++) {
        for (int i = 0; i < STATISTICS; i++) {
            if (strstr(statistic_names[i], "_flags") != NULL)
                assert_true((int)row[r][i] & ESTIMATE_FEW);
            else if (i != STATISTIC_COUNT)
                assert_true(isnan(row[r][i]));
        }
        assert_true(row[r][STATISTIC_COUNT] == 0.0);
    }
}

/* A statistic and its interval, by places. */
static const struct {
    enum statistic value, low, high, flags;
} reported[] = {
    {STATISTIC_MEAN, STATISTIC_MEAN_LOW, STATISTIC_MEAN_HIGH, STATISTIC_MEAN_FLAGS},
    {STATISTIC_Q05, STATISTIC_Q05_LOW, STATISTIC_Q05_HIGH, STATISTIC_Q05_FLAGS},
    {STATISTIC_Q25, STATISTIC_Q25_LOW, STATISTIC_Q25_HIGH, STATISTIC_Q25_FLAGS},
    {STATISTIC_Q50, STATISTIC_Q50_LOW, STATISTIC_Q50_HIGH, STATISTIC_Q50_FLAGS},
    {STATISTIC_Q75, STATISTIC_Q75_LOW, STATISTIC_Q75_HIGH, STATISTIC_Q75_FLAGS},
    {STATISTIC_Q95, STATISTIC_Q95_LOW, STATISTIC_Q95_HIGH, STATISTIC_Q95_FLAGS},
    {STATISTIC_TVAR05, STATISTIC_TVAR05_LOW, STATISTIC_TVAR05_HIGH,
     STATISTIC_TVAR05_FLAGS},
    {STATISTIC_TVAR95, STATISTIC_TVAR95_LOW, STATISTIC_TVAR95_HIGH,
     STATISTIC_TVAR95_FLAGS},
    {STATISTIC_P_POSITIVE, STATISTIC_P_POSITIVE_LOW, STATISTIC_P_POSITIVE_HIGH,
     STATISTIC_P_POSITIVE_FLAGS},
};

enum { REPORTED = sizeof(reported) / sizeof(*reported) };

/* The interval of a stream holds that of its sample, and little more: half a bin of at
 * most a 32nd to either side of either end, and the step between two numbers. */
static void assert_wider(int i, const double *sample, const double *stream)
{
    const double low = sample[reported[i].low], high = sample[reported[i].high];
    const double slack = 1e-9 * (1.0 + fabs(low) + fabs(high));

    assert_true(stream[reported[i].flags] == sample[reported[i].flags]);
    if (i != 0) /* the mean is not from bins: the same but for rounding */
        assert_true(stream[reported[i].low] <= low + slack + (i == 6 || i == 7) &&
                    stream[reported[i].high] >= high - slack - (i == 6 || i == 7));
    assert_close(stream[reported[i].low], low, fabs(low) / 15.0 + 0.5);
    assert_close(stream[reported[i].high], high, fabs(high) / 15.0 + 0.5);
}

/* Half a bin of at most a 32nd, and the step between two numbers. */
static void assert_quantiles_close(const double *sample, const double *stream)
{
    for (int i = 0; i < 5; i++) {
        const double bin = fabs(sample[STATISTIC_Q05 + i]) / 60.0 + 0.5;

        assert_close(stream[STATISTIC_Q05 + i], sample[STATISTIC_Q05 + i], bin);
        assert_true(stream[STATISTIC_Q05_ERROR + i] > 0.0);
    }
}

static void a_stream_is_summarised_as_its_sample_within_the_bins(void **state)
{
    static uint32_t bins[HISTOGRAM_BINS]; /* large for a stack; all of it is zero */
    struct histogram histogram = {.bin = bins, .stride = 1};
    double *values = test_malloc((SUMMARY_MEMORY + 1) * MANY * sizeof(*values));
    struct summary_work work = {.memory = values + MANY};
    double sample[STATISTICS], stream[STATISTICS];
    struct moments moments;

    (void)state;
    fill(values, MANY);
    moments = moments_of(values, MANY);
    histogram_add(&histogram, values, MANY);
    summary_of_stream(&moments, &histogram, &work, stream);
    summary_of_sample(values, MANY, &work, sample);
    assert_close(stream[STATISTIC_MEAN], sample[STATISTIC_MEAN], 1e-11);
    assert_close(stream[STATISTIC_SD], sample[STATISTIC_SD], 1e-11);
    assert_true(stream[STATISTIC_COUNT] == MANY);
    assert_true(stream[STATISTIC_P_POSITIVE] == sample[STATISTIC_P_POSITIVE]);
    assert_quantiles_close(sample, stream);
    for (int i = 0; i < REPORTED; i++)
        assert_wider(i, sample, stream);
    test_free(values);
}

/* What estimate says is what stands in the row. */
static void each_statistic_has_its_interval_and_flags(void **state)
{
    double *values = test_malloc((SUMMARY_MEMORY + 1) * MANY * sizeof(*values));
    struct summary_work work = {.memory = values + MANY};
    double row[STATISTICS];
    struct interval_estimate tail;
    struct sample sample;

    (void)state;
    fill(values, MANY);
    summary_of_sample(values, MANY, &work, row);
    sample = sample_sort(values, MANY, work.memory);
    tail = estimate_lower_tail(&sample, 0.95, 0.95);
    assert_true(row[STATISTIC_TVAR05] == tail.value);
    assert_true(row[STATISTIC_TVAR05_ERROR] == tail.error);
    assert_true(row[STATISTIC_TVAR05_LOW] == tail.low);
    assert_true(row[STATISTIC_TVAR05_HIGH] == tail.high);
    assert_true(row[STATISTIC_Q95_LOW] == estimate_quantile(&sample, 0.95, 0.95).low);
    assert_true(row[STATISTIC_MEAN_HIGH] == estimate_mean(&sample, 0.95).high);
    for (int i = 0; i < REPORTED; i++) {
        assert_true(row[reported[i].low] < row[reported[i].value]);
        assert_true(row[reported[i].value] < row[reported[i].high]);
        assert_true(row[reported[i].flags] == 0.0);
    }
    test_free(values);
}

/* Twenty numbers are too few for any interval, and a hundred for that of a tail. */
static void few_numbers_have_no_interval(void **state)
{
    double values[100], memory[SUMMARY_MEMORY * 100], row[STATISTICS];
    struct summary_work work = {.memory = memory};

    (void)state;
    fill(values, 100);
    summary_of_sample(values, 20, &work, row);
    for (int i = 0; i + 1 < REPORTED; i++) {
        assert_true((int)row[reported[i].flags] & ESTIMATE_FEW);
        assert_true(isnan(row[reported[i].low]) && isnan(row[reported[i].high]));
    }
    summary_of_sample(values, 100, &work, row);
    assert_true(row[STATISTIC_MEAN_FLAGS] == 0.0);
    assert_true(row[STATISTIC_Q05_FLAGS] == ESTIMATE_FEW);
    assert_true(row[STATISTIC_Q25_FLAGS] == ESTIMATE_THIN);
    assert_true(row[STATISTIC_TVAR95_FLAGS] == ESTIMATE_FEW);
}

/* b is a turned round about its middle: the differences' worst twentieth is far below
 * zero, and the worst twentieths do not differ. */
static void statistics_of_differences_are_not_differences_of_statistics(void **state)
{
    double a[200], b[200], row[ROWS][STATISTICS];
    const double *of_difference = row[DIFFERENCE], *between = row[BETWEEN];

    (void)state;
    for (int i = 0; i < 200; i++) {
        a[i] = i;
        b[i] = 199 - i;
    }
    summarise_pair(a, b, 200, row);
    assert_close(of_difference[STATISTIC_Q05], 2.0 * 9.95 - 199.0, 1e-9);
    assert_close(between[STATISTIC_Q05], 0.0, 1e-9);
    assert_true(between[STATISTIC_Q05_LOW] < -1.0 && between[STATISTIC_Q05_HIGH] > 1.0);
    assert_close(between[STATISTIC_MEAN], of_difference[STATISTIC_MEAN], 1e-9);
    assert_true(isnan(between[STATISTIC_SD]) && of_difference[STATISTIC_SD] > 0.0);
}

/* Two that are equal in every trial differ by nothing, whatever their law. */
static void equal_pairs_differ_by_nothing(void **state)
{
    double a[100], rows[ROWS][STATISTICS];
    const double *row = rows[BETWEEN];

    (void)state;
    for (int i = 0; i < 100; i++)
        a[i] = i % 3; /* few distinct values */
    summarise_pair(a, a, 100, rows);
    for (int i = 0; i + 1 < REPORTED; i++) {
        assert_true(row[reported[i].value] == 0.0);
        if (!((int)row[reported[i].flags] & ESTIMATE_FEW))
            assert_true(row[reported[i].low] == 0.0 && row[reported[i].high] == 0.0);
    }
}

static void pairs_of_which_many_lack_are_flagged(void **state)
{
    double a[100], b[100], row[ROWS][STATISTICS];

    (void)state;
    fill(a, 100);
    for (int i = 0; i < 100; i++)
        b[i] = i % 10 == 0 ? NAN : 0.0;
    summarise_pair(a, b, 100, row);
    for (int i = 0; i < REPORTED; i++) {
        assert_true((int)row[DIFFERENCE][reported[i].flags] & ESTIMATE_SELECTED);
        assert_true((int)row[BETWEEN][reported[i].flags] & ESTIMATE_SELECTED);
        assert_false((int)row[OWN][reported[i].flags] & ESTIMATE_SELECTED);
    }
}

/* One of four rows of a pair: each statistic as it is made of whole samples. */
static void check_between(const double *a, const double *b, const double *row)
{
    static const double p[] = {0.05, 0.25, 0.5, 0.75, 0.95};
    static double memory[8 * ROOM];
    const struct estimate_pair pair = estimate_pair_of(a, b, ROOM, memory);

    for (int i = 0; i + 1 < REPORTED; i++) {
        const struct interval_estimate whole =
            i == 0  ? estimate_mean_difference(&pair, 0.95)
            : i < 6 ? estimate_quantile_difference(&pair, p[i - 1], 0.95)
                    : estimate_tail_difference(&pair, 0.95, i == 6, 0.95);

        assert_true(same_bits(row[reported[i].value], whole.value));
        assert_true(same_bits(row[reported[i].low], whole.low));
        assert_true(same_bits(row[reported[i].high], whole.high));
        assert_true(row[reported[i].flags] == whole.flags);
    }
}

static void pairs_have_the_bits_that_whole_samples_give(void **state)
{
    double a[ROOM], b[ROOM], few[ROOM], gaps[ROOM], row[ROWS][STATISTICS];

    (void)state;
    fill(a, ROOM);
    for (int i = 0; i < ROOM; i++) {
        b[i] = a[(7 * i + 3) % ROOM] + 0.5 * a[i];
        few[i] = i % 4;
        gaps[i] = i % 17 == 0 ? NAN : b[i];
    }
    summarise_pair(a, b, ROOM, row);
    check_between(a, b, row[BETWEEN]);
    summarise_pair(a, few, ROOM, row);
    check_between(a, few, row[BETWEEN]);
    summarise_pair(gaps, a, ROOM, row);
    check_between(gaps, a, row[BETWEEN]);
    summarise_pair(a, gaps, ROOM, row);
    check_between(a, gaps, row[BETWEEN]);
}

/* What the reference says of itself is found once, for as many trials as have both. */
static void a_reference_is_sorted_once_for_all_that_are_whole(void **state)
{
    double value[2][ROOM], memory[SUMMARY_MEMORY * ROOM];
    double row[ROWS][STATISTICS], again[ROWS][STATISTICS];
    struct summary_work work = {.memory = memory};
    struct summary_sides sides = {0};
    const struct summary_pair pair = {value[0], value[1], ROOM, &sides};
    const struct summary_rows rows = {again[OWN], again[DIFFERENCE], again[BETWEEN]};
    double a[ROOM], b[ROOM];

    (void)state;
    fill(a, ROOM);
    for (int i = 0; i < ROOM; i++)
        b[i] = a[(7 * i + 3) % ROOM] + 0.5 * a[i];
    summarise_pair(a, b, ROOM, row);
    for (int gap = 2; gap >= 0; gap--) { /* whole, with a gap, whole again */
        memcpy(value[0], a, sizeof(a));
        memcpy(value[1], b, sizeof(b));
        value[0][5] = gap == 1 ? NAN : a[5];
        summary_of_pair(&pair, &work, &rows);
    }
    for (int s = 0; s < STATISTICS; s++)
        assert_true(same_bits(again[BETWEEN][s], row[BETWEEN][s]));
}

/* A ratio whose divisor may vanish. */
static void a_law_without_variance_is_flagged_by_sample_and_stream(void **state)
{
    static uint32_t bins[HISTOGRAM_BINS];
    struct histogram histogram = {.bin = bins, .stride = 1};
    double *values = test_malloc((SUMMARY_MEMORY + 1) * MANY * sizeof(*values));
    struct summary_work work = {.memory = values + MANY};
    double row[STATISTICS], stream[STATISTICS];
    struct moments moments;

    (void)state;
    for (int i = 0; i < MANY; i++)
        values[i] = tan(3.14159 * ((i + 0.5) / MANY - 0.5)); /* Cauchy */
    moments = moments_of(values, MANY);
    histogram_add(&histogram, values, MANY);
    summary_of_sample(values, MANY, &work, row);
    summary_of_stream(&moments, &histogram, &work, stream);
    assert_true(row[STATISTIC_MEAN_FLAGS] == ESTIMATE_HEAVY);
    assert_true(stream[STATISTIC_MEAN_FLAGS] == ESTIMATE_HEAVY);
    assert_true(row[STATISTIC_Q50_FLAGS] == 0.0);
    test_free(values);
}

static void statistics_are_labelled_in_their_order(void **state)
{
    (void)state;
    assert_string_equal(statistic_names[STATISTIC_MEAN], "mean");
    assert_string_equal(statistic_names[STATISTIC_Q05], "q05");
    assert_string_equal(statistic_names[STATISTIC_Q95_ERROR], "q95_error");
    assert_string_equal(statistic_names[STATISTICS_OF_1_0 - 1], "count");
    assert_string_equal(statistic_names[STATISTICS - 1], "p_positive_flags");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sample_is_summarised),
        cmocka_unit_test(pairs_are_summarised_where_both_exist),
        cmocka_unit_test(what_does_not_exist_has_no_statistic_but_its_count),
        cmocka_unit_test(a_stream_is_summarised_as_its_sample_within_the_bins),
        cmocka_unit_test(each_statistic_has_its_interval_and_flags),
        cmocka_unit_test(few_numbers_have_no_interval),
        cmocka_unit_test(statistics_of_differences_are_not_differences_of_statistics),
        cmocka_unit_test(equal_pairs_differ_by_nothing),
        cmocka_unit_test(pairs_of_which_many_lack_are_flagged),
        cmocka_unit_test(pairs_have_the_bits_that_whole_samples_give),
        cmocka_unit_test(a_reference_is_sorted_once_for_all_that_are_whole),
        cmocka_unit_test(a_law_without_variance_is_flagged_by_sample_and_stream),
        cmocka_unit_test(statistics_are_labelled_in_their_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
