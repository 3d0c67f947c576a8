/* How big an organisation must be: known answers where they exist. */
#include "test.h"

#include "headroom/study.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SIX TEST_DATA "/scenarios/six_practices.yaml"

/* Everything common off: what is left diversifies. */
static const char *const plain[] = {"delegated.share=1", "delegated.cost_per_head=600",
                                    "delegated.theta_variance=0"};
static const char *const normal[] = {"delegated.share=1", "delegated.cost_per_head=600",
                                     "delegated.theta_variance=0",
                                     "delegated.severity=normal"};

static struct hr_scenario *six(const char *const *change, size_t n)
{
    struct hr_scenario *scenario;
    struct hr_messages problems = {0};

    if (hr_scenario_read(SIX, change, n, &scenario, &problems) != HR_OK)
        fail_msg("%s", problems.item[0].text);
    return scenario;
}

static void change(struct hr_scenario *scenario, const char *key, const char *value)
{
    struct hr_messages problems = {0};

    if (hr_scenario_set(scenario, key, value, &problems) != HR_OK)
        fail_msg("%s", problems.item[0].text);
}

static struct hr_size_answer pool_answer(struct hr_scenario *scenario, const char *text,
                                         uint64_t draws)
{
    struct hr_size_target target;
    struct hr_size_answer answer;
    struct hr_error error = {0};

    assert_int_equal(hr_size_parse(text, &target, &error), HR_OK);
    if (hr_size_of_pool(scenario, &target, draws, &answer, &error) != HR_OK)
        fail_msg("%s", error.message);
    return answer;
}

/* (4.6 x 1.6449/0.02)^2 = 143,123 */
static void the_normal_arithmetic_of_size_is_met(void **state)
{
    struct hr_scenario *scenario = six(normal, 4);
    const struct hr_size_answer answer = pool_answer(scenario, "P(loss>2%)<=5%", 10);

    (void)state;
    assert_true(fabs(answer.people / 143123.0 - 1.0) < 2e-4);
    assert_int_equal(answer.draws, 0); /* nothing is left open */
    hr_scenario_free(scenario);
}

static void the_curve_falls_and_crosses_at_the_answer(void **state)
{
    struct hr_scenario *scenario = six(plain, 3);
    const struct hr_size_answer answer = pool_answer(scenario, "P(loss>2%)<=5%", 0);

    (void)state;
    for (size_t i = 1; i < answer.points; i++)
        assert_true(answer.curve[i].value < answer.curve[i - 1].value);
    for (size_t i = 0; i < answer.points; i++)
        assert_int_equal(answer.curve[i].meets,
                         answer.curve[i].people >= answer.people);
    hr_scenario_free(scenario);
}

/* k = sqrt((1 + cv^2)/rate): cv^2 from 3 to 8 asks for 16 to 36 times 6,764 people. */
static void what_the_scenario_leaves_open_widens_the_answer(void **state)
{
    struct hr_scenario *scenario = six(plain, 3);
    struct hr_size_answer answer;

    (void)state;
    change(scenario, "delegated.severity_cv", "{uniform: {low: 1.732, high: 2.828}}");
    answer = pool_answer(scenario, "P(loss>2%)<=5%", 25);
    assert_int_equal(answer.draws, 25);
    assert_int_equal(answer.open, 0);
    assert_true(answer.low > 108000.0 && answer.low < answer.people);
    assert_true(answer.high > answer.people && answer.high < 260000.0);
    hr_scenario_free(scenario);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Of 100 draws: whole ranks outwards of 0.025 x 99 = 2.475 and 0.975 x 99 = 96.525. */
static void the_interval_leaves_out_a_fortieth_of_the_draws_at_each_end(void **state)
{
    struct hr_scenario *scenario = six(normal, 4);
    struct hr_size_target target;
    struct hr_size_answer answer;
    struct hr_pool_terms terms;
    struct hr_error error = {0};
    double size[100];

    (void)state;
    change(scenario, "delegated.k", "{uniform: {low: 4, high: 5}}");
    assert_int_equal(hr_size_parse("P(loss>2%)<=5%", &target, &error), HR_OK);
    for (uint64_t i = 0; i < 100; i++) {
        assert_int_equal(hr_scenario_budget(scenario, &i, &terms, &error), HR_OK);
        assert_int_equal(hr_pool_size(&terms, &target.pool, &size[i], &error), HR_OK);
    }
    qsort(size, 100, sizeof(*size), by_size);
    answer = pool_answer(scenario, "P(loss>2%)<=5%", 100);
    assert_true(size[1] < size[2] && size[97] < size[98]);
    assert_true(answer.low == size[2] && answer.high == size[97]);
    hr_scenario_free(scenario);
}

static void what_all_share_no_size_removes(void **state)
{
    struct hr_scenario *scenario = six(plain, 3);
    struct hr_size_answer answer;

    (void)state;
    change(scenario, "delegated.theta_variance", "0.0004");
    answer = pool_answer(scenario, "P(loss>2%)<=5%", 0);
    assert_true(isinf(answer.people));
    hr_scenario_free(scenario);
}

static void cannot_be_reckoned(struct hr_scenario *scenario, const char *text,
                               uint64_t draws, const char *message)
{
    struct hr_size_target target;
    struct hr_size_answer answer;
    struct hr_error error = {0};

    assert_int_equal(hr_size_parse(text, &target, &error), HR_OK);
    assert_int_equal(hr_size_of_pool(scenario, &target, draws, &answer, &error),
                     HR_BAD_INPUT);
    assert_string_equal(error.message, message);
    hr_scenario_free(scenario);
}

/* The tail is beyond the grid of a list of hundreds, though not of a thousand. */
static void a_list_too_small_to_reckon_is_not_a_size_too_small(void **state)
{
    struct hr_scenario *scenario = six(plain, 3);

    (void)state;
    change(scenario, "delegated.severity", "lognormal_pareto");
    change(scenario, "delegated.tail", "2.05");
    change(scenario, "delegated.severity_cv", "3");
    cannot_be_reckoned(scenario, "reserve(0.01%)<=1000000", 0,
                       "the tail is too heavy for a reserve against 1 in 10000: the "
                       "grid does not reach it; set an individual limit");
}

/* The first draw gives most lists a wider error than the few have. */
static void a_draw_that_cannot_be_reckoned_is_named(void **state)
{
    struct hr_scenario *scenario = six(plain, 3);

    (void)state;
    change(scenario, "delegated.error_wide_share", "0.1");
    change(scenario, "delegated.error_wide_sd", "0.1");
    change(scenario, "delegated.error_sd", "{uniform: {low: 0.01, high: 0.15}}");
    cannot_be_reckoned(scenario, "P(loss>20%)<=5%", 8,
                       "draw 0 of what the scenario leaves open: the wider "
                       "risk-adjustment error, sd 0.1, is not between sd 0.101846 and "
                       "1");
}

static enum hr_status form_answer(struct hr_scenario *scenario, const char *form,
                                  const char *text, struct hr_size_answer *answer,
                                  struct hr_error *error)
{
    const struct hr_run_options options = {.threads = 1};
    struct hr_size_target target;
    const struct hr_size_search wanted = {form, &target, 5000.0, 80000.0};

    assert_int_equal(hr_size_parse(text, &target, error), HR_OK);
    return hr_size_of_form(scenario, &wanted, &options, answer, error);
}

/* Every organisation is a relationship; larger targets make fewer of them, a few at a
 * time. */
static void a_metric_that_falls_with_size_has_a_smallest_size(void **state)
{
    struct hr_scenario *scenario = six(plain, 0);
    struct hr_size_answer answer;
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(
        form_answer(scenario, "joined", "relationships<=5", &answer, &error), HR_OK);
    assert_true(answer.points > 7); /* the bracket was halved */
    assert_true(answer.people > 5000.0 && answer.people <= 80000.0);
    assert_true(answer.low < answer.people && answer.people <= answer.high);
    hr_scenario_free(scenario);
}

/* Student's t of 99 degrees of freedom at 97.5 %: 1.98422, of the mean of 100 trials.
 */
static void a_size_has_the_interval_of_its_metrics_mean(void **state)
{
    struct hr_scenario *scenario = six(plain, 0);
    struct hr_size_answer answer;
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(
        form_answer(scenario, "joined", "overhead_share>=0.0125", &answer, &error),
        HR_OK);
    for (size_t i = 0; i < answer.points; i++) {
        const struct hr_size_point *point = &answer.curve[i];
        const double reach = 1.98422 * point->standard_error;

        assert_true(point->standard_error > 0.0);
        assert_true(fabs(point->high - point->value - reach) < 1e-5 * reach);
        assert_true(fabs(point->value - point->low - reach) < 1e-5 * reach);
    }
    hr_scenario_free(scenario);
}

/* Its share of income spent on overheads is 0.0107 +- 0.0007 at 12,599 people, 0.0123
 * +- 0.0009 at 20,000 and 0.0136 +- 0.0010 from 24,130 on: below 0.0122 at the first by
 * two errors, above it nowhere. */
static void a_size_is_ruled_out_or_sure_by_two_errors(void **state)
{
    struct hr_scenario *scenario = six(plain, 0);
    struct hr_size_answer answer;
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(
        form_answer(scenario, "joined", "overhead_share>=0.0122", &answer, &error),
        HR_OK);
    assert_true(answer.low >= 12599.0 && answer.low < answer.people);
    assert_true(answer.people > 12599.0 && answer.people <= 20000.0);
    assert_true(isinf(answer.high));
    hr_scenario_free(scenario);
}

/* -740.1 +- 2.9 GBP at 5,000 people, -735.4 +- 3.0 from 31,748 on: all meet -742, and
 * only the last by two errors. */
static void sizes_that_meet_a_target_may_not_do_so_surely(void **state)
{
    struct hr_scenario *scenario = six(plain, 0);
    struct hr_size_answer answer;
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(
        form_answer(scenario, "joined", "economic_net_position>=-742", &answer, &error),
        HR_OK);
    assert_true(answer.people == 5000.0 && answer.low == 0.0);
    assert_true(fabs(answer.high - 31748.0) < 1.0);
    hr_scenario_free(scenario);
}

static void a_metric_no_size_meets_has_none(void **state)
{
    struct hr_scenario *scenario = six(plain, 0);
    struct hr_size_answer answer;
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(
        form_answer(scenario, "joined", "relationships<=0.5", &answer, &error), HR_OK);
    assert_true(isnan(answer.people) && isinf(answer.high));
    hr_scenario_free(scenario);
}

static void refuses(const char *form, const char *target, const char *message)
{
    struct hr_scenario *scenario = six(plain, 0);
    struct hr_size_answer answer;
    struct hr_error error = {0};

    assert_int_equal(form_answer(scenario, form, target, &answer, &error),
                     HR_BAD_INPUT);
    assert_string_equal(error.message, message);
    hr_scenario_free(scenario);
}

static void what_is_not_there_is_refused(void **state)
{
    (void)state;
    refuses("joined", "delegated_result>=0",
            "delegated_result does not exist under joined");
}

static void a_scenario_without_a_budget_has_no_size(void **state)
{
    struct hr_scenario *scenario = six(plain, 0);
    struct hr_size_target target;
    struct hr_size_answer answer;
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(hr_size_parse("P(loss>2%)<=5%", &target, &error), HR_OK);
    assert_int_equal(hr_size_of_pool(scenario, &target, 0, &answer, &error),
                     HR_BAD_INPUT);
    assert_string_equal(
        error.message,
        "delegated.share is 0: this scenario delegates no budget; include one "
        "(assumptions/budget_whole_population.yaml) or set -s delegated.share=1");
    hr_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_normal_arithmetic_of_size_is_met),
        cmocka_unit_test(the_curve_falls_and_crosses_at_the_answer),
        cmocka_unit_test(what_the_scenario_leaves_open_widens_the_answer),
        cmocka_unit_test(the_interval_leaves_out_a_fortieth_of_the_draws_at_each_end),
        cmocka_unit_test(what_all_share_no_size_removes),
        cmocka_unit_test(a_list_too_small_to_reckon_is_not_a_size_too_small),
        cmocka_unit_test(a_draw_that_cannot_be_reckoned_is_named),
        cmocka_unit_test(a_metric_that_falls_with_size_has_a_smallest_size),
        cmocka_unit_test(a_size_has_the_interval_of_its_metrics_mean),
        cmocka_unit_test(a_size_is_ruled_out_or_sure_by_two_errors),
        cmocka_unit_test(sizes_that_meet_a_target_may_not_do_so_surely),
        cmocka_unit_test(a_metric_no_size_meets_has_none),
        cmocka_unit_test(what_is_not_there_is_refused),
        cmocka_unit_test(a_scenario_without_a_budget_has_no_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
