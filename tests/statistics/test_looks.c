#include "test.h"

#include "looks.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

enum { REPETITIONS = 1000, MOST = 4096, FIRST = 64, FORMS = 3 };

static const struct looks_rule best = {.confidence = 0.95};
static const struct looks_rule order = {.confidence = 0.95, .order = true};

/* Forms that meet the same futures: a common part and one of their own, of equal size.
 */
static void draw(gsl_rng *rng, size_t forms, const double *mean, double *value)
{
    for (size_t t = 0; t < MOST; t++) {
        const double common = gsl_ran_gaussian_ziggurat(rng, 1.0);

        for (size_t f = 0; f < forms; f++)
            value[f * MOST + t] =
                mean[f] + common + gsl_ran_gaussian_ziggurat(rng, 1.0);
    }
}

/* The first @p n trials, as a run would hold them. */
static void take(const double *value, size_t forms, size_t n, double *first)
{
    for (size_t f = 0; f < forms; f++) {
        for (size_t t = 0; t < n; t++)
            first[f * n + t] = value[f * MOST + t];
    }
}

/* The leader that a run of looks ends with; @p forms where it ends with none. */
static size_t declared(const double *value, size_t forms, const struct looks_rule *rule,
                       double *memory)
{
    for (int look = 1; looks_trials(FIRST, look) <= MOST; look++) {
        const size_t n = (size_t)looks_trials(FIRST, look);
        const struct alternatives all = {memory, forms, n};
        struct looks_ranking found;

        take(value, forms, n, memory);
        found = looks_rank(&all, rule, look);
        if (found.resolved)
            return found.leader;
    }
    return forms;
}

/* How many of the repetitions end with a leader whose mean is not the best alone. */
static size_t wrongly_declared(size_t forms, const double *mean, size_t winner,
                               const struct looks_rule *rule)
{
    double *value = malloc(forms * MOST * sizeof(*value));
    double *memory = malloc(forms * MOST * sizeof(*memory));
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    size_t wrong = 0;

    gsl_rng_set(rng, 11);
    for (int r = 0; r < REPETITIONS; r++) {
        size_t leader;

        draw(rng, forms, mean, value);
        leader = declared(value, forms, rule, memory);
        wrong += leader != forms && leader != winner;
    }
    gsl_rng_free(rng);
    free(memory);
    free(value);
    return wrong;
}

/* 1,000 repetitions of 7 looks; a leader at all is wrong. Two forms are the hardest
 * case: either may seem to lead. */
static void nothing_to_find_is_declared_in_at_most_one_of_twenty(void **state)
{
    const double equal[FORMS] = {0.0};

    (void)state;
    assert_true(wrongly_declared(2, equal, 2, &best) <= REPETITIONS / 20);
    assert_true(wrongly_declared(2, equal, 2, &order) <= REPETITIONS / 20);
}

static void two_equal_leaders_of_three_are_told_apart_as_seldom(void **state)
{
    const double tied[FORMS] = {0.0, 0.0, -1.0};

    (void)state;
    assert_true(wrongly_declared(FORMS, tied, FORMS, &best) <= REPETITIONS / 20);
}

static void a_difference_that_is_there_is_found_and_the_right_way_round(void **state)
{
    const double apart[FORMS] = {0.0, 0.3, 0.1}; /* 0.2 is 9 standard errors at 4,096 */

    (void)state;
    assert_int_equal(wrongly_declared(FORMS, apart, 1, &best), 0);
    assert_int_equal(wrongly_declared(FORMS, apart, FORMS, &best), REPETITIONS);
}

/* What is spent, a / (k (k + 1)), adds up to a. */
static void all_looks_together_spend_what_one_would(void **state)
{
    double spent = 0.0;

    (void)state;
    for (int look = 1; look <= 1000; look++)
        spent += 1.0 - looks_confidence(0.95, look);
    assert_true(spent < 0.05);
    assert_true(fabs(spent - 0.05 * (1.0 - 1.0 / 1001.0)) < 1e-12);
}

/* Of two forms: the normal quantile of 1 - 0.05 / 2 / (k (k + 1)). */
static void a_later_look_wants_a_larger_lead(void **state)
{
    const double value[] = {1.0, 2.0, 3.0, 0.0, 1.5, 2.0};
    const struct alternatives two = {value, 2, 3};

    (void)state;
    assert_true(fabs(looks_rank(&two, &best, 1).wanted - 2.2414) < 1e-4);
    assert_true(fabs(looks_rank(&two, &best, 2).wanted - 2.6383) < 1e-4);
}

/* 1, 2 and 3 against 0, 1.5 and 2: differences 1, 0.5, 1; mean 5/6, sd 0.288675. */
static void the_lead_is_in_standard_errors(void **state)
{
    const double value[] = {1.0, 2.0, 3.0, 0.0, 1.5, 2.0};
    const struct alternatives two = {value, 2, 3};

    (void)state;
    assert_true(fabs(looks_rank(&two, &best, 1).lead - 5.0) < 1e-9);
}

static void the_whole_order_hangs_on_its_closest_neighbours(void **state)
{
    const double value[] = {0.0, 0.1, 0.2, 9.0, 9.1, 9.3, 5.0, 5.3, 4.9};
    const struct alternatives three = {value, 3, 3};
    const struct looks_ranking found = looks_rank(&three, &order, 1);

    (void)state;
    assert_int_equal(found.leader, 1);
    assert_int_equal(found.ahead, 1);
    assert_int_equal(found.behind, 2);
}

static void forms_alike_in_every_trial_are_resolved(void **state)
{
    const double value[] = {1.0, 2.0, 3.0, 1.0, 2.0, 3.0};
    const struct alternatives two = {value, 2, 3};

    (void)state;
    assert_true(looks_rank(&two, &best, 1).resolved);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_to_find_is_declared_in_at_most_one_of_twenty),
        cmocka_unit_test(two_equal_leaders_of_three_are_told_apart_as_seldom),
        cmocka_unit_test(a_difference_that_is_there_is_found_and_the_right_way_round),
        cmocka_unit_test(all_looks_together_spend_what_one_would),
        cmocka_unit_test(a_later_look_wants_a_larger_lead),
        cmocka_unit_test(the_lead_is_in_standard_errors),
        cmocka_unit_test(the_whole_order_hangs_on_its_closest_neighbours),
        cmocka_unit_test(forms_alike_in_every_trial_are_resolved),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
