/* Without noise, shocks and growth everything has a closed form. A practice of the
 * small patch receives 8,000 x 165 / 4 = 330,000 a quarter, spends 8,000 x 90 / 4 =
 * 180,000 on staff (0.8) and the rest, and 1.5 fte x 80,000 x 1.27 / 4 = 38,100 on
 * salaried GPs: 111,900 is left for 3 fte of partners. */
#include "test.h"

#include "recorded.h"

#include <math.h>

static void a_quarter_leaves_income_less_cost(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "income"), 330000.0);
    assert_near(site_at(&run, 0, 0, 0, "nongp_cost"), 180000.0);
    assert_near(site_at(&run, 0, 0, 0, "salaried_cost"), 38100.0);
    assert_near(site_at(&run, 0, 0, 0, "residual"), 111900.0);
    assert_near(site_at(&run, 0, 0, 3, "residual"), 111900.0);
    recorded_free(&run);
}

static void workload_is_one_where_nothing_moves(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    record(&run);
    assert_near(site_at(&run, 0, 0, 3, "demand"), 1.0);
    assert_near(site_at(&run, 0, 0, 3, "capacity"), 1.0);
    assert_near(metric_of(&run, 0, METRIC_WORKLOAD), 1.0);
    assert_near(metric_of(&run, 0, METRIC_UNMET_APPOINTMENTS), 0.0);
    recorded_free(&run);
}

/* Income grows by 2 % in logs each April, staff and salaries by 3 %, the other fifth
 * of non-GP cost by 2.5 %; quarter 9 lies in year 2. */
static void the_residual_follows_the_indices(void **state)
{
    struct recorded run;
    const double expected = 330000.0 * exp(0.04) - 144000.0 * exp(0.06) -
                            36000.0 * exp(0.05) - 38100.0 * exp(0.06);

    (void)state;
    small_patch(&run.plan, 1, 1, 12);
    small_patch_set(&run.plan, PARAMETER(prices.mean[CONTRACT]), 0.02);
    small_patch_set(&run.plan, PARAMETER(prices.mean[PAY]), 0.03);
    small_patch_set(&run.plan, PARAMETER(prices.mean[PRICES]), 0.025);
    record(&run);
    assert_near(site_at(&run, 0, 0, 9, "residual"), expected);
    recorded_free(&run);
}

static void real_partner_income_is_the_residual_over_fte(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    record(&run);
    assert_near(metric_of(&run, 0, METRIC_PARTNER_INCOME), 4.0 * 111900.0 / 3.0);
    assert_near(metric_of(&run, 0, METRIC_PARTNER_INCOME_HEAD), 4.0 * 111900.0 / 3.0);
    assert_near(metric_of(&run, 0, METRIC_PARTNER_INCOME_WORST_YEAR),
                4.0 * 111900.0 / 3.0);
    recorded_free(&run);
}

/* Present value at 3.5 % in the middle of each quarter. */
static void what_the_commissioner_pays_is_discounted(void **state)
{
    struct recorded run;
    const double annuity = pow(1.035, -0.125) + pow(1.035, -0.375) +
                           pow(1.035, -0.625) + pow(1.035, -0.875);

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    record(&run);
    assert_near(metric_of(&run, 0, METRIC_NPV_COMMISSIONER), -330000.0 * annuity);
    assert_near(metric_of(&run, 0, METRIC_PUBLIC_COST), 330000.0 * annuity);
    recorded_free(&run);
}

/* All bearers together: minus what staff, suppliers and salaried GPs receive; then the
 * partners' 3 fte at 101,600 a year; over 8,000 patients. */
static void the_economic_net_position_pays_partners_the_salaried_rate(void **state)
{
    struct recorded run;
    const double annuity = pow(1.035, -0.125) + pow(1.035, -0.375) +
                           pow(1.035, -0.625) + pow(1.035, -0.875);

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    record(&run);
    assert_near(metric_of(&run, 0, METRIC_ECONOMIC_NET_POSITION),
                -(218100.0 + 3.0 * 101600.0 / 4.0) / 8000.0 * annuity);
    recorded_free(&run);
}

static void a_practice_of_partners_alone_pays_no_salaries(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    run.plan.site[0].posts[SALARIED] = 0;
    record(&run);
    assert_near(site_at(&run, 0, 0, 2, "residual"), 150000.0);
    assert_near(site_at(&run, 0, 0, 2, "salaried_fte"), 0.0);
    assert_near(site_at(&run, 0, 0, 2, "capacity"), 1.0);
    recorded_free(&run);
}

/* 330,000 - 180,000 - 38,100, nobody in the practice to draw it. */
static void what_a_practice_without_partners_leaves_is_its_owners(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    run.plan.site[0].posts[PARTNER] = 0;
    record(&run);
    assert_near(ledger_at(&run, 0, 1, "owners"), 111900.0);
    assert_near(ledger_at(&run, 0, 1, "partners"), 0.0);
    assert_near(site_at(&run, 0, 0, 1, "reserve"), 0.0);
    assert_true(isnan(metric_of(&run, 0, METRIC_PARTNER_INCOME)));
    recorded_free(&run);
}

/* Where partners do no more in an hour than salaried GPs, nothing but pay changes:
 * held by a trust, 4.5 fte are paid 25,400 a quarter each: 35,700 are left to the
 * trust. The opening reserve, three weeks of a yearly cost of 4 x 218,100, goes to the
 * partners that were. */
static void a_trust_takes_the_residual_and_releases_the_reserve(void **state)
{
    struct recorded run;
    struct form_choices *choices;

    (void)state;
    small_patch(&run.plan, 2, 1, 4);
    small_patch_unite(&run.plan, 0);
    choices = &run.plan.row[0].choices;
    choices->pool_owner = OWNER_TRUST;
    choices->liability = LIABILITY_PUBLIC;
    choices->convert_partners = true;
    small_patch_term(&run.plan, 0, TERM(pooled_share), 1.0);
    small_patch_set(&run.plan, PARAMETER(capacity.productivity[PARTNER]), 1.0);
    record(&run);
    assert_near(site_at(&run, 0, 0, 0, "released"), 3.0 / 52.0 * 4.0 * 218100.0);
    assert_near(ledger_at(&run, 0, 0, "trust"), 2.0 * 35700.0);
    assert_near(ledger_at(&run, 0, 1, "partners"), 0.0);
    assert_near(site_at(&run, 0, 0, 0, "salaried_fte"), 4.5);
    recorded_free(&run);
}

/* convert_pay 1.5: 1.5 fte at salary, 3 at one and a half. */
static void converted_partners_earn_what_their_form_agreed(void **state)
{
    struct recorded run;

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_unite(&run.plan, 0);
    run.plan.row[0].choices.convert_partners = true;
    small_patch_term(&run.plan, 0, TERM(convert_pay), 1.5);
    record(&run);
    assert_near(site_at(&run, 0, 0, 2, "salaried_cost"),
                (1.5 + 1.5 * 3.0) * 101600.0 / 4.0);
    recorded_free(&run);
}

/* Nobody leaves: drawings of 111,900 and salaries before on-cost, in all four quarters.
 */
static void todays_gps_receive_drawings_and_pay(void **state)
{
    struct recorded run;
    const double annuity = pow(1.035, -0.125) + pow(1.035, -0.375) +
                           pow(1.035, -0.625) + pow(1.035, -0.875);

    (void)state;
    small_patch(&run.plan, 1, 1, 4);
    small_patch_set(&run.plan, PARAMETER(money.reserve_weeks), 0.0);
    record(&run);
    assert_near(metric_of(&run, 0, METRIC_TODAYS_GPS),
                (111900.0 + 1.5 * 80000.0 / 4.0) * annuity);
    assert_near(metric_of(&run, 0, METRIC_TODAYS_GPS_YEARS), 4.5);
    recorded_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quarter_leaves_income_less_cost),
        cmocka_unit_test(workload_is_one_where_nothing_moves),
        cmocka_unit_test(the_residual_follows_the_indices),
        cmocka_unit_test(real_partner_income_is_the_residual_over_fte),
        cmocka_unit_test(what_the_commissioner_pays_is_discounted),
        cmocka_unit_test(the_economic_net_position_pays_partners_the_salaried_rate),
        cmocka_unit_test(a_practice_of_partners_alone_pays_no_salaries),
        cmocka_unit_test(what_a_practice_without_partners_leaves_is_its_owners),
        cmocka_unit_test(a_trust_takes_the_residual_and_releases_the_reserve),
        cmocka_unit_test(converted_partners_earn_what_their_form_agreed),
        cmocka_unit_test(todays_gps_receive_drawings_and_pay),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
