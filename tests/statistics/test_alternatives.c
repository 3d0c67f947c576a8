#include "test.h"

#include "alternatives.h"
#include "known_answers.h"
#include "moments.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>

static double values[3 * KNOWN_TRIALS];

static struct alternatives sample(void)
{
    known_column("a", values);
    known_column("b", values + KNOWN_TRIALS);
    known_column("c", values + 2 * KNOWN_TRIALS);
    return (struct alternatives){values, 3, KNOWN_TRIALS};
}

static void ranks_are_those_of_the_known_sample(void **state)
{
    const struct alternatives all = sample();
    double share[9];

    (void)state;
    alternatives_ranks(&all, share);
    for (size_t a = 0; a < 3; a++) {
        for (size_t rank = 0; rank < 3; rank++) {
            char argument[32];

            snprintf(argument, sizeof(argument), "%c rank %zu", (char)('a' + a),
                     rank + 1);
            assert_known(share[a * 3 + rank], known_answer("p_rank", argument).value);
        }
    }
}

static void alternatives_that_are_tied_share_their_ranks(void **state)
{
    double counts[2 * KNOWN_TRIALS], share[4];
    const struct alternatives all = {counts, 2, KNOWN_TRIALS};

    (void)state;
    known_column("count_d", counts);
    known_column("count_e", counts + KNOWN_TRIALS);
    alternatives_ranks(&all, share);
    assert_known(share[2],
                 known_answer("p_best_ties", "count_e among d,e, ties shared").value);
    assert_known(share[0] + share[2], 1.0);
}

static void better_equal_and_worse_are_counted(void **state)
{
    double d[KNOWN_TRIALS], e[KNOWN_TRIALS];
    struct versus counts;

    (void)state;
    known_column("count_d", d);
    known_column("count_e", e);
    counts = alternatives_versus(e, d, KNOWN_TRIALS, 0.0);
    assert_known(
        (double)counts.better / KNOWN_TRIALS,
        known_answer("p_worse_equal_better", "count_e v count_d: better").value);
    assert_known((double)counts.equal / KNOWN_TRIALS,
                 known_answer("p_worse_equal_better", "equal").value);
    assert_int_equal(counts.better + counts.equal + counts.worse, KNOWN_TRIALS);
}

static void what_lies_within_the_indifference_is_equal(void **state)
{
    const double a[] = {1.0, 2.0, 3.0}, b[] = {0.0, 2.5, 1.0};
    const struct versus counts = alternatives_versus(a, b, 3, 1.0);

    (void)state;
    assert_int_equal(counts.better, 1);
    assert_int_equal(counts.equal, 2);
    assert_int_equal(counts.worse, 0);
}

static void regret_is_that_of_the_known_sample(void **state)
{
    const struct alternatives all = sample();
    const char *const names[] = {"a", "b", "c"};
    double regret[KNOWN_TRIALS];

    (void)state;
    for (size_t a = 0; a < 3; a++) {
        const struct known_answer known = known_answer("regret_mean", names[a]);
        struct moments moments;
        double largest = 0.0;

        alternatives_regret(&all, a, regret);
        moments = moments_of(regret, KNOWN_TRIALS);
        for (size_t t = 0; t < KNOWN_TRIALS; t++)
            largest = fmax(largest, regret[t]);
        assert_known(moments.mean, known.value);
        assert_known(moments_se(&moments), known.se);
        assert_known(largest, known_answer("regret_max", names[a]).value);
    }
}

/* b - a is 0.4226 and c - a 0.6121 of standard errors 0.0786 and 0.1113; c leads b by
 * 0.1895 only. */
static void the_leader_is_resolved_against_those_far_behind(void **state)
{
    const struct alternatives all = sample();
    const struct leading leading = alternatives_leading(&all, 0.95, 0.0);
    const struct leading kind = alternatives_leading(&all, 0.95, 1.0);

    (void)state;
    assert_int_equal(leading.leader, 2);
    assert_int_equal(leading.hardest, 1);
    assert_false(leading.resolved);
    assert_true(leading.needed > KNOWN_TRIALS);
    assert_true(leading.confidence > 0.5 && leading.confidence < 0.95);
    assert_true(kind.resolved);
    assert_true(kind.needed == 0.0);
}

static void alternatives_that_are_the_same_are_resolved_and_said_to_be(void **state)
{
    const double twice[] = {1.0, 2.0, 5.0, 1.0, 2.0, 5.0};
    const struct alternatives all = {twice, 2, 3};
    const struct leading leading = alternatives_leading(&all, 0.95, 0.0);

    (void)state;
    assert_true(leading.same);
    assert_true(leading.resolved);
}

static void a_constant_lead_is_resolved_and_not_the_same(void **state)
{
    const double shifted[] = {1.0, 2.0, 5.0, 2.0, 3.0, 6.0};
    const struct alternatives all = {shifted, 2, 3};
    const struct leading leading = alternatives_leading(&all, 0.95, 0.0);

    (void)state;
    assert_int_equal(leading.leader, 1);
    assert_true(leading.resolved);
    assert_false(leading.same);
}

/* Two-sided: of two that are alike either may seem to lead. */
static void a_pair_is_told_apart_where_its_interval_leaves_zero_out(void **state)
{
    const double apart[] = {-1.0, 2.0, 1.0, 3.0, 0.0, 0.0, 0.0, 0.0};
    const struct alternatives all = {apart, 2, 4};
    const struct moments ahead = moments_of(apart, 4);
    const double chance = 2.0 * gsl_cdf_ugaussian_Q(ahead.mean / moments_se(&ahead));

    (void)state;
    assert_near(alternatives_leading(&all, 0.95, 0.0).confidence, 1.0 - chance, 1e-12);
    assert_false(alternatives_leading(&all, 1.0 - 0.999 * chance, 0.0).resolved);
    assert_true(alternatives_leading(&all, 1.0 - 1.001 * chance, 0.0).resolved);
}

/* Of forms that are alike at the top, and others far below, one is called the best no
 * more often than said: 1,000 times, within 3 standard errors (0.7 %). */
static size_t wrongly_resolved(gsl_rng *rng, size_t forms, size_t alike)
{
    double value[5 * 64];
    const struct alternatives all = {value, forms, 64};
    size_t wrong = 0;

    for (int r = 0; r < 1000; r++) {
        for (size_t i = 0; i < forms * 64; i++)
            value[i] = gsl_ran_gaussian(rng, 1.0) - (i / 64 < alike ? 0.0 : 5.0);
        wrong += alternatives_leading(&all, 0.95, 0.0).resolved;
    }
    return wrong;
}

static void forms_that_are_alike_are_told_apart_no_oftener_than_said(void **state)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

    (void)state;
    for (size_t forms = 2; forms <= 5; forms++) {
        for (size_t alike = 2; alike <= forms; alike++)
            assert_in_range(wrongly_resolved(rng, forms, alike), 0, 71);
    }
    gsl_rng_free(rng);
}

static void one_trial_resolves_nothing(void **state)
{
    const double once[] = {1.0, 2.0};
    const struct alternatives all = {once, 2, 1};

    (void)state;
    assert_false(alternatives_leading(&all, 0.95, 0.0).resolved);
}

static void one_alternative_leads_alone(void **state)
{
    const double alone[] = {1.0, 2.0};
    const struct alternatives all = {alone, 1, 2};
    const struct leading leading = alternatives_leading(&all, 0.95, 0.0);

    (void)state;
    assert_int_equal(leading.leader, 0);
    assert_true(leading.resolved);
    assert_true(leading.confidence == 1.0);
}

static void trials_in_which_one_does_not_exist_are_left_out(void **state)
{
    const double gaps[] = {1.0, NAN, 3.0, 4.0, 5.0, 6.0};
    const struct alternatives all = {gaps, 2, 3};
    double memory[6];
    const struct alternatives kept = alternatives_complete(&all, memory);

    (void)state;
    assert_int_equal(kept.trials, 2);
    assert_true(alternatives_of(&kept, 0)[1] == 3.0);
    assert_true(alternatives_of(&kept, 1)[1] == 6.0);
}

static void any_may_be_the_one_that_does_not_exist(void **state)
{
    const double gaps[] = {1.0, 2.0, 3.0, 4.0, NAN, 6.0};
    const struct alternatives all = {gaps, 2, 3};
    double memory[6];
    const struct alternatives kept = alternatives_complete(&all, memory);

    (void)state;
    assert_int_equal(kept.trials, 2);
    assert_true(alternatives_of(&kept, 0)[1] == 3.0);
    assert_true(alternatives_of(&kept, 1)[1] == 6.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_those_of_the_known_sample),
        cmocka_unit_test(alternatives_that_are_tied_share_their_ranks),
        cmocka_unit_test(better_equal_and_worse_are_counted),
        cmocka_unit_test(what_lies_within_the_indifference_is_equal),
        cmocka_unit_test(regret_is_that_of_the_known_sample),
        cmocka_unit_test(the_leader_is_resolved_against_those_far_behind),
        cmocka_unit_test(alternatives_that_are_the_same_are_resolved_and_said_to_be),
        cmocka_unit_test(a_constant_lead_is_resolved_and_not_the_same),
        cmocka_unit_test(a_pair_is_told_apart_where_its_interval_leaves_zero_out),
        cmocka_unit_test(forms_that_are_alike_are_told_apart_no_oftener_than_said),
        cmocka_unit_test(one_trial_resolves_nothing),
        cmocka_unit_test(one_alternative_leads_alone),
        cmocka_unit_test(trials_in_which_one_does_not_exist_are_left_out),
        cmocka_unit_test(any_may_be_the_one_that_does_not_exist),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
