#include "reference.h"

#include "contract.h"
#include "exact.h"
#include "need_error.h"
#include "ruin.h"
#include "settled.h"

/* Normal losses of sd 5 % of a budget of 1: everything has a formula. */
static struct annual_law normal_law(void)
{
    return (struct annual_law){.mean = 1.0, .variance = 0.0025, .normal = true};
}

static double density(double z)
{
    return exp(-0.5 * z * z) / sqrt(2.0 * acos(-1.0));
}

static double upper(double z)
{
    return 0.5 * erfc(z / sqrt(2.0));
}

static struct settled_law settled(const struct annual_law *annual,
                                  const struct contract *contract)
{
    const struct need_error none = {0};
    struct settled_law law;

    settled_under(&law, annual, contract, &none, 0.0);
    return law;
}

static void a_quota_share_scales_the_deviation(void **state)
{
    const struct annual_law annual = normal_law();
    struct contract contract = contract_plain();
    struct settled_law law;

    (void)state;
    contract.kept_share = 0.4;
    law = settled(&annual, &contract);
    assert_true(fabs(settled_mean(&law)) < 1e-15);
    assert_near(settled_sd(&law), 0.02, 1e-12);
    assert_near(settled_above(&law, 0.02), upper(1.0), 1e-12);
}

/* E[min(W, c)] = -s (phi(z) - z Q(z)), z = c/s */
static void a_cap_takes_the_stop_loss_off_the_mean(void **state)
{
    const struct annual_law annual = normal_law();
    struct contract contract = contract_plain();
    struct settled_law law;

    (void)state;
    contract.cap = 0.05;
    law = settled(&annual, &contract);
    assert_near(settled_mean(&law), -0.05 * (density(1.0) - upper(1.0)), 1e-12);
    assert_within(settled_above(&law, 0.05), 0.0, 0.0);
    assert_near(settled_above(&law, 0.0499999), upper(0.999998), 1e-9);
    assert_within(settled_quantile(&law, 0.99), 0.05, 1e-15);
    assert_within(settled_tail_mean(&law, 0.99), 0.05, 1e-12);
}

static void a_corridor_keeps_shares_and_then_nothing(void **state)
{
    struct contract contract = contract_plain();

    (void)state;
    contract.corridor_free = 0.02;
    contract.corridor_share = 0.5;
    contract.corridor_end = 0.06;
    assert_within(contract_corridor(&contract, 0.015), 0.015, 0.0);
    assert_within(contract_corridor(&contract, 0.04), 0.03, 1e-15);
    assert_within(contract_corridor(&contract, 0.5), 0.04, 1e-15);
    assert_within(contract_corridor(&contract, -0.04), -0.03, 1e-15);
    assert_within(contract_corridor(&contract, -0.5), -0.04, 1e-15);
}

static void a_symmetric_corridor_on_a_symmetric_law_costs_nothing(void **state)
{
    const struct annual_law annual = normal_law();
    struct contract contract = contract_plain();
    struct settled_law law;

    (void)state;
    contract.corridor_free = 0.02;
    contract.corridor_share = 0.5;
    contract.corridor_end = 0.06;
    law = settled(&annual, &contract);
    assert_true(fabs(settled_mean(&law)) < 1e-14);
    assert_near(settled_above(&law, 0.03), upper(0.8), 1e-12); /* W above 0.04 */
    assert_within(settled_quantile(&law, 0.99), 0.04, 1e-15);
}

/* The map of a year is the chain of terms, whatever they are. */
static void the_map_is_the_chain_of_terms(void **state)
{
    struct contract contract = contract_plain();
    struct piecewise map;

    (void)state;
    contract.kept_share = 0.7;
    contract.corridor_free = 0.01;
    contract.corridor_share = 0.3;
    contract.corridor_end = 0.1;
    contract.cap = 0.03;
    map = contract_map(&contract);
    for (double w = -0.4; w < 0.4; w += 0.0037) {
        double carried = 0.0;

        assert_true(fabs(piecewise_at(&map, w) -
                         contract_settle(&contract, w, &carried)) < 1e-15);
    }
}

static void relief_is_carried_into_the_next_year(void **state)
{
    struct contract contract = contract_plain();
    double carried = 0.0;

    (void)state;
    contract.corridor_free = 0.02;
    contract.corridor_share = 0.0;
    contract.carry_forward = 0.5;
    assert_within(contract_settle(&contract, 0.06, &carried), 0.02, 1e-15);
    assert_within(carried, 0.02, 1e-15); /* half of the 0.04 taken off */
    assert_within(contract_settle(&contract, -0.01, &carried), 0.01, 1e-15);
    assert_within(carried, 0.0, 1e-15);
}

static void premium_and_loading_move_the_deviation(void **state)
{
    const struct annual_law annual = normal_law();
    const struct need_error none = {0};
    struct contract contract = contract_plain();
    struct settled_law law;

    (void)state;
    contract.premium_loading = 0.2;
    contract.loading = 0.02;
    settled_under(&law, &annual, &contract, &none, 0.1);
    assert_near(law.premium, 0.12, 1e-14);
    assert_near(law.budget, 1.122, 1e-14); /* 1.02 (1 + 0.1) */
    assert_near(settled_mean(&law), 1.12 / 1.122 - 1.0, 1e-10);
}

/* With error e the loss is cost less a budget exp(e)/E exp(e): variances add. */
static void risk_adjustment_error_adds_its_variance(void **state)
{
    const struct annual_law annual = normal_law();
    const struct contract contract = contract_plain();
    const struct need_error error = {.sd = 0.05};
    struct settled_law law;

    (void)state;
    settled_under(&law, &annual, &contract, &error, 0.0);
    assert_true(fabs(settled_mean(&law)) < 1e-10);
    assert_near(settled_sd(&law), sqrt(0.0025 + expm1(0.0025)), 1e-6);
}

static void one_year_of_ruin_is_the_tail_of_the_loss(void **state)
{
    const struct annual_law annual = normal_law();
    const struct contract contract = contract_plain();
    const struct settled_law law = settled(&annual, &contract);
    double ruin[10];
    struct hr_error error;

    (void)state;
    assert_int_equal(ruin_chances(&law, 0.08, 10, ruin, &error), HR_OK);
    assert_near(ruin[0], upper(1.6), 1e-10);
    for (int y = 1; y < 10; y++)
        assert_true(ruin[y] > ruin[y - 1]);
}

/* Two years: P(X1 > u) + P(X1 <= u, X1 + X2 > u), by quadrature over X1. */
static void two_years_of_ruin_agree_with_quadrature(void **state)
{
    const struct annual_law annual = normal_law();
    const struct contract contract = contract_plain();
    const struct settled_law law = settled(&annual, &contract);
    double ruin[2], sum = 0.0;
    struct hr_error error;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        const double z = -8.0 + (1.6 + 8.0) * (i + 0.5) / 20000;

        sum += density(z) * upper(1.6 - z) * (1.6 + 8.0) / 20000;
    }
    assert_int_equal(ruin_chances(&law, 0.08, 2, ruin, &error), HR_OK);
    assert_near(ruin[1], upper(1.6) + sum, 1e-8);
}

static void refuses(struct contract contract, const char *message)
{
    struct hr_error error = {0};

    assert_int_equal(contract_check(&contract, &error), HR_BAD_INPUT);
    assert_string_equal(error.message, message);
}

static void impossible_terms_are_refused(void **state)
{
    const struct contract plain = contract_plain();
    struct contract c = plain;

    (void)state;
    c.corridor_free = 0.05;
    c.corridor_end = 0.02;
    refuses(c, "the corridor is inside out: it ends at 0.02, before it starts at 0.05");
    c = plain;
    c.loading = -1.0;
    refuses(c, "a budget loading of -1 is not above -1: the budget would not be "
               "positive");
    c = plain;
    c.premium_loading = -1.5;
    refuses(c, "a premium loading of -1.5 is not above -1: the premium would not be "
               "positive");
    c = plain;
    c.kept_share = 0.0;
    refuses(c, "a kept share of 0 is outside (0, 1]");
    c = plain;
    c.cap = 0.0;
    refuses(c, "a cap on the loss of 0 is not above 0");
    c = plain;
    c.corridor_share = NAN;
    refuses(c, "a share of nan within the corridor is outside [0, 1]");
    c = plain;
    c.limit = -5.0;
    refuses(c, "an individual limit of -5 is not above 0");
    c = plain;
    c.carry_forward = 2.0;
    refuses(c, "a carry-forward of 2 is outside [0, 1]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quota_share_scales_the_deviation),
        cmocka_unit_test(a_cap_takes_the_stop_loss_off_the_mean),
        cmocka_unit_test(a_corridor_keeps_shares_and_then_nothing),
        cmocka_unit_test(a_symmetric_corridor_on_a_symmetric_law_costs_nothing),
        cmocka_unit_test(the_map_is_the_chain_of_terms),
        cmocka_unit_test(relief_is_carried_into_the_next_year),
        cmocka_unit_test(premium_and_loading_move_the_deviation),
        cmocka_unit_test(risk_adjustment_error_adds_its_variance),
        cmocka_unit_test(one_year_of_ruin_is_the_tail_of_the_loss),
        cmocka_unit_test(two_years_of_ruin_agree_with_quadrature),
        cmocka_unit_test(impossible_terms_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
