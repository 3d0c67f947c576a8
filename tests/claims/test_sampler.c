/* The samplers against the exact law: each statistic within 4 Monte Carlo standard
 * errors. LONG_RUN: a million trials, and FEW_TRIALS of every claim on long lists. */
#include "reference.h"

#include "claims_kernel.h"
#include "draw.h"
#include "exact.h"
#include "gaussian.h"
#include "persistence.h"
#include "sampler.h"

#include <stdlib.h>

#ifdef LONG_RUN
enum { MANY = 1000000, SOME = 1000000, FEW = FEW_TRIALS };
#else
enum { MANY = 100000, SOME = 10000, FEW = 400 };
#endif

static const struct claim_place place = {.seed = 20260701, .entity = 77, .quarter = 3};

static double *drawn(const struct portfolio *portfolio, double list,
                     enum claim_method method, size_t trials)
{
    double *all = malloc(4 * trials * sizeof(*all));
    double *people = all + trials, *theta = people + trials, *ceded = theta + trials;
    struct claim_sampler sampler;
    struct hr_error error;

    assert_non_null(all);
    assert_int_equal(claim_sampler_init(&sampler, portfolio, list, method, &error),
                     HR_OK);
    for (size_t i = 0; i < trials; i++) {
        people[i] = list;
        theta[i] = common_factor_quantile(
            &portfolio->factor,
            draw_one(place.seed, i, draw_address(0, DRAW_THETA, place.quarter, 0)));
    }
    claim_sampler_draw(&sampler, 0, &place, 0, trials, people, theta, all, ceded);
    return all;
}

/* mean of z^r against its expectation, both z and its spread from the exact law */
static void check_power(const double *total, size_t n, const struct claim_moments *m,
                        int r, double expected)
{
    double mean = 0.0, square = 0.0;

    for (size_t i = 0; i < n; i++) {
        const double z = (total[i] - m->mean) / sqrt(m->variance);

        mean += pow(z, r) / (double)n;
        square += pow(z, 2 * r) / (double)n;
    }
    if (fabs(mean - expected) > 4.0 * sqrt((square - mean * mean) / (double)n))
        fail_msg("moment %d: %g is not within 4 standard errors of %g", r, mean,
                 expected);
}

static void check_chance(const double *total, size_t n, double x, double p)
{
    double above = 0.0;

    for (size_t i = 0; i < n; i++)
        above += total[i] > x;
    if (fabs(above / (double)n - p) > 4.0 * sqrt(p * (1.0 - p) / (double)n) + 1e-12)
        fail_msg("%g of the totals are above %g, not %g", above / (double)n, x, p);
}

static void check_sampler(const struct portfolio *portfolio, double list,
                          enum claim_method method, size_t trials)
{
    const struct claim_moments m = kept_moments(portfolio, list);
    const struct exact_grid grid = {.log2_points = 15};
    double *total = drawn(portfolio, list, method, trials);
    struct annual_law law;
    struct hr_error error;

    check_power(total, trials, &m, 1, 0.0);
    check_power(total, trials, &m, 2, 1.0);
    check_power(total, trials, &m, 3, claim_moments_skewness(&m));
    check_power(total, trials, &m, 4, 3.0 + claim_moments_excess_kurtosis(&m));
    assert_int_equal(exact_init(&law, portfolio, list, &grid, &error), HR_OK);
    for (double z = -2.0; z < 3.5; z += 0.5) {
        const double x = law.mean + z * sqrt(law.variance);

        check_chance(total, trials, x, annual_above(&law, x));
    }
    check_chance(total, trials, annual_quantile(&law, 0.99), 0.01);
    annual_free(&law);
    free(total);
}

static void every_claim_drawn_has_the_exact_law(void **state)
{
    const struct portfolio portfolio = reference_portfolio();

    (void)state;
    check_sampler(&portfolio, 500.0, CLAIM_EACH, MANY);
    check_sampler(&portfolio, 8000.0, CLAIM_EACH, SOME);
    check_sampler(&portfolio, 300000.0, CLAIM_EACH, FEW);
}

static void the_fast_method_has_the_exact_law(void **state)
{
    const struct portfolio portfolio = reference_portfolio();

    (void)state;
    check_sampler(&portfolio, 2000.0, CLAIM_FAST, MANY);
    check_sampler(&portfolio, 8000.0, CLAIM_FAST, MANY);
    check_sampler(&portfolio, 50000.0, CLAIM_FAST, MANY);
    check_sampler(&portfolio, 300000.0, CLAIM_FAST, MANY);
}

static void limits_and_common_factors_have_the_exact_law(void **state)
{
    struct portfolio portfolio = reference_portfolio();

    (void)state;
    portfolio.limit = 25000.0;
    check_sampler(&portfolio, 8000.0, CLAIM_FAST, MANY);
    check_sampler(&portfolio, 500.0, CLAIM_EACH, MANY);
    portfolio.factor = (struct common_factor){FACTOR_GAMMA, 4e-4};
    check_sampler(&portfolio, 50000.0, CLAIM_FAST, SOME);
    portfolio.factor = (struct common_factor){FACTOR_LOGNORMAL, 4e-4};
    check_sampler(&portfolio, 50000.0, CLAIM_FAST, MANY);
}

static void two_part_years_have_the_exact_law(void **state)
{
    struct portfolio portfolio = reference_portfolio();

    (void)state;
    portfolio.cell[0].frequency = FREQUENCY_TWO_PART;
    portfolio.cell[0].rate = 0.3317;
    check_sampler(&portfolio, 500.0, CLAIM_EACH, MANY);
    check_sampler(&portfolio, 8000.0, CLAIM_FAST, MANY);
}

/* A factor of 5 on a chance of 0.5: all 8,000 people cost 2,400 pounds, give or take 1
 * % each, and so 0.01 % together. */
static void nobody_costs_twice_in_a_two_part_year(void **state)
{
    const double people = 8000.0, theta = 5.0, certain = 8000.0 * 2400.0;
    struct portfolio portfolio = reference_portfolio();
    double kept, ceded;

    (void)state;
    portfolio.cell[0].frequency = FREQUENCY_TWO_PART;
    portfolio.cell[0].rate = 0.5;
    portfolio.cell[0].severity = severity_lognormal_of(2400.0, 0.01);
    for (int fast = 0; fast < 2; fast++) {
        struct claim_sampler sampler;
        struct hr_error error;

        assert_int_equal(claim_sampler_init(&sampler, &portfolio, people,
                                            fast ? CLAIM_FAST : CLAIM_EACH, &error),
                         HR_OK);
        claim_sampler_draw(&sampler, 0, &place, 0, 1, &people, &theta, &kept, &ceded);
        assert_true(fabs(kept / certain - 1.0) < 5.0 * 0.01 / sqrt(people));
    }
}

static void a_pareto_tail_has_the_exact_law(void **state)
{
    struct portfolio portfolio = reference_portfolio();
    struct hr_error error;

    (void)state;
    assert_int_equal(severity_lognormal_pareto(&portfolio.cell[0].severity, 2400.0, 2.0,
                                               &(struct severity_tail){20000.0, 3.0},
                                               &error),
                     HR_OK);
    portfolio.limit = 200000.0; /* so that its fourth moment exists */
    check_sampler(&portfolio, 8000.0, CLAIM_FAST, MANY);
    check_sampler(&portfolio, 500.0, CLAIM_EACH, SOME);
}

static void a_table_of_claims_has_the_exact_law(void **state)
{
    const double p[] = {0.0, 0.5, 0.9, 0.99, 1.0};
    const double x[] = {0.0, 1000.0, 5000.0, 20000.0, 80000.0};
    struct portfolio portfolio = reference_portfolio();
    struct hr_error error;

    (void)state;
    assert_int_equal(severity_quantiles(&portfolio.cell[0].severity, p, x, 5, &error),
                     HR_OK);
    check_sampler(&portfolio, 500.0, CLAIM_EACH, SOME);
    check_sampler(&portfolio, 8000.0, CLAIM_FAST, SOME);
    portfolio_free(&portfolio);
}

static void age_cells_have_the_exact_law(void **state)
{
    struct portfolio portfolio = reference_portfolio();
    struct hr_error error;

    (void)state;
    portfolio.cells = 2;
    portfolio.cell[0].share = 0.8;
    portfolio.cell[1] = (struct claim_cell){.share = 0.2, .rate = 0.6};
    assert_int_equal(
        severity_lognormal(&portfolio.cell[1].severity, 3500.0, 1.5, &error), HR_OK);
    check_sampler(&portfolio, 8000.0, CLAIM_FAST, MANY);
    check_sampler(&portfolio, 8000.0, CLAIM_EACH, FEW);
}

static void the_normal_mode_is_normal(void **state)
{
    const struct portfolio portfolio = {
        .normal_mean = 600.0, .normal_k = 4.6, .limit = INFINITY};

    (void)state;
    check_sampler(&portfolio, 8000.0, CLAIM_AUTO, MANY);
}

/* --- the law of the fast method itself, without sampling ------------------- */

/* Claims above the threshold as a table of 20,000 pieces. */
static struct portfolio large_layer(const struct portfolio *portfolio,
                                    const struct sampler_cell *cell)
{
    enum { ROWS = 20000 };
    struct portfolio large = *portfolio;
    double *p = malloc(2 * ROWS * sizeof(*p)), *x = p + ROWS;
    struct hr_error error;

    for (int i = 0; i < ROWS; i++) { /* closer and closer towards the tail */
        const double above = i == ROWS - 1 ? 1e-12 : exp(-27.0 * i / (ROWS - 1.0));

        p[i] = 1.0 - above;
        x[i] = severity_quantile_above(&portfolio->cell[0].severity,
                                       above * cell->sizes.share_above);
    }
    p[ROWS - 1] = 1.0;
    large.cell[0].rate = cell->one_by_one;
    assert_int_equal(severity_quantiles(&large.cell[0].severity, p, x, ROWS, &error),
                     HR_OK);
    free(p);
    return large;
}

/* P(small + large > x): the large layer exact, the small one by the trapezium rule in
 * its normal. */
static double fast_above(const struct annual_law *large, const double cumulant[4],
                         double x)
{
    double own[4] = {cumulant[0], cumulant[1], cumulant[2], cumulant[3]};
    double *const lane[4] = {&own[0], &own[1], &own[2], &own[3]};
    double sum = 0.0;

    for (int i = -600; i <= 600; i++) {
        const double z = 0.01 * i, u = normal_above(-z);
        double small;

        claims_kernel()->small_layer(lane, &u, 1, &small);
        sum += annual_above(large, x - small) * exp(-0.5 * z * z);
    }
    return sum * 0.01 / sqrt(2.0 * acos(-1.0));
}

struct fast_laws {
    struct annual_law large, exact;
};

static struct fast_laws fast_laws_of(const struct portfolio *portfolio,
                                     const struct portfolio *large, double people,
                                     int log2_points)
{
    const struct exact_grid grid = {.log2_points = log2_points};
    struct fast_laws laws;
    struct hr_error error;

    assert_int_equal(exact_init(&laws.large, large, people, &grid, &error), HR_OK);
    assert_int_equal(exact_init(&laws.exact, portfolio, people, &grid, &error), HR_OK);
    return laws;
}

static void check_fast_tails(const struct fast_laws laws[2], const double cumulant[4],
                             double relative)
{
    const struct annual_law *exact = &laws[1].exact;

    for (double z = -3.0; z <= 4.0; z += 0.5) {
        const double x = exact->mean + z * sqrt(exact->variance);
        const double fast = exact_extrapolated(fast_above(&laws[0].large, cumulant, x),
                                               fast_above(&laws[1].large, cumulant, x));
        const double p =
            exact_extrapolated(annual_above(&laws[0].exact, x), annual_above(exact, x));

        if (fabs(fast - p) > relative * fmin(p, 1.0 - p))
            fail_msg("fast P(> mean + %g sd) %g, exact %g", z, fast, p);
    }
}

/* A sampler made for a list, and drawn for the people left of it. */
static void check_fast_law(double list, double people, double relative)
{
    const struct portfolio portfolio = reference_portfolio();
    struct claim_sampler sampler;
    struct portfolio above;
    struct fast_laws laws[2];
    struct hr_error error;
    double cumulant[4];

    assert_int_equal(claim_sampler_init(&sampler, &portfolio, list, CLAIM_FAST, &error),
                     HR_OK);
    above = large_layer(&portfolio, &sampler.cell[0]);
    for (int r = 0; r < 4; r++)
        cumulant[r] = people * sampler.cell[0].raw[r];
    for (int i = 0; i < 2; i++)
        laws[i] = fast_laws_of(&portfolio, &above, people, 15 + i);
    check_fast_tails(laws, cumulant, relative);
    for (int i = 0; i < 2; i++) {
        annual_free(&laws[i].large);
        annual_free(&laws[i].exact);
    }
    portfolio_free(&above);
}

static void the_fast_law_follows_the_exact_one_into_the_tail(void **state)
{
    (void)state;
    check_fast_law(2000.0, 2000.0, 2e-3);
    check_fast_law(8000.0, 8000.0, 2e-3);
    check_fast_law(50000.0, 50000.0, 2e-3);
    check_fast_law(300000.0, 300000.0, 2e-3);
}

static void a_list_may_shrink_to_half(void **state)
{
    (void)state;
    check_fast_law(8000.0, 4000.0, 1e-2);
    check_fast_law(50000.0, 25000.0, 1e-2);
    check_fast_law(8000.0, 16000.0, 2e-3);
}

/* --- odds and ends --------------------------------------------------------- */

static void small_lists_are_drawn_claim_by_claim(void **state)
{
    const struct portfolio portfolio = reference_portfolio();
    struct claim_sampler sampler;
    struct hr_error error;

    (void)state;
    assert_int_equal(
        claim_sampler_init(&sampler, &portfolio, 500.0, CLAIM_AUTO, &error), HR_OK);
    assert_int_equal(sampler.method, CLAIM_EACH);
    assert_int_equal(
        claim_sampler_init(&sampler, &portfolio, 8000.0, CLAIM_AUTO, &error), HR_OK);
    assert_int_equal(sampler.method, CLAIM_FAST);
    assert_int_equal(claim_sampler_init(&sampler, &portfolio, 20.0, CLAIM_FAST, &error),
                     HR_BAD_INPUT);
    assert_string_equal(error.message, "a list of 20 has too few or too uneven claims "
                                       "for the fast method: use each");
}

static void a_persistent_factor_is_stationary_with_mean_one(void **state)
{
    const struct persistence persistence = {.sd = 0.1, .phi = 0.6};
    double mean = 0.0, lag = 0.0, square = 0.0;

    (void)state;
    for (uint64_t i = 0; i < MANY; i++) {
        double u, v, x, y;

        draw_two(1, i, draw_address(7, DRAW_THETA, 3, 0), &u, &v);
        x = persistence_start(&persistence, u);
        y = persistence_next(&persistence, x, v);
        mean += persistence_factor(&persistence, y) / MANY;
        square += y * y / MANY;
        lag += x * y / MANY;
    }
    assert_true(fabs(mean - 1.0) < 4.0 * 0.1 / sqrt(MANY));
    assert_true(fabs(square - 0.01) < 4.0 * 0.01 * sqrt(2.0 / MANY));
    assert_true(fabs(lag - 0.006) < 4.0 * 0.01 * sqrt(1.36 / MANY)); /* 1 + phi^2 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_claim_drawn_has_the_exact_law),
        cmocka_unit_test(the_fast_method_has_the_exact_law),
        cmocka_unit_test(limits_and_common_factors_have_the_exact_law),
        cmocka_unit_test(two_part_years_have_the_exact_law),
        cmocka_unit_test(nobody_costs_twice_in_a_two_part_year),
        cmocka_unit_test(a_pareto_tail_has_the_exact_law),
        cmocka_unit_test(a_table_of_claims_has_the_exact_law),
        cmocka_unit_test(age_cells_have_the_exact_law),
        cmocka_unit_test(the_normal_mode_is_normal),
        cmocka_unit_test(the_fast_law_follows_the_exact_one_into_the_tail),
        cmocka_unit_test(a_list_may_shrink_to_half),
        cmocka_unit_test(small_lists_are_drawn_claim_by_claim),
        cmocka_unit_test(a_persistent_factor_is_stationary_with_mean_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
