/* Terms, severities and thresholds at the edges of what they may be, against laws that
 * are known without the engine: counts of claims, one person's claim, sums of counts.
 */
#include "reference.h"

#include "headroom/claims.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

static struct hr_pool_report report_of(const struct hr_pool_terms *terms, double people,
                                       int64_t trials)
{
    const struct hr_pool_options options = {.trials = trials, .seed = 5};
    struct hr_pool_report report;
    struct hr_error error = {0};

    if (hr_pool(terms, people, &options, &report, &error) != HR_OK)
        fail_msg("%g people: %s", people, error.message);
    return report;
}

static struct hr_pool_terms price_of(double mean, double cv)
{
    struct hr_pool_terms terms = hr_pool_terms_default();

    terms.cell[0].rate = 1.0;
    terms.cell[0].mean = mean;
    terms.cell[0].cv = cv;
    return terms;
}

/* --- prices that are all but fixed ------------------------------------------- */

static const struct {
    enum hr_pool_measure measure;
    double loss;
} losses[] = {{HR_POOL_P1, 0.01}, {HR_POOL_P2, 0.02}, {HR_POOL_P5, 0.05}};

/* A claim count on the threshold is not above it where the price is fixed; where it has
 * a width part of it is. */
static void check_counts(double people, double cv)
{
    const struct hr_pool_terms terms = price_of(20.0, cv);
    const struct hr_pool_report report = report_of(&terms, people, 0);

    for (int i = 0; i < 3; i++) {
        const double claims = people * (1.0 + losses[i].loss);
        const unsigned most = (unsigned)floor(claims + 1e-6);
        const double above = gsl_cdf_poisson_Q(most, people);
        const double on = fabs(claims - most) < 1e-3 && cv > 0.0
                              ? gsl_ran_poisson_pdf(most, people)
                              : 0.0;
        const double got = report.after[losses[i].measure].exact;

        if (got < above * (1.0 - 1e-4) - 1e-13 ||
            got > (above + on) * (1.0 + 1e-4) + 1e-13)
            fail_msg("%g people, cv %g, loss %g: %.9g, not %.9g to %.9g", people, cv,
                     losses[i].loss, got, above, above + on);
    }
}

static void narrow_prices_have_the_law_of_their_count(void **state)
{
    const double people[] = {1.0, 10.0, 150.0, 1083.0, 8000.0, 1e5};
    const double cv[] = {0.0, 1e-12, 1e-6, 1e-4, 3e-4};

    (void)state;
    for (int i = 0; i < 6; i++) {
        for (int j = 0; j < 5; j++)
            check_counts(people[i], cv[j]);
    }
}

static void the_reserve_for_a_fixed_price_is_a_number_of_claims(void **state)
{
    const struct hr_pool_terms terms = price_of(20.0, 0.0);
    const struct hr_pool_report report = report_of(&terms, 10.0, 0);

    (void)state; /* P(N <= 15) = 0.951, P(N <= 18) = 0.993 of mean 10 */
    assert_within(report.after[HR_POOL_Q95].exact, 300.0, 1e-9);
    assert_within(report.after[HR_POOL_RESERVE100].exact, 160.0, 1e-9);
}

static void a_wider_price_is_nearly_the_same_as_a_narrow_one(void **state)
{
    (void)state; /* on either side of where the engine changes its method */
    for (double people = 10.0; people < 2e5; people *= 7.0) {
        const struct hr_pool_terms narrow = price_of(20.0, 0.0098);
        const struct hr_pool_terms wide = price_of(20.0, 0.01);
        const struct hr_pool_report a = report_of(&narrow, people, 0);
        const struct hr_pool_report b = report_of(&wide, people, 0);

        for (int m = HR_POOL_MEAN; m <= HR_POOL_P2; m++)
            assert_near(a.after[m].exact, b.after[m].exact, 1e-2);
    }
}

/* --- prices of some width over the years ----------------------------------------- */

enum { COUNTS = 200 };

/* Counts of a year of mean 2.5 join those there are. */
static void add_counts(double chance[COUNTS])
{
    double sum[COUNTS] = {0.0};

    for (unsigned k = 0; k < COUNTS; k++) {
        for (unsigned i = 0; i + k < COUNTS; i++)
            sum[i + k] += chance[i] * gsl_ran_poisson_pdf(k, 2.5);
    }
    memcpy(chance, sum, sizeof(sum));
}

/* Ruin within 5 years of 10 people with 2.5 claims a year and nothing in reserve. After
 * 2 years 5 claims are on the threshold, after 4 years 10, and a sum is above its mean
 * in half of all cases; two sums of which one is the half of the other are not so in
 * 1/4 + asin(sqrt(1/2))/(2 pi) = 3/8. What has passed 5 claims is kept apart. */
static double ruin_on_edges(int years)
{
    double plain[COUNTS] = {1.0}, passed[COUNTS] = {0.0}, left = 0.0;

    for (int y = 1; y <= years; y++) {
        const int most = (int)floor(2.5 * y);

        add_counts(plain);
        add_counts(passed);
        for (int k = most + 1; k < COUNTS; k++)
            plain[k] = passed[k] = 0.0;
        if (y == 2) {
            passed[most] = 0.5 * plain[most];
            plain[most] = 0.0;
        } else if (y == 4) {
            plain[most] *= 0.5;
            passed[most] *= 0.75;
        }
    }
    for (int k = 0; k < COUNTS; k++)
        left += plain[k] + passed[k];
    return 1.0 - left;
}

static void a_threshold_parts_the_tooth_it_falls_on(void **state)
{
    const double cv[] = {1e-9, 1e-6, 1e-3, 0.0095};
    const double share[] = {1.0, 0.5};

    (void)state; /* skewness moves what is above the mean, and so do losses that are one
                    where they differ by 1e-11 of a budget */
    for (int i = 0; i < 8; i++) {
        const double width = cv[i / 2], near = 0.1 * width + 1e-12 / width + 1e-8;
        struct hr_pool_terms terms = price_of(20.0, width);
        struct hr_pool_report report;

        terms.cell[0].rate = 0.25;
        terms.reserve = 0.0;
        terms.kept_share = share[i % 2];
        report = report_of(&terms, 10.0, 0);
        assert_within(report.after[HR_POOL_RUIN3].exact, ruin_on_edges(3), near);
        assert_within(report.after[HR_POOL_RUIN5].exact, ruin_on_edges(5), near);
    }
}

/* Whatever the terms: an answer that the simulation bears out, or none. */
static void ruin_of_narrow_prices_is_right_or_not_given(void **state)
{
    const double cv[] = {1e-9, 1e-5, 0.008};
    const double reserve[] = {0.0, 5.0};

    (void)state;
    for (int i = 0; i < 24; i++) {
        struct hr_pool_terms terms = price_of(20.0, cv[i % 3]);
        struct hr_pool_report report;

        terms.cell[0].rate = 0.25;
        terms.reserve = reserve[i / 3 % 2];
        if (i / 6 == 1)
            terms.cap = 1.0;
        if (i / 6 == 2) {
            terms.corridor_free = 0.02;
            terms.corridor_share = 0.5;
        }
        if (i / 6 == 3)
            terms.factor_variance = 0.1;
        report = report_of(&terms, 10.0, 40000);
        for (int m = HR_POOL_RUIN1; m <= HR_POOL_RUIN10; m++) {
            const struct hr_pool_value *value = &report.after[m];
            const double error = sqrt(value->exact * (1.0 - value->exact) / 40000.0);

            if (fabs(value->simulated - value->exact) > 4.0 * error)
                fail_msg("case %d, measure %d: %.6g, simulated %.6g", i, m,
                         value->exact, value->simulated);
        }
    }
}

/* --- one person --------------------------------------------------------------- */

static void check_person(double rate, double cv)
{
    const double sigma = sqrt(log1p(cv * cv)), mu = log(2400.0) - 0.5 * sigma * sigma;
    struct hr_pool_terms terms = price_of(2400.0, cv);
    struct hr_pool_report report;

    terms.cell[0].two_part = true;
    terms.cell[0].rate = rate;
    report = report_of(&terms, 1.0, 0);
    for (int i = 0; i < 3; i++) {
        const double x = 2400.0 * rate * (1.0 + losses[i].loss);
        const double chance = rate * gsl_cdf_ugaussian_Q((log(x) - mu) / sigma);
        const struct hr_pool_value got = report.after[losses[i].measure];

        if (fabs(got.exact - chance) > 1e-3 * chance + 2.0 * got.uncertainty + 1e-12)
            fail_msg("rate %g, cv %g, loss %g: %.9g, not %.9g", rate, cv,
                     losses[i].loss, got.exact, chance);
    }
}

static void one_person_has_the_law_of_one_claim(void **state)
{
    const double rate[] = {1e-7, 1e-5, 1e-3, 0.1, 0.9, 0.99999, 1.0};
    const double cv[] = {1e-4, 0.005, 0.02, 0.3, 1.0, 2.0};

    (void)state;
    for (int i = 0; i < 7; i++) {
        for (int j = 0; j < 6; j++)
            check_person(rate[i], cv[j]);
    }
}

/* --- reserves over years -------------------------------------------------------- */

enum { MOST_CLAIMS = 400 };

/* Ruin of sums of Poisson counts of mean n, a claim a head: by adding them up. */
static double ruin_of_counts(double n, double reserve, int years)
{
    double alive[MOST_CLAIMS] = {1.0}, ruined = 0.0;

    for (int y = 1; y <= years; y++) {
        const double most = (reserve + y) * n + 1e-9;
        double next[MOST_CLAIMS] = {0};

        for (int before = 0; before < MOST_CLAIMS; before++) {
            for (int k = 0; before + k < MOST_CLAIMS; k++) {
                const double mass = alive[before] * gsl_ran_poisson_pdf((unsigned)k, n);

                next[before + k] += before + k <= most ? mass : 0.0;
                ruined += before + k <= most ? 0.0 : mass;
            }
        }
        memcpy(alive, next, sizeof(alive));
    }
    return ruined;
}

static void a_reserve_that_is_just_spent_is_not_gone(void **state)
{
    const double reserve[] = {0.0, 0.05, 0.1, 0.4, 1.0};

    (void)state;
    for (int i = 0; i < 5; i++) {
        struct hr_pool_terms terms = price_of(20.0, 0.0);
        struct hr_pool_report report;

        terms.reserve = 20.0 * reserve[i];
        report = report_of(&terms, 10.0, 20000);
        assert_within(report.after[HR_POOL_RUIN1].exact,
                      ruin_of_counts(10.0, reserve[i], 1), 1e-12);
        assert_within(report.after[HR_POOL_RUIN3].exact,
                      ruin_of_counts(10.0, reserve[i], 3), 1e-12);
        assert_within(report.after[HR_POOL_RUIN10].exact,
                      ruin_of_counts(10.0, reserve[i], 10), 1e-12);
        assert_int_equal(hr_pool_disagreements(&report), 0);
    }
}

/* A reserve of 2 % against years that each lose at most the cap: two at a cap of 1 % or
 * a little less leave it, two at a little more do not. Simulated by the engine in
 * 10^6 trials to 0.03 %. */
static void check_cap(double cap, double ruin3, double ruin10)
{
    struct hr_pool_terms terms = hr_pool_terms_default();
    struct hr_pool_report report;

    terms.cap = cap;
    report = report_of(&terms, 8000.0, 20000);
    assert_within(report.after[HR_POOL_RUIN3].exact, ruin3, 1e-4);
    assert_within(report.after[HR_POOL_RUIN10].exact, ruin10, 1e-4);
    assert_int_equal(hr_pool_disagreements(&report), 0);
}

static void a_cap_that_divides_the_reserve_is_told_from_its_neighbours(void **state)
{
    (void)state;
    check_cap(0.01, 0.1100, 0.1704);
    check_cap(0.01 * (1.0 - 1e-7), 0.1100, 0.1704);
    check_cap(0.01 * (1.0 + 1e-7), 0.1950, 0.2420);
}

/* --- contract terms -------------------------------------------------------------- */

static void same(const struct hr_pool_terms *a, const struct hr_pool_terms *b)
{
    const struct hr_pool_report first = report_of(a, 8000.0, 0);
    const struct hr_pool_report second = report_of(b, 8000.0, 0);

    for (enum hr_pool_measure m = 0; m < HR_POOL_MEASURES; m++)
        assert_within(first.after[m].exact, second.after[m].exact,
                      1e-6 * (1.0 + fabs(second.after[m].exact)));
}

static struct hr_pool_terms corridor(double free, double share, double end)
{
    struct hr_pool_terms terms = hr_pool_terms_default();

    terms.corridor_free = free;
    terms.corridor_share = share;
    terms.corridor_end = end;
    return terms;
}

static void a_corridor_at_its_edges_is_another_contract(void **state)
{
    const struct hr_pool_terms plain = hr_pool_terms_default();
    const struct hr_pool_terms first_pound = corridor(0.0, 0.5, INFINITY);
    const struct hr_pool_terms all = corridor(0.0, 1.0, INFINITY);
    const struct hr_pool_terms one = corridor(0.0, 1.0, 0.05);
    const struct hr_pool_terms other = corridor(0.05, 0.0, 0.05);
    const struct hr_pool_terms flat = corridor(0.05, 0.0, INFINITY);
    struct hr_pool_terms quota = plain;

    (void)state;
    quota.kept_share = 0.5;
    same(&first_pound, &quota);
    same(&all, &plain);
    same(&one, &other);
    same(&flat, &other);
}

static void a_corridor_that_ends_at_once_leaves_nothing(void **state)
{
    const struct hr_pool_terms none = corridor(0.0, 0.5, 0.0);
    const struct hr_pool_report report = report_of(&none, 8000.0, 1000);

    (void)state;
    assert_within(report.after[HR_POOL_SD].exact, 0.0, 1e-9);
    assert_within(report.after[HR_POOL_RUIN10].exact, 0.0, 0.0);
    assert_int_equal(hr_pool_disagreements(&report), 0);
}

static void check_contract(double cap, double free, double share, double end)
{
    const double people[] = {1.0, 100.0, 8000.0};

    for (int i = 0; i < 3; i++) {
        struct hr_pool_terms terms = corridor(free, share, end);
        struct hr_pool_report report;

        terms.cap = cap;
        terms.reserve = 6.0;
        report = report_of(&terms, people[i], 4000);
        if (hr_pool_disagreements(&report) > 0)
            fail_msg("%g people, cap %g, corridor %g, %g, %g", people[i], cap, free,
                     share, end);
    }
}

static void contracts_agree_with_their_simulation_at_all_edges(void **state)
{
    const double cap[] = {0.005, 0.01, INFINITY}, free[] = {0.0, 0.01, 0.05};
    const double share[] = {0.0, 0.5, 1.0}, end[] = {0.05, INFINITY};

    (void)state;
    for (int i = 0; i < 54; i++)
        check_contract(cap[i % 3], free[i / 3 % 3], share[i / 9 % 3], end[i / 27]);
}

/* --- hardly any claims ------------------------------------------------------------ */

static void without_a_claim_there_is_no_score(void **state)
{
    struct hr_pool_terms terms = hr_pool_terms_default();
    struct hr_pool_report report;

    (void)state;
    terms.cell[0].rate = 1e-5;
    report = report_of(&terms, 5.0, 100);
    assert_true(isnan(report.before[HR_POOL_MEAN].z));
    assert_true(isnan(report.before[HR_POOL_SD].z));
    assert_within(report.before[HR_POOL_Q99].exact, 0.0, 0.0);
    assert_int_equal(hr_pool_disagreements(&report), 0);
}

/* A claim ruins where it exceeds the reserve, however rare: with 0.0025 a year of mean
 * 2,400 the first alone decides, 1 - exp(-0.0025 years P(X > x)). */
static void rare_claims_ruin_as_often_as_they_come(void **state)
{
    struct hr_pool_terms terms = hr_pool_terms_default();
    const double sigma = sqrt(log(5.0)), mu = log(2400.0) - 0.5 * sigma * sigma;
    struct hr_pool_report report;
    double rate;

    (void)state;
    terms.reserve = 100.0;
    terms.cell[0].rate = 2.5e-5;
    report = report_of(&terms, 100.0, 0);
    rate = 0.0025 * gsl_cdf_ugaussian_Q((log(10000.0) - mu) / sigma);
    assert_near(report.before[HR_POOL_RUIN10].exact, 1.0 - exp(-10.0 * rate), 0.03);
}

static void disagreements_are_counted_on_both_sides(void **state)
{
    struct hr_pool_report report = {.people = 1.0};

    (void)state;
    report.before[HR_POOL_MEAN].z = NAN;
    report.before[HR_POOL_P1].z = 4.1;
    report.after[HR_POOL_RUIN3].z = -INFINITY;
    report.after[HR_POOL_Q95].z = 3.9;
    assert_int_equal(hr_pool_disagreements(&report), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(narrow_prices_have_the_law_of_their_count),
        cmocka_unit_test(the_reserve_for_a_fixed_price_is_a_number_of_claims),
        cmocka_unit_test(a_wider_price_is_nearly_the_same_as_a_narrow_one),
        cmocka_unit_test(a_threshold_parts_the_tooth_it_falls_on),
        cmocka_unit_test(ruin_of_narrow_prices_is_right_or_not_given),
        cmocka_unit_test(one_person_has_the_law_of_one_claim),
        cmocka_unit_test(a_reserve_that_is_just_spent_is_not_gone),
        cmocka_unit_test(a_cap_that_divides_the_reserve_is_told_from_its_neighbours),
        cmocka_unit_test(a_corridor_at_its_edges_is_another_contract),
        cmocka_unit_test(a_corridor_that_ends_at_once_leaves_nothing),
        cmocka_unit_test(contracts_agree_with_their_simulation_at_all_edges),
        cmocka_unit_test(without_a_claim_there_is_no_score),
        cmocka_unit_test(rare_claims_ruin_as_often_as_they_come),
        cmocka_unit_test(disagreements_are_counted_on_both_sides),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
