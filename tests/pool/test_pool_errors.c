/* Budgets with an error of risk adjustment, where what is asked has steps in that
 * error: claims of one price, caps, limits, and lists so long that the error is all
 * there is. Counts are added up by hand; the rest is borne out by the simulation. */
#include "reference.h"

#include "headroom/claims.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <string.h>

enum { MOST_CLAIMS = 120, FACTORS = 6000 };

static struct hr_pool_report report_of(const struct hr_pool_terms *terms, double people,
                                       int64_t trials)
{
    const struct hr_pool_options options = {.trials = trials, .seed = 11};
    struct hr_pool_report report;
    struct hr_error error = {0};

    if (hr_pool(terms, people, &options, &report, &error) != HR_OK)
        fail_msg("%g people: %s", people, error.message);
    return report;
}

/* --- counts, by hand ------------------------------------------------------------ */

/* P(ruin within @p years), nothing in reserve, 2.5 claims a year, a budget of 2.5
 * claims times @p factor. */
static double ruin_given(double factor, int years)
{
    double alive[MOST_CLAIMS] = {1.0}, left = 0.0;

    for (int y = 1; y <= years; y++) {
        const double most = 2.5 * factor * y + 1e-9;
        double next[MOST_CLAIMS] = {0};

        for (int before = 0; before < MOST_CLAIMS && alive[before] > 0.0; before++) {
            for (int k = before; k <= most && k < MOST_CLAIMS; k++)
                next[k] +=
                    alive[before] * gsl_ran_poisson_pdf((unsigned)(k - before), 2.5);
        }
        memcpy(alive, next, sizeof(alive));
    }
    for (int k = 0; k < MOST_CLAIMS; k++)
        left += alive[k];
    return 1.0 - left;
}

/* Chances change only where some years' budget is a whole number of claims. */
static double ruin_under(double sd, int years)
{
    double sum = 0.0, last = NAN, chance = NAN;

    for (int i = 0; i < FACTORS; i++) {
        const double p = (i + 0.5) / FACTORS;
        const double factor = exp(sd * gsl_cdf_ugaussian_Pinv(p) - 0.5 * sd * sd);
        double passed = 0.0;

        for (int y = 1; y <= years; y++)
            passed += y * floor(2.5 * factor * y + 1e-9);
        if (passed != last)
            chance = ruin_given(factor, years);
        last = passed;
        sum += chance / FACTORS;
    }
    return sum;
}

static void a_count_is_met_by_some_errors_and_not_by_others(void **state)
{
    const double sd[] = {1e-7, 1e-4, 0.005, 0.05, 0.3};

    (void)state;
    for (int i = 0; i < 5; i++) {
        struct hr_pool_terms terms = hr_pool_terms_default();
        struct hr_pool_report report;

        terms.cell[0].mean = 20.0;
        terms.cell[0].cv = 0.0;
        terms.reserve = 0.0;
        terms.error_sd = sd[i];
        report = report_of(&terms, 10.0, 0);
        assert_within(report.after[HR_POOL_RUIN1].exact, ruin_under(sd[i], 1), 3e-4);
        assert_within(report.after[HR_POOL_RUIN3].exact, ruin_under(sd[i], 3), 3e-4);
        assert_within(report.after[HR_POOL_RUIN5].exact, ruin_under(sd[i], 5), 3e-4);
    }
}

/* --- all kinds, beside their simulation ------------------------------------------- */

struct kind {
    const char *what;
    double people, rate, mean, cv, limit, cap, free, end, reserve, sd, wide_share;
    bool known; /* ruin over years has an exact answer */
};

/* clang-format off */
static const struct kind kinds[] = {
    /* what                              people  rate  mean     cv  limit   cap  free   end  reserve   sd   wide known */
    {"a price",                              10, 0.25,   20,     0,     0,    0,    0,    0,       0, 0.005, 0,   true},
    {"a narrow price",                       10, 0.25,   20,  1e-5,     0,    0,    0,    0,       5, 0.02,  0,   true},
    {"a price, hardly an error",              2,    1,   20,     0,    24,    0,    0,    0,       0, 1e-6,  0,   true},
    {"a price under a cap",                  10,  0.9,   20,     0,     0,  0.1,    0,    0,      12, 0.5,   0,   false},
    {"a price with an end",                  20,    1, 2400,  3e-4,     0,    0, 0.05, 0.05,       0, 0.05,  0,   false},
    {"a limit half of a narrow price",      100, 0.05,   20, 0.005,    10,    0,    0,    0,      12, 0,     0.5, true},
    {"a limit of a claim's mean",            10, 0.05,   20,  0.02,    20,    0,    0,    0,       0, 0,     0.1, false},
    {"a claim at the limit",                  1, 0.25, 2400,     1,  2160,    0,    0,    0,     300, 0,     0,   true},
    {"no claim",                              1, 0.05,   20,     1,   100,    0,   20,    0,     0.1, 0.001, 0,   true},
    {"a cap in part of the holders",        300,    1,   20,   0.1,     0, 0.02,    0,    0,      10, 0,     0.1, true},
    {"an end that spends the reserve",      181,    3,   20,     2,     0,    0, 0.05, 0.05,       6, 0.3,   0,   true},
    {"a cap that spends the reserve",      8000, 0.25, 2400,     2,     0, 0.01,    0,    0,      12, 0.02,  0,   true},
    {"a list that is all but certain",      1e6, 0.25, 2400,     2,     0,    0,    0,    0,      60, 0.5,   0,   true},
    {"another with a usual error",          1e5, 0.25, 2400,     2,     0, 0.02,    0,    0,      12, 0.1,   0.1, true},
};
/* clang-format on */

static struct hr_pool_terms terms_of(const struct kind *kind)
{
    struct hr_pool_terms terms = hr_pool_terms_default();

    terms.cell[0].rate = kind->rate;
    terms.cell[0].mean = kind->mean;
    terms.cell[0].cv = kind->cv;
    terms.limit = kind->limit > 0.0 ? kind->limit : terms.limit;
    terms.cap = kind->cap > 0.0 ? kind->cap : terms.cap;
    terms.corridor_free = kind->free > 0.0 ? kind->free : terms.corridor_free;
    terms.corridor_end = kind->end > 0.0 ? kind->end : terms.corridor_end;
    terms.reserve = kind->reserve;
    terms.error_sd = kind->sd;
    terms.error_wide_share = kind->wide_share;
    terms.error_wide_sd = kind->wide_share > 0.0 ? 0.5 : 0.0;
    return terms;
}

/* Of 16,000 scores one is beyond 4 by chance, and here are 400. */
static void every_kind_agrees_with_its_simulation(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        const struct hr_pool_terms terms = terms_of(&kinds[i]);
        const struct hr_pool_report report = report_of(&terms, kinds[i].people, 20000);

        if (hr_pool_disagreements(&report) > 0)
            fail_msg("%s: %d values beyond 4 standard errors", kinds[i].what,
                     hr_pool_disagreements(&report));
        if (kinds[i].known && isnan(report.after[HR_POOL_RUIN10].exact))
            fail_msg("%s: no exact ruin", kinds[i].what);
    }
}

/* A list so long that its cost is its budget: gone where the error leaves too little,
 * P(e < ln(1 - reserve)) over the years' sum: a loss of 1 - factor a year. */
static void without_chance_the_error_alone_ruins(void **state)
{
    struct hr_pool_terms terms = hr_pool_terms_default();
    struct hr_pool_report report;

    (void)state;
    terms.cell[0].cv = 0.1;
    terms.error_sd = 0.1;
    terms.reserve = 60.0; /* a tenth */
    report = report_of(&terms, 1e8, 0);
    for (int i = 0; i < 4; i++) {
        const double years[] = {1.0, 3.0, 5.0, 10.0};
        const double z = (log(1.0 - 0.1 / years[i]) + 0.005) / 0.1;

        assert_within(report.after[HR_POOL_RUIN1 + i].exact, gsl_cdf_ugaussian_P(z),
                      3e-4);
    }
}

/* A cap that the reserve just covers: who has a factor above 1 can lose more, and the
 * chance falls fast from there. Simpson's rule over the error's law, a step of 1/40 of
 * its deviation, of the chance that each factor leaves. */
static void chances_are_exact_where_a_cap_parts_the_error(void **state)
{
    const double sd = 0.1, step = 0.025;
    struct hr_pool_terms terms = hr_pool_terms_default();
    struct hr_pool_report report;
    double sum = 0.0;

    (void)state;
    terms.cap = 0.02;
    terms.reserve = 12.0;
    for (int i = 0; i <= 28; i++) {
        const double z = 0.5 * sd + 1e-6 + step * i;
        const double weight = i == 0 || i == 28 ? 1.0 : i % 2 == 1 ? 4.0 : 2.0;

        terms.loading = exp(sd * z - 0.5 * sd * sd) - 1.0;
        report = report_of(&terms, 1e5, 0);
        sum += weight * step / 3.0 * gsl_ran_ugaussian_pdf(z) *
               report.after[HR_POOL_RUIN1].exact;
    }
    terms.loading = 0.0;
    terms.error_sd = sd;
    report = report_of(&terms, 1e5, 0);
    assert_within(report.after[HR_POOL_RUIN1].exact, sum, 3e-3 * sum);
    assert_within(report.after[HR_POOL_P2].exact, sum, 3e-3 * sum);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_count_is_met_by_some_errors_and_not_by_others),
        cmocka_unit_test(every_kind_agrees_with_its_simulation),
        cmocka_unit_test(without_chance_the_error_alone_ruins),
        cmocka_unit_test(chances_are_exact_where_a_cap_parts_the_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
