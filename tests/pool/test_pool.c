#include "reference.h"

#include "headroom/claims.h"

#include <math.h>

static struct hr_pool_report report_of(const struct hr_pool_terms *terms, double people,
                                       int64_t trials)
{
    const struct hr_pool_options options = {.trials = trials, .seed = 11};
    struct hr_pool_report report;
    struct hr_error error = {0};

    assert_int_equal(hr_pool(terms, people, &options, &report, &error), HR_OK);
    return report;
}

/* Where there are enough events for a z-score, it is one. */
static void check_scores(const struct hr_pool_value *side)
{
    for (enum hr_pool_measure m = 0; m < HR_POOL_MEASURES; m++) {
        if (fabs(side[m].z) > 4.0)
            fail_msg("%s: exact %g, simulated %g, z %g", hr_pool_measure_name(m),
                     side[m].exact, side[m].simulated, side[m].z);
    }
}

static struct hr_pool_terms all_terms(void)
{
    struct hr_pool_terms terms = hr_pool_terms_default();

    terms.limit = 25000.0;
    terms.kept_share = 0.8;
    terms.corridor_free = 0.01;
    terms.corridor_share = 0.5;
    terms.corridor_end = 0.05;
    terms.cap = 0.04;
    terms.loading = 0.005;
    terms.factor_variance = 1e-4;
    terms.error_sd = 0.02;
    terms.error_wide_share = 0.1;
    terms.error_wide_sd = 0.1;
    return terms;
}

static void simulation_agrees_with_the_exact_answer(void **state)
{
    const struct hr_pool_terms plain = hr_pool_terms_default(), terms = all_terms();
    const double people[] = {500.0, 8000.0, 50000.0};

    (void)state;
    for (int i = 0; i < 3; i++) {
        const struct hr_pool_report a = report_of(&plain, people[i], 20000);
        const struct hr_pool_report b = report_of(&terms, people[i], 20000);

        check_scores(a.before);
        check_scores(a.after);
        check_scores(b.before);
        check_scores(b.after);
    }
}

static void without_terms_before_is_after(void **state)
{
    const struct hr_pool_terms terms = hr_pool_terms_default();
    const struct hr_pool_report report = report_of(&terms, 8000.0, 0);

    (void)state;
    for (int m = 0; m < HR_POOL_MEASURES; m++)
        assert_within(report.before[m].exact, report.after[m].exact, 0.0);
}

static void a_stop_loss_is_priced_at_its_expected_cost_and_loading(void **state)
{
    struct hr_pool_terms terms = hr_pool_terms_default();
    struct hr_pool_report report;

    (void)state;
    terms.limit = 25000.0;
    report = report_of(&terms, 8000.0, 0);
    /* 4.444996 % of 4.8 million is ceded; the premium is a tenth more */
    assert_true(fabs(report.ceded - 0.04444996 * 4.8e6) < 0.03);
    assert_true(fabs(report.premium - 1.1 * report.ceded) < 1e-6);
    assert_true(report.after[HR_POOL_SD].exact < report.before[HR_POOL_SD].exact);
}

static void dependent_years_have_no_exact_ruin(void **state)
{
    struct hr_pool_terms terms = hr_pool_terms_default();
    struct hr_pool_report report;

    (void)state;
    terms.persistence_sd = 0.02;
    terms.persistence_phi = 0.5;
    report = report_of(&terms, 50000.0, 20000);
    check_scores(report.before);
    check_scores(report.after);
    assert_true(isnan(report.after[HR_POOL_RUIN10].exact));
    assert_true(report.after[HR_POOL_RUIN10].simulated > 0.0);
}

static const struct hr_pool_target target = {.loss = 0.02, .limit = 0.05};

/* k^2 z^2/0.02^2 = 135,268 in the normal approximation; skewness asks a little more */
static void the_size_that_meets_a_target_is_found(void **state)
{
    const struct hr_pool_terms terms = hr_pool_terms_default();
    double people;
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(hr_pool_size(&terms, &target, &people, &error), HR_OK);
    assert_true(people > 135268.0 && people < 142000.0);
    assert_true(fabs(report_of(&terms, people, 0).after[HR_POOL_P2].exact - 0.05) <
                2e-5);
}

/* A normal year's 99 % point is 2.326 k/sqrt(n): 600 x 4.6 x 2.326/sqrt(n) = 12 GBP a
 * head at n = 286,300. */
static void the_size_that_needs_a_small_reserve_is_found(void **state)
{
    const struct hr_pool_target reserve = {
        .reserve = true, .chance = 0.01, .limit = 12.0};
    struct hr_pool_terms terms = hr_pool_terms_default();
    struct hr_error error = {0};
    double people;

    (void)state;
    terms.cells = 0;
    assert_int_equal(hr_pool_size(&terms, &reserve, &people, &error), HR_OK);
    assert_true(fabs(people / 286300.0 - 1.0) < 1e-3);
}

/* Ten practices' errors of variance v have a mean of variance v/10: against practices
 * of 8,000, 80,000 people bear 0.05/sqrt(10) of their own beside 4.472/sqrt(80,000). */
static void practices_errors_average_out_in_a_larger_holder(void **state)
{
    struct hr_pool_terms terms = hr_pool_terms_default();
    struct hr_pool_report report;
    double budget;

    (void)state;
    terms.error_sd = 0.05;
    terms.practice_people = 8000.0;
    report = report_of(&terms, 80000.0, 0);
    budget = report.budget;
    assert_true(fabs(report.after[HR_POOL_SD].exact / budget /
                         sqrt(20.0 / 80000.0 + 0.0025 / 10.0) -
                     1.0) < 2e-3);
}

static void what_is_shared_does_not_diversify(void **state)
{
    struct hr_pool_terms terms = hr_pool_terms_default();
    double people;
    struct hr_error error = {0};

    (void)state;
    terms.factor_variance = 4e-4;
    assert_int_equal(hr_pool_size(&terms, &target, &people, &error), HR_BAD_INPUT);
    assert_string_equal(error.message,
                        "even 10000000 people have a chance of 0.159 to lose more than "
                        "0.02 of the budget: what they share does not diversify");
    assert_true(isinf(people));
}

/* By tilting, tested beside closed forms in test_deep_tail.c: 1.0750e-10 and 6.20e-17,
 * where a plain transform has 2.7e-8 and worse of its own. */
static void a_tail_is_never_the_noise_of_the_transform(void **state)
{
    const struct hr_pool_terms terms = hr_pool_terms_default();
    const double million = report_of(&terms, 1e6, 0).before[HR_POOL_P5].exact;
    const double ten_million = report_of(&terms, 1e7, 0).before[HR_POOL_P5].exact;

    (void)state;
    assert_true(fabs(million / 1.075e-10 - 1.0) < 2e-3);
    assert_true(fabs(ten_million / 6.20e-17 - 1.0) < 1e-2);
}

/* With a common factor too small to matter the tail is the same, and not resolved. */
static void a_tail_that_is_not_resolved_says_so(void **state)
{
    struct hr_pool_terms terms = hr_pool_terms_default();
    struct hr_pool_value value;

    (void)state;
    terms.factor_variance = 1e-9;
    terms.factor_gamma = true;
    value = report_of(&terms, 1e6, 0).before[HR_POOL_P5];
    assert_true(value.exact >= 0.0);
    assert_true(fabs(value.exact - 1.075e-10) < value.uncertainty);
}

static void the_size_for_a_very_rare_loss_is_found(void **state)
{
    const struct hr_pool_terms terms = hr_pool_terms_default();
    const struct hr_pool_target rare = {.loss = 0.05, .limit = 1e-9};
    double people;
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(hr_pool_size(&terms, &rare, &people, &error), HR_OK);
    assert_true(
        fabs(report_of(&terms, people, 0).after[HR_POOL_P5].exact / 1e-9 - 1.0) < 0.01);
}

static void refuses(const struct hr_pool_terms *terms, const char *message)
{
    const struct hr_pool_options options = {.trials = 0};
    struct hr_pool_report report;
    struct hr_error error = {0};

    assert_int_equal(hr_pool(terms, 8000.0, &options, &report, &error), HR_BAD_INPUT);
    assert_string_equal(error.message, message);
}

static void bad_terms_are_refused_with_a_sentence(void **state)
{
    struct hr_pool_terms terms = hr_pool_terms_default();

    (void)state;
    terms.cell[0].splice = 20000.0;
    terms.cell[0].tail = 1.8;
    refuses(&terms,
            "the severity has no finite variance: its Pareto tail index 1.8 must "
            "be above 2, or an individual limit must cut the tail");
    terms = hr_pool_terms_default();
    terms.cells = 0;
    terms.normal_k = 0.0;
    refuses(&terms, "a coefficient of variation per person (k) of 0 is not above 0");
    terms = hr_pool_terms_default();
    terms.corridor_free = 0.05;
    terms.corridor_end = 0.02;
    refuses(&terms,
            "the corridor is inside out: it ends at 0.02, before it starts at 0.05");
    terms = hr_pool_terms_default();
    terms.loading = -1.0;
    refuses(&terms,
            "a budget loading of -1 is not above -1: the budget would not be positive");
    terms = hr_pool_terms_default();
    terms.error_sd = -0.1;
    refuses(&terms, "a risk-adjustment error of sd -0.1 is outside [0, 1]");
    terms = hr_pool_terms_default();
    terms.reserve = -1.0;
    refuses(&terms, "a reserve of -1 a head is below 0");
    terms = hr_pool_terms_default();
    terms.cell[0].values = "/no/such/file.csv";
    refuses(&terms, "/no/such/file.csv: cannot be read: No such file or directory");
}

/* A table of the other kind would be another law in silence. */
static void a_table_of_the_other_kind_is_refused(void **state)
{
    struct hr_pool_terms terms = hr_pool_terms_default();

    (void)state;
    terms.cell[0].values = TEST_DATA "/scenarios/claims/quantiles.csv";
    refuses(&terms, TEST_DATA
            "/scenarios/claims/quantiles.csv:row 1: probability: a table with this "
            "column holds quantiles, not claims");
    terms.cell[0].values = NULL;
    terms.cell[0].quantiles = TEST_DATA "/scenarios/claims/observed.csv";
    refuses(
        &terms, TEST_DATA
        "/scenarios/claims/observed.csv:row 1: probability: the column is missing; a "
        "table of cost alone holds claims");
}

static void refuses_reserve(double people, double chance, const char *message)
{
    const struct hr_pool_terms terms = hr_pool_terms_default();
    const struct hr_pool_target asked = {
        .reserve = true, .chance = chance, .limit = 10.0};
    double value = 0.0;
    struct hr_error error = {0};

    assert_int_equal(hr_pool_value_at(&terms, people, &asked, &value, &error),
                     HR_BAD_INPUT);
    assert_string_equal(error.message, message);
    assert_true(isnan(value));
}

static void a_reserve_too_far_out_is_refused(void **state)
{
    (void)state;
    refuses_reserve(
        500.0, 1e-6,
        "the tail is too heavy for a reserve against 1 in 1000000: the grid "
        "does not reach it; set an individual limit");
    refuses_reserve(
        1e6, 1e-8,
        "a reserve against 1 in 100000000 is further out than the exact law "
        "is resolved: ask for a likelier loss");
}

/* NaN where the question is wrong, infinite where no size is the answer. */
static double refused_size(const struct hr_pool_terms *terms, double loss,
                           double chance, const char *message)
{
    const struct hr_pool_target asked = {.loss = loss, .limit = chance};
    double people = 0.0;
    struct hr_error error = {0};

    assert_int_equal(hr_pool_size(terms, &asked, &people, &error), HR_BAD_INPUT);
    assert_string_equal(error.message, message);
    return people;
}

static void a_target_that_cannot_be_met_is_refused(void **state)
{
    struct hr_pool_terms terms = hr_pool_terms_default();

    (void)state;
    assert_true(isnan(refused_size(&terms, 0.0, 0.05,
                                   "a target loss of 0 of the budget is not above 0")));
    assert_true(isnan(
        refused_size(&terms, 0.02, 1.0, "a target chance of 1 is outside (0, 1)")));
    assert_true(isnan(
        refused_size(&terms, 0.02, NAN, "a target chance of nan is outside (0, 1)")));
    terms.cell[0].splice = 20000.0;
    terms.cell[0].tail = 1.8;
    assert_true(isnan(refused_size(
        &terms, 0.02, 0.05,
        "the severity has no finite variance: its Pareto tail index 1.8 must "
        "be above 2, or an individual limit must cut the tail")));
    terms.cell[0].tail = 2.05;
    assert_true(isinf(refused_size(
        &terms, 0.001, 0.001,
        "even 10000000 people have a chance of 0.296 to lose more than "
        "0.001 of the budget: single claims are too large for the target")));
}

/* A tail index of 3.5 has a variance, whose sample has no standard error. */
static void a_heavy_tail_has_no_score_for_its_sd(void **state)
{
    struct hr_pool_terms terms = hr_pool_terms_default();
    struct hr_pool_report report;

    (void)state;
    terms.cell[0].splice = 20000.0;
    terms.cell[0].tail = 3.5;
    report = report_of(&terms, 8000.0, 1000);
    assert_true(isnan(report.before[HR_POOL_SD].z));
    assert_true(isnan(report.before[HR_POOL_CV].standard_error));
    terms.limit = 50000.0;
    report = report_of(&terms, 8000.0, 1000);
    assert_true(isnan(report.before[HR_POOL_SD].z));
    assert_true(fabs(report.after[HR_POOL_SD].z) < 4.0);
}

static void a_list_is_of_somebody_and_not_of_everybody(void **state)
{
    const struct hr_pool_terms terms = hr_pool_terms_default();
    const struct hr_pool_options options = {.trials = 0};
    struct hr_pool_report report;
    struct hr_error error = {0};

    (void)state;
    assert_int_equal(hr_pool(&terms, 0.0, &options, &report, &error), HR_BAD_INPUT);
    assert_string_equal(error.message, "a list of 0 people is outside [1, 1e+08]");
    assert_int_equal(hr_pool(&terms, 8e9, &options, &report, &error), HR_BAD_INPUT);
    assert_string_equal(error.message,
                        "a list of 8000000000 people is outside [1, 1e+08]");
}

/* A limit mends what an infinite variance breaks; before it there is no answer. */
static void a_limit_makes_a_heavy_tail_insurable(void **state)
{
    struct hr_pool_terms terms = hr_pool_terms_default();
    struct hr_pool_report report;

    (void)state;
    terms.cell[0].splice = 20000.0;
    terms.cell[0].tail = 1.8;
    terms.limit = 50000.0;
    report = report_of(&terms, 8000.0, 0);
    assert_true(isnan(report.before[HR_POOL_SD].exact));
    assert_true(report.after[HR_POOL_SD].exact > 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(simulation_agrees_with_the_exact_answer),
        cmocka_unit_test(without_terms_before_is_after),
        cmocka_unit_test(a_stop_loss_is_priced_at_its_expected_cost_and_loading),
        cmocka_unit_test(dependent_years_have_no_exact_ruin),
        cmocka_unit_test(the_size_that_meets_a_target_is_found),
        cmocka_unit_test(the_size_that_needs_a_small_reserve_is_found),
        cmocka_unit_test(practices_errors_average_out_in_a_larger_holder),
        cmocka_unit_test(what_is_shared_does_not_diversify),
        cmocka_unit_test(a_tail_is_never_the_noise_of_the_transform),
        cmocka_unit_test(a_tail_that_is_not_resolved_says_so),
        cmocka_unit_test(the_size_for_a_very_rare_loss_is_found),
        cmocka_unit_test(bad_terms_are_refused_with_a_sentence),
        cmocka_unit_test(a_table_of_the_other_kind_is_refused),
        cmocka_unit_test(a_reserve_too_far_out_is_refused),
        cmocka_unit_test(a_target_that_cannot_be_met_is_refused),
        cmocka_unit_test(a_heavy_tail_has_no_score_for_its_sd),
        cmocka_unit_test(a_list_is_of_somebody_and_not_of_everybody),
        cmocka_unit_test(a_limit_makes_a_heavy_tail_insurable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
