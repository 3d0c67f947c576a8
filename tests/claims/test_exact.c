#include "reference.h"

#include "exact.h"
#include "panjer.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>

static struct annual_law law_of(const struct portfolio *portfolio, double people,
                                int log2_points)
{
    const struct exact_grid grid = {.log2_points = log2_points};
    struct annual_law law;
    struct hr_error error;

    assert_int_equal(exact_init(&law, portfolio, people, &grid, &error), HR_OK);
    return law;
}

/* What piecewise terms are built from must itself have the right moments. */
static void check_moments(const struct portfolio *portfolio, double people)
{
    struct annual_law law = law_of(portfolio, people, 15);
    const double top = law.mean + 13.0 * sqrt(law.variance);

    /* above the top next to nothing is left: mean and variance from below alone */
    assert_near(top - annual_shortfall(&law, top), law.mean, 1e-6);
    assert_near(annual_shortfall2(&law, top),
                law.variance + (top - law.mean) * (top - law.mean), 1e-3);
    annual_free(&law);
}

static void the_grid_holds_mean_and_variance(void **state)
{
    struct portfolio portfolio = reference_portfolio();

    (void)state;
    check_moments(&portfolio, 8000.0);
    check_moments(&portfolio, 300000.0);
    portfolio.limit = 25000.0;
    check_moments(&portfolio, 500.0);
    portfolio.factor = (struct common_factor){FACTOR_LOGNORMAL, 4e-4};
    check_moments(&portfolio, 50000.0);
}

/* Severity on a lattice of 500 GBP up to 50,000, by both methods. */
static void the_recursion_agrees_for_a_small_pool(void **state)
{
    enum { PIECES = 100, TOTALS = 4096 };
    struct portfolio portfolio = reference_portfolio();
    const struct exact_grid grid = {.log2_points = 12, .step = 500.0};
    double value[PIECES], chance[PIECES + 1] = {0}, total[TOTALS];
    struct annual_law law;
    struct hr_error error;

    (void)state;
    for (size_t i = 0; i < PIECES; i++) {
        const size_t j = 1 + i * i / PIECES;

        value[i] = 500.0 * (double)j;
        chance[j] += 1.0 / PIECES;
    }
    assert_int_equal(
        severity_values(&portfolio.cell[0].severity, value, PIECES, &error), HR_OK);
    assert_int_equal(exact_init(&law, &portfolio, 80.0, &grid, &error), HR_OK);
    panjer((struct panjer_count){20.0, 0.0}, chance, PIECES + 1, total,
           TOTALS); /* 80 x 0.25 claims */
    for (size_t s = 0; s < TOTALS; s += 17)
        assert_true(fabs(law.mass[s] - total[s]) < 1e-14);
    annual_free(&law);
    portfolio_free(&portfolio);
}

/* What falls short of @p x, to a power, in a law on multiples of @p unit. */
static double short_by(const double *total, double unit, double x, int power)
{
    double sum = 0.0;

    for (size_t s = 0; unit * (double)s <= x; s++)
        sum += total[s] * pow(x - unit * (double)s, power);
    return sum;
}

/* Prices of 1,000 and 3,000 GBP: between two totals the law is flat, and what is short
 * of and beyond an amount differ by its distance from the mean, 80 x 0.25 x 2,000. */
static void fixed_prices_give_the_recursions_law(void **state)
{
    enum { TOTALS = 256 };
    static const double amount[] = {20500.0, 30500.0, 40250.0, 61500.0, 90900.0};
    static const double price[] = {1000.0, 3000.0};
    static const double chance[] = {0.0, 0.5, 0.0, 0.5};
    struct portfolio portfolio = reference_portfolio();
    double total[TOTALS];
    struct annual_law law;
    struct hr_error error;

    (void)state;
    assert_int_equal(severity_values(&portfolio.cell[0].severity, price, 2, &error),
                     HR_OK);
    panjer((struct panjer_count){20.0, 0.0}, chance, 4, total, TOTALS);
    law = law_of(&portfolio, 80.0, 12);
    assert_near(law.mean, 40000.0, 1e-12);
    for (size_t i = 0; i < sizeof(amount) / sizeof(*amount); i++) {
        const double x = amount[i];

        assert_near(annual_below(&law, x), short_by(total, 1000.0, x, 0), 1e-9);
        assert_near(annual_shortfall(&law, x), short_by(total, 1000.0, x, 1), 1e-9);
        assert_near(annual_shortfall2(&law, x), short_by(total, 1000.0, x, 2), 1e-9);
        assert_near(1.0 - annual_above(&law, x), annual_below(&law, x), 1e-9);
        assert_true(fabs(annual_shortfall(&law, x) - annual_excess(&law, x) - x +
                         law.mean) < 1e-6);
        assert_near(annual_quantile(&law, short_by(total, 1000.0, x, 0) - 1e-6),
                    1000.0 * floor(x / 1000.0), 1e-9);
    }
    annual_free(&law);
    portfolio_free(&portfolio);
}

static double extrapolated_above(const struct portfolio *portfolio, double people,
                                 double multiple)
{
    struct annual_law coarse = law_of(portfolio, people, 15);
    struct annual_law fine = law_of(portfolio, people, 16);
    const double x = multiple * fine.mean;
    const double above =
        exact_extrapolated(annual_above(&coarse, x), annual_above(&fine, x));

    annual_free(&coarse);
    annual_free(&fine);
    return above;
}

static double above_in_window(const struct portfolio *portfolio, int log2_points,
                              double step)
{
    const struct exact_grid grid = {log2_points, step};
    struct annual_law law;
    struct hr_error error;
    double above;

    assert_int_equal(exact_init(&law, portfolio, 8000.0, &grid, &error), HR_OK);
    above = annual_above(&law, 1.05 * law.mean);
    annual_free(&law);
    return above;
}

/* A window of 8.4 million GBP counts the 1.7e-7 beyond it at its bottom; one twice as
 * wide has 2e-10 to lose, and agrees with the engine's own, which loses nothing. */
static void nothing_is_lost_above_the_window(void **state)
{
    const struct portfolio portfolio = reference_portfolio();
    const double narrow = above_in_window(&portfolio, 18, 32.0);
    const double coarse = above_in_window(&portfolio, 19, 32.0);
    const double fine = above_in_window(&portfolio, 20, 16.0);

    (void)state;
    assert_true(fabs(coarse - narrow - 1.7e-7) < 1e-8);
    assert_true(fabs(extrapolated_above(&portfolio, 8000.0, 1.05) -
                     exact_extrapolated(coarse, fine)) < 1e-9);
}

/* Two cells of half the list each with the same law are one cell. */
static void equal_cells_are_one_cell(void **state)
{
    struct portfolio one = reference_portfolio(), two = one;

    (void)state;
    two.cells = 2;
    two.cell[0].share = 0.5;
    two.cell[1] = two.cell[0];
    assert_near(extrapolated_above(&two, 8000.0, 1.05),
                extrapolated_above(&one, 8000.0, 1.05), 1e-10);
}

/* A two-part cell of tiny chance is a Poisson cell. */
static void a_rare_user_is_a_poisson_claim(void **state)
{
    struct portfolio poisson = reference_portfolio(), user = poisson;

    (void)state;
    poisson.cell[0].rate = user.cell[0].rate = 1e-5;
    user.cell[0].frequency = FREQUENCY_TWO_PART;
    assert_near(extrapolated_above(&user, 2e8, 1.05),
                extrapolated_above(&poisson, 2e8, 1.05), 2e-5);
}

/* gamma by its closed form, lognormal by nodes: third cumulants differ by v^2 */
static void gamma_and_lognormal_factors_nearly_agree(void **state)
{
    struct portfolio gamma = reference_portfolio(), lognormal = gamma;

    (void)state;
    gamma.factor = (struct common_factor){FACTOR_GAMMA, 1e-4};
    lognormal.factor = (struct common_factor){FACTOR_LOGNORMAL, 1e-4};
    assert_near(extrapolated_above(&lognormal, 50000.0, 1.02),
                extrapolated_above(&gamma, 50000.0, 1.02), 1e-3);
}

/* Lognormal of sd 2 %, plus a normal of next to nothing: the factor's own law. */
static void a_common_factor_bends_the_normal_mode(void **state)
{
    struct portfolio portfolio = {
        .normal_mean = 600.0, .normal_k = 4.6, .limit = INFINITY};
    const double s = sqrt(log1p(4e-4));
    struct annual_law law;

    (void)state;
    portfolio.factor = (struct common_factor){FACTOR_LOGNORMAL, 4e-4};
    law = law_of(&portfolio, 1e9, 16);
    assert_near(annual_quantile(&law, 0.99) / law.mean,
                exp(2.3263478740408408 * s - 0.5 * s * s), 2e-6);
    assert_near(annual_above(&law, law.mean) + annual_below(&law, law.mean), 1.0,
                1e-12);
    assert_near(annual_shortfall2(&law, 3.0 * law.mean),
                law.variance + 4.0 * law.mean * law.mean, 1e-9);
    annual_free(&law);
}

/* A systematic error makes the tail of many consortia fatter than chance alone. */
/* All parts of a mixture of normal laws, one by one. */
static double part_by_part(const struct annual_law *law, double x, int power)
{
    double sum = 0.0;

    for (size_t i = 0; i < law->parts; i++) {
        const double z = (x - law->centre[i]) / law->part_sd;
        const double below = gsl_cdf_ugaussian_P(z), at = gsl_ran_ugaussian_pdf(z);

        sum += law->weight[i] * (power == 0   ? below
                                 : power == 1 ? z * below + at
                                              : (z * z + 1.0) * below + z * at);
    }
    return sum * pow(law->part_sd, power);
}

static void parts_that_lie_to_one_side_count_whole(void **state)
{
    struct portfolio portfolio = {
        .normal_mean = 1.0, .normal_k = 1.0, .limit = INFINITY};
    const struct exact_grid grid = {.log2_points = 12};
    struct hr_error error;
    struct annual_law law;

    (void)state; /* thousands of narrow parts, of which few lie near a total */
    portfolio.factor = (struct common_factor){FACTOR_LOGNORMAL, 0.2};
    assert_int_equal(exact_init(&law, &portfolio, 1e5, &grid, &error), HR_OK);
    assert_true(law.parts > 1000);
    for (double share = 0.05; share < 6.0; share *= 1.17) {
        const double x = share * law.mean, sd = sqrt(law.variance);

        assert_within(annual_below(&law, x), part_by_part(&law, x, 0), 1e-13);
        assert_within(annual_above(&law, x), 1.0 - part_by_part(&law, x, 0), 1e-13);
        assert_within(annual_shortfall(&law, x), part_by_part(&law, x, 1), 1e-12 * sd);
        assert_within(annual_shortfall2(&law, x), part_by_part(&law, x, 2),
                      1e-11 * sd * sd);
    }
    annual_free(&law);
}

static void heterogeneity_makes_the_tail_fatter(void **state)
{
    struct portfolio even = {.normal_mean = 1.0, .normal_k = 8.6, .limit = INFINITY};
    struct portfolio uneven = even;

    (void)state;
    uneven.factor = (struct common_factor){FACTOR_LOGNORMAL, 0.0004};
    assert_true(extrapolated_above(&uneven, 104000.0, 1.10) >
                10.0 * extrapolated_above(&even, 104000.0, 1.10));
}

static void refuses(const struct portfolio *portfolio, const char *message)
{
    struct hr_error error = {0};

    assert_int_equal(portfolio_check(portfolio, &error), HR_BAD_INPUT);
    assert_string_equal(error.message, message);
}

static void impossible_portfolios_are_refused(void **state)
{
    struct portfolio p = reference_portfolio();
    struct portfolio normal = {.normal_mean = 600.0, .limit = INFINITY};

    (void)state;
    refuses(&normal, "a coefficient of variation per person (k) of 0 is not above 0");
    p.cell[0].rate = 0.0;
    refuses(&p, "a claim rate of 0 is not above 0");
    p.cell[0].rate = 1.2;
    p.cell[0].frequency = FREQUENCY_TWO_PART;
    refuses(&p, "a share of users of 1.2 is above 1: a two-part model has at most one "
                "cost a person and year");
    p.cell[0].rate = 0.99;
    p.factor = (struct common_factor){FACTOR_GAMMA, 0.01};
    refuses(&p, "a share of users of 0.99 leaves no room for a common factor of "
                "variance 0.01, which would lift it above 1");
    p = reference_portfolio();
    p.cell[0].share = 0.9;
    refuses(&p, "the cells' shares sum to 0.9, not to 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_grid_holds_mean_and_variance),
        cmocka_unit_test(the_recursion_agrees_for_a_small_pool),
        cmocka_unit_test(fixed_prices_give_the_recursions_law),
        cmocka_unit_test(nothing_is_lost_above_the_window),
        cmocka_unit_test(equal_cells_are_one_cell),
        cmocka_unit_test(a_rare_user_is_a_poisson_claim),
        cmocka_unit_test(gamma_and_lognormal_factors_nearly_agree),
        cmocka_unit_test(a_common_factor_bends_the_normal_mode),
        cmocka_unit_test(parts_that_lie_to_one_side_count_whole),
        cmocka_unit_test(heterogeneity_makes_the_tail_fatter),
        cmocka_unit_test(impossible_portfolios_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
