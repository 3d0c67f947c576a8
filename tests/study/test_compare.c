#include "test.h"

#include "known_answers.h"
#include "made_result.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char benefit[] = "/trials/net_monetary_benefit";
static const char unmet[] = "/trials/unmet_appointments";

/* The sample's forms a, b and c, of which more is better. */
static struct hr_result *sample_of(const char *path, double value[3 * KNOWN_TRIALS])
{
    const struct made_data data = {path, value};

    known_column("a", value);
    known_column("b", value + KNOWN_TRIALS);
    known_column("c", value + 2 * KNOWN_TRIALS);
    return made_result(3, KNOWN_TRIALS, &data, 1);
}

static struct hr_result *compared(struct hr_result *result,
                                  const struct hr_question *question)
{
    struct hr_result *analysis = NULL;
    struct hr_error error = {0};

    if (hr_compare(result, question, &analysis, &error) != HR_OK)
        fail_msg("%s", error.message);
    return analysis;
}

static const struct hr_question by_public = {.objective = "public"};

static void the_sample_has_its_known_differences(void **state)
{
    double value[3 * KNOWN_TRIALS];
    struct hr_result *result = sample_of(benefit, value);
    struct hr_result *analysis = compared(result, &by_public);
    const struct known_answer b = known_answer("difference_mean", "b-a");
    const struct known_answer c = known_answer("difference_mean", "c-a");

    (void)state;
    assert_known(made_number(analysis, "/difference", 1), b.value);
    assert_known(made_number(analysis, "/difference_se", 1), b.se);
    assert_known(made_number(analysis, "/difference_low", 1), b.low);
    assert_known(made_number(analysis, "/difference_high", 1), b.high);
    assert_known(made_number(analysis, "/difference", 2), c.value);
    assert_known(made_number(analysis, "/difference_high", 2), c.high);
    hr_result_close(analysis);
    hr_result_close(result);
}

static void the_sample_has_its_known_ranks_and_regret(void **state)
{
    double value[3 * KNOWN_TRIALS];
    struct hr_result *result = sample_of(benefit, value);
    struct hr_result *analysis = compared(result, &by_public);
    const struct known_answer regret = known_answer("regret_mean", "c");

    (void)state;
    assert_known(made_number(analysis, "/p_best_future", 0),
                 known_answer("p_rank", "a rank 1").value);
    assert_known(made_number(analysis, "/p_rank", 3 * 1 + 1),
                 known_answer("p_rank", "b rank 2").value);
    assert_known(made_number(analysis, "/p_rank", 3 * 2 + 2),
                 known_answer("p_rank", "c rank 3").value);
    assert_known(made_number(analysis, "/regret", 2), regret.value);
    assert_known(made_number(analysis, "/regret_low", 2), regret.low);
    assert_known(made_number(analysis, "/regret_q95", 0),
                 known_answer("regret_q95", "a").value);
    assert_known(made_number(analysis, "/regret_max", 1),
                 known_answer("regret_max", "b").value);
    assert_known(made_number(analysis, "/dominance_violation", 0),
                 known_answer("dominance_order1_violation", "c over a").value);
    hr_result_close(analysis);
    hr_result_close(result);
}

static void what_is_better_lower_has_the_worst_of_the_other_way(void **state)
{
    double value[3 * KNOWN_TRIALS];
    struct hr_result *result = sample_of(unmet, value);
    struct hr_result *analysis =
        compared(result, &(struct hr_question){.objective = "patient"});

    (void)state;
    assert_known(made_number(analysis, "/p_best_future", 0),
                 known_answer("p_rank", "a rank 3").value);
    assert_known(made_number(analysis, "/difference", 1),
                 known_answer("difference_mean", "b-a").value);
    assert_true(made_number(analysis, "/better", 1) <
                made_number(analysis, "/worse", 1));
    hr_result_close(analysis);
    hr_result_close(result);
}

static void forms_that_are_alike_are_the_same_in_every_trial(void **state)
{
    double value[3 * 40];
    const struct made_data data = {benefit, value};
    struct hr_result *result, *analysis;

    (void)state;
    for (int i = 0; i < 3 * 40; i++)
        value[i] = i % 40;
    result = made_result(3, 40, &data, 1);
    analysis = compared(result, &by_public);
    assert_string_equal(hr_result_text(analysis, "sentence"),
                        "a and b are the same in every trial.");
    assert_true(made_number(analysis, "/equal", 1) == 1.0);
    assert_true(made_number(analysis, "/resolved", 0) == 1.0);
    hr_result_close(analysis);
    hr_result_close(result);
}

static void a_form_that_hardly_exists_is_not_ranked(void **state)
{
    double value[3 * KNOWN_TRIALS];
    struct hr_result *result = sample_of(benefit, value), *analysis;

    (void)state;
    for (int t = 0; t < 300; t++)
        value[KNOWN_TRIALS + t] = NAN;
    analysis = compared(result, &by_public);
    assert_true(made_number(analysis, "/exists", 1) == 200.0);
    assert_true(isnan(made_number(analysis, "/p_best_future", 1)));
    assert_true(made_number(analysis, "/complete", 0) == KNOWN_TRIALS);
    hr_result_close(analysis);
    hr_result_close(result);
}

static void a_metric_that_never_exists_is_one_sentence(void **state)
{
    double value[2 * 50];
    const struct made_data data = {benefit, value};
    struct hr_result *result, *analysis;

    (void)state;
    for (int i = 0; i < 2 * 50; i++)
        value[i] = NAN;
    result = made_result(2, 50, &data, 1);
    analysis = compared(result, &by_public);
    assert_non_null(
        strstr(hr_result_text(analysis, "sentence"), "does not exist under any form"));
    hr_result_close(analysis);
    hr_result_close(result);
}

static void says(size_t forms, size_t trials, const char *path, const double *value,
                 const char *sentence)
{
    const struct made_data data = {path, value};
    const struct hr_question question = {.metrics = path + strlen("/trials/")};
    struct hr_result *result = made_result(forms, trials, &data, 1);
    struct hr_result *analysis = compared(result, &question);

    assert_string_equal(hr_result_text(analysis, "sentence"), sentence);
    hr_result_close(analysis);
    hr_result_close(result);
}

static void what_is_better_neither_way_has_no_leader(void **state)
{
    const double value[] = {1, 2, 3, 2, 3, 5};

    (void)state;
    says(2, 3, "/trials/partner_led_sites", value,
         "\"Practices led by partners at the end\" is better neither way: forms differ "
         "in it, and "
         "none leads.");
}

static void forms_that_never_exist_together_are_not_compared(void **state)
{
    const double value[] = {1, NAN, NAN, 2};

    (void)state;
    says(2, 2, benefit, value,
         "In no trial does \"Public purse, unmet need priced\" exist under all forms "
         "that have it.");
}

static void one_form_and_one_trial_have_their_sentences(void **state)
{
    const double value[2] = {1.0, 2.0};
    const struct made_data data = {benefit, value};
    struct hr_result *result = made_result(1, 2, &data, 1);
    struct hr_result *analysis = compared(result, &by_public);

    (void)state;
    assert_string_equal(hr_result_text(analysis, "sentence"),
                        "a stands alone: there is no form to compare it with.");
    hr_result_close(analysis);
    hr_result_close(result);
    result = made_result(2, 1, &data, 1);
    analysis = compared(result, &by_public);
    assert_string_equal(hr_result_text(analysis, "sentence"),
                        "One trial tells nothing of b against a: run more.");
    hr_result_close(analysis);
    hr_result_close(result);
}

static void twenty_forms_are_compared(void **state)
{
    enum { FORMS = 20, TRIALS = 60 };
    double value[FORMS * TRIALS];
    const struct made_data data = {benefit, value};
    struct hr_result *result, *analysis;

    (void)state;
    for (int i = 0; i < FORMS * TRIALS; i++)
        value[i] = (i * 7919) % 101 + 10.0 * (i / TRIALS == 13);
    result = made_result(FORMS, TRIALS, &data, 1);
    analysis = compared(result, &by_public);
    assert_true(made_number(analysis, "/regret", 13) <
                made_number(analysis, "/regret", 0));
    hr_result_close(analysis);
    hr_result_close(result);
}

/* Under b: A gains 10 with an error of 1, B loses 10 with one of 1, C loses 1 with one
 * of 1, which three practices together leave open. With 100 trials A's income has
 * a deviation of 10 se = 100 a trial under b and of none under a: who dislikes risk
 * loses 2 x 100^2/(2 x 110) = 91 by that and stays out. */
static const double levels[] = {100, 100, 100, 110, 90, 99};
static const double errors[] = {0, 0, 0, 10, 1, 1};
static const double differences[] = {0, 0, 0, 10, -10, -1};
static const double difference_errors[] = {0, 0, 0, 1, 1, 1};

static struct hr_result *practices(double value[2 * 100], double worse[2 * 100])
{
    const struct made_data data[] = {
        {benefit, value},
        {"/trials/sites_worse_off", worse},
        {"/sites/todays_partners", levels},
        {"/sites/todays_partners_se", errors},
        {"/sites/todays_partners_difference", differences},
        {"/sites/todays_partners_difference_se", difference_errors},
    };

    for (int i = 0; i < 2 * 100; i++) {
        value[i] = i % 100;
        worse[i] = i % 4;
    }
    return made_result(2, 100, data, 6);
}

static void practices_are_counted_together_and_by_trial(void **state)
{
    double value[2 * 100], worse[2 * 100];
    struct hr_result *result = practices(value, worse);
    struct hr_result *analysis = compared(result, &by_public);

    (void)state;
    assert_true(made_number(analysis, "/sites_worse_on_average", 1) == 2.0);
    assert_true(made_number(analysis, "/sites_worse_on_average_low", 1) == 1.0);
    assert_true(made_number(analysis, "/sites_worse_on_average_high", 1) == 2.0);
    assert_true(made_number(analysis, "/sites_counted", 1) == 3.0);
    assert_true(made_number(analysis, "/sites_worse_in_future", 1) == 1.5);
    assert_true(made_number(analysis, "/sites_worse_in_future_q95", 1) == 3.0);
    hr_result_close(analysis);
    hr_result_close(result);
}

static void who_dislikes_risk_may_stay_out(void **state)
{
    double value[2 * 100], worse[2 * 100];
    struct hr_result *result = practices(value, worse);
    struct hr_result *analysis = compared(result, &by_public);

    (void)state;
    assert_true(made_number(analysis, "/sites_joining", 1) == 1.0);
    assert_true(made_number(analysis, "/sites_joining_careful", 1) == 0.0);
    assert_true(made_number(analysis, "/site_joins", MADE_SITES) == 1.0);
    assert_true(made_number(analysis, "/site_joins_careful", MADE_SITES) == 0.0);
    hr_result_close(analysis);
    hr_result_close(result);
}

/* The file holds them against its own reference. */
static void practices_are_left_out_against_another_reference(void **state)
{
    double value[2 * 100], worse[2 * 100];
    struct hr_result *result = practices(value, worse);
    struct hr_result *analysis = compared(
        result, &(struct hr_question){.objective = "public", .reference = "b"});
    struct hr_result_values values;
    struct hr_error error;

    (void)state;
    assert_int_equal(
        hr_result_values(analysis, "/sites_worse_on_average", &values, &error),
        HR_BAD_INPUT);
    hr_result_close(analysis);
    hr_result_close(result);
}

static void refuses(const struct hr_question *question, const char *sentence)
{
    double value[3 * KNOWN_TRIALS];
    struct hr_result *result = sample_of(benefit, value), *analysis;
    struct hr_error error = {0};

    assert_int_equal(hr_compare(result, question, &analysis, &error), HR_BAD_INPUT);
    assert_string_equal(error.message, sentence);
    assert_null(analysis);
    hr_result_close(result);
}

static void what_cannot_be_asked_is_refused_in_a_sentence(void **state)
{
    (void)state;
    refuses(&(struct hr_question){.metrics = "profit"},
            "no metric is called profit; the nearest is turnover; headroom metrics "
            "lists them");
    refuses(&(struct hr_question){.metrics = "public_cost"},
            "the result does not hold the trials of public_cost, so nothing can be "
            "said of how often one form is better: store.trials of its scenario says "
            "which it keeps");
    refuses(&(struct hr_question){.forms = "b,z"},
            "the result has no form called z; it has a, b, c");
    refuses(&(struct hr_question){.objective = "mine"},
            "no objective is called mine; they are public, gp, patient and economic");
    refuses(&(struct hr_question){.confidence = 0.5},
            "a confidence of 0.5 is outside 0.8 to 0.999");
}

static void the_same_result_twice_differs_by_nothing(void **state)
{
    double value[3 * KNOWN_TRIALS];
    struct hr_result *result = sample_of(benefit, value), *analysis;
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(hr_compare_results(result, result, &by_public, &analysis, &error),
                     HR_OK);
    assert_string_equal(hr_result_text(analysis, "sentence"),
                        "\"Public purse, unmet need priced\" is the same in both "
                        "results; the futures are the same, so differences are "
                        "paired.");
    assert_true(made_number(analysis, "/equal", 2) == 1.0);
    hr_result_close(analysis);
    hr_result_close(result);
}

static void results_of_other_sizes_are_taken_as_independent(void **state)
{
    double value[3 * KNOWN_TRIALS];
    const struct made_data fewer = {benefit, value};
    struct hr_result *result = sample_of(benefit, value), *other, *analysis;
    struct hr_error error = {0};

    (void)state;
    other = made_result(3, KNOWN_TRIALS - 100, &fewer, 1);
    assert_int_equal(hr_compare_results(result, other, &by_public, &analysis, &error),
                     HR_OK);
    assert_non_null(strstr(hr_result_text(analysis, "sentence"), "independent"));
    assert_true(isnan(made_number(analysis, "/better", 0)));
    assert_true(made_number(analysis, "/difference_low", 0) < 0.0);
    hr_result_close(analysis);
    hr_result_close(other);
    hr_result_close(result);
}

static void json_says_null_where_there_is_no_number(void **state)
{
    double value[3 * KNOWN_TRIALS];
    struct hr_result *result = sample_of(benefit, value);
    struct hr_result *analysis = compared(result, &by_public);
    char *json = hr_analysis_json(analysis);

    (void)state;
    assert_non_null(json);
    assert_non_null(strstr(json, "\"schema\": \"headroom.compare/1\""));
    assert_non_null(strstr(json, "\"source_hash\": \"0123\""));
    assert_non_null(strstr(json, "\"trials\": 500"));
    assert_non_null(strstr(json, "\"difference\": [\n  [null, 0.42261066"));
    assert_null(strstr(json, " nan"));
    assert_null(strstr(json, "[nan"));
    free(json);
    hr_result_close(analysis);
    hr_result_close(result);
}

static void an_analysis_is_written_and_is_no_result(void **state)
{
    double value[3 * KNOWN_TRIALS];
    struct hr_result *result = sample_of(benefit, value), *again;
    struct hr_result *analysis = compared(result, &by_public);
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(hr_analysis_write(analysis, "test_compare.h5", &error), HR_OK);
    assert_int_equal(hr_result_open("test_compare.h5", &again, &error), HR_BAD_INPUT);
    assert_string_equal(error.message,
                        "test_compare.h5 is an analysis (headroom.compare/1), not the "
                        "result of a run; name the result it was made from");
    remove("test_compare.h5");
    hr_result_close(analysis);
    hr_result_close(result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_has_its_known_differences),
        cmocka_unit_test(the_sample_has_its_known_ranks_and_regret),
        cmocka_unit_test(what_is_better_lower_has_the_worst_of_the_other_way),
        cmocka_unit_test(forms_that_are_alike_are_the_same_in_every_trial),
        cmocka_unit_test(a_form_that_hardly_exists_is_not_ranked),
        cmocka_unit_test(a_metric_that_never_exists_is_one_sentence),
        cmocka_unit_test(what_is_better_neither_way_has_no_leader),
        cmocka_unit_test(forms_that_never_exist_together_are_not_compared),
        cmocka_unit_test(one_form_and_one_trial_have_their_sentences),
        cmocka_unit_test(twenty_forms_are_compared),
        cmocka_unit_test(practices_are_counted_together_and_by_trial),
        cmocka_unit_test(who_dislikes_risk_may_stay_out),
        cmocka_unit_test(practices_are_left_out_against_another_reference),
        cmocka_unit_test(what_cannot_be_asked_is_refused_in_a_sentence),
        cmocka_unit_test(the_same_result_twice_differs_by_nothing),
        cmocka_unit_test(results_of_other_sizes_are_taken_as_independent),
        cmocka_unit_test(json_says_null_where_there_is_no_number),
        cmocka_unit_test(an_analysis_is_written_and_is_no_result),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
