#include "test.h"

#include "known_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TRIALS = 512, STREAMS = 8 };

static const char *const pair = "owned,alone";

/* The economic difference of the pair on these streams, into value[TRIALS]. */
static void run_on(const struct known_run *run, unsigned chance, const char *redrawn,
                   double *value)
{
    const struct hr_run_options options = {
        .only = "owned", .chance = chance, .redrawn = redrawn};
    struct hr_runner *runner = NULL;
    struct hr_result *result = NULL;
    struct hr_result_values values = {0};
    struct hr_error error = {0};

    assert_int_equal(hr_run_open(run->scenario, &options, &runner, &error), HR_OK);
    assert_int_equal(hr_run_advance(runner, TRIALS, &error), HR_OK);
    assert_int_equal(hr_run_result(runner, &result, &error), HR_OK);
    assert_int_equal(hr_result_values(result,
                                      "/trials/economic_net_position_less_unmet",
                                      &values, &error),
                     HR_OK);
    assert_int_equal(values.count, 2 * TRIALS);
    for (size_t t = 0; t < TRIALS; t++)
        value[t] = values.value[TRIALS + t] - values.value[t];
    hr_result_close(result);
    hr_run_close(runner);
}

static struct hr_result *split(const struct known_run *run)
{
    const struct hr_question question = {.objective = "economic", .pair = pair};
    const struct hr_again again = {run->scenario, TRIALS, NULL};
    struct hr_result *analysis = NULL;
    struct hr_error error = {0};

    assert_int_equal(hr_split(run->result, &question, &again, &analysis, &error),
                     HR_OK);
    return analysis;
}

/* Share of the variance between assumptions: that of their means over the dice, less
 * what the dice leave in these (one-way analysis of variance). */
static double nested_share(const struct known_run *run)
{
    static double value[STREAMS][TRIALS];
    double grand = 0.0, between = 0.0, within = 0.0, assumptions;

    for (unsigned s = 0; s < STREAMS; s++)
        run_on(run, s, NULL, value[s]);
    for (size_t t = 0; t < TRIALS; t++) {
        for (size_t s = 0; s < STREAMS; s++)
            grand += value[s][t] / (STREAMS * TRIALS);
    }
    for (size_t t = 0; t < TRIALS; t++) {
        double mean = 0.0;

        for (size_t s = 0; s < STREAMS; s++)
            mean += value[s][t] / STREAMS;
        between += (mean - grand) * (mean - grand) / (TRIALS - 1);
        for (size_t s = 0; s < STREAMS; s++)
            within +=
                (value[s][t] - mean) * (value[s][t] - mean) / (TRIALS * (STREAMS - 1));
    }
    assumptions = between - within / STREAMS;
    return assumptions / (assumptions + within);
}

/* Within 4 of the split's own standard errors, of which the nested run has fewer. */
static void a_split_agrees_with_a_nested_run(void **state)
{
    struct hr_result *analysis = split(*state);
    const double share = known_number(analysis, "assumptions");
    const double se = known_number(analysis, "assumptions_se");

    assert_true(se > 0.0 && se < 0.1);
    assert_true(fabs(share - nested_share(*state)) < 4.0 * se);
    hr_result_close(analysis);
}

static void a_split_says_assumptions_and_chance(void **state)
{
    struct hr_result *analysis = split(*state);

    assert_true(known_number(analysis, "assumptions") +
                    known_number(analysis, "chance") ==
                1.0);
    assert_non_null(strstr(hr_result_text(analysis, "sentence"), "chance the rest"));
    hr_result_close(analysis);
}

static void a_run_on_stream_0_is_the_ordinary_one(void **state)
{
    const struct known_run *run = *state;
    static double value[TRIALS];
    struct hr_result_values values = {0};
    struct hr_error error = {0};

    run_on(run, 0, NULL, value);
    assert_int_equal(hr_result_values(run->result,
                                      "/trials/economic_net_position_less_unmet",
                                      &values, &error),
                     HR_OK);
    for (size_t t = 0; t < TRIALS; t++)
        assert_true(value[t] == values.value[3 * TRIALS + t] - values.value[t]);
}

static double correlation(const double *a, const double *b)
{
    double ma = 0.0, mb = 0.0, aa = 0.0, bb = 0.0, ab = 0.0;

    for (size_t t = 0; t < TRIALS; t++) {
        ma += a[t] / TRIALS;
        mb += b[t] / TRIALS;
    }
    for (size_t t = 0; t < TRIALS; t++) {
        aa += (a[t] - ma) * (a[t] - ma);
        bb += (b[t] - mb) * (b[t] - mb);
        ab += (a[t] - ma) * (b[t] - mb);
    }
    return ab / sqrt(aa * bb);
}

/* Of independent runs within 4 standard errors of 0. */
static void with_everything_drawn_anew_nothing_is_shared(void **state)
{
    static double own[TRIALS], other[TRIALS];

    run_on(*state, 0, NULL, own);
    run_on(*state, 1, "*", other);
    assert_true(fabs(correlation(own, other)) < 4.0 / sqrt(TRIALS));
}

/* The shares of all inputs of one model are not below zero by more than chance, and
 * what one makes alone is no more than with others: within 4 standard errors. */
static void an_input_makes_no_more_alone_than_with_others(void **state)
{
    const struct known_run *run = *state;
    const struct hr_question question = {
        .objective = "economic", .pair = pair, .keys = "top:2"};
    const struct hr_again again = {run->scenario, TRIALS, NULL};
    struct hr_result *analysis = NULL;
    struct hr_error error = {0};
    size_t inputs = 0;

    assert_int_equal(hr_saltelli(run->result, &question, &again, &analysis, &error),
                     HR_OK);
    (void)hr_result_labels(analysis, "input", &inputs);
    assert_int_equal(inputs, 3);
    for (size_t k = 0; k < inputs; k++)
        assert_true(known_value(analysis, "/first_order", k) <
                    known_value(analysis, "/total", k) +
                        4.0 * (known_value(analysis, "/first_order_se", k) +
                               known_value(analysis, "/total_se", k)));
    hr_result_close(analysis);
}

/* A term of a third form moves nothing in these two, not one bit. */
static void an_input_of_another_form_has_no_share_at_all(void **state)
{
    const struct known_run *run = *state;
    const struct hr_question question = {
        .objective = "economic", .pair = pair, .keys = "forms.joined.levy"};
    const struct hr_again again = {run->scenario, 64, NULL};
    struct hr_result *analysis = NULL;
    struct hr_error error = {0};
    size_t place = 0;

    assert_int_equal(hr_saltelli(run->result, &question, &again, &analysis, &error),
                     HR_OK);
    assert_true(hr_result_find(analysis, "input", "forms.joined.levy", &place));
    assert_true(known_value(analysis, "/total", place) == 0.0);
    hr_result_close(analysis);
}

static void what_is_no_stream_key_or_form_is_refused(void **state)
{
    static const struct hr_run_options options[] = {
        {.chance = 8}, {.redrawn = "money.nothing"}, {.only = "nobody"}};
    const struct known_run *run = *state;
    struct hr_runner *runner;
    struct hr_error error = {0};

    for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
        assert_int_equal(hr_run_open(run->scenario, &options[i], &runner, &error),
                         HR_BAD_INPUT);
        assert_null(runner);
    }
    assert_string_equal(error.message, "no form of the scenario is called nobody; it "
                                       "has alone, joined, joined_small, owned");
}

static void what_could_not_be_run_again_is_not_saved(void **state)
{
    const struct known_run *run = *state;
    const struct hr_run_options options = {.chance = 1};
    struct hr_runner *runner = NULL;
    struct hr_run_facts facts;
    struct hr_error error = {0};

    assert_int_equal(hr_run_open(run->scenario, &options, &runner, &error), HR_OK);
    assert_int_equal(hr_run_advance(runner, 8, &error), HR_OK);
    assert_int_equal(hr_run_save(runner, "other.h5", &error), HR_BAD_INPUT);
    assert_int_equal(hr_run(run->scenario, &options, "other.h5", &facts, &error),
                     HR_BAD_INPUT);
    hr_run_close(runner);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_split_agrees_with_a_nested_run),
        cmocka_unit_test(a_split_says_assumptions_and_chance),
        cmocka_unit_test(a_run_on_stream_0_is_the_ordinary_one),
        cmocka_unit_test(with_everything_drawn_anew_nothing_is_shared),
        cmocka_unit_test(an_input_makes_no_more_alone_than_with_others),
        cmocka_unit_test(an_input_of_another_form_has_no_share_at_all),
        cmocka_unit_test(what_is_no_stream_key_or_form_is_refused),
        cmocka_unit_test(what_could_not_be_run_again_is_not_saved),
    };

    return cmocka_run_group_tests(tests, known_run_open_longer, known_run_close);
}
