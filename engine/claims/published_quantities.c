#include "published_case.h"

#include "approximations.h"
#include "exact.h"
#include "gaussian.h"
#include "need_error.h"
#include "panjer.h"
#include "sampler.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FINE = 17, LATTICE = 12, SAMPLES = 2000, MOST_YEARS = 1000 };

typedef enum hr_status quantity_of(const struct published_case *row, double *value,
                                   struct hr_error *error);

/* --- what a row describes -------------------------------------------------- */

static enum hr_status severity_of(const struct published_case *row,
                                  struct severity *severity, struct hr_error *error)
{
    if (row->exponential > 0.0)
        return severity_exponential(severity, row->exponential, error);
    if (row->lattice_1 > 0.0) { /* a table of pieces without width */
        const double chance[] = {row->lattice_1, row->lattice_2, row->lattice_3};
        double value[1000];
        size_t n = 0;

        for (int j = 0; j < 3; j++) {
            for (size_t i = 0; i < (size_t)lrint(1000.0 * chance[j]) && n < 1000; i++)
                value[n++] = j + 1.0;
        }
        return severity_values(severity, value, n, error);
    }
    return severity_lognormal(severity, row->mean, row->cv, error);
}

static enum hr_status portfolio_of(const struct published_case *row,
                                   struct portfolio *portfolio, struct hr_error *error)
{
    enum hr_status status = HR_OK;

    *portfolio = (struct portfolio){
        .limit = row->limit,
        .normal_mean = 1.0,
        .normal_k = row->k,
        .factor = {row->factor > 0.0 ? FACTOR_GAMMA : FACTOR_NONE, row->factor},
    };
    if (!(row->k > 0.0)) {
        portfolio->cells = 1;
        portfolio->cell[0].share = 1.0;
        portfolio->cell[0].rate = row->rate;
        status = severity_of(row, &portfolio->cell[0].severity, error);
    }
    return status == HR_OK ? portfolio_check(portfolio, error) : status;
}

static enum hr_status moments_of(const struct published_case *row,
                                 struct claim_moments *moments, struct hr_error *error)
{
    struct portfolio portfolio;
    const enum hr_status status = portfolio_of(row, &portfolio, error);

    if (status != HR_OK)
        return status;
    *moments = portfolio_kept(&portfolio, row->people);
    portfolio_free(&portfolio);
    return HR_OK;
}

/* A quantity read from the law on two grids, and extrapolated. */
typedef double reading(const struct published_case *row, const struct annual_law *law);

static enum hr_status read_law(const struct published_case *row,
                               const struct portfolio *portfolio, int log2_points,
                               reading *read, double *value, struct hr_error *error)
{
    const struct exact_grid grid = {
        .log2_points = log2_points,
        .step = row->window / (double)((size_t)1 << log2_points),
    };
    struct annual_law law;
    const enum hr_status status =
        exact_init(&law, portfolio, row->people, &grid, error);

    if (status != HR_OK)
        return status;
    *value = read(row, &law);
    annual_free(&law);
    return HR_OK;
}

static enum hr_status read_twice(const struct published_case *row, reading *read,
                                 double *value, struct hr_error *error)
{
    struct portfolio portfolio;
    double coarse = NAN, fine = NAN;
    enum hr_status status = portfolio_of(row, &portfolio, error);

    if (status != HR_OK)
        return status;
    status = read_law(row, &portfolio, FINE - 1, read, &coarse, error);
    if (status == HR_OK)
        status = read_law(row, &portfolio, FINE, read, &fine, error);
    *value = exact_extrapolated(coarse, fine);
    portfolio_free(&portfolio);
    return status;
}

/* --- moments --------------------------------------------------------------- */

#define OF_MOMENTS(name, expression)                                                   \
    static enum hr_status name(const struct published_case *row, double *value,        \
                               struct hr_error *error)                                 \
    {                                                                                  \
        struct claim_moments m = {0};                                                  \
        const enum hr_status status = moments_of(row, &m, error);                      \
                                                                                       \
        *value = (expression);                                                         \
        return status;                                                                 \
    }

OF_MOMENTS(mean_of, m.mean)
OF_MOMENTS(variance_of, m.variance)
OF_MOMENTS(sd_of, sqrt(m.variance))
OF_MOMENTS(cv_of, claim_moments_cv(&m))
OF_MOMENTS(cv_percent_of, 100.0 * claim_moments_cv(&m))
OF_MOMENTS(skewness_of, claim_moments_skewness(&m))
OF_MOMENTS(kurtosis_of, claim_moments_excess_kurtosis(&m))
OF_MOMENTS(cv_per_person_of, claim_moments_cv(&m) * sqrt(row->people))
OF_MOMENTS(normal_of, normal_approximation(&m, row->argument))
OF_MOMENTS(power_of_normal, normal_power_approximation(&m, row->argument))
OF_MOMENTS(cornish_fisher_of, cornish_fisher_approximation(&m, row->argument))
OF_MOMENTS(shifted_gamma_of, shifted_gamma_approximation(&m, row->argument))

/* --- the exact law --------------------------------------------------------- */

static double read_quantile(const struct published_case *row,
                            const struct annual_law *law)
{
    return annual_quantile(law, row->argument) / law->mean;
}

static double read_above_mean(const struct published_case *row,
                              const struct annual_law *law)
{
    return annual_above(law, row->argument * law->mean);
}

/* In a window the mass beyond it is not above x but at the bottom: sum upwards. */
static double read_excess(const struct published_case *row,
                          const struct annual_law *law)
{
    const double x = row->argument * law->mean;

    if (row->window > 0.0)
        return (law->first[law->n] + (law->mean - x) * law->below[law->n] +
                annual_shortfall(law, x)) /
               law->mean;
    return annual_excess(law, x) / law->mean;
}

static double read_above(const struct published_case *row, const struct annual_law *law)
{
    return annual_above(law, row->argument);
}

static double read_below(const struct published_case *row, const struct annual_law *law)
{
    return annual_below(law, row->argument);
}

static double read_span(const struct published_case *row, const struct annual_law *law)
{
    (void)row;
    return 100.0 * (annual_quantile(law, 0.95) - annual_quantile(law, 0.05)) /
           law->mean;
}

static double read_count(const struct published_case *row, const struct annual_law *law)
{
    return row->holders * annual_above(law, row->argument * law->mean);
}

static double read_top_share(const struct published_case *row,
                             const struct annual_law *law)
{
    const double p = 1.0 - row->argument;

    return 100.0 * row->argument * annual_tail_mean(law, p) / law->mean;
}

#define OF_LAW(name, read)                                                             \
    static enum hr_status name(const struct published_case *row, double *value,        \
                               struct hr_error *error)                                 \
    {                                                                                  \
        return read_twice(row, read, value, error);                                    \
    }

OF_LAW(quantile_of, read_quantile)
OF_LAW(above_mean_of, read_above_mean)
OF_LAW(excess_of, read_excess)
OF_LAW(above_of, read_above)
OF_LAW(below_of, read_below)
OF_LAW(span_of, read_span)
OF_LAW(count_of, read_count)
OF_LAW(person_top_share_of, read_top_share)

/* --- one claim ------------------------------------------------------------- */

#define OF_CLAIM(name, expression)                                                     \
    static enum hr_status name(const struct published_case *row, double *value,        \
                               struct hr_error *error)                                 \
    {                                                                                  \
        struct severity s;                                                             \
        const enum hr_status status = severity_of(row, &s, error);                     \
                                                                                       \
        if (status != HR_OK)                                                           \
            return status;                                                             \
        *value = (expression);                                                         \
        severity_free(&s);                                                             \
        return HR_OK;                                                                  \
    }

static double above_limit(const struct severity *severity, double limit)
{
    return isinf(limit) ? 0.0 : severity_above(severity, limit);
}

OF_CLAIM(kept_per_claim_of, severity_limited_moment(&s, 1, row->limit))
OF_CLAIM(kept_share_of, severity_limited_moment(&s, 1, row->limit) / row->mean)
OF_CLAIM(ceded_share_of, severity_excess(&s, row->limit) / row->mean)
OF_CLAIM(chance_above_of, above_limit(&s, row->limit))
OF_CLAIM(claims_above_of, 1000.0 * row->rate * above_limit(&s, row->limit))

/* --- lattices -------------------------------------------------------------- */

static enum hr_status lattice_mass_of(const struct published_case *row, double *value,
                                      struct hr_error *error)
{
    const struct exact_grid grid = {.log2_points = LATTICE, .step = 1.0};
    struct portfolio portfolio;
    struct annual_law law;
    enum hr_status status = portfolio_of(row, &portfolio, error);

    if (status != HR_OK)
        return status;
    status = exact_init(&law, &portfolio, row->people, &grid, error);
    if (status == HR_OK) {
        *value = law.mass[lrint(row->argument)];
        annual_free(&law);
    }
    portfolio_free(&portfolio);
    return status;
}

static enum hr_status panjer_mass_of(const struct published_case *row, double *value,
                                     struct hr_error *error)
{
    const double severity[] = {0.0, row->lattice_1, row->lattice_2, row->lattice_3};
    double total[1000];

    if (!(row->argument >= 0.0 && row->argument < 1000.0))
        return hr_fail(error, HR_BAD_INPUT, "a total of %g is outside [0, 1000)",
                       row->argument);
    panjer(row->people * row->rate, row->factor, severity, 4, total, 1000);
    *value = total[lrint(row->argument)];
    return HR_OK;
}

/* --- formulas -------------------------------------------------------------- */

/* s sqrt((1-a)^2 + (2a-a^2)/J), a common variance outside */
static enum hr_status pooled_sd_of(const struct published_case *row, double *value,
                                   struct hr_error *error)
{
    const double a = row->share;
    const double own = (1.0 - a) * (1.0 - a) + (2.0 * a - a * a) / row->members;

    (void)error;
    *value = 100.0 * sqrt(row->sd * row->sd * own + row->factor);
    return HR_OK;
}

/* Phi(s - z(1 - a/q)): the dearest a of a population of which q cost anything */
static enum hr_status top_share_of(const struct published_case *row, double *value,
                                   struct hr_error *error)
{
    (void)error;
    *value = 100.0 * normal_above(normal_quantile(1.0 - row->argument / row->users) -
                                  row->log_sd);
    return HR_OK;
}

static enum hr_status top_share_of_users_of(const struct published_case *row,
                                            double *value, struct hr_error *error)
{
    struct published_case users = *row;

    users.users = 1.0;
    return top_share_of(&users, value, error);
}

static enum hr_status two_part_k_of(const struct published_case *row, double *value,
                                    struct hr_error *error)
{
    (void)error;
    *value = sqrt(exp(row->log_sd * row->log_sd) / row->users - 1.0);
    return HR_OK;
}

static double ratio_sd(const struct published_case *row)
{
    return row->sigma / sqrt(row->people);
}

static enum hr_status ratio_error_of(const struct published_case *row, double *value,
                                     struct hr_error *error)
{
    (void)error;
    *value = ratio_sd(row);
    return HR_OK;
}

static enum hr_status ratio_above_of(const struct published_case *row, double *value,
                                     struct hr_error *error)
{
    (void)error;
    *value = normal_above((row->argument - row->ratio_mean) / ratio_sd(row));
    return HR_OK;
}

static enum hr_status ratio_below_of(const struct published_case *row, double *value,
                                     struct hr_error *error)
{
    const enum hr_status status = ratio_above_of(row, value, error);

    *value = 1.0 - *value;
    return status;
}

static enum hr_status ratio_level_of(const struct published_case *row, double *value,
                                     struct hr_error *error)
{
    (void)error;
    *value = row->ratio_mean + row->argument * ratio_sd(row);
    return HR_OK;
}

/* P(|N(0, k^2/n + sd^2)| > x) for both parts of the error */
static double gap_beyond(const struct published_case *row, double people)
{
    const double random = row->k * row->k / people;
    const struct need_error whole = {
        .sd = sqrt(random + row->error_sd * row->error_sd),
        .wide_share = row->wide_share,
        .wide_sd = sqrt(random + row->wide_sd * row->wide_sd),
    };

    return need_error_beyond(&whole, row->argument);
}

/* over lognormal lists, by the trapezium rule in the logarithm */
static enum hr_status gap_percent_of(const struct published_case *row, double *value,
                                     struct hr_error *error)
{
    const double s = sqrt(log(1.0 + row->list_cv * row->list_cv));
    double sum = 0.0, weights = 0.0;

    (void)error;
    for (int i = -160; i <= 160; i++) {
        const double z = 0.05 * i, weight = exp(-0.5 * z * z);

        sum += weight * gap_beyond(row, row->list_mean * exp(s * z - 0.5 * s * s));
        weights += weight;
    }
    *value = 100.0 * sum / weights;
    return HR_OK;
}

/* --- short published simulations ------------------------------------------- */

static int ascending(const void *left, const void *right)
{
    const double a = *(const double *)left, b = *(const double *)right;

    return (a > b) - (a < b);
}

static double sample_cv(const double *total, size_t n)
{
    double mean = 0.0, square = 0.0;

    for (size_t i = 0; i < n; i++)
        mean += total[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        square += (total[i] - mean) * (total[i] - mean) / (double)(n - 1);
    return 100.0 * sqrt(square) / mean;
}

/* 5th to 95th percentile of a sorted sample */
static double sample_span(double *total, size_t n)
{
    double mean = 0.0;

    for (size_t i = 0; i < n; i++)
        mean += total[i] / (double)n;
    qsort(total, n, sizeof(*total), ascending);
    return 100.0 *
           (total[(size_t)(0.95 * (double)n)] - total[(size_t)(0.05 * (double)n)]) /
           mean;
}

/* Share of samples of so many years whose statistic lies below the printed one. */
static enum hr_status rank_of(const struct published_case *row, bool span,
                              double *value, struct hr_error *error)
{
    const size_t years = (size_t)row->years;
    double people[MOST_YEARS], theta[MOST_YEARS], kept[MOST_YEARS], ceded[MOST_YEARS];
    struct portfolio portfolio;
    struct claim_sampler sampler;
    enum hr_status status = portfolio_of(row, &portfolio, error);
    size_t below = 0;

    if (status == HR_OK)
        status =
            claim_sampler_init(&sampler, &portfolio, row->people, CLAIM_AUTO, error);
    if (status != HR_OK || years < 2 || years > MOST_YEARS)
        return status;
    for (size_t i = 0; i < years; i++) {
        people[i] = row->people;
        theta[i] = 1.0;
    }
    for (size_t sample = 0; sample < SAMPLES; sample++) {
        const struct claim_place place = {1991, 1, 3};

        claim_sampler_draw(&sampler, 0, &place, sample * years, years, people, theta,
                           kept, ceded);
        below +=
            (span ? sample_span(kept, years) : sample_cv(kept, years)) < row->argument;
    }
    portfolio_free(&portfolio);
    *value = (double)below / SAMPLES;
    return HR_OK;
}

static enum hr_status rank_of_cv_of(const struct published_case *row, double *value,
                                    struct hr_error *error)
{
    return rank_of(row, false, value, error);
}

static enum hr_status rank_of_span_of(const struct published_case *row, double *value,
                                      struct hr_error *error)
{
    return rank_of(row, true, value, error);
}

/* --- the table ------------------------------------------------------------- */

struct quantity {
    const char *name;
    quantity_of *of;
};

static const struct quantity quantities[] = {
    {"mean", mean_of},
    {"variance", variance_of},
    {"sd", sd_of},
    {"cv", cv_of},
    {"cv_percent", cv_percent_of},
    {"skewness", skewness_of},
    {"excess_kurtosis", kurtosis_of},
    {"cv_per_person", cv_per_person_of},
    {"normal_quantile", normal_of},
    {"np2_quantile", power_of_normal},
    {"cornish_fisher_quantile", cornish_fisher_of},
    {"shifted_gamma_quantile", shifted_gamma_of},
    {"quantile_over_mean", quantile_of},
    {"above_over_mean", above_mean_of},
    {"excess_over_mean", excess_of},
    {"above", above_of},
    {"below", below_of},
    {"span_percent", span_of},
    {"count_above", count_of},
    {"person_top_share", person_top_share_of},
    {"kept_per_claim", kept_per_claim_of},
    {"kept_share", kept_share_of},
    {"ceded_share", ceded_share_of},
    {"chance_above_limit", chance_above_of},
    {"claims_above_per_1000", claims_above_of},
    {"lattice_mass", lattice_mass_of},
    {"panjer_mass", panjer_mass_of},
    {"pooled_sd_percent", pooled_sd_of},
    {"top_share", top_share_of},
    {"top_share_of_users", top_share_of_users_of},
    {"two_part_k", two_part_k_of},
    {"ratio_error", ratio_error_of},
    {"ratio_above", ratio_above_of},
    {"ratio_below", ratio_below_of},
    {"ratio_level", ratio_level_of},
    {"gap_percent", gap_percent_of},
    {"rank_of_cv_percent", rank_of_cv_of},
    {"rank_of_span_percent", rank_of_span_of},
};

enum { QUANTITIES = sizeof(quantities) / sizeof(*quantities) };

enum hr_status published_quantity(const struct published_case *row,
                                  const char *quantity, double *value,
                                  struct hr_error *error)
{
    for (int i = 0; i < QUANTITIES; i++) {
        if (strcmp(quantities[i].name, quantity) == 0)
            return quantities[i].of(row, value, error);
    }
    return hr_fail(error, HR_BAD_INPUT, "no such quantity as \"%s\"", quantity);
}
