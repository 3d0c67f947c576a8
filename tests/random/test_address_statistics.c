/* Is the addressing itself random? Neighbours in each coordinate of an address are
 * looked at over 65,536 trials. The seed is fixed, so a test passes always or never;
 * a bound of 4 standard errors would fail one seed in 16,000, and p between 1e-4 and
 * 1 - 1e-4 one in 5,000. */
#include "test.h"

#include "draw.h"

#include <gsl/gsl_cdf.h>

enum { TRIALS = 65536, BINS = 256, GRID = 16, BITS = 64 };

static const double standard_errors = 4.0;
static const double least_probability = 1e-4;

struct place {
    uint64_t seed, trial;
    uint32_t entity, purpose, quarter, index;
};

static const struct place base = {
    .seed = 20260701,
    .entity = 618145345u, /* A81001 */
    .purpose = DRAW_POST,
    .quarter = 3,
    .index = 4,
};

static struct place moved(struct place from, struct place by)
{
    return (struct place){
        .seed = from.seed + by.seed,
        .trial = from.trial + by.trial,
        .entity = from.entity + by.entity,
        .purpose = from.purpose + by.purpose,
        .quarter = from.quarter + by.quarter,
        .index = from.index + by.index,
    };
}

static uint64_t word_at(struct place at)
{
    const uint64_t address =
        draw_address(at.entity, (enum purpose)at.purpose, at.quarter, at.index / 2);

    return threefry(at.trial, address, at.seed, 0).word[at.index % 2];
}

static double uniform_at(struct place at)
{
    return uniform_of(word_at(at));
}

static struct place in_trial(uint64_t trial)
{
    return moved(base, (struct place){.trial = trial});
}

/* p of Pearson's statistic for equal counts in all cells */
static void counts_are_even(const double *count, int cells)
{
    const double expected = (double)TRIALS / cells;
    double statistic = 0.0;
    double p;

    for (int i = 0; i < cells; i++)
        statistic += (count[i] - expected) * (count[i] - expected) / expected;
    p = gsl_cdf_chisq_Q(statistic, cells - 1);
    assert_true(p > least_probability && p < 1.0 - least_probability);
}

/* Correlation of deviations from 1/2 (variance 1/12) and of their squares (variance
 * 1/180 about 1/12); either has standard error 1/sqrt(TRIALS). */
static void are_uncorrelated(struct place step)
{
    const double standard_error = 1.0 / sqrt(TRIALS);
    double level = 0.0;
    double spread = 0.0;

    for (uint64_t i = 0; i < TRIALS; i++) {
        const double here = uniform_at(in_trial(i)) - 0.5;
        const double there = uniform_at(moved(in_trial(i), step)) - 0.5;

        level += here * there;
        spread += (here * here - 1.0 / 12.0) * (there * there - 1.0 / 12.0);
    }
    assert_true(fabs(level / TRIALS * 12.0) < standard_errors * standard_error);
    assert_true(fabs(spread / TRIALS * 180.0) < standard_errors * standard_error);
}

static void fill_the_square_evenly(struct place step)
{
    double count[GRID * GRID] = {0.0};

    for (uint64_t i = 0; i < TRIALS; i++) {
        const int column = (int)(GRID * uniform_at(in_trial(i)));
        const int row = (int)(GRID * uniform_at(moved(in_trial(i), step)));

        count[row * GRID + column] += 1.0;
    }
    counts_are_even(count, GRID * GRID);
}

static void are_independent(struct place step)
{
    are_uncorrelated(step);
    fill_the_square_evenly(step);
}

static void draws_of_one_address_over_trials_are_uniform(void **state)
{
    double count[BINS] = {0.0};

    (void)state;
    for (uint64_t i = 0; i < TRIALS; i++)
        count[(int)(BINS * uniform_at(in_trial(i)))] += 1.0;
    counts_are_even(count, BINS);
}

static void draws_of_one_trial_over_entities_are_uniform(void **state)
{
    double count[BINS] = {0.0};

    (void)state;
    for (uint32_t i = 0; i < TRIALS; i++)
        count[(int)(BINS * uniform_at(moved(base, (struct place){.entity = i})))] +=
            1.0;
    counts_are_even(count, BINS);
}

static void draws_of_one_trial_over_indices_are_uniform(void **state)
{
    double count[BINS] = {0.0};

    (void)state;
    for (uint32_t i = 0; i < TRIALS; i++)
        count[(int)(BINS * uniform_at(moved(base, (struct place){.index = i})))] += 1.0;
    counts_are_even(count, BINS);
}

/* Standard error of a share of one half: 1/(2 sqrt(TRIALS)) */
static void every_bit_of_a_word_is_set_half_the_time(void **state)
{
    int set[BITS] = {0};

    (void)state;
    for (uint64_t i = 0; i < TRIALS; i++) {
        for (int bit = 0; bit < BITS; bit++)
            set[bit] += (int)(word_at(in_trial(i)) >> bit & 1);
    }
    for (int bit = 0; bit < BITS; bit++)
        assert_true(fabs((double)set[bit] / TRIALS - 0.5) <
                    standard_errors * 0.5 / sqrt(TRIALS));
}

static void neighbouring_trials_are_independent(void **state)
{
    (void)state;
    are_independent((struct place){.trial = 1});
    are_independent((struct place){.trial = 64}); /* the same lane, a block later */
}

static void neighbouring_entities_are_independent(void **state)
{
    (void)state;
    are_independent((struct place){.entity = 1});
    are_independent((struct place){.entity = 36}); /* A81001 and A81011 */
}

static void neighbouring_quarters_are_independent(void **state)
{
    (void)state;
    are_independent((struct place){.quarter = 1});
    are_independent((struct place){.quarter = 4}); /* a year later */
}

static void neighbouring_indices_are_independent(void **state)
{
    (void)state;
    are_independent((struct place){.index = 1}); /* two words of one pair */
    are_independent((struct place){.index = 2});
}

static void neighbouring_purposes_are_independent(void **state)
{
    (void)state;
    are_independent((struct place){.purpose = 1});
}

static void neighbouring_seeds_are_independent(void **state)
{
    (void)state;
    are_independent((struct place){.seed = 1});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_of_one_address_over_trials_are_uniform),
        cmocka_unit_test(draws_of_one_trial_over_entities_are_uniform),
        cmocka_unit_test(draws_of_one_trial_over_indices_are_uniform),
        cmocka_unit_test(every_bit_of_a_word_is_set_half_the_time),
        cmocka_unit_test(neighbouring_trials_are_independent),
        cmocka_unit_test(neighbouring_entities_are_independent),
        cmocka_unit_test(neighbouring_quarters_are_independent),
        cmocka_unit_test(neighbouring_indices_are_independent),
        cmocka_unit_test(neighbouring_purposes_are_independent),
        cmocka_unit_test(neighbouring_seeds_are_independent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
