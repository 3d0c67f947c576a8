#include "test.h"

#include "known_answers.h"
#include "made_result.h"

#include <math.h>
#include <string.h>

/* The sample with its three draws; the last once more under a second key. */
struct sample_result {
    double form[3 * KNOWN_TRIALS], draw[3][KNOWN_TRIALS];
    struct hr_result *result;
};

static void make_sample(struct sample_result *sample)
{
    const struct made_data data[] = {
        {"/trials/net_monetary_benefit", sample->form},
        {"/parameters/key.normal", sample->draw[0]},
        {"/parameters/key.lognormal", sample->draw[1]},
        {"/parameters/forms.b.levy", sample->draw[2]},
        {"/parameters/forms.c.levy", sample->draw[2]},
    };

    known_column("a", sample->form);
    known_column("b", sample->form + KNOWN_TRIALS);
    known_column("c", sample->form + 2 * KNOWN_TRIALS);
    known_column("key_normal", sample->draw[0]);
    known_column("key_lognormal", sample->draw[1]);
    known_column("key_uniform", sample->draw[2]);
    sample->result = made_result(3, KNOWN_TRIALS, data, 5);
}

static struct hr_result *sensed(struct hr_result *result, const char *keys)
{
    const struct hr_question question = {.pair = "c,a", .keys = keys};
    struct hr_result *analysis;
    struct hr_error error = {0};

    if (hr_sensitivity(result, &question, &analysis, &error) != HR_OK)
        fail_msg("%s", error.message);
    return analysis;
}

static size_t place_of(struct hr_result *analysis, const char *draw)
{
    size_t place = 0;

    assert_true(hr_result_find(analysis, "draw", draw, &place));
    return place;
}

/* A term of a third form, drawn by the number of one of the pair on its own scale. */
static void a_term_of_neither_form_moves_no_difference(void **state)
{
    static double form[3 * KNOWN_TRIALS], levy[3][KNOWN_TRIALS];
    const struct made_data data[] = {{"/trials/net_monetary_benefit", form},
                                     {"/parameters/forms.a.levy", levy[0]},
                                     {"/parameters/forms.b.levy", levy[1]},
                                     {"/parameters/forms.c.levy", levy[2]}};
    struct hr_result *result, *analysis;
    struct hr_result_values effect;
    struct hr_error error = {0};

    (void)state;
    known_column("a", form);
    known_column("b", form + KNOWN_TRIALS);
    known_column("c", form + 2 * KNOWN_TRIALS);
    known_column("key_uniform", levy[2]);
    for (int t = 0; t < KNOWN_TRIALS; t++) {
        levy[0][t] = 3.0 * levy[2][t];
        levy[1][t] = 2.0 * levy[2][t];
    }
    result = made_result(3, KNOWN_TRIALS, data, 4);
    analysis = sensed(result, NULL);
    assert_int_equal(hr_result_values(analysis, "/effect", &effect, &error), HR_OK);
    assert_int_equal(effect.count, 2);
    assert_true(hr_result_find(analysis, "draw", "forms.a.levy", &(size_t){0}));
    assert_true(hr_result_find(analysis, "draw", "forms.c.levy", &(size_t){0}));
    hr_result_close(analysis);
    analysis = sensed(result, "forms.b.levy");
    assert_int_equal(place_of(analysis, "forms.b.levy"), 0);
    hr_result_close(analysis);
    hr_result_close(result);
}

/* The letters that first and last end with alike are no part of a key. */
static void one_draw_of_two_keys_is_called_by_what_they_share_up_to_a_dot(void **state)
{
    static double form[3 * KNOWN_TRIALS], draw[KNOWN_TRIALS];
    const struct made_data data[] = {{"/trials/net_monetary_benefit", form},
                                     {"/parameters/posts.first", draw},
                                     {"/parameters/posts.last", draw}};
    struct hr_result *result, *analysis;

    (void)state;
    known_column("a", form);
    known_column("b", form + KNOWN_TRIALS);
    known_column("c", form + 2 * KNOWN_TRIALS);
    known_column("key_normal", draw);
    result = made_result(3, KNOWN_TRIALS, data, 3);
    analysis = sensed(result, NULL);
    assert_int_equal(place_of(analysis, "posts.*"), 0);
    hr_result_close(analysis);
    hr_result_close(result);
}

static void shares_are_those_of_the_known_sample(void **state)
{
    struct sample_result sample;
    struct hr_result *analysis;
    const struct known_answer normal =
        known_answer("spline_first_order", "c-a on key_normal");
    const struct known_answer uniform =
        known_answer("spline_first_order", "c-a on key_uniform");

    (void)state;
    make_sample(&sample);
    analysis = sensed(sample.result, NULL);
    assert_near(made_number(analysis, "/share", place_of(analysis, "key.normal")),
                normal.value, 1e-6);
    assert_near(made_number(analysis, "/share_se", place_of(analysis, "key.normal")),
                normal.se, 1e-6);
    assert_near(made_number(analysis, "/share", place_of(analysis, "forms.*.levy")),
                uniform.value, 1e-6);
    hr_result_close(analysis);
    hr_result_close(sample.result);
}

static void keys_of_equal_values_are_one_draw(void **state)
{
    struct sample_result sample;
    struct hr_result *analysis;
    size_t draws;

    (void)state;
    make_sample(&sample);
    analysis = sensed(sample.result, NULL);
    (void)hr_result_labels(analysis, "draw", &draws);
    assert_int_equal(draws, 3);
    assert_string_equal(
        hr_result_labels(analysis, "keys", &draws)[place_of(analysis, "forms.*.levy")],
        "forms.b.levy,forms.c.levy");
    hr_result_close(analysis);
    hr_result_close(sample.result);
}

static void effects_fall_along_the_axis(void **state)
{
    struct sample_result sample;
    struct hr_result *analysis;

    (void)state;
    make_sample(&sample);
    analysis = sensed(sample.result, NULL);
    assert_true(fabs(made_number(analysis, "/effect", 0)) >=
                fabs(made_number(analysis, "/effect", 1)));
    assert_true(fabs(made_number(analysis, "/effect", 1)) >=
                fabs(made_number(analysis, "/effect", 2)));
    hr_result_close(analysis);
    hr_result_close(sample.result);
}

static void keys_choose_draws_by_section_or_pattern(void **state)
{
    struct sample_result sample;
    struct hr_result *analysis;
    size_t draws;

    (void)state;
    make_sample(&sample);
    analysis = sensed(sample.result, "key");
    (void)hr_result_labels(analysis, "draw", &draws);
    assert_int_equal(draws, 2);
    hr_result_close(analysis);
    analysis = sensed(sample.result, "forms.*.levy");
    (void)hr_result_labels(analysis, "draw", &draws);
    assert_int_equal(draws, 1);
    hr_result_close(analysis);
    hr_result_close(sample.result);
}

static void what_cannot_be_asked_is_refused(void **state)
{
    const struct hr_question tail = {.pair = "c,a", .keys = "levy"};
    const struct hr_question unknown = {.keys = "money.pay"}, same = {.pair = "b,b"};
    struct sample_result sample;
    struct hr_result *analysis;
    struct hr_error error = {0};

    (void)state;
    make_sample(&sample);
    assert_int_equal(hr_sensitivity(sample.result, &unknown, &analysis, &error),
                     HR_BAD_INPUT);
    assert_string_equal(error.message,
                        "no assumption that was drawn is called money.pay; headroom "
                        "sensitivity --verbose lists them, and headroom switch --run "
                        "moves one that was not drawn");
    assert_int_equal(hr_sensitivity(sample.result, &tail, &analysis, &error),
                     HR_BAD_INPUT);
    assert_non_null(strstr(error.message, "levy; did you mean forms.*.levy? headroom"));
    assert_int_equal(hr_sensitivity(sample.result, &same, &analysis, &error),
                     HR_BAD_INPUT);
    assert_string_equal(error.message, "b,b: a form differs from itself by nothing");
    hr_result_close(sample.result);
}

static void too_few_trials_are_one_sentence(void **state)
{
    struct sample_result sample;
    struct hr_result *result, *analysis;
    struct hr_error error = {0};

    (void)state;
    make_sample(&sample);
    result = made_result(
        3, 100,
        (const struct made_data[]){{"/trials/net_monetary_benefit", sample.form},
                                   {"/parameters/key.normal", sample.draw[0]}},
        2);
    assert_int_equal(hr_sensitivity(result, NULL, &analysis, &error), HR_BAD_INPUT);
    assert_non_null(strstr(error.message, "500"));
    hr_result_close(result);
    hr_result_close(sample.result);
}

static void a_result_without_draws_hangs_on_none(void **state)
{
    struct sample_result sample;
    struct hr_result *result, *analysis;

    (void)state;
    make_sample(&sample);
    result = made_result(
        3, KNOWN_TRIALS,
        (const struct made_data[]){{"/trials/net_monetary_benefit", sample.form}}, 1);
    analysis = sensed(result, NULL);
    assert_non_null(strstr(hr_result_text(analysis, "sentence"), "none of the 0"));
    hr_result_close(analysis);
    hr_result_close(result);
    hr_result_close(sample.result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_term_of_neither_form_moves_no_difference),
        cmocka_unit_test(one_draw_of_two_keys_is_called_by_what_they_share_up_to_a_dot),
        cmocka_unit_test(shares_are_those_of_the_known_sample),
        cmocka_unit_test(keys_of_equal_values_are_one_draw),
        cmocka_unit_test(effects_fall_along_the_axis),
        cmocka_unit_test(keys_choose_draws_by_section_or_pattern),
        cmocka_unit_test(what_cannot_be_asked_is_refused),
        cmocka_unit_test(too_few_trials_are_one_sentence),
        cmocka_unit_test(a_result_without_draws_hangs_on_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
