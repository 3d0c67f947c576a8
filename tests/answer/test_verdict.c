#include "test.h"

#include "verdict.h"

#include <math.h>

static const struct {
    double difference, se, material;
    enum hr_better better;
    enum verdict verdict;
} cases[] = {
    {NAN, 1.0, 0.0, HR_BETTER_HIGHER, VERDICT_DOES_NOT_EXIST},
    {0.0, 0.0, 5.0, HR_BETTER_HIGHER, VERDICT_SAME},
    {3.0, 1.0, 0.0, HR_BETTER_HIGHER, VERDICT_NOT_RESOLVED},
    {3.1, 1.0, 5.0, HR_BETTER_HIGHER, VERDICT_TOO_SMALL},
    {3.1, 1.0, 0.0, HR_BETTER_HIGHER, VERDICT_BETTER},
    {-3.1, 1.0, 0.0, HR_BETTER_HIGHER, VERDICT_WORSE},
    {3.1, 1.0, 0.0, HR_BETTER_LOWER, VERDICT_WORSE},
    {-3.1, 1.0, 0.0, HR_BETTER_LOWER, VERDICT_BETTER},
    {3.1, 1.0, 0.0, HR_BETTER_NEITHER, VERDICT_MORE},
    {-3.1, 1.0, 0.0, HR_BETTER_NEITHER, VERDICT_FEWER},
    {2.0, 0.0, 0.0, HR_BETTER_HIGHER, VERDICT_BETTER}, /* a constant difference */
    {2.0, NAN, 0.0, HR_BETTER_HIGHER, VERDICT_NOT_RESOLVED},
};

static void verdicts_are_tried_in_their_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        assert_int_equal(verdict_of(cases[i].difference, cases[i].se, cases[i].material,
                                    cases[i].better),
                         cases[i].verdict);
}

static void every_verdict_has_words(void **state)
{
    (void)state;
    for (int v = 0; v < VERDICTS; v++) {
        assert_non_null(verdict_words[v].words);
        assert_non_null(verdict_words[v].mark);
        assert_non_null(verdict_words[v].page_mark);
    }
}

static void half_a_standard_error_needs_36_times_the_trials(void **state)
{
    (void)state;
    assert_true(verdict_trials(1.0, 2.0, 1000.0) == 36000.0);
    assert_true(isinf(verdict_trials(0.0, 2.0, 1000.0)));
}

static void likelihood_takes_the_weaker_word_at_a_border(void **state)
{
    (void)state;
    assert_string_equal(verdict_likelihood(10000, 10000), "virtually certain");
    assert_string_equal(verdict_likelihood(9700, 10000), "almost certain");
    assert_string_equal(verdict_likelihood(9510, 10000), "very likely");
    assert_string_equal(verdict_likelihood(7000, 10000), "likely");
    assert_string_equal(verdict_likelihood(5000, 10000), "as likely as not");
    assert_string_equal(verdict_likelihood(3000, 10000), "unlikely");
    assert_string_equal(verdict_likelihood(1000, 10000), "very unlikely");
    assert_string_equal(verdict_likelihood(490, 10000), "very unlikely");
    assert_string_equal(verdict_likelihood(100, 10000), "almost certainly not");
    assert_string_equal(verdict_likelihood(0, 0), "as likely as not");
}

/* tests/data/decisions/closed_forms.csv */
static void intervals_of_shares_are_wilsons(void **state)
{
    double low, high;

    (void)state;
    verdict_interval(3, 200, 0.95, &low, &high);
    assert_true(fabs(low - 0.00511423779325831) < 1e-12);
    assert_true(fabs(high - 0.04316572879269026) < 1e-12);
    verdict_interval(0, 200, 0.95, &low, &high);
    assert_true(low == 0.0);
    assert_true(fabs(high - 0.018845326377266575) < 1e-12);
    verdict_interval(200, 200, 0.95, &low, &high);
    assert_true(fabs(low - (1.0 - 0.018845326377266575)) < 1e-12);
    assert_true(high == 1.0);
}

static void of_no_trials_a_share_may_be_anything(void **state)
{
    double low, high;

    (void)state;
    verdict_interval(0, 0, 0.95, &low, &high);
    assert_true(low == 0.0);
    assert_true(high == 1.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_are_tried_in_their_order),
        cmocka_unit_test(every_verdict_has_words),
        cmocka_unit_test(half_a_standard_error_needs_36_times_the_trials),
        cmocka_unit_test(likelihood_takes_the_weaker_word_at_a_border),
        cmocka_unit_test(intervals_of_shares_are_wilsons),
        cmocka_unit_test(of_no_trials_a_share_may_be_anything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
