/* Reserves live on a lattice of half-integers, so that 0 lies between two points
 * and the mass of each, spread over +-1/2 step, never straddles ruin. A year's loss
 * is discretised so that its mean is preserved, as in exact.c, and its law applied
 * by circular convolution on four times the lattice's length: gains lie above the
 * states there are, losses below. Errors go with step^2: two
 * lattices, one twice as fine, are extrapolated.
 *
 * A cap or the end of a corridor makes many years' losses the same. Reserves after
 * years of such losses alone are points, kept beside the lattice where they lie, so
 * that one of exactly 0 is not ruined; and the step divides such a loss, so that a
 * lattice moved by it falls on itself. */
#include "ruin_lattice.h"

#include <complex.h>
#include <fftw3.h>
#include <math.h>
#include <string.h>

enum { MOST_POINTS = 256 };

static const double sds_each_way = 12.0;

static const double nothing = 1e-12; /* of the budget: a reserve short of 0 by less */

struct point {
    double at, mass;
};

/* Losses that have a chance of their own, and reserves that they leave. */
struct points {
    size_t n;
    struct point point[MOST_POINTS];
};

struct reserves {
    struct ruin_question asked;
    int states, circle;
    int finer; /* steps into which one of the coarse lattice is cut */
    double step;
    struct points losses, left;
    double *state;      /* circle: mass of reserve (k + 1/2) step, k < states */
    fftw_complex *wave; /* circle/2+1 */
    fftw_complex *loss; /* transform of minus a year's loss */
    fftw_plan there, back;
};

static enum hr_status open_reserves(struct reserves *r, struct hr_error *error)
{
    r->circle = 4 * r->states;
    r->state = fftw_alloc_real((size_t)r->circle);
    r->wave = fftw_alloc_complex((size_t)r->circle / 2 + 1);
    r->loss = fftw_alloc_complex((size_t)r->circle / 2 + 1);
    if (r->state == NULL || r->wave == NULL || r->loss == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the reserves of a pool");
    r->there = fftw_plan_dft_r2c_1d(r->circle, r->state, r->wave, FFTW_ESTIMATE);
    r->back = fftw_plan_dft_c2r_1d(r->circle, r->wave, r->state, FFTW_ESTIMATE);
    if (r->there == NULL || r->back == NULL)
        return hr_fail(error, HR_FAILED, "cannot plan the transforms of reserves");
    return HR_OK;
}

static void close_reserves(struct reserves *r)
{
    if (r->there != NULL)
        fftw_destroy_plan(r->there);
    if (r->back != NULL)
        fftw_destroy_plan(r->back);
    fftw_free(r->loss);
    fftw_free(r->wave);
    fftw_free(r->state);
}

/* A loss of j steps takes a reserve from k to k - j: mass at index -j, circular.
 * Masses are second differences of E[(loss - x)+] over the step. Losses of more than
 * all states are not needed: they ruin every one. */
static void transform_loss(struct reserves *r, const struct settled_law *law,
                           double gain)
{
    const long last = r->states + 1;
    const long first = -lrint(fmin(ceil(gain / r->step), r->states - 1.0));

    double before = settled_excess(law, r->step * (double)(first - 1));
    double here = settled_excess(law, r->step * (double)first);

    memset(r->state, 0, (size_t)r->circle * sizeof(*r->state));
    for (long j = first; j <= last; j++) {
        const long at = ((-j) % r->circle + r->circle) % r->circle;
        const double after = settled_excess(law, r->step * (double)(j + 1));

        r->state[at] += (before - 2.0 * here + after) / r->step;
        before = here;
        here = after;
    }
    fftw_execute(r->there);
    memcpy(r->loss, r->wave, ((size_t)r->circle / 2 + 1) * sizeof(*r->loss));
}

/* --- points ----------------------------------------------------------------- */

static void add_point(struct points *points, double at, double mass)
{
    for (size_t i = 0; i < points->n; i++) {
        if (fabs(points->point[i].at - at) <= nothing) {
            points->point[i].mass += mass;
            return;
        }
    }
    if (points->n < MOST_POINTS)
        points->point[points->n++] = (struct point){at, mass};
}

/* The flat ends of a contract's function. */
static void find_losses(struct points *losses, const struct settled_law *law)
{
    const struct piecewise *f = &law->loss[0];
    const int last = f->knots - 1;
    int top = last;

    losses->n = 0;
    while (top > 0 && f->value[top - 1] >= f->value[last])
        top--;
    if (f->left <= 0.0 && f->value[0] < f->value[last])
        add_point(losses, f->value[0],
                  annual_below(law->annual, piecewise_inverse(f, f->value[0])));
    if (f->right <= 0.0 && f->value[0] < f->value[last])
        add_point(losses, f->value[last], annual_above(law->annual, f->at[top]));
}

/* P(loss > x), but for points. */
static double spread_above(const struct reserves *r, const struct settled_law *law,
                           double x)
{
    double above = settled_above(law, x);

    for (size_t i = 0; i < r->losses.n; i++)
        above -=
            r->losses.point[i].at > x + SETTLED_NEAR ? r->losses.point[i].mass : 0.0;
    return above;
}

/* A reserve of a point after a year's loss that is none of the points. */
static void spread_point(struct reserves *r, const struct settled_law *law,
                         const struct point *from)
{
    double before = spread_above(r, law, from->at), all = 1.0;

    for (size_t i = 0; i < r->losses.n; i++)
        all -= r->losses.point[i].mass;
    for (int k = 0; k < r->states - 1; k++) {
        const double after = spread_above(r, law, from->at - r->step * (k + 1.0));

        r->state[k] += from->mass * (after - before);
        before = after;
    }
    r->state[r->states - 1] += from->mass * (all - before);
}

/* The reserves that are points, after a year; what they leave goes to the lattice. */
static void next_points(struct reserves *r, const struct settled_law *law)
{
    const struct points before = r->left;

    r->left.n = 0;
    for (size_t i = 0; i < before.n; i++) {
        const struct point *from = &before.point[i];

        spread_point(r, law, from);
        for (size_t j = 0; j < r->losses.n; j++) {
            const double at = from->at - r->losses.point[j].at;

            if (at >= -nothing)
                add_point(&r->left, at, from->mass * r->losses.point[j].mass);
        }
    }
}

/* --- years ------------------------------------------------------------------ */

static double alive(const struct reserves *r)
{
    double sum = 0.0;

    for (int k = 0; k < r->states; k++)
        sum += r->state[k];
    for (size_t i = 0; i < r->left.n; i++)
        sum += r->left.point[i].mass;
    return sum;
}

/* Mass above the lattice is kept at its top; what is not alive is ruined, so that a
 * loss beyond the lattice counts too. */
static void next_lattice(struct reserves *r)
{
    fftw_execute(r->there);
    for (int k = 0; k <= r->circle / 2; k++)
        r->wave[k] *= r->loss[k] / r->circle;
    fftw_execute(r->back);
    for (int k = r->states; k < r->circle; k++) {
        if (k < 2 * r->states)
            r->state[r->states - 1] += r->state[k];
        r->state[k] = 0.0;
    }
}

/* Of about @p step, one that divides the first of the points' losses, and nearly the
 * second. */
static double aligned(const struct reserves *r, double step)
{
    const double first = r->losses.n > 0 ? fabs(r->losses.point[0].at) : 0.0;
    const double second = r->losses.n > 1 ? fabs(r->losses.point[1].at) : 0.0;
    const double fewest = ceil(first / step);
    double best = INFINITY, found = step;

    if (first < step)
        return second < step ? step : second / floor(second / step);
    for (double parts = fewest; parts <= 1.5 * fewest; parts += 1.0) {
        const double steps = second * parts / first;

        if (fabs(steps - rint(steps)) < best - 1e-9) {
            best = fabs(steps - rint(steps));
            found = first / parts;
        }
    }
    return found;
}

/* What a year's loss may be, and what a lattice spans of reserves. */
static double reach_of(const struct settled_law *law)
{
    return sds_each_way * settled_sd(law) + fabs(settled_mean(law));
}

double ruin_span(const struct ruin_question *asked, const struct settled_law *law)
{
    const double most = sds_each_way * settled_sd(law) * sqrt(asked->years) +
                        fmax(-settled_mean(law), 0.0) * asked->years;

    return 1.5 * fmax(asked->reserve + most, reach_of(law));
}

static void ruin_given(struct reserves *r, const struct settled_law *law, double *ruin)
{
    const double mean = settled_mean(law), sd = settled_sd(law);
    const double step = ruin_span(&r->asked, law) / r->asked.states;

    if (!(sd > nothing)) { /* nothing is at risk */
        for (int y = 0; y < r->asked.years; y++)
            ruin[y] = mean * (y + 1) > r->asked.reserve + nothing;
        return;
    }
    find_losses(&r->losses, law);
    r->step = aligned(r, step) / r->finer;
    transform_loss(r, law, reach_of(law));
    memset(r->state, 0, (size_t)r->circle * sizeof(*r->state));
    r->left = (struct points){.n = 1, .point = {{r->asked.reserve, 1.0}}};
    for (int y = 0; y < r->asked.years; y++) {
        if (y > 0)
            next_lattice(r);
        next_points(r, law);
        ruin[y] = 1.0 - alive(r);
    }
}

/* Chances where a step of the coarse lattice is cut into so many. */
static enum hr_status on_lattice(const struct ruin_question *asked, int finer,
                                 const struct settled_law *law, double *ruin,
                                 struct hr_error *error)
{
    struct reserves r = {
        .asked = *asked, .states = finer * asked->states, .finer = finer};
    const enum hr_status status = open_reserves(&r, error);

    if (status == HR_OK)
        ruin_given(&r, law, ruin);
    close_reserves(&r);
    return status;
}

enum hr_status ruin_on_lattices(const struct ruin_question *asked,
                                const struct settled_law *law, double *ruin,
                                double *apart, struct hr_error *error)
{
    double coarse[LONGEST_RUIN];
    enum hr_status status = on_lattice(asked, 1, law, coarse, error);

    if (status == HR_OK)
        status = on_lattice(asked, 2, law, ruin, error);
    *apart = 0.0;
    for (int y = 0; y < asked->years && status == HR_OK; y++) {
        *apart = fmax(*apart, fabs(ruin[y] - coarse[y]));
        ruin[y] = (4.0 * ruin[y] - coarse[y]) / 3.0;
    }
    return status;
}
