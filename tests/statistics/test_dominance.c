#include "test.h"

#include "dominance.h"
#include "known_answers.h"

#include <gsl/gsl_randist.h>
#include <math.h>

enum { PAIRS = 1000, REPETITIONS = 60 };

static const double correlation = 0.95;

static struct dominance tested(const double *a, const double *b, size_t n,
                               uint64_t seed)
{
    struct dominance dominance;
    struct hr_error error;

    assert_int_equal(
        dominance_test(&(struct dominance_pair){a, b, n}, seed, &dominance, &error),
        HR_OK);
    return dominance;
}

static void assert_order(const struct dominance_order *order, const char *t,
                         const char *violation, const char *claim, const char *argument,
                         const char *kept)
{
    assert_known(order->largest, known_answer(t, kept).value);
    assert_known(order->violation, known_answer(violation, argument).value);
    assert_known(order->claim, known_answer(claim, argument).value);
}

static void statistics_are_those_of_the_known_sample(void **state)
{
    static const char *const name[] = {"a", "b", "c"};
    static const struct {
        size_t over, under, kept[2];
        const char *argument, *t[2];
    } cases[] = {
        {1,
         0,
         {30, 31},
         "b over a",
         {"b over a, grid kept 30", "b over a, grid kept 31"}},
        {0,
         2,
         {29, 31},
         "a over c",
         {"a over c, grid kept 29", "a over c, grid kept 31"}},
        {2,
         0,
         {29, 31},
         "c over a",
         {"c over a, grid kept 29", "c over a, grid kept 31"}},
    };
    double value[3][KNOWN_TRIALS];

    (void)state;
    for (size_t i = 0; i < 3; i++)
        known_column(name[i], value[i]);
    for (size_t i = 0; i < 3; i++) {
        const struct dominance got =
            tested(value[cases[i].over], value[cases[i].under], KNOWN_TRIALS, 1);

        assert_int_equal(got.first.kept, cases[i].kept[0]);
        assert_int_equal(got.second.kept, cases[i].kept[1]);
        assert_order(&got.first, "dominance_order1_T", "dominance_order1_violation",
                     "dominance_order1_claim_t", cases[i].argument, cases[i].t[0]);
        assert_order(&got.second, "dominance_order2_T", "dominance_order2_violation",
                     "dominance_order2_claim_t", cases[i].argument, cases[i].t[1]);
    }
}

/* Pairs of normals on common chance: b standard, a of this mean and sd. */
static void draw_pairs(const gsl_rng *rng, double mean, double sd, double *a, double *b)
{
    for (size_t i = 0; i < PAIRS; i++) {
        b[i] = gsl_ran_ugaussian(rng);
        a[i] = mean + sd * (correlation * b[i] + sqrt(1.0 - correlation * correlation) *
                                                     gsl_ran_ugaussian(rng));
    }
}

struct verdicts {
    size_t refuted[2], claimed[2];
};

static struct verdicts repeat(double mean, double sd)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    struct verdicts verdicts = {0};
    double a[PAIRS], b[PAIRS];

    gsl_rng_set(rng, 20260701);
    for (size_t r = 0; r < REPETITIONS; r++) {
        struct dominance got;

        draw_pairs(rng, mean, sd, a, b);
        got = tested(a, b, PAIRS, r);
        verdicts.refuted[0] += got.first.refuted;
        verdicts.refuted[1] += got.second.refuted;
        verdicts.claimed[0] += got.first.claimed;
        verdicts.claimed[1] += got.second.claimed;
    }
    gsl_rng_free(rng);
    return verdicts;
}

/* 5 % of 200 is 10 with a standard error of 3.1: at most 4 of those more. Between
 * equals there is nothing to claim. */
static void equals_are_refuted_in_one_case_of_twenty(void **state)
{
    const struct verdicts equal = repeat(0.0, 1.0);

    (void)state;
    assert_in_range(equal.refuted[0], 0, 10);
    assert_in_range(equal.refuted[1], 0, 10);
    assert_int_equal(equal.claimed[0] + equal.claimed[1], 0);
}

static void what_crosses_is_refuted_and_never_claimed(void **state)
{
    const struct verdicts wider = repeat(0.1, 1.2);

    (void)state;
    assert_in_range(wider.refuted[0], 54, REPETITIONS);
    assert_int_equal(wider.claimed[0], 0);
    assert_int_equal(wider.claimed[1], 0);
}

/* A higher mean and a smaller spread dominate in the second order alone. */
static void true_dominance_of_the_second_order_is_claimed(void **state)
{
    const struct verdicts better = repeat(0.1, 0.9);

    (void)state;
    assert_in_range(better.claimed[1], 57, REPETITIONS);
    assert_int_equal(better.claimed[0], 0);
}

static void true_dominance_of_the_first_order_is_claimed(void **state)
{
    const struct verdicts better = repeat(0.5, 1.0);

    (void)state;
    assert_in_range(better.claimed[0], 57, REPETITIONS);
    assert_int_equal(better.refuted[0], 0);
}

static void too_few_differences_resolve_nothing(void **state)
{
    double a[PAIRS], b[PAIRS];

    (void)state;
    for (size_t i = 0; i < PAIRS; i++)
        a[i] = b[i] = (double)i;
    assert_int_equal(tested(a, b, PAIRS, 1).verdict, DOMINANCE_NOT_RESOLVED);
    assert_int_equal(tested(a, b, 0, 1).verdict, DOMINANCE_NOT_RESOLVED);
    assert_int_equal(tested(a, b, 1, 1).verdict, DOMINANCE_NOT_RESOLVED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statistics_are_those_of_the_known_sample),
        cmocka_unit_test(equals_are_refuted_in_one_case_of_twenty),
        cmocka_unit_test(what_crosses_is_refuted_and_never_claimed),
        cmocka_unit_test(true_dominance_of_the_second_order_is_claimed),
        cmocka_unit_test(true_dominance_of_the_first_order_is_claimed),
        cmocka_unit_test(too_few_differences_resolve_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
