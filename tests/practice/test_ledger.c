/* An imbalance is told as a share of all that was paid, and is never forgotten. */
#include "test.h"

#include "ledger.h"

#include <math.h>

static double share_of(double commissioner, double outside, double gross, double before)
{
    struct ledger ledger;
    struct lanes imbalance = {{before}};

    ledger_open(&ledger);
    ledger.change[BEARER_COMMISSIONER].at[0] = commissioner;
    ledger.outside.at[0] = outside;
    ledger.gross.at[0] = gross;
    ledger_check(&ledger, &imbalance);
    return imbalance.at[0];
}

static void what_balances_is_nothing(void **state)
{
    (void)state;
    assert_true(share_of(-100.0, 100.0, 200.0, 0.0) == 0.0);
}

static void what_does_not_is_a_share_of_gross_flows(void **state)
{
    (void)state;
    assert_true(share_of(-100.0, 101.0, 200.0, 0.0) == 1.0 / 200.0);
    assert_true(share_of(-0.25, 0.0, 0.5, 0.0) == 0.25); /* of a pound */
}

static void the_worst_quarter_counts(void **state)
{
    (void)state;
    assert_true(share_of(-1.0, 0.0, 100.0, 0.5) == 0.5);
    assert_true(share_of(-60.0, 0.0, 100.0, 0.5) == 0.6);
}

static void what_is_no_number_stays_none(void **state)
{
    (void)state;
    assert_true(isnan(share_of(NAN, 0.0, 100.0, 0.0)));
    assert_true(isnan(share_of(-100.0, 100.0, 200.0, NAN)));
    assert_true(isnan(share_of(-INFINITY, INFINITY, INFINITY, 0.0)));
}

/* What a practice sets up at its own cost was posted with the money; what others pay
 * for it is theirs. */
static void setting_up_is_a_gross_flow_whoever_pays(void **state)
{
    struct practice practice = {0};
    struct ledger ledger;

    (void)state;
    practice.money.setup.at[0] = 30.0;
    practice.money.setup_elsewhere.at[0] = 12.0;
    ledger_open(&ledger);
    ledger_post_setup(&practice, BEARER_COMMISSIONER, &ledger);
    assert_true(ledger.change[BEARER_COMMISSIONER].at[0] == -12.0);
    assert_true(ledger.outside.at[0] == 42.0);
    assert_true(ledger.paid[FLOW_SETUP].at[0] == 42.0);
    assert_true(ledger.gross.at[0] == 42.0);
}

/* Money may go round in circles far larger than core income. */
static void costs_count_as_gross_flows_whatever_their_sign(void **state)
{
    struct practice practice = {0};
    const struct activity activity = {.levies = true, .recharges = true};
    struct ledger ledger;

    (void)state;
    practice.paid = &practice.own_payments;
    practice.paid->core.at[0] = 10.0;
    practice.paid->nongp.at[0] = 500.0;
    practice.paid->recharge.at[0] = -30.0;
    practice.money.levy.at[0] = 4.0;
    ledger_open(&ledger);
    ledger_post_site(&activity, &practice, &ledger);
    assert_true(ledger.core.at[0] == 10.0);
    assert_true(ledger.gross.at[0] == 10.0 + 500.0 + 26.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_balances_is_nothing),
        cmocka_unit_test(what_does_not_is_a_share_of_gross_flows),
        cmocka_unit_test(the_worst_quarter_counts),
        cmocka_unit_test(what_is_no_number_stays_none),
        cmocka_unit_test(setting_up_is_a_gross_flow_whoever_pays),
        cmocka_unit_test(costs_count_as_gross_flows_whatever_their_sign),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
