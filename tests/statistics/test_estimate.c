#include "test.h"

#include "estimate_pair.h"
#include "known_answers.h"

#include <math.h>
#include <stdio.h>

static double values[KNOWN_TRIALS], memory[2 * KNOWN_TRIALS];

static const char *const columns[] = {"a", "b", "c", "gaps"};

static struct sample column(const char *name)
{
    known_column(name, values);
    return sample_sort(values, KNOWN_TRIALS, memory);
}

static void check(struct interval_estimate got, const char *quantity,
                  const char *column_name, const char *rest)
{
    char argument[64];
    struct known_answer known;

    snprintf(argument, sizeof(argument), "%s%s", column_name, rest);
    known = known_answer(quantity, argument);
    assert_known(got.value, known.value);
    if (!isnan(known.se))
        assert_known(got.error, known.se);
    if (!(got.flags & ESTIMATE_FEW)) {
        assert_known(got.low, known.low);
        assert_known(got.high, known.high);
    }
}

static void every_estimate_is_that_of_the_known_sample(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        const struct sample s = column(columns[i]);

        check(estimate_mean(&s, 0.95), "mean", columns[i], "");
        check(estimate_quantile(&s, 0.05, 0.95), "quantile", columns[i], " p=0.05");
        check(estimate_quantile(&s, 0.5, 0.95), "quantile", columns[i], " p=0.5");
        check(estimate_quantile(&s, 0.95, 0.95), "quantile", columns[i], " p=0.95");
        check(estimate_upper_tail(&s, 0.95, 0.95), "tvar_upper", columns[i],
              " level=0.95");
        check(estimate_lower_tail(&s, 0.95, 0.95), "tvar_lower", columns[i],
              " level=0.95");
        assert_known(estimate_hill(&s), known_answer("hill", columns[i]).value);
    }
}

static void shares_have_wilsons_interval(void **state)
{
    const struct interval_estimate few = estimate_share(3.0, 200.0, 0.95);
    const struct interval_estimate none = estimate_share(0.0, 200.0, 0.95);
    const struct interval_estimate most = estimate_share(9500.0, 10000.0, 0.95);

    (void)state;
    assert_near(few.low, 0.00511423779325831, 1e-12);
    assert_near(few.high, 0.04316572879269026, 1e-12);
    assert_near(none.high, 0.018845326377266575, 1e-12);
    assert_near(most.low, 0.9455528841569758, 1e-12);
    assert_near(most.high, 0.9541015173094152, 1e-12);
    assert_int_equal(few.flags, ESTIMATE_ONE_SIDED);
    assert_int_equal(most.flags, 0);
}

static struct sample ladder(size_t n)
{
    for (size_t i = 0; i < n; i++)
        values[i] = (double)(i + 1);
    return sample_sort(values, n, memory);
}

static void with_few_numbers_there_is_no_interval(void **state)
{
    const struct sample s = ladder(20);
    const struct interval_estimate tail = estimate_quantile(&s, 0.05, 0.95);
    const struct interval_estimate mean = estimate_mean(&s, 0.95);

    (void)state;
    assert_true(isnan(tail.low) && isnan(tail.high));
    assert_true(tail.flags & ESTIMATE_FEW);
    assert_true(tail.flags & ESTIMATE_OPEN);
    assert_true(mean.flags & ESTIMATE_FEW);
    assert_true(isnan(mean.low));
    assert_near(mean.value, 10.5, 1e-15);
}

static void a_thin_tail_is_told_from_a_full_one(void **state)
{
    const struct sample s = ladder(500);

    (void)state;
    assert_int_equal(estimate_quantile(&s, 0.95, 0.95).flags, ESTIMATE_THIN);
    assert_int_equal(estimate_quantile(&s, 0.5, 0.95).flags, 0);
    assert_int_equal(estimate_upper_tail(&s, 0.9, 0.95).flags, 0);
    assert_int_equal(estimate_upper_tail(&s, 0.99, 0.95).flags, ESTIMATE_FEW);
}

/* Quantiles of a Pareto law: index 1.5 has no variance, index 3 has. */
static int flags_of_pareto(double index)
{
    struct sample s;

    for (size_t i = 0; i < KNOWN_TRIALS; i++)
        values[i] = pow(((double)i + 0.5) / KNOWN_TRIALS, -1.0 / index);
    s = sample_sort(values, KNOWN_TRIALS, memory);
    return estimate_mean(&s, 0.95).flags;
}

static void a_mean_without_a_variance_is_flagged(void **state)
{
    (void)state;
    assert_int_equal(flags_of_pareto(1.2), ESTIMATE_HEAVY);
    assert_int_equal(flags_of_pareto(4.0), 0);
}

/* All that is far from the median is equally far: there is no tail to have an index. */
static void a_tail_of_equal_numbers_is_not_heavy(void **state)
{
    struct sample s;

    (void)state;
    for (size_t i = 0; i < 64; i++)
        values[i] = i < 40 ? 3.0 : 6.0;
    s = sample_sort(values, 64, memory);
    assert_true(isinf(estimate_hill(&s)));
    assert_int_equal(estimate_mean(&s, 0.95).flags, 0);
    for (size_t i = 0; i < 64; i++)
        values[i] = 1e6 + 1e-10 * pow(2.0, (double)i / 4.0); /* nothing but rounding */
    s = sample_sort(values, 64, memory);
    assert_int_equal(estimate_mean(&s, 0.95).flags, 0);
}

/* Of 1,000 trials one in which something happens, or none: how often it does, or that
 * it cannot, is not known; what happens in a tenth of them is. */
static int flags_of_events(size_t events)
{
    static double many[1000], room_for_many[2000];
    struct sample s;

    for (size_t i = 0; i < 1000; i++)
        many[i] = i < events ? 1.0 : 0.0;
    s = sample_sort(many, 1000, room_for_many);
    assert_int_equal(estimate_mean(&s, 0.95).flags,
                     estimate_upper_tail(&s, 0.9, 0.95).flags & ~ESTIMATE_DISCRETE);
    return estimate_mean(&s, 0.95).flags;
}

static void what_is_rare_has_no_interval_to_lean_on(void **state)
{
    (void)state;
    assert_int_equal(flags_of_events(0), ESTIMATE_THIN);
    assert_int_equal(flags_of_events(1), ESTIMATE_THIN);
    assert_int_equal(flags_of_events(49), ESTIMATE_THIN);
    assert_int_equal(flags_of_events(50), 0);
}

/* Numbers 0 to 3: the start of the tail jumps from one to the next. */
static void a_tail_of_few_values_is_at_least_as_wide_as_students(void **state)
{
    static double many[2000], room_for_many[4000];
    struct interval_estimate e;
    struct sample s;

    (void)state;
    for (size_t i = 0; i < 2000; i++)
        many[i] = i < 1700 ? 0.0 : 1.0 + (double)(i % 3);
    s = sample_sort(many, 2000, room_for_many);
    e = estimate_upper_tail(&s, 0.9, 0.95);
    assert_int_equal(e.flags, ESTIMATE_DISCRETE);
    assert_true(e.value - e.low >= 1.96 * e.error);
    assert_true(e.high - e.value >= 1.96 * e.error);
}

static void nothing_has_no_estimate(void **state)
{
    const struct sample s = {.value = values};

    (void)state;
    assert_true(isnan(estimate_mean(&s, 0.95).value));
    assert_true(isnan(estimate_quantile(&s, 0.5, 0.95).value));
    assert_true(isnan(estimate_upper_tail(&s, 0.95, 0.95).low));
    assert_true(isnan(estimate_share(0.0, 0.0, 0.95).value));
}

static double first[KNOWN_TRIALS], second[KNOWN_TRIALS], room[8 * KNOWN_TRIALS];

static struct estimate_pair pair_of(const char *a, const char *b)
{
    known_column(a, first);
    known_column(b, second);
    return estimate_pair_of(first, second, KNOWN_TRIALS, room);
}

static void check_pair(const char *a)
{
    const struct estimate_pair pair = pair_of(a, "a");

    check(estimate_mean_difference(&pair, 0.95), "difference_mean", a, "-a");
    check(estimate_quantile_difference(&pair, 0.05, 0.95), "difference_quantile", a,
          "-a p=0.05");
    check(estimate_quantile_difference(&pair, 0.95, 0.95), "difference_quantile", a,
          "-a p=0.95");
    check(estimate_tail_difference(&pair, 0.95, 0, 0.95), "difference_tvar_upper", a,
          "-a level=0.95");
}

static void every_difference_is_that_of_the_known_sample(void **state)
{
    (void)state;
    check_pair("b");
    check_pair("c");
    check(estimate_share_difference(30.0, 13.0, 500.0, 0.95), "difference_probability",
          "b-a > 104 n10=30 n01=13", "");
    check(estimate_share_difference(41.0, 12.0, 500.0, 0.95), "difference_probability",
          "c-a > 104 n10=41 n01=12", "");
}

static void a_difference_of_counts_has_a_wide_interval(void **state)
{
    const struct estimate_pair pair = pair_of("count_e", "count_d");
    const struct interval_estimate e = estimate_quantile_difference(&pair, 0.9, 0.95);

    (void)state;
    check(e, "difference_quantile_discrete", "count_e-count_d p=0.9", "");
    assert_true(e.flags & ESTIMATE_DISCRETE);
}

/* b is a and a hundredth in every trial: nothing tells their quantiles apart, and their
 * difference is that. */
static void quantiles_of_what_hardly_differs_differ_as_their_trials_do(void **state)
{
    struct estimate_pair pair;
    struct interval_estimate e;

    (void)state;
    known_column("a", first);
    for (int i = 0; i < KNOWN_TRIALS; i++)
        second[i] = first[i] + (i % 2 == 0 ? 0.01 : 0.02);
    pair = estimate_pair_of(second, first, KNOWN_TRIALS, room);
    e = estimate_quantile_difference(&pair, 0.5, 0.95);
    assert_true(e.flags & ESTIMATE_DISCRETE);
    assert_near(e.low, 0.01, 1e-9);
    assert_near(e.high, 0.02, 1e-9);
}

static void a_lower_tail_is_an_upper_one_turned_round(void **state)
{
    struct estimate_pair pair = pair_of("b", "a");
    const struct interval_estimate lower =
        estimate_tail_difference(&pair, 0.9, 1, 0.95);
    struct interval_estimate upper;

    (void)state;
    for (int i = 0; i < KNOWN_TRIALS; i++) {
        first[i] = -first[i];
        second[i] = -second[i];
    }
    pair = estimate_pair_of(first, second, KNOWN_TRIALS, room);
    upper = estimate_tail_difference(&pair, 0.9, 0, 0.95);
    assert_near(lower.low, -upper.high, 1e-9);
    assert_near(lower.high, -upper.low, 1e-9);
}

static void a_ratio_has_fiellers_interval(void **state)
{
    struct estimate_pair pair = pair_of("cost", "units");

    (void)state;
    check(estimate_ratio(&pair, 0.95), "ratio_fieller", "cost/units", "");
    for (int i = 0; i < KNOWN_TRIALS; i++)
        second[i] = i % 2 == 0 ? 1.0 : -1.0; /* a mean of 0 */
    pair = estimate_pair_of(first, second, KNOWN_TRIALS, room);
    assert_true(estimate_ratio(&pair, 0.95).flags & ESTIMATE_OPEN);
}

static void trials_in_which_one_is_missing_are_left_out_and_counted(void **state)
{
    const struct estimate_pair pair = pair_of("a", "gaps");
    const struct interval_estimate e = estimate_mean_difference(&pair, 0.95);

    (void)state; /* gaps is a with 6 % of its trials missing */
    assert_int_equal(pair.n + pair.left_out, KNOWN_TRIALS);
    assert_true(pair.left_out > 25);
    assert_true(e.flags & ESTIMATE_SELECTED);
    assert_true(e.value == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_estimate_is_that_of_the_known_sample),
        cmocka_unit_test(shares_have_wilsons_interval),
        cmocka_unit_test(with_few_numbers_there_is_no_interval),
        cmocka_unit_test(a_thin_tail_is_told_from_a_full_one),
        cmocka_unit_test(a_mean_without_a_variance_is_flagged),
        cmocka_unit_test(a_tail_of_equal_numbers_is_not_heavy),
        cmocka_unit_test(what_is_rare_has_no_interval_to_lean_on),
        cmocka_unit_test(a_tail_of_few_values_is_at_least_as_wide_as_students),
        cmocka_unit_test(quantiles_of_what_hardly_differs_differ_as_their_trials_do),
        cmocka_unit_test(nothing_has_no_estimate),
        cmocka_unit_test(every_difference_is_that_of_the_known_sample),
        cmocka_unit_test(a_difference_of_counts_has_a_wide_interval),
        cmocka_unit_test(a_lower_tail_is_an_upper_one_turned_round),
        cmocka_unit_test(a_ratio_has_fiellers_interval),
        cmocka_unit_test(trials_in_which_one_is_missing_are_left_out_and_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
