/* Tails far below what a transform in doubles resolves, against sums of positive terms:
 * closed forms with exponential claims, and Panjer's recursion in long double, whose
 * every term is positive too. All agree to the three parts in 10,000 promised. */
#include "reference.h"

#include "deep_tail.h"
#include "exact.h"
#include "lattice.h"

#include <stdlib.h>

static const double promised = 3e-4;

static double deep(const struct portfolio *portfolio, double people, double x)
{
    double chance = NAN;
    struct hr_error error = {0};

    assert_int_equal(deep_tail(portfolio, people, x, &chance, &error), HR_OK);
    return chance;
}

static double sds_above(const struct portfolio *portfolio, double people, double sds)
{
    const struct claim_moments m = kept_moments(portfolio, people);

    return m.mean + sds * sqrt(m.variance);
}

/* --- exponential claims: no discretisation at all -------------------------- */

static struct portfolio exponential_portfolio(enum frequency frequency)
{
    struct portfolio portfolio = {
        .cells = 1,
        .limit = INFINITY,
        .cell[0] = {.share = 1.0, .rate = 0.25, .frequency = frequency},
    };
    struct hr_error error;

    assert_int_equal(severity_exponential(&portfolio.cell[0].severity, 1000.0, &error),
                     HR_OK);
    return portfolio;
}

/* P(N = k), by logarithms: far out it is too small for a double */
static long double count_mass(const struct claim_cell *cell, long double people, int k)
{
    const long double q = cell->rate, mean = people * q;

    if (cell->frequency == FREQUENCY_POISSON)
        return expl(k * logl(mean) - mean - lgammal(k + 1.0L));
    if (k > people)
        return 0.0L;
    return expl(lgammal(people + 1.0L) - lgammal(k + 1.0L) -
                lgammal(people - k + 1.0L) + k * logl(q) + (people - k) * log1pl(-q));
}

/* P(S > x) = sum_k P(N = k) P(fewer than k events of a Poisson law of mean x/scale) */
static double closed_form(const struct portfolio *portfolio, double people, double x)
{
    const struct claim_cell *cell = &portfolio->cell[0];
    const long double y = (long double)x / cell->severity.scale;
    const int most = (int)(4.0L * y + 10.0 * people * cell->rate) + 200;
    long double fewer = 0.0L, sum = 0.0L;

    for (int k = 1; k < most; k++) {
        fewer += expl((k - 1) * logl(y) - y - lgammal((long double)k));
        sum += count_mass(cell, people, k) * fewer;
    }
    return (double)sum;
}

static void check_closed(enum frequency frequency, double people)
{
    const struct portfolio portfolio = exponential_portfolio(frequency);

    for (double sds = 3.0; sds <= 12.0; sds += 3.0) {
        const double x = sds_above(&portfolio, people, sds);

        assert_near(deep(&portfolio, people, x), closed_form(&portfolio, people, x),
                    promised);
    }
}

static void exponential_claims_have_a_closed_form(void **state)
{
    (void)state;
    check_closed(FREQUENCY_POISSON, 0.04); /* a claim in a hundred years */
    check_closed(FREQUENCY_POISSON, 2.0);
    check_closed(FREQUENCY_POISSON, 80.0);
    check_closed(FREQUENCY_POISSON, 8000.0);
    check_closed(FREQUENCY_POISSON, 200000.0);
}

static void two_part_years_have_a_closed_form(void **state)
{
    (void)state;
    check_closed(FREQUENCY_TWO_PART, 3.0);
    check_closed(FREQUENCY_TWO_PART, 80.0);
    check_closed(FREQUENCY_TWO_PART, 8000.0);
}

/* 25 standard deviations, where the chance is some 1e-102 */
static void there_is_no_floor(void **state)
{
    const struct portfolio portfolio = exponential_portfolio(FREQUENCY_POISSON);
    const double x = sds_above(&portfolio, 8000.0, 25.0);

    (void)state;
    assert_true(closed_form(&portfolio, 8000.0, x) < 1e-100);
    assert_near(deep(&portfolio, 8000.0, x), closed_form(&portfolio, 8000.0, x),
                promised);
}

/* --- lognormal claims: the recursion in long double ------------------------ */

static long double *recursion(double mean, const double *severity, size_t n)
{
    long double *total = calloc(n, sizeof(*total));
    size_t m = n;

    assert_non_null(total);
    while (m > 1 && !(severity[m - 1] > 0.0))
        m--;
    total[0] = expl(-mean * (1.0L - severity[0]));
    for (size_t s = 1; s < n; s++) {
        for (size_t j = 1; j < m && j <= s; j++)
            total[s] += (long double)j * severity[j] * total[s - j];
        total[s] *= mean / (long double)s;
    }
    return total;
}

/* Mass of n points above x, or where @p below is set 1 less that not above it. */
static long double recursion_above(const struct portfolio *portfolio, double people,
                                   double x, double step, size_t n, bool below)
{
    const struct claim_cell *cell = &portfolio->cell[0];
    const struct lattice lattice = {step, n, portfolio->limit};
    double *severity = malloc(n * sizeof(*severity));
    long double *total, sum = 0.0L;
    double unused;
    struct hr_error error;

    assert_int_equal(
        lattice_masses(&cell->severity, &lattice, severity, &unused, &error), HR_OK);
    total = recursion(people * cell->rate, severity, n);
    for (size_t i = n; i-- > 0;) {
        const double part = fmin(fmax(((double)i * step - x) / step + 0.5, 0.0), 1.0);

        sum += (below ? 1.0 - part : part) * total[i];
    }
    free(total);
    free(severity);
    return below ? 1.0L - sum : sum;
}

static double extrapolated(const struct portfolio *portfolio, double people, double x,
                           double step, bool below)
{
    const double top = below ? x : sds_above(portfolio, people, 20.0);
    const size_t n = (size_t)(top / step) + 2;
    const long double coarse = recursion_above(portfolio, people, x, step, n, below);
    const long double fine =
        recursion_above(portfolio, people, x, 0.5 * step, 2 * n, below);

    return (double)((4.0L * fine - coarse) / 3.0L);
}

/* Cut at 25,000 a claim, the tail falls as a normal one: to 2e-26 at 8,000 people. */
static void limited_claims_agree_with_the_recursion(void **state)
{
    const double people[] = {80.0, 1000.0, 8000.0};
    struct portfolio portfolio = reference_portfolio();

    (void)state;
    portfolio.limit = 25000.0;
    for (int i = 0; i < 3; i++) {
        for (double sds = 2.0; sds <= 12.0; sds += 5.0) {
            const double x = sds_above(&portfolio, people[i], sds);

            assert_near(deep(&portfolio, people[i], x),
                        extrapolated(&portfolio, people[i], x, 125.0, false), promised);
        }
    }
}

/* Without a limit one claim makes the tail; 1 less what lies below has 18 digits. */
static void unlimited_claims_agree_with_the_recursion(void **state)
{
    const double people[] = {8.0, 80.0, 8000.0};
    const struct portfolio portfolio = reference_portfolio();

    (void)state;
    for (int i = 0; i < 3; i++) {
        for (double sds = 3.0; sds <= 12.0; sds += 4.5) {
            const double x = sds_above(&portfolio, people[i], sds);

            assert_near(deep(&portfolio, people[i], x),
                        extrapolated(&portfolio, people[i], x, x / 3000.0, true),
                        promised);
        }
    }
}

/* P(S > x) -> n rate P(X > x - the others' mean) as x grows. */
static void one_claim_makes_the_far_tail(void **state)
{
    const struct portfolio portfolio = reference_portfolio();
    const struct severity *severity = &portfolio.cell[0].severity;

    (void)state;
    for (double x = 1e8; x < 1e11; x *= 10.0)
        assert_near(deep(&portfolio, 8.0, x),
                    2.0 * severity_above(severity, x - 4800.0), promised);
}

/* --- where it meets the plain transform ------------------------------------ */

static double plain(const struct portfolio *portfolio, double people, double x)
{
    double above[2];

    for (int i = 0; i < 2; i++) {
        const struct exact_grid grid = {.log2_points = 16 + i};
        struct annual_law law;
        struct hr_error error;

        assert_int_equal(exact_init(&law, portfolio, people, &grid, &error), HR_OK);
        above[i] = annual_above(&law, x);
        annual_free(&law);
    }
    return exact_extrapolated(above[0], above[1]);
}

static void both_methods_agree_where_both_hold(void **state)
{
    const struct portfolio portfolio = reference_portfolio();
    const double people[] = {500.0, 8000.0, 100000.0, 1000000.0};

    (void)state;
    for (int i = 0; i < 4; i++) {
        for (double sds = 1.0; sds <= 4.0; sds += 1.0) {
            const double x = sds_above(&portfolio, people[i], sds);

            assert_near(deep(&portfolio, people[i], x), plain(&portfolio, people[i], x),
                        promised);
        }
    }
}

static void cells_of_one_law_are_one_cell(void **state)
{
    struct portfolio one = reference_portfolio(), three = one;

    (void)state;
    three.cells = 3;
    three.cell[1] = three.cell[2] = three.cell[0];
    three.cell[0].share = 0.5;
    three.cell[1].share = three.cell[2].share = 0.25;
    assert_near(deep(&three, 1e6, 6.3e8), deep(&one, 1e6, 6.3e8), 1e-6);
}

static void the_normal_mode_has_the_normal_tail(void **state)
{
    const struct portfolio normal = {
        .normal_mean = 600.0, .normal_k = 4.6, .limit = INFINITY};

    (void)state; /* P(Z > 8), Abramowitz and Stegun table 26.2 */
    assert_near(deep(&normal, 8000.0, sds_above(&normal, 8000.0, 8.0)),
                6.220960574271785e-16, 1e-12);
}

static void refuses(const struct portfolio *portfolio, double x, const char *message)
{
    double chance;
    struct hr_error error = {0};

    assert_int_equal(deep_tail(portfolio, 8000.0, x, &chance, &error), HR_BAD_INPUT);
    assert_string_equal(error.message, message);
}

static void what_has_no_such_tail_is_refused(void **state)
{
    struct portfolio portfolio = reference_portfolio();
    struct hr_error error;

    (void)state;
    refuses(&portfolio, 4.7e6,
            "4.7e+06 is not above the mean of 4.8e+06: that is no tail");
    portfolio.factor = (struct common_factor){FACTOR_GAMMA, 1e-4};
    refuses(&portfolio, 6e6,
            "a tail under a common factor is the factor's own: it is not tilted");
    portfolio = reference_portfolio();
    assert_int_equal(severity_lognormal_pareto(&portfolio.cell[0].severity, 2400.0, 2.0,
                                               &(struct severity_tail){2e4, 1.8},
                                               &error),
                     HR_OK);
    refuses(&portfolio, 6e6,
            "the severity has no finite variance: its Pareto tail index 1.8 must be "
            "above 2, or an individual limit must cut the tail");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exponential_claims_have_a_closed_form),
        cmocka_unit_test(two_part_years_have_a_closed_form),
        cmocka_unit_test(there_is_no_floor),
        cmocka_unit_test(limited_claims_agree_with_the_recursion),
        cmocka_unit_test(unlimited_claims_agree_with_the_recursion),
        cmocka_unit_test(one_claim_makes_the_far_tail),
        cmocka_unit_test(both_methods_agree_where_both_hold),
        cmocka_unit_test(cells_of_one_law_are_one_cell),
        cmocka_unit_test(the_normal_mode_has_the_normal_tail),
        cmocka_unit_test(what_has_no_such_tail_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
