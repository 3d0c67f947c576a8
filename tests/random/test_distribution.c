#include "test.h"

#include "distribution.h"
#include "distribution_laws.h"
#include "elementary.h"

#include <gsl/gsl_cdf.h>

enum { MIDPOINTS = 20000 };

static struct distribution truncated(struct distribution law, double low, double high)
{
    struct hr_error error = {0};

    assert_int_equal(distribution_truncate(&law, low, high, &error), HR_OK);
    return law;
}

static struct distribution whole(struct distribution law)
{
    return truncated(law, -INFINITY, INFINITY);
}

static void at(struct distribution law, double u, double expected)
{
    assert_true(fabs(distribution_quantile(&law, u) - expected) <=
                1e-13 * fabs(expected));
}

static void refused(struct distribution law, double low, double high,
                    const char *sentence)
{
    struct hr_error error = {0};

    assert_int_equal(distribution_truncate(&law, low, high, &error), HR_BAD_INPUT);
    assert_string_equal(error.message, sentence);
}

/* Mean by the midpoint rule over the quantile function */
static double mean_of(struct distribution law)
{
    double sum = 0.0;

    for (int i = 0; i < MIDPOINTS; i++)
        sum += distribution_quantile(&law, (i + 0.5) / MIDPOINTS);
    return sum / MIDPOINTS;
}

static void a_fixed_value_is_itself_at_every_probability(void **state)
{
    const struct distribution law = whole((struct distribution){.kind = FIXED, .a = 7});

    (void)state;
    at(law, 0x1p-53, 7.0);
    at(law, 0.5, 7.0);
}

static void uniform_quantiles_are_linear(void **state)
{
    const struct distribution law =
        whole((struct distribution){.kind = UNIFORM, .a = 2.0, .b = 6.0});

    (void)state;
    at(law, 0.25, 3.0);
    at(law, 0.5, 4.0);
}

/* On [0, 4] with mode 1, F(1) = 1/4: below it x = sqrt(4 u), above 4 - sqrt(12 (1-u))
 */
static void triangular_quantiles_turn_at_the_mode(void **state)
{
    const struct distribution law =
        whole((struct distribution){.kind = TRIANGULAR, .a = 0, .b = 1, .c = 4});

    (void)state;
    at(law, 0.0625, 0.5);
    at(law, 0.25, 1.0);
    at(law, 0.5, 4.0 - sqrt(6.0));
}

static void a_triangle_may_have_its_mode_at_an_end(void **state)
{
    (void)state;
    at(whole((struct distribution){.kind = TRIANGULAR, .a = 0, .b = 0, .c = 1}), 0.75,
       0.5);
    at(whole((struct distribution){.kind = TRIANGULAR, .a = 0, .b = 1, .c = 1}), 0.25,
       0.5);
}

/* 0.975 quantile of the standard normal: 1.95996398454005 in any table */
static void normal_quantiles_are_shifted_and_scaled(void **state)
{
    const struct distribution law =
        whole((struct distribution){.kind = NORMAL, .a = 10.0, .b = 2.0});

    (void)state;
    at(law, 0.5, 10.0);
    at(law, 0.975, 10.0 + 2.0 * 1.959963984540054);
}

static void lognormal_quantiles_multiply_the_median(void **state)
{
    const struct distribution law =
        whole((struct distribution){.kind = LOGNORMAL, .a = 3.0, .b = 0.5});

    (void)state;
    at(law, 0.5, 3.0);
    at(law, 0.975, 3.0 * exp(0.5 * 1.959963984540054));
}

static void beta_quantiles_lead_back_through_gsl(void **state)
{
    const struct distribution law =
        whole((struct distribution){.kind = BETA, .a = 33.8, .b = 530.0});
    const double x = distribution_quantile(&law, 0.9);

    (void)state;
    assert_true(fabs(gsl_cdf_beta_P(x, 33.8, 530.0) - 0.9) < 1e-12);
}

static void gamma_quantiles_lead_back_through_gsl(void **state)
{
    const struct distribution law =
        whole((struct distribution){.kind = GAMMA, .a = 4.0, .b = 250.0});
    const double x = distribution_quantile(&law, 0.9);

    (void)state;
    assert_true(fabs(gsl_cdf_gamma_P(x, 4.0, 250.0) - 0.9) < 1e-12);
}

/* PERT on [1, 7] with mode 2 is 1 + 6 beta(1 + 4/6, 1 + 20/6) */
static void pert_quantiles_are_those_of_a_scaled_beta_law(void **state)
{
    const struct distribution law =
        whole((struct distribution){.kind = PERT, .a = 1, .b = 2, .c = 7});
    const double x = distribution_quantile(&law, 0.4);

    (void)state;
    assert_true(fabs(gsl_cdf_beta_P((x - 1.0) / 6.0, 5.0 / 3.0, 13.0 / 3.0) - 0.4) <
                1e-12);
}

/* The midpoint rule at 20,000 points leaves up to 2e-5 where the tail is long. */
static void means_are_those_of_the_textbook(void **state)
{
    (void)state;
    assert_true(fabs(mean_of(whole(
                         (struct distribution){.kind = BETA, .a = 33.8, .b = 530.0})) -
                     33.8 / 563.8) < 2e-5); /* alpha / (alpha + beta) */
    assert_true(fabs(mean_of(whole(
                         (struct distribution){.kind = PERT, .a = 1, .b = 2, .c = 7})) -
                     16.0 / 6.0) < 2e-5); /* (low + 4 mode + high) / 6 */
    assert_true(
        fabs(mean_of(whole((struct distribution){.kind = GAMMA, .a = 4.0, .b = 0.25})) -
             1.0) < 2e-5); /* shape scale */
    assert_true(fabs(mean_of(whole((struct distribution){
                         .kind = LOGNORMAL, .a = 1.0, .b = 0.5})) -
                     exp(0.125)) < 2e-5); /* median exp(sigma^2 / 2) */
}

/* Weights 2, 1, 1 of the values in ascending order: turns at 1/2 and 3/4 */
static void discrete_values_rise_where_their_weights_add_up(void **state)
{
    const struct distribution law = whole((struct distribution){
        .kind = DISCRETE, .count = 3, .value = {5, 1, 9}, .weight = {1, 2, 1}});

    (void)state;
    at(law, 0x1p-53, 1.0);
    at(law, 0.4999, 1.0);
    at(law, 0.5, 5.0);
    at(law, 0.7499, 5.0);
    at(law, 0.75, 9.0);
    at(law, 1.0 - 0x1p-53, 9.0);
}

/* Half a normal law: its median is the normal quantile at 3/4, 0.67448975019608 */
static void truncation_renormalises(void **state)
{
    const struct distribution law =
        truncated((struct distribution){.kind = NORMAL, .b = 1.0}, 0.0, INFINITY);

    (void)state;
    at(law, 0.5, 0.6744897501960817);
}

static void truncated_values_stay_within_the_range(void **state)
{
    const struct distribution law =
        truncated((struct distribution){.kind = GAMMA, .a = 2.0, .b = 1.0}, 1.0, 1.5);

    (void)state;
    assert_true(distribution_quantile(&law, 0x1p-53) >= 1.0);
    assert_true(distribution_quantile(&law, 0x1p-53) < 1.0 + 1e-9);
    assert_true(distribution_quantile(&law, 1.0 - 0x1p-53) <= 1.5);
    assert_true(distribution_quantile(&law, 1.0 - 0x1p-53) > 1.5 - 1e-9);
}

/* Truncated at its own median a law's quantile at u is its whole one at u/2. */
static void each_law_is_cut_at_its_own_median(void **state)
{
    const struct distribution laws[] = {
        {.kind = UNIFORM, .a = 2.0, .b = 6.0},
        {.kind = TRIANGULAR, .a = 0.0, .b = 1.0, .c = 4.0},
        {.kind = TRIANGULAR, .a = 0.0, .b = 3.0, .c = 4.0},
        {.kind = PERT, .a = 1.0, .b = 2.0, .c = 7.0},
        {.kind = NORMAL, .a = 10.0, .b = 2.0},
        {.kind = LOGNORMAL, .a = 3.0, .b = 0.5},
        {.kind = BETA, .a = 33.8, .b = 530.0},
        {.kind = GAMMA, .a = 4.0, .b = 250.0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(laws) / sizeof(*laws); i++) {
        const struct distribution law = whole(laws[i]);
        const double median = distribution_quantile(&law, 0.5);

        at(truncated(laws[i], -INFINITY, median), 0.6,
           distribution_quantile(&law, 0.3));
    }
}

/* To 4e-12 at a parameter of 1, and closer above */
static void follows(struct distribution law)
{
    const double solved = distribution_quantile(&law, 0.3);
    struct quantile_curve curve;

    assert_true(distribution_is_smooth(&law));
    distribution_follow(&law, &curve);
    assert_ptr_equal(law.curve, &curve);
    assert_true(fabs(distribution_quantile(&law, 0.3) - solved) < 1e-11 * solved);
}

static void smooth_laws_may_follow_a_curve_and_have_the_same_quantiles(void **state)
{
    (void)state;
    follows(whole((struct distribution){.kind = PERT, .a = 1, .b = 1, .c = 7}));
    follows(
        truncated((struct distribution){.kind = PERT, .a = 1, .b = 2, .c = 7}, 3, 5));
    follows(whole((struct distribution){.kind = BETA, .a = 33.8, .b = 530}));
    follows(whole((struct distribution){.kind = GAMMA, .a = 4, .b = 250}));
}

static void laws_with_a_parameter_below_1_and_all_others_follow_none(void **state)
{
    const struct distribution laws[] = {
        whole((struct distribution){.kind = FIXED, .a = 4}),
        whole((struct distribution){.kind = NORMAL, .b = 1}),
        whole((struct distribution){.kind = BETA, .a = 0.9, .b = 2}),
        whole((struct distribution){.kind = BETA, .a = 2, .b = 0.9}),
        whole((struct distribution){.kind = GAMMA, .a = 0.9, .b = 2}),
    };

    (void)state;
    for (size_t i = 0; i < sizeof(laws) / sizeof(*laws); i++)
        assert_false(distribution_is_smooth(&laws[i]));
}

static void a_range_wider_than_the_law_changes_nothing(void **state)
{
    (void)state;
    at(truncated((struct distribution){.kind = UNIFORM, .a = 2, .b = 6}, 0, 10), 0.25,
       3.0);
    at(truncated((struct distribution){.kind = TRIANGULAR, .b = 1, .c = 4}, -1, 9),
       0.25, 1.0);
    at(truncated((struct distribution){.kind = LOGNORMAL, .a = 3, .b = 0.5}, -1, 1e300),
       0.5, 3.0);
}

static void the_upper_end_is_the_laws_own_or_the_ranges(void **state)
{
    const struct distribution uniform =
        truncated((struct distribution){.kind = UNIFORM, .a = 2, .b = 6}, 0, 10);
    const struct distribution pert =
        truncated((struct distribution){.kind = PERT, .a = 1, .b = 2, .c = 7}, 0, 5);
    const struct distribution normal =
        truncated((struct distribution){.kind = NORMAL, .b = 1}, -3, 3);
    const struct distribution beta =
        truncated((struct distribution){.kind = BETA, .a = 2, .b = 2}, 0, 10);
    const struct distribution fixed =
        truncated((struct distribution){.kind = FIXED, .a = 4}, 0, 10);
    const struct distribution discrete = truncated(
        (struct distribution){
            .kind = DISCRETE, .count = 3, .value = {5, 9, 1}, .weight = {1, 1, 1}},
        0, 10);

    (void)state;
    assert_true(distribution_upper_end(&uniform) == 6.0);
    assert_true(distribution_upper_end(&pert) == 5.0);
    assert_true(distribution_upper_end(&normal) == 3.0);
    assert_true(distribution_upper_end(&beta) == 1.0);
    assert_true(distribution_upper_end(&fixed) == 4.0);
    assert_true(distribution_upper_end(&discrete) == 9.0);
}

static void impossible_parameters_are_refused_in_a_sentence(void **state)
{
    (void)state;
    refused((struct distribution){.kind = UNIFORM, .a = 2, .b = 2}, 0, 10,
            "uniform: low must be below high");
    refused((struct distribution){.kind = TRIANGULAR, .a = 2, .b = 1, .c = 4}, 0, 10,
            "triangular: must have low <= mode <= high and low < high");
    refused((struct distribution){.kind = PERT, .a = 1, .b = 1, .c = 1}, 0, 10,
            "pert: must have low <= mode <= high and low < high");
    refused((struct distribution){.kind = NORMAL, .a = 1, .b = 0}, 0, 10,
            "normal: sd must be above 0");
    refused((struct distribution){.kind = LOGNORMAL, .a = -1, .b = 1}, 0, 10,
            "lognormal: median and sigma must be above 0");
    refused((struct distribution){.kind = BETA, .a = 0, .b = 1}, 0, 1,
            "beta: alpha and beta must be above 0 (mean in (0, 1), sd below sqrt(mean "
            "(1 - mean)))");
    refused((struct distribution){.kind = GAMMA, .a = 1, .b = (double)NAN}, 0, 10,
            "gamma: shape and scale must be above 0");
}

static void a_law_without_mass_in_the_range_is_refused(void **state)
{
    (void)state;
    refused((struct distribution){.kind = UNIFORM, .a = 2, .b = 6}, 0, 1,
            "uniform: has no mass within the key's range [0, 1]");
    refused((struct distribution){.kind = NORMAL, .a = 100, .b = 1}, 0, 1,
            "normal: has no mass within the key's range [0, 1]");
    refused((struct distribution){.kind = BETA, .a = 2, .b = 2}, 1, 4,
            "beta: has no mass within the key's range [1, 4]");
}

static void values_outside_the_range_are_refused(void **state)
{
    (void)state;
    refused((struct distribution){.kind = FIXED, .a = 1.4}, 0, 1,
            "1.4 is outside [0, 1]");
    refused((struct distribution){.kind = FIXED, .a = (double)NAN}, 0, 1,
            "nan is outside [0, 1]");
    refused(
        (struct distribution){
            .kind = DISCRETE, .count = 2, .value = {0, 3}, .weight = {1, 1}},
        0, 1, "3 is outside [0, 1]");
}

static void weights_that_are_none_are_refused(void **state)
{
    (void)state;
    refused(
        (struct distribution){
            .kind = DISCRETE, .count = 2, .value = {0, 1}, .weight = {1, -1}},
        0, 1, "the weight -1 is negative");
    refused((struct distribution){.kind = DISCRETE, .count = 2, .value = {0, 1}}, 0, 1,
            "its weights sum to 0");
}

static void names_lead_to_kinds_and_back(void **state)
{
    (void)state;
    for (int kind = FIXED; kind < DISTRIBUTIONS; kind++)
        assert_int_equal(
            distribution_kind_of(distribution_name((enum distribution_kind)kind)),
            kind);
    assert_string_equal(distribution_name(LOGNORMAL), "lognormal");
    assert_int_equal(distribution_kind_of("weibull"), -1);
}

/* A row that was left out, or half of one. */
static void every_kind_has_its_law(void **state)
{
    (void)state;
    for (int kind = FIXED; kind < DISTRIBUTIONS; kind++) {
        const struct distribution_law *law = &distribution_laws[kind];
        const bool direct = kind == FIXED || law->lists;

        assert_non_null(law->name);
        assert_non_null(law->set[0].name[0]);
        assert_null(law->set[0].convert);
        assert_int_equal(law->cdf == NULL, direct);
        assert_int_equal(law->quantile == NULL, direct);
        assert_int_equal(law->fault == NULL, direct);
        assert_int_equal(law->draw == NULL, law->is_smooth == NULL);
        for (int set = 1; set < DISTRIBUTION_SETS; set++)
            assert_int_equal(law->set[set].name[0] == NULL,
                             law->set[set].convert == NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fixed_value_is_itself_at_every_probability),
        cmocka_unit_test(uniform_quantiles_are_linear),
        cmocka_unit_test(triangular_quantiles_turn_at_the_mode),
        cmocka_unit_test(a_triangle_may_have_its_mode_at_an_end),
        cmocka_unit_test(normal_quantiles_are_shifted_and_scaled),
        cmocka_unit_test(lognormal_quantiles_multiply_the_median),
        cmocka_unit_test(beta_quantiles_lead_back_through_gsl),
        cmocka_unit_test(gamma_quantiles_lead_back_through_gsl),
        cmocka_unit_test(pert_quantiles_are_those_of_a_scaled_beta_law),
        cmocka_unit_test(means_are_those_of_the_textbook),
        cmocka_unit_test(discrete_values_rise_where_their_weights_add_up),
        cmocka_unit_test(truncation_renormalises),
        cmocka_unit_test(truncated_values_stay_within_the_range),
        cmocka_unit_test(each_law_is_cut_at_its_own_median),
        cmocka_unit_test(smooth_laws_may_follow_a_curve_and_have_the_same_quantiles),
        cmocka_unit_test(laws_with_a_parameter_below_1_and_all_others_follow_none),
        cmocka_unit_test(a_range_wider_than_the_law_changes_nothing),
        cmocka_unit_test(the_upper_end_is_the_laws_own_or_the_ranges),
        cmocka_unit_test(impossible_parameters_are_refused_in_a_sentence),
        cmocka_unit_test(a_law_without_mass_in_the_range_is_refused),
        cmocka_unit_test(values_outside_the_range_are_refused),
        cmocka_unit_test(weights_that_are_none_are_refused),
        cmocka_unit_test(names_lead_to_kinds_and_back),
        cmocka_unit_test(every_kind_has_its_law),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
