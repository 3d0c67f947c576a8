#include "test.h"

#include "known_answers.h"
#include "made_result.h"

#include <math.h>
#include <string.h>

struct sample_result {
    double form[3 * KNOWN_TRIALS], draw[2][KNOWN_TRIALS];
    struct hr_result *result;
};

static void make_sample(struct sample_result *sample)
{
    const struct made_data data[] = {
        {"/trials/net_monetary_benefit", sample->form},
        {"/parameters/key.normal", sample->draw[0]},
        {"/parameters/key.uniform", sample->draw[1]},
    };

    known_column("a", sample->form);
    known_column("b", sample->form + KNOWN_TRIALS);
    known_column("c", sample->form + 2 * KNOWN_TRIALS);
    known_column("key_normal", sample->draw[0]);
    known_column("key_uniform", sample->draw[1]);
    sample->result = made_result(3, KNOWN_TRIALS, data, 3);
}

static struct hr_result *valued(struct hr_result *result,
                                const struct hr_voi_options *options)
{
    struct hr_result *analysis;
    struct hr_error error = {0};

    if (hr_voi(result, NULL, options, &analysis, &error) != HR_OK)
        fail_msg("%s", error.message);
    return analysis;
}

static size_t place_of(struct hr_result *analysis, const char *axis, const char *label)
{
    size_t place = 0;

    assert_true(hr_result_find(analysis, axis, label, &place));
    return place;
}

static void foresight_and_plug_in_are_those_of_the_known_sample(void **state)
{
    struct sample_result sample;
    struct hr_result *analysis;
    double foresight = 0.0;

    (void)state;
    make_sample(&sample);
    analysis = valued(sample.result, NULL);
    assert_true(hr_result_number(analysis, "foresight", &foresight));
    assert_known(foresight, known_answer("regret_mean", "c").value);
    assert_near(made_number(analysis, "/evppi_plug_in",
                            place_of(analysis, "draw", "key.normal")),
                known_answer("evppi_plugin", "key_normal of a,b,c").value, 1e-6);
    assert_near(made_number(analysis, "/evppi_plug_in",
                            place_of(analysis, "draw", "key.uniform")),
                known_answer("evppi_plugin", "key_uniform of a,b,c").value, 1e-6);
    hr_result_close(analysis);
    hr_result_close(sample.result);
}

/* 1.959964 standard errors each way, by 95 %, where they do not reach down to nothing.
 */
static void a_worth_that_is_seen_has_an_interval_of_its_errors(void **state)
{
    struct sample_result sample;
    struct hr_result *analysis;
    size_t place;
    double value, se;

    (void)state;
    make_sample(&sample);
    analysis = valued(sample.result, NULL);
    place = place_of(analysis, "draw", "key.normal");
    value = made_number(analysis, "/evppi", place);
    se = made_number(analysis, "/evppi_se", place);
    assert_true(se > 0.0 && value > 3.0 * se);
    assert_near(made_number(analysis, "/evppi_low", place), value - 1.959964 * se,
                1e-6);
    assert_near(made_number(analysis, "/evppi_high", place), value + 1.959964 * se,
                1e-6);
    hr_result_close(analysis);
    hr_result_close(sample.result);
}

static void a_group_that_is_named_is_valued_together(void **state)
{
    static const char *const group[] = {"both=key"};
    const struct hr_voi_options options = {.group = group, .groups = 1};
    struct sample_result sample;
    struct hr_result *analysis;

    (void)state;
    make_sample(&sample);
    analysis = valued(sample.result, &options);
    assert_true(made_number(analysis, "/group_draws",
                            place_of(analysis, "group", "both")) == 2.0);
    assert_true(
        made_number(analysis, "/group_evppi", place_of(analysis, "group", "both")) ==
        made_number(analysis, "/group_evppi",
                    place_of(analysis, "group", "everything")));
    hr_result_close(analysis);
    hr_result_close(sample.result);
}

static void a_group_of_what_was_not_drawn_is_refused(void **state)
{
    static const char *const group[] = {"pay=money.salary"}, *const bare[] = {"pay"};
    struct sample_result sample;
    struct hr_result *analysis;
    struct hr_error error = {0};

    (void)state;
    make_sample(&sample);
    assert_int_equal(hr_voi(sample.result, NULL,
                            &(struct hr_voi_options){.group = group, .groups = 1},
                            &analysis, &error),
                     HR_BAD_INPUT);
    assert_string_equal(error.message,
                        "pay: no assumption that was drawn is called money.salary; headroom "
                        "sensitivity --verbose lists them");
    assert_int_equal(hr_voi(sample.result, NULL,
                            &(struct hr_voi_options){.group = bare, .groups = 1},
                            &analysis, &error),
                     HR_BAD_INPUT);
    assert_non_null(strstr(error.message, "a group is NAME=KEY,KEY"));
    hr_result_close(sample.result);
}

static void decisions_of_later_years_are_discounted(void **state)
{
    const struct hr_voi_options options = {
        .decisions = 1.0, .per_year = 10.0, .years = 2.0, .discount = 0.25};
    struct sample_result sample;
    struct hr_result *analysis;
    double population = 0.0;

    (void)state;
    make_sample(&sample);
    analysis = valued(sample.result, &options);
    assert_true(hr_result_number(analysis, "population", &population));
    assert_true(fabs(population - (1.0 + 10.0 + 8.0)) < 1e-12);
    hr_result_close(analysis);
    hr_result_close(sample.result);
}

static void without_draws_there_is_nothing_to_learn(void **state)
{
    struct sample_result sample;
    struct hr_result *result, *analysis;

    (void)state;
    make_sample(&sample);
    result = made_result(
        3, KNOWN_TRIALS,
        (const struct made_data[]){{"/trials/net_monetary_benefit", sample.form}}, 1);
    analysis = valued(result, NULL);
    assert_non_null(strstr(hr_result_text(analysis, "sentence"), "foreseeing chance"));
    hr_result_close(analysis);
    hr_result_close(result);
    hr_result_close(sample.result);
}

/* Form b costs 100 more in every trial and saves 2 appointments, c 300 and 3: b is best
 * from a price of 50 and c from 200 on. */
enum { TRIALS = 64 };

static void lines(double cost[3 * TRIALS], double unmet[3 * TRIALS])
{
    static const double dearer[] = {0.0, 100.0, 300.0}, saved[] = {0.0, 2.0, 3.0};

    for (int i = 0; i < 3 * TRIALS; i++) {
        cost[i] = 1000.0 + i % TRIALS + dearer[i / TRIALS];
        unmet[i] = 50.0 + i % TRIALS % 7 - saved[i / TRIALS];
    }
}

static struct hr_result *priced(double to)
{
    double cost[3 * TRIALS], unmet[3 * TRIALS];
    const struct made_data data[] = {{"/trials/public_cost", cost},
                                     {"/trials/unmet_appointments", unmet}};
    struct hr_result *result, *analysis;
    struct hr_error error = {0};

    lines(cost, unmet);
    result = made_result(3, TRIALS, data, 2);
    if (hr_acceptability(result, NULL, &(struct hr_prices){0.0, to, 10.0}, &analysis,
                         &error) != HR_OK)
        fail_msg("%s", error.message);
    hr_result_close(result);
    return analysis;
}

static void the_best_form_changes_where_the_lines_cross(void **state)
{
    struct hr_result *analysis = priced(300.0);
    size_t prices;

    (void)state;
    assert_true(fabs(made_number(analysis, "/break_even", 0) - 50.0) < 1e-9);
    assert_true(fabs(made_number(analysis, "/break_even", 1) - 200.0) < 1e-9);
    assert_string_equal(hr_result_labels(analysis, "frontier", &prices)[4], "a");
    assert_string_equal(hr_result_labels(analysis, "frontier", &prices)[6], "b");
    assert_string_equal(hr_result_labels(analysis, "frontier", &prices)[30], "c");
    assert_int_equal(prices, 31);
    assert_true(made_number(analysis, "/p_best_future", 3 * 30 + 2) == 1.0);
    hr_result_close(analysis);
}

/* At 100 an appointment b is best, and a saves 100 less than it is cheaper, as c does
 * the other way round. */
static void
the_expected_loss_is_what_a_form_costs_against_the_best_at_each_price(void **state)
{
    static const double at_0[] = {0.0, 100.0, 300.0}, at_100[] = {100.0, 0.0, 100.0};
    struct hr_result *analysis = priced(300.0);

    (void)state;
    for (size_t f = 0; f < 3; f++) {
        assert_float_equal(made_number(analysis, "/expected_loss", f), at_0[f], 1e-9);
        assert_float_equal(made_number(analysis, "/expected_loss", 3 * 10 + f),
                           at_100[f], 1e-9);
        assert_float_equal(made_number(analysis, "/expected_loss_se", f), 0.0, 1e-9);
    }
    hr_result_close(analysis);
}

static void changes_beyond_the_prices_are_left_out(void **state)
{
    struct hr_result *analysis = priced(40.0);

    (void)state;
    assert_string_equal(hr_result_text(analysis, "sentence"),
                        "For the public purse a is best on average whatever an "
                        "appointment not given is worth from 0 to 40 GBP.");
    hr_result_close(analysis);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(foresight_and_plug_in_are_those_of_the_known_sample),
        cmocka_unit_test(a_worth_that_is_seen_has_an_interval_of_its_errors),
        cmocka_unit_test(a_group_that_is_named_is_valued_together),
        cmocka_unit_test(a_group_of_what_was_not_drawn_is_refused),
        cmocka_unit_test(decisions_of_later_years_are_discounted),
        cmocka_unit_test(without_draws_there_is_nothing_to_learn),
        cmocka_unit_test(the_best_form_changes_where_the_lines_cross),
        cmocka_unit_test(
            the_expected_loss_is_what_a_form_costs_against_the_best_at_each_price),
        cmocka_unit_test(changes_beyond_the_prices_are_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
