#include "published_case.h"

#include "approximations.h"
#include "exact.h"
#include "panjer.h"

#include <math.h>
#include <string.h>

enum { FINE = 17, LATTICE = 12 };

static enum hr_status moments_of(const struct published_case *row,
                                 struct claim_moments *moments, struct hr_error *error)
{
    struct portfolio portfolio;
    enum hr_status status = published_portfolio(row, &portfolio, error);

    if (status != HR_OK)
        return status;
    status = portfolio_kept(&portfolio, row->people, moments, error);
    portfolio_free(&portfolio);
    return status;
}

/* A quantity read from the law on two grids, and extrapolated. */
typedef double reading(const struct published_case *row, const struct annual_law *law);

struct read_off {
    const struct published_case *row;
    struct portfolio portfolio;
    reading *read;
};

static enum hr_status read_law(const struct read_off *quantity, int log2_points,
                               double *value, struct hr_error *error)
{
    const struct published_case *row = quantity->row;
    const struct exact_grid grid = {
        .log2_points = log2_points,
        .step = row->window / (double)((size_t)1 << log2_points),
    };
    struct annual_law law;
    const enum hr_status status =
        exact_init(&law, &quantity->portfolio, row->people, &grid, error);

    if (status != HR_OK)
        return status;
    *value = quantity->read(row, &law);
    annual_free(&law);
    return HR_OK;
}

static enum hr_status read_twice(const struct published_case *row, reading *read,
                                 double *value, struct hr_error *error)
{
    struct read_off quantity = {.row = row, .read = read};
    double coarse = NAN, fine = NAN;
    enum hr_status status = published_portfolio(row, &quantity.portfolio, error);

    if (status != HR_OK)
        return status;
    status = read_law(&quantity, FINE - 1, &coarse, error);
    if (status == HR_OK)
        status = read_law(&quantity, FINE, &fine, error);
    *value = exact_extrapolated(coarse, fine);
    portfolio_free(&quantity.portfolio);
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
        const enum hr_status status = published_severity(row, &s, error);              \
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
    enum hr_status status = published_portfolio(row, &portfolio, error);

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
    panjer((struct panjer_count){row->people * row->rate, row->factor}, severity, 4,
           total, 1000);
    *value = total[lrint(row->argument)];
    return HR_OK;
}

/* --- the table ------------------------------------------------------------- */

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
    {NULL, NULL},
};

static const struct quantity *find_quantity(const char *name)
{
    static const struct quantity *const tables[] = {quantities, published_formulas,
                                                    published_samples};

    for (size_t t = 0; t < sizeof(tables) / sizeof(*tables); t++) {
        for (const struct quantity *q = tables[t]; q->name != NULL; q++) {
            if (strcmp(q->name, name) == 0)
                return q;
        }
    }
    return NULL;
}

enum hr_status published_quantity(const struct published_case *row,
                                  const char *quantity, double *value,
                                  struct hr_error *error)
{
    const struct quantity *found = find_quantity(quantity);

    if (found == NULL)
        return hr_fail(error, HR_BAD_INPUT, "no such quantity as \"%s\"", quantity);
    return found->of(row, value, error);
}
