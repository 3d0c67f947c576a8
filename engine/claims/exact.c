/* P. Embrechts and M. Frei, "Panjer recursion versus FFT for compound
 * distributions", Math. Meth. Oper. Res. 69 (2009); tilting after R. Gruebel and
 * R. Hermesmeier, ASTIN Bulletin 29 (1999).
 *
 * The masses of lattice.h are tilted by exp(-tilt j h), which shrinks what wraps
 * around the window by exp(-tilt W), and raises the noise at its top as much: no more
 * than is needed. */
#include "exact.h"

#include "annual_points.h"
#include "comb.h"
#include "complex_log.h"
#include "exact_normal.h"
#include "gaussian.h"
#include "lattice.h"

#include <complex.h>
#include <fftw3.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEWEST_POINTS = 1 << 10, MOST_TEETH = 1 << 17 };

static const double sds_below = 10.0; /* the lower tail is thinner than a normal's */
static const double sds_above = 14.0;
static const double most_sds_above = 60.0;
static const double least_wrapping = 1.0, most_wrapping = 20.0; /* tilt times window */
static const double wrapped = 1e-16; /* chance of a total beyond it, after the tilt */
static const double negligible = -45.0; /* of an exponent: e^-45 = 3e-20 */

struct work {
    const struct portfolio *portfolio;
    double people;
    double step, tilt;
    size_t base, n;          /* first index of the window; points */
    double inflation;        /* of the total's variance by discretisation, GBP^2 */
    const struct comb *comb; /* NULL: claims are spread over a grid of our choice */
    double *point;           /* n reals */
    fftw_complex *wave;      /* n/2+1: transform, then total */
    fftw_complex *exponent;  /* n/2+1 for each cell: what Theta multiplies */
    struct factor_nodes nodes;
};

/* --- the window ------------------------------------------------------------ */

/* The claim that all of a year's claims together exceed with a chance of 1e-5. */
static double large_claim(const struct portfolio *portfolio, double people)
{
    double largest = 0.0;

    for (int c = 0; c < portfolio->cells; c++) {
        const struct claim_cell *cell = &portfolio->cell[c];
        const double expected = people * cell->share * cell->rate;
        const double above = 1e-5 / (expected > 1e-4 ? expected : 1e-4);
        const double claim = severity_quantile_above(&cell->severity, above);

        if (claim > largest && expected > 0.0)
            largest = claim;
    }
    return fmin(largest, portfolio->limit);
}

/* Roughly the chance of a total that reaches so far above its mean: by a gamma law of
 * the same skewness (Chernoff's bound), by one claim, or by Theta. */
static double chance_beyond(const struct work *work, const struct claim_moments *m,
                            double reach)
{
    const struct portfolio *p = work->portfolio;
    const double skewness = claim_moments_skewness(m);
    const double shape = 4.0 / (skewness * skewness);
    const double y = 1.0 + reach / sqrt(m->variance * shape);
    double chance = exp(-shape * (y - 1.0 - log(y)));

    for (int c = 0; c < p->cells && reach < p->limit; c++)
        chance += work->people * p->cell[c].share * p->cell[c].rate *
                  severity_above(&p->cell[c].severity, reach);
    if (p->factor.kind == FACTOR_LOGNORMAL) {
        const double s2 = log1p(p->factor.variance);

        chance += normal_above((log1p(reach / m->mean) + 0.5 * s2) / sqrt(s2));
    }
    return chance;
}

static void choose_tilt(struct work *work, const struct claim_moments *m, double reach)
{
    const double needed = log(chance_beyond(work, m, reach) / wrapped);

    work->tilt = fmin(fmax(needed, least_wrapping), most_wrapping) /
                 (work->step * (double)work->n);
    if (isnan(needed)) /* no third moment */
        work->tilt = most_wrapping / (work->step * (double)work->n);
}

/* A tooth for each point, where as many as there may be hold the window. */
static void fit_teeth(struct work *work, double width)
{
    const double teeth = width / work->comb->unit + 2.0;

    work->step = work->comb->unit;
    for (work->n = FEWEST_POINTS; (double)work->n < teeth && work->n < MOST_TEETH;)
        work->n *= 2;
    if ((double)work->n >= teeth)
        return;
    work->comb = NULL; /* so fine that it may as well be spread */
    work->step = width / (double)work->n;
}

static void choose_window(struct work *work, const struct claim_moments *m,
                          const struct exact_grid *grid)
{
    const double sd = sqrt(m->variance), limit = work->portfolio->limit;
    const double large = large_claim(work->portfolio, work->people);
    const double reach = fmin(fmax(sds_above * sd, large), most_sds_above * sd);
    double low = fmax(0.0, m->mean - sds_below * sd);

    if (portfolio_nearly_certain(work->portfolio) && large > m->mean - low)
        low = 0.0; /* all of few people claim, and one claim is as wide as the window */
    if (grid->step > 0.0) {
        work->step = grid->step;
        return;
    }
    if (work->comb != NULL)
        fit_teeth(work, m->mean + reach - low);
    else
        work->step = (m->mean + reach - low) / (double)work->n;
    if (work->comb == NULL && isfinite(limit) && limit > work->step)
        work->step = limit / floor(limit / work->step); /* its kink on the grid */
    work->base = (size_t)(low / work->step);
    choose_tilt(work, m, reach);
}

/* --- severity -------------------------------------------------------------- */

static enum hr_status discretise(struct work *work, const struct claim_cell *cell,
                                 struct hr_error *error)
{
    double *f = work->point;
    const struct lattice lattice = {work->step, work->n, work->portfolio->limit};
    const double slope = -work->tilt * work->step;
    double added = 0.0;
    enum hr_status status = HR_OK;

    if (work->comb != NULL)
        comb_prices(cell, work->portfolio->limit, work->step, work->n, f);
    else
        status = lattice_masses(&cell->severity, &lattice, f, &added, error);
    if (status != HR_OK || work->tilt <= 0.0) /* a given lattice is left as it is */
        return status;
    lattice_tilt(f, work->n, slope);
    if (work->comb != NULL)
        return HR_OK;
    if (work->base > 0 && !claim_cell_nearly_certain(cell))
        lattice_keep_square(f, work->n, added, work->step, slope);
    else /* mass below 0 would be seen: the variance is corrected afterwards */
        work->inflation += work->people * cell->share * cell->rate * added;
    return HR_OK;
}

static enum hr_status forward(struct work *work, struct hr_error *error)
{
    fftw_plan plan =
        fftw_plan_dft_r2c_1d((int)work->n, work->point, work->wave, FFTW_ESTIMATE);
    enum hr_status status = HR_OK;

    if (plan == NULL)
        return hr_fail(error, HR_FAILED, "cannot plan a transform of %zu points",
                       work->n);
    for (int c = 0; c < work->portfolio->cells && status == HR_OK; c++) {
        fftw_complex *exponent = work->exponent + (size_t)c * (work->n / 2 + 1);

        status = discretise(work, &work->portfolio->cell[c], error);
        if (status != HR_OK)
            break;
        fftw_execute(plan);
        for (size_t k = 0; k <= work->n / 2; k++)
            exponent[k] = work->wave[k] - 1.0;
    }
    fftw_destroy_plan(plan);
    return status;
}

/* --- compounding ----------------------------------------------------------- */

/* Logarithm of the transform of the total at frequency k given Theta: n rate (F-1),
 * and n ln(1 + q (F-1)) for a two-part cell (n whole, so any branch will do). */
static double complex exponent_given(const struct work *work, size_t k, double theta)
{
    const size_t stride = work->n / 2 + 1;
    double complex sum = 0.0;

    for (int c = 0; c < work->portfolio->cells; c++) {
        const struct claim_cell *cell = &work->portfolio->cell[c];
        const double n = work->people * cell->share;
        const double complex lift =
            theta * cell->rate * work->exponent[(size_t)c * stride + k];

        sum += cell->frequency == FREQUENCY_POISSON ? n * lift
                                                    : rounded(n) * log_one_plus(lift);
    }
    return sum;
}

static bool closed_gamma(const struct portfolio *portfolio)
{
    bool closed = portfolio->factor.kind == FACTOR_GAMMA;

    for (int c = 0; c < portfolio->cells; c++)
        closed = closed && portfolio->cell[c].frequency == FREQUENCY_POISSON;
    return closed;
}

/* Negative binomial: E[exp(Theta psi)] = (1 - v psi)^(-1/v). */
static double complex gamma_total(const struct work *work, size_t k, double lift)
{
    const double v = work->portfolio->factor.variance;
    const double complex power =
        -log_one_plus(-v * exponent_given(work, k, 1.0)) / v + lift;

    return creal(power) < negligible ? 0.0 : cexp(power);
}

static double complex mixed_total(const struct work *work, size_t k, double lift)
{
    double complex sum = 0.0;

    for (size_t i = 0; i < work->nodes.n; i++) {
        const double complex power = exponent_given(work, k, work->nodes.at[i]) + lift;

        if (creal(power) > negligible)
            sum += work->nodes.weight[i] * cexp(power);
    }
    return sum;
}

static void compound(struct work *work)
{
    const double lift = work->tilt * work->step * (double)work->base;
    const bool closed = closed_gamma(work->portfolio);

    for (size_t k = 0; k <= work->n / 2; k++)
        work->wave[k] =
            closed ? gamma_total(work, k, lift) : mixed_total(work, k, lift);
}

/* Frequencies above which the total's transform has died away, given Theta. */
static enum hr_status choose_nodes(struct work *work, const struct annual_law *law,
                                   struct hr_error *error)
{
    const struct claim_moments plain =
        portfolio_kept_given(work->portfolio, work->people, 1.0);
    const double fastest = 9.0 * law->mean / sqrt(plain.variance);

    return factor_nodes_init(&work->nodes, &work->portfolio->factor, fastest, error);
}

/* --- back ------------------------------------------------------------------ */

static enum hr_status backward(struct work *work, struct hr_error *error)
{
    fftw_plan plan =
        fftw_plan_dft_c2r_1d((int)work->n, work->wave, work->point, FFTW_ESTIMATE);

    if (plan == NULL)
        return hr_fail(error, HR_FAILED, "cannot plan a transform of %zu points",
                       work->n);
    compound(work); /* after planning: a plan may overwrite its arrays */
    fftw_execute(plan);
    fftw_destroy_plan(plan);
    return HR_OK;
}

static double expected_claims(const struct work *work)
{
    double sum = 0.0;

    for (int c = 0; c < work->portfolio->cells; c++)
        sum += work->people * work->portfolio->cell[c].share *
               work->portfolio->cell[c].rate;
    return sum;
}

static void untilt(struct annual_law *law, const struct work *work)
{
    const size_t start = work->base % work->n;

    law->noise = DBL_EPSILON * (1.0 + expected_claims(work));
    law->growth = work->tilt;
    law->step = work->step;
    law->base = work->step * (double)work->base;
    law->comb = work->comb != NULL;
    law->spread = law->comb ? work->comb->spread : 0.0;
    for (size_t i = 0; i < work->n; i++) {
        const size_t at = (start + i) % work->n;

        law->mass[i] = work->point[at] / (double)work->n;
    }
    if (work->tilt > 0.0)
        lattice_tilt(law->mass, work->n, work->tilt * work->step);
}

/* The grid's variance is known to be too large by what discretisation and the spread
 * over a cell add: drawn together about the mean it is right. A lattice is left where
 * it is. */
static void correct_variance(struct annual_law *law, const struct work *work)
{
    const double spread = law->step * law->step / 12.0;
    const double ratio =
        sqrt(law->variance / (law->variance + work->inflation + spread));

    if (work->tilt <= 0.0 || work->comb != NULL)
        return;
    law->drawn = ratio;
    law->base = law->mean + (law->base - law->mean) * ratio;
    law->step *= ratio;
}

static enum hr_status allocate_work(struct work *work, struct hr_error *error)
{
    const size_t half = work->n / 2 + 1;

    work->point = fftw_alloc_real(work->n);
    work->wave = fftw_alloc_complex(half);
    work->exponent = fftw_alloc_complex(half * (size_t)work->portfolio->cells);
    if (work->point == NULL || work->wave == NULL || work->exponent == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a grid of %zu points", work->n);
    return HR_OK;
}

static enum hr_status transform(struct work *work, struct annual_law *law,
                                struct hr_error *error)
{
    enum hr_status status = allocate_work(work, error);

    if (status == HR_OK)
        status = choose_nodes(work, law, error);
    if (status == HR_OK)
        status = forward(work, error);
    if (status == HR_OK)
        status = backward(work, error);
    if (status == HR_OK)
        status = annual_allocate(law, work->n, error);
    if (status == HR_OK) {
        untilt(law, work);
        correct_variance(law, work);
        annual_accumulate(law);
    }
    if (status == HR_OK && work->comb == NULL && work->tilt > 0.0)
        status =
            annual_points_init(law, work->portfolio, work->people, &work->nodes, error);
    factor_nodes_free(&work->nodes);
    fftw_free(work->exponent);
    fftw_free(work->wave);
    fftw_free(work->point);
    return status;
}

static enum hr_status know_moments(const struct portfolio *portfolio, double people,
                                   struct claim_moments *moments,
                                   struct hr_error *error)
{
    if (!(people > 0.0 && isfinite(people)))
        return hr_fail(error, HR_BAD_INPUT, "a list of %g people is not above 0",
                       people);
    if (portfolio_needs_moment(portfolio, 2, error) != HR_OK)
        return error->status;
    return portfolio_kept(portfolio, people, moments, error);
}

enum hr_status exact_init(struct annual_law *law, const struct portfolio *portfolio,
                          double people, const struct exact_grid *grid,
                          struct hr_error *error)
{
    struct work work = {.portfolio = portfolio, .people = people};
    struct claim_moments moments = {0};
    struct comb comb;
    const enum hr_status status = know_moments(portfolio, people, &moments, error);

    *law = (struct annual_law){0};
    if (status != HR_OK)
        return status;
    law->mean = moments.mean;
    law->variance = moments.variance;
    if (portfolio->cells == 0)
        return exact_normal(law, portfolio, people, error);
    comb = comb_of(portfolio);
    if (comb.single && comb.unit > 0.0 && !(grid->step > 0.0))
        return comb_of_counts(law, portfolio, &comb, people, error);
    work.comb = comb.unit > 0.0 && !(grid->step > 0.0) ? &comb : NULL;
    work.n = (size_t)1 << grid->log2_points;
    choose_window(&work, &moments, grid);
    return transform(&work, law, error);
}

double exact_extrapolated(double coarse, double fine)
{
    return (4.0 * fine - coarse) / 3.0;
}
