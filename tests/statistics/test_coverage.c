/* Do the errors mean what they say? Of many samples of a known law, how many have the
 * true value within 1.96 standard errors of what they say? The seed is fixed, so a test
 * passes always or never. With 4,000 samples the share of 0.95 has itself a standard
 * error of 0.0034; each bound below is 4 of those, and beside it stands what the
 * estimator is known to lose, since its own width is estimated. */
#include "test.h"

#include "estimate_pair.h"
#include "sample.h"
#include "summary.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

enum { SAMPLES = 4000, SIZE = 1000 };

static const unsigned long seed = 20260701;
static const double z = 1.959963984540054;
static const double four_errors = 4.0 * 0.0034;

typedef double draw(const gsl_rng *rng);
typedef struct estimate estimator(const double *values);

static double normal(const gsl_rng *rng)
{
    return 100.0 + gsl_ran_gaussian_ziggurat(rng, 15.0);
}

static double skewed(const gsl_rng *rng)
{
    return gsl_ran_exponential(rng, 1.0);
}

static double coverage(draw *law, estimator *estimate, double truth)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double values[SIZE];
    size_t covered = 0;

    gsl_rng_set(rng, seed);
    for (size_t s = 0; s < SAMPLES; s++) {
        struct estimate got;

        for (size_t i = 0; i < SIZE; i++)
            values[i] = law(rng);
        got = estimate(values);
        covered += fabs(got.value - truth) <= z * got.error;
    }
    gsl_rng_free(rng);
    return (double)covered / SAMPLES;
}

static struct estimate mean(const double *values)
{
    const struct moments moments = moments_of(values, SIZE);

    return (struct estimate){moments_mean(&moments), moments_se(&moments)};
}

static struct estimate quantile(const double *values, double p)
{
    double memory[2 * SIZE];
    const struct sample sample = sample_sort(values, SIZE, memory);

    return sample_quantile(&sample, p);
}

static struct estimate q05(const double *values)
{
    return quantile(values, 0.05);
}

static struct estimate q50(const double *values)
{
    return quantile(values, 0.50);
}

static struct estimate q95(const double *values)
{
    return quantile(values, 0.95);
}

static struct estimate upper_tail(const double *values)
{
    double memory[2 * SIZE];
    const struct sample sample = sample_sort(values, SIZE, memory);

    return sample_upper_tail(&sample, 0.05);
}

static struct estimate streamed(const double *values, enum statistic which)
{
    static uint32_t bins[HISTOGRAM_BINS];
    struct histogram histogram = {.bin = bins, .stride = 1};
    const struct moments moments = moments_of(values, SIZE);
    struct summary_work work = {0};
    double statistic[STATISTICS];

    memset(bins, 0, sizeof(bins));
    histogram_add(&histogram, values, SIZE);
    summary_of_stream(&moments, &histogram, &work, statistic);
    return (struct estimate){
        statistic[which],
        statistic[which - STATISTIC_Q05 + STATISTIC_Q05_ERROR],
    };
}

static struct estimate streamed_q05(const double *values)
{
    return streamed(values, STATISTIC_Q05);
}

static struct estimate streamed_q95(const double *values)
{
    return streamed(values, STATISTIC_Q95);
}

/* The pairs share half of their variance, as forms on common draws do. */
static struct estimate paired(const double *values)
{
    double a[SIZE / 2], memory[8 * SIZE / 2];
    struct interval_estimate mean;
    struct estimate_pair pair;

    for (size_t i = 0; i < SIZE / 2; i++)
        a[i] = values[i] + values[SIZE / 2 + i];
    pair = estimate_pair_of(a, values, SIZE / 2, memory);
    mean = estimate_mean_difference(&pair, 0.95);
    return (struct estimate){mean.value, mean.error};
}

static void assert_covers(double share, double lost)
{
    if (fabs(share - 0.95) > four_errors + lost)
        print_message("coverage %.4f\n", share);
    assert_true(share >= 0.95 - four_errors - lost);
    assert_true(share <= 0.95 + four_errors);
}

static void the_error_of_a_mean_covers(void **state)
{
    (void)state;
    assert_covers(coverage(normal, mean, 100.0), 0.0);
    assert_covers(coverage(skewed, mean, 1.0), 0.002);
}

static void the_error_of_a_paired_difference_covers(void **state)
{
    (void)state;
    assert_covers(coverage(normal, paired, 100.0), 0.0);
}

static void the_error_of_a_quantile_covers(void **state)
{
    (void)state;
    assert_covers(coverage(normal, q50, 100.0), 0.01);
    assert_covers(coverage(normal, q05, 100.0 + gsl_cdf_gaussian_Pinv(0.05, 15.0)),
                  0.02);
    assert_covers(coverage(skewed, q95, gsl_cdf_exponential_Pinv(0.95, 1.0)), 0.02);
}

static void the_error_of_a_tail_mean_covers(void **state)
{
    /* of an exponential law the mean beyond any point is 1 more than the point */
    const double truth = gsl_cdf_exponential_Pinv(0.95, 1.0) + 1.0;

    (void)state;
    assert_covers(coverage(skewed, upper_tail, truth), 0.02);
}

/* Skewed damage that only one of two forms has, in a tenth of trials: of 1,000 trials
 * fifty in the tail, and all on one side. Four errors of 1,000 samples about 93 to 97.
 */
static void a_difference_of_one_sided_tails_covers(void **state)
{
    enum { TRIALS = 1000, TIMES = 1000 };
    static double a[TRIALS], b[TRIALS], memory[8 * TRIALS];
    /* of an event of chance 0.1 and lognormal size, the worst twentieth is what lies
     * beyond its median, 1 */
    const double truth = 2.0 * exp(0.5) * gsl_cdf_ugaussian_P(1.0);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int held = 0;

    (void)state;
    for (int s = 0; s < TIMES; s++) {
        struct interval_estimate e;
        struct estimate_pair pair;

        for (size_t i = 0; i < TRIALS; i++)
            a[i] = gsl_rng_uniform(rng) < 0.1 ? gsl_ran_lognormal(rng, 0.0, 1.0) : 0.0;
        pair = estimate_pair_of(a, b, TRIALS, memory);
        e = estimate_tail_difference(&pair, 0.95, 0, 0.95);
        assert_int_equal(e.flags, 0);
        held += e.low <= truth && truth <= e.high;
    }
    gsl_rng_free(rng);
    assert_in_range(held, 930, 970);
}

static void the_error_of_a_streamed_quantile_covers_more(void **state)
{
    /* half a bin on top of the sampling error: at least the coverage, not at most */
    const double truth = gsl_cdf_exponential_Pinv(0.95, 1.0);
    const double low = 100.0 + gsl_cdf_gaussian_Pinv(0.05, 15.0);

    (void)state;
    assert_true(coverage(skewed, streamed_q95, truth) >= 0.95 - four_errors);
    assert_true(coverage(normal, streamed_q05, low) >= 0.95 - four_errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_error_of_a_mean_covers),
        cmocka_unit_test(the_error_of_a_paired_difference_covers),
        cmocka_unit_test(the_error_of_a_quantile_covers),
        cmocka_unit_test(the_error_of_a_tail_mean_covers),
        cmocka_unit_test(a_difference_of_one_sided_tails_covers),
        cmocka_unit_test(the_error_of_a_streamed_quantile_covers_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
