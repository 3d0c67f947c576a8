/* With t > 0 and f the claims not above a cut c, the tilted transform at frequency w is
 * exp(K(t + iw) - K(t)), K(s) = sum n rate (sum_j f_j e^(s j h) - 1) (two-part:
 * n ln(1 + q (... - 1))), and K'(t) = x places its mean at x (or short of it). Its mass
 * p(s) gives P(S > x) = sum_(s > x) p(s) exp(K(t) - t s) + P(some claim above c), c
 * lying so far out that such a claim takes the total above x unless all others fall
 * nine deviations short of their mean, a chance below 1e-18. K is taken on two
 * lattices, one twice as fine, and extrapolated before anything is made of it.
 * S. Asmussen and P. W. Glynn, Stochastic Simulation (2007), chapter VI. */
#include "deep_tail.h"

#include "complex_log.h"
#include "gaussian.h"
#include "lattice.h"

#include <complex.h>
#include <fftw3.h>
#include <string.h>

enum {
    POINTS = 1 << 15,
    FINE_POINTS = 2 * POINTS,
    LAST = POINTS - POINTS / 32,
    ROUNDS = 12,
    BISECTIONS = 60
};

static const double sds_each_way = 12.0;
static const double sds_to_spare = 9.0;
static const double most_from_large = 0.1; /* of the tilted variance */
static const double room = 1.0;       /* above x, in distances from the bottom to x */
static const double steepest = 650.0; /* tilt times cut: exp() of it is finite */

struct tilted {
    const struct portfolio *portfolio;
    double people, x;
    double cut;  /* a claim above it alone takes the total above x */
    double step; /* of the coarse lattice */
    double tilt;
    size_t base;              /* first index of the coarse window */
    double *mass;             /* FINE_POINTS of each cell */
    double added[MOST_CELLS]; /* what its lattice added to E[X^2] */
    double *point;            /* FINE_POINTS */
    fftw_complex *wave;       /* FINE_POINTS/2+1 */
    fftw_complex *power;      /* POINTS/2+1: K(t + iw), extrapolated */
    double no_large;          /* ln P(no claim above the cut), extrapolated */
    double first, second;     /* K' and K'' at the tilt */
    double large;             /* of K'': from claims of more than half the cut */
};

/* --- the lattice ----------------------------------------------------------- */

/* Lattice mass from point j up: (pi_(j-1) - pi_j)/h of min(X, limit). */
static double mass_from(const struct severity *severity, double limit, double step,
                        size_t j)
{
    const double low = step * ((double)j - 1.0);

    if (low >= limit)
        return 0.0;
    return (severity_excess(severity, low) -
            severity_excess(severity, fmin(low + step, limit))) /
           step;
}

/* Cut at a point of which half the mass stays: the cut is then where it is said to
 * be but for order step^2. Returns the chance of a claim above it. */
static double cut_masses(const struct tilted *t, const struct severity *severity,
                         double *mass, size_t n, double step)
{
    const double limit = t->portfolio->limit;
    const size_t ratio = n / POINTS;
    const size_t place = (size_t)ceil(t->cut / t->step);
    const size_t at = ratio * (place < POINTS - 1 ? place : POINTS - 1);

    mass[at] *= 0.5;
    memset(mass + at + 1, 0, (n - at - 1) * sizeof(*mass));
    return 0.5 * (mass_from(severity, limit, step, at) +
                  mass_from(severity, limit, step, at + 1));
}

static double log_chance_of_none(const struct tilted *t, const struct claim_cell *cell,
                                 double above)
{
    const double n = t->people * cell->share;

    return cell->frequency == FREQUENCY_POISSON
               ? -n * cell->rate * above
               : rounded(n) * log1p(-cell->rate * above);
}

static enum hr_status fill_lattice(struct tilted *t, size_t n, double weight,
                                   struct hr_error *error)
{
    const double step = t->step * POINTS / (double)n;
    const struct lattice lattice = {step, n, t->portfolio->limit};
    enum hr_status status = HR_OK;

    for (int c = 0; c < t->portfolio->cells && status == HR_OK; c++) {
        const struct claim_cell *cell = &t->portfolio->cell[c];
        double *mass = t->mass + (size_t)c * FINE_POINTS;

        status = lattice_masses(&cell->severity, &lattice, mass, &t->added[c], error);
        if (status != HR_OK)
            break;
        t->no_large +=
            weight *
            log_chance_of_none(t, cell, cut_masses(t, &cell->severity, mass, n, step));
    }
    return status;
}

/* --- the tilt -------------------------------------------------------------- */

/* K' and K'' of one cell from sums of f e^(tjh) (jh)^r */
static void add_cell(struct tilted *t, const struct claim_cell *cell,
                     const double sum[4])
{
    const double n = t->people * cell->share, q = cell->rate;
    const double inside = 1.0 + q * (sum[0] - 1.0);

    if (cell->frequency == FREQUENCY_POISSON) {
        t->first += n * q * sum[1];
        t->second += n * q * sum[2];
        t->large += n * q * sum[3];
        return;
    }
    t->first += rounded(n) * q * sum[1] / inside;
    t->second += rounded(n) * (q * sum[2] / inside - pow(q * sum[1] / inside, 2.0));
    t->large += rounded(n) * q * sum[3] / inside;
}

/* As lattice_keep_square() does. */
static void keep_square(const struct tilted *t, double added, double sum[4])
{
    const double up = exp_of(t->tilt * t->step), down = exp_of(-t->tilt * t->step);
    const double half = 0.5 * added / (t->step * t->step);

    sum[0] += half * (2.0 - up - down);
    sum[1] -= half * (up - down) * t->step;
    sum[2] -= half * (up + down) * t->step * t->step;
}

static void cumulants_at(struct tilted *t, double tilt)
{
    t->tilt = tilt;
    t->first = t->second = t->large = 0.0;
    for (int c = 0; c < t->portfolio->cells; c++) {
        const double *f = t->mass + (size_t)c * FINE_POINTS;
        double sum[4] = {0};

        memcpy(t->point, f, POINTS * sizeof(*f));
        lattice_tilt(t->point, POINTS, tilt * t->step);
        for (size_t j = 0; j < POINTS; j++) {
            const double claim = t->step * (double)j;
            const double weight = t->point[j];

            sum[0] += weight;
            sum[1] += weight * claim;
            sum[2] += weight * claim * claim;
            sum[3] += 2.0 * claim > t->cut ? weight * claim * claim : 0.0;
        }
        keep_square(t, t->added[c], sum);
        add_cell(t, &t->portfolio->cell[c], sum);
    }
}

/* Below the saddle point, and while a few huge claims do not yet make the tilted law
 * bimodal: a tail so heavy is not so small that it needs more. */
static bool may_rise(const struct tilted *t)
{
    return t->first < t->x && t->large < most_from_large * t->second &&
           t->tilt * t->cut < steepest;
}

/* The largest such tilt, nearly: K' and the share of the large rise, so doubling and
 * halving find it, from the tilt of a normal law. */
static void solve_tilt(struct tilted *t)
{
    double low = 0.0, high;

    cumulants_at(t, 0.0);
    if (!(t->second > 0.0)) /* so few and alike that the lattice has no spread: none */
        return;
    high = larger(t->x - t->first, 1e-9 * t->x) / t->second;
    cumulants_at(t, high);
    while (may_rise(t)) {
        low = high;
        high *= 2.0;
        cumulants_at(t, high);
    }
    for (int i = 0; i < BISECTIONS && high - low > 3e-3 * high; i++) {
        const double middle = 0.5 * (low + high);

        cumulants_at(t, middle);
        if (may_rise(t))
            low = middle;
        else
            high = middle;
    }
    cumulants_at(t, low);
}

static void place_window(struct tilted *t, double centre, double sd)
{
    const double low = fmax(0.0, fmin(centre, t->x) - sds_each_way * sd);
    const double limit = t->portfolio->limit;

    t->step = (t->x + fmax(sds_each_way * sd, room * (t->x - low)) - low) / POINTS;
    if (isfinite(limit) && limit > t->step)
        t->step = limit / floor(limit / t->step);
    t->base = (size_t)(low / t->step);
}

/* The tilted deviation widens the window, and the window the tilt: a few rounds. */
static enum hr_status settle_window(struct tilted *t, double centre, double sd,
                                    struct hr_error *error)
{
    enum hr_status status = HR_OK;

    for (int round = 0; round < ROUNDS && status == HR_OK; round++) {
        place_window(t, centre, sd);
        status = fill_lattice(t, POINTS, 0.0, error);
        solve_tilt(t);
        if (sqrt(t->second) <= 1.05 * sd && t->first >= centre - 0.1 * sd)
            break;
        centre = t->first;
        sd = fmax(sd, sqrt(fmax(t->second, 0.0)));
    }
    return status;
}

/* --- transforms ------------------------------------------------------------ */

/* Falls smoothly from 1 to 0 where the coarse lattice's frequencies end: the fine one
 * has claims between its points, and cut off they would ring through all of them. */
static double taper(size_t k)
{
    const double c = cos(M_PI * (double)k / POINTS);

    return c * c * c * c;
}

/* coarse + 4/3 (fine - coarse) */
static void add_power(struct tilted *t, const struct claim_cell *cell, bool fine)
{
    const double n = t->people * cell->share;

    for (size_t k = 0; k <= POINTS / 2; k++) {
        const double complex lift = cell->rate * (t->wave[k] - 1.0);
        const double part = 4.0 / 3.0 * taper(k);
        const double weight = fine ? part : 1.0 - part;

        t->power[k] += weight * (cell->frequency == FREQUENCY_POISSON
                                     ? n * lift
                                     : rounded(n) * log_one_plus(lift));
    }
}

/* Adds weight K(t + iw) of the lattice of n points; both have the same frequencies. */
static enum hr_status transform_lattice(struct tilted *t, bool fine,
                                        struct hr_error *error)
{
    const size_t n = fine ? FINE_POINTS : POINTS;
    const double step = t->step * POINTS / (double)n;
    enum hr_status status = fill_lattice(t, n, fine ? 4.0 / 3.0 : -1.0 / 3.0, error);
    fftw_plan plan;

    if (status != HR_OK)
        return status;
    plan = fftw_plan_dft_r2c_1d((int)n, t->point, t->wave, FFTW_ESTIMATE);
    if (plan == NULL)
        return hr_fail(error, HR_FAILED, "cannot plan a transform of %zu points", n);
    for (int c = 0; c < t->portfolio->cells; c++) {
        const double *f = t->mass + (size_t)c * FINE_POINTS;

        memcpy(t->point, f, n * sizeof(*f));
        lattice_tilt(t->point, n, t->tilt * step);
        lattice_keep_square(t->point, n, t->added[c], step, t->tilt * step);
        fftw_execute(plan);
        add_power(t, &t->portfolio->cell[c], fine);
    }
    fftw_destroy_plan(plan);
    return HR_OK;
}

static enum hr_status transform_back(struct tilted *t, struct hr_error *error)
{
    fftw_plan plan = fftw_plan_dft_c2r_1d(POINTS, t->wave, t->point, FFTW_ESTIMATE);

    if (plan == NULL)
        return hr_fail(error, HR_FAILED, "cannot plan a transform of %d points",
                       (int)POINTS);
    for (size_t k = 0; k <= POINTS / 2; k++) {
        const double complex power = t->power[k] - creal(t->power[0]);

        t->wave[k] = creal(power) > -45.0 ? cexp(power) / POINTS : 0.0;
    }
    fftw_execute(plan);
    fftw_destroy_plan(plan);
    return HR_OK;
}

/* sum over s > x of p(s) exp(K - t s), the cell that holds x by its part above */
static double untilted_above(const struct tilted *t)
{
    double sum = 0.0;

    for (size_t i = 0; i < LAST; i++) {
        const double s = t->step * (double)(t->base + i);
        const double part = within((s - t->x) / t->step + 0.5, 0.0, 1.0);

        sum += part * t->point[(t->base + i) % POINTS] * exp_of(-t->tilt * (s - t->x));
    }
    return sum * exp_of(creal(t->power[0]) - t->tilt * t->x);
}

static enum hr_status tail_of(struct tilted *t, double sd, double *chance,
                              struct hr_error *error)
{
    enum hr_status status = settle_window(t, t->x, sd, error);

    t->no_large = 0.0;
    memset(t->power, 0, (POINTS / 2 + 1) * sizeof(*t->power));
    if (status == HR_OK)
        status = transform_lattice(t, false, error);
    if (status == HR_OK)
        status = transform_lattice(t, true, error);
    if (status == HR_OK)
        status = transform_back(t, error);
    if (status == HR_OK)
        *chance = untilted_above(t) - expm1(t->no_large);
    return status;
}

static enum hr_status tail_in_memory(struct tilted *t, double sd, double *chance,
                                     struct hr_error *error)
{
    enum hr_status status;

    t->mass = fftw_alloc_real(FINE_POINTS * (size_t)t->portfolio->cells);
    t->point = fftw_alloc_real(FINE_POINTS);
    t->wave = fftw_alloc_complex(FINE_POINTS / 2 + 1);
    t->power = fftw_alloc_complex(POINTS / 2 + 1);
    if (t->mass == NULL || t->point == NULL || t->wave == NULL || t->power == NULL)
        status = hr_fail(error, HR_FAILED, "no memory for a deep tail");
    else
        status = tail_of(t, sd, chance, error);
    fftw_free(t->power);
    fftw_free(t->wave);
    fftw_free(t->point);
    fftw_free(t->mass);
    return status;
}

enum hr_status deep_tail(const struct portfolio *portfolio, double people, double x,
                         double *chance, struct hr_error *error)
{
    enum hr_status status = portfolio_needs_moment(portfolio, 2, error);
    struct tilted t = {.portfolio = portfolio, .people = people, .x = x};
    struct claim_moments m;

    if (status != HR_OK)
        return status;
    if (portfolio->factor.kind != FACTOR_NONE)
        return hr_fail(error, HR_BAD_INPUT,
                       "a tail under a common factor is the factor's own: it is not "
                       "tilted");
    status = portfolio_kept(portfolio, people, &m, error);
    if (status != HR_OK)
        return status;
    if (!(x > m.mean))
        return hr_fail(error, HR_BAD_INPUT,
                       "%g is not above the mean of %g: that is no tail", x, m.mean);
    if (portfolio->cells == 0) {
        *chance = normal_above((x - m.mean) / sqrt(m.variance));
        return HR_OK;
    }
    t.cut = fmin(x, x - m.mean + sds_to_spare * sqrt(m.variance));
    return tail_in_memory(&t, sqrt(m.variance), chance, error);
}
