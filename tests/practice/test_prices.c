/* Price indices step each April; the labour market turns between two states. */
#include "test.h"

#include "prices.h"

#include <math.h>

enum { TRIALS = 1024, BLOCKS = TRIALS / LANES };

static const double independent[INDICES][INDICES] = {
    {1.0}, {0.0, 1.0}, {0.0, 0.0, 1.0}, {0.0, 0.0, 0.0, 1.0}};

static struct lanes all(double value)
{
    struct lanes lanes;

    EACH_LANE (i)
        lanes.at[i] = value;
    return lanes;
}

/* Logs of the indices after @p years, trials from @p first. */
static struct drivers after(const struct price_parameters *prices,
                            const double cholesky[INDICES][INDICES], uint64_t first,
                            int years)
{
    const struct draw_source source = {.seed = 20240401, .first = first};
    struct drivers drivers = {0};

    prices_start(prices, cholesky, &source, &drivers);
    for (int year = 1; year <= years; year++)
        prices_step(prices, cholesky, &source, year, &drivers);
    return drivers;
}

static void every_index_is_one_in_year_0(void **state)
{
    const struct price_parameters prices = {.mean[PAY] = all(0.03),
                                            .sd[PAY] = all(0.1)};
    const struct drivers start = after(&prices, independent, 0, 0);

    (void)state;
    assert_true(start.index[PAY].at[0] == 1.0);
    assert_true(start.log_index[PAY].at[0] == 0.0);
}

/* Locums rise by a margin of 1 % over pay's 3 %. */
static void the_mean_of_locums_is_a_margin_over_pay(void **state)
{
    const struct price_parameters prices = {.mean[PAY] = all(0.03),
                                            .mean[LOCUM] = all(0.01)};
    const struct drivers two = after(&prices, independent, 0, 2);

    (void)state;
    assert_true(fabs(two.log_index[PAY].at[0] - 0.06) < 1e-15);
    assert_true(fabs(two.log_index[LOCUM].at[0] - 0.08) < 1e-15);
    assert_true(fabs(two.index[LOCUM].at[0] - exp(0.08)) < 1e-15);
}

/* Year 1: contract 0.01, pay 0.03, prices 0.02. The gap at weight 0.75 is 0.0275 -
 * 0.01 = 0.0175, of which 0.4 is caught up in year 2. */
static void the_contract_catches_up_with_the_gap_of_the_year_before(void **state)
{
    const struct price_parameters prices = {.mean[CONTRACT] = all(0.01),
                                            .mean[PAY] = all(0.03),
                                            .mean[PRICES] = all(0.02),
                                            .catch_up = all(0.4),
                                            .catch_up_weight = all(0.75)};

    (void)state;
    assert_true(fabs(after(&prices, independent, 0, 1).log_index[CONTRACT].at[0] -
                     0.01) < 1e-15);
    assert_true(fabs(after(&prices, independent, 0, 2).log_index[CONTRACT].at[0] -
                     (0.02 + 0.4 * 0.0175)) < 1e-15);
}

struct moments {
    double sd, autocorrelation, correlation;
};

/* Of pay's growth in years 1 and 2, and of pay and prices in year 1. */
static struct moments moments_of(const struct price_parameters *prices,
                                 const double cholesky[INDICES][INDICES])
{
    double square = 0.0, later = 0.0, product = 0.0, other = 0.0;

    for (uint64_t b = 0; b < BLOCKS; b++) {
        const struct drivers one = after(prices, cholesky, b * LANES, 1);
        const struct drivers two = after(prices, cholesky, b * LANES, 2);

        for (int i = 0; i < LANES; i++) {
            const double pay = one.log_index[PAY].at[i];

            square += pay * pay;
            later += pay * (two.log_index[PAY].at[i] - pay);
            product += pay * one.log_index[PRICES].at[i];
            other += one.log_index[PRICES].at[i] * one.log_index[PRICES].at[i];
        }
    }
    return (struct moments){.sd = sqrt(square / TRIALS),
                            .autocorrelation = later / square,
                            .correlation = product / sqrt(square * other)};
}

/* 2,048 trials: a standard deviation is known to 1/sqrt(2 n) = 1.6 %, a correlation
 * to 1/sqrt(n) = 0.022 or less; four of each are allowed. */
static void growth_is_stationary_with_its_sd_and_phi(void **state)
{
    const struct price_parameters prices = {.sd[PAY] = all(0.02), .phi[PAY] = all(0.8)};
    const struct moments m = moments_of(&prices, independent);

    (void)state;
    assert_true(fabs(m.sd / 0.02 - 1.0) < 4.0 * 0.016);
    assert_true(fabs(m.autocorrelation - 0.8) < 4.0 * 0.022);
}

/* Prices load 0.6 on pay: 0.8 is the rest of a variance of one. */
static void growth_of_pay_and_prices_is_correlated(void **state)
{
    const double cholesky[INDICES][INDICES] = {
        {1.0}, {0.0, 1.0}, {0.0, 0.6, 0.8}, {0.0, 0.0, 0.0, 1.0}};
    const struct price_parameters prices = {.sd[PAY] = all(0.02),
                                            .sd[PRICES] = all(0.02)};

    (void)state;
    assert_true(fabs(moments_of(&prices, cholesky).correlation - 0.6) < 4.0 * 0.022);
}

/* Dwell times of 2 and 6 years: a quarter of trials starts in a shortage, and no fewer
 * are in one ten years later. Standard error sqrt(0.25 x 0.75 / 2048) = 0.0096. */
static void the_market_is_in_a_shortage_for_its_share_of_time(void **state)
{
    struct parameters parameters = {
        .market.dwell_years = {[SHORTAGE] = all(2.0), [GLUT] = all(6.0)}};
    struct lanes ties = all(0.0);
    double at_first = 0.0, at_last = 0.0;

    (void)state;
    for (uint64_t b = 0; b < BLOCKS; b++) {
        const struct draw_source source = {.seed = 20240401, .first = b * LANES};
        struct drivers drivers = {0};

        for (int q = 0; q < 40; q++) {
            market_step(&parameters, &source, q, &drivers, &ties);
            for (int i = 0; i < LANES; i++) {
                at_first += q == 0 ? drivers.shortage.at[i] : 0.0;
                at_last += q == 39 ? drivers.shortage.at[i] : 0.0;
            }
        }
    }
    assert_true(fabs(at_first / TRIALS - 0.25) < 4.0 * 0.0096);
    assert_true(fabs(at_last / TRIALS - 0.25) < 4.0 * 0.0096);
}

static void a_history_replaces_the_process(void **state)
{
    const double history[INDICES] = {1.1, 1.2, 1.3, 1.4};
    struct drivers drivers = {0};

    (void)state;
    prices_replay(history, &drivers);
    assert_true(drivers.index[CONTRACT].at[5] == 1.1);
    assert_true(drivers.index[LOCUM].at[5] == 1.4);
}

/* A quarter of the way from 3 to 7 months, and from 0.8 to 1.2. */
static void a_past_sets_the_market_between_glut_and_shortage(void **state)
{
    const struct parameters parameters = {
        .market.locum_factor = {[SHORTAGE] = all(1.2), [GLUT] = all(0.8)},
        .workforce.months_to_fill = {[SHORTAGE] = all(7.0), [GLUT] = all(3.0)}};
    struct drivers drivers = {0};

    (void)state;
    market_replay(&parameters, 0.25, &drivers);
    assert_true(drivers.months_to_fill.at[3] == 4.0);
    assert_true(fabs(drivers.locum_factor.at[3] - 0.9) < 1e-15);
    market_replay(&parameters, 0.0, &drivers);
    assert_true(drivers.locum_factor.at[0] == 0.8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_index_is_one_in_year_0),
        cmocka_unit_test(the_mean_of_locums_is_a_margin_over_pay),
        cmocka_unit_test(the_contract_catches_up_with_the_gap_of_the_year_before),
        cmocka_unit_test(growth_is_stationary_with_its_sd_and_phi),
        cmocka_unit_test(growth_of_pay_and_prices_is_correlated),
        cmocka_unit_test(the_market_is_in_a_shortage_for_its_share_of_time),
        cmocka_unit_test(a_history_replaces_the_process),
        cmocka_unit_test(a_past_sets_the_market_between_glut_and_shortage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
