/* Reserves live on a lattice of half-integers, so that 0 lies between two points
 * and the mass of each, spread over +-1/2 step, never straddles ruin. A year's loss
 * is discretised so that its mean is preserved, as in exact.c, and its law applied
 * by circular convolution on twice the lattice's length. Errors go with step^2: two
 * lattices, one twice as fine, are extrapolated. */
#include "ruin.h"

#include <complex.h>
#include <fftw3.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COARSE_STATES = 1024, FINE_STATES = 2048 };

static const double sds_each_way = 12.0;

struct reserves {
    int years;
    double reserve; /* share of the budget, at the start */
    int states, circle;
    double step;
    double *state;      /* circle: mass of reserve (k + 1/2) step, k < states */
    fftw_complex *wave; /* states+1 */
    fftw_complex *loss; /* transform of minus a year's loss */
    fftw_plan there, back;
};

static enum hr_status open_reserves(struct reserves *r, struct hr_error *error)
{
    r->circle = 2 * r->states;
    r->state = fftw_alloc_real((size_t)r->circle);
    r->wave = fftw_alloc_complex((size_t)r->states + 1);
    r->loss = fftw_alloc_complex((size_t)r->states + 1);
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
 * Masses are second differences of E[(loss - x)+] over the step. */
static void transform_loss(struct reserves *r, const struct settled_law *law,
                           double reach)
{
    const long last = lrint(ceil(reach / r->step)), first = -last;

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
    memcpy(r->loss, r->wave, ((size_t)r->states + 1) * sizeof(*r->loss));
}

/* After the first year: reserve - loss, where not below 0; its ruin is exact. */
static double first_year(struct reserves *r, const struct settled_law *law,
                         double reserve)
{
    double alive = 0.0;

    memset(r->state, 0, (size_t)r->circle * sizeof(*r->state));
    for (int k = 0; k < r->states; k++) {
        const double low = reserve - r->step * (k + 1.0);

        r->state[k] = settled_above(law, low) - settled_above(law, low + r->step);
        alive += r->state[k];
    }
    r->state[r->states - 1] += 1.0 - settled_above(law, reserve) - alive;
    return settled_above(law, reserve);
}

/* Mass above the lattice is kept at its top; what is not alive is ruined, so that a
 * loss beyond the lattice counts too. */
static double next_year(struct reserves *r)
{
    double alive = 0.0;

    fftw_execute(r->there);
    for (int k = 0; k <= r->states; k++)
        r->wave[k] *= r->loss[k] / r->circle;
    fftw_execute(r->back);
    for (int k = r->states; k < r->circle; k++) {
        if (k < r->states + r->states / 2)
            r->state[r->states - 1] += r->state[k];
        r->state[k] = 0.0;
    }
    for (int k = 0; k < r->states; k++)
        alive += r->state[k];
    return 1.0 - alive;
}

static void ruin_given(struct reserves *r, const struct settled_law *law, double *ruin)
{
    const double mean = settled_mean(law), sd = settled_sd(law);
    const double reach = sds_each_way * sd + fabs(mean);
    const double top =
        r->reserve + sds_each_way * sd * sqrt(r->years) + fmax(-mean, 0.0) * r->years;

    r->step = fmax(top, 2.0 * reach) / r->states;
    if (!(r->step > 0.0)) { /* nothing is at risk */
        for (int y = 0; y < r->years; y++)
            ruin[y] = mean * (y + 1) > r->reserve;
        return;
    }
    transform_loss(r, law, fmin(reach, r->step * (r->states / 2 - 2)));
    ruin[0] = first_year(r, law, r->reserve);
    for (int y = 1; y < r->years; y++)
        ruin[y] = next_year(r);
}

/* Adds weight times the chances on a lattice of the states of r. */
static enum hr_status add_lattice(struct reserves r, const struct settled_law *law,
                                  double weight, double *ruin, struct hr_error *error)
{
    const enum hr_status status = open_reserves(&r, error);
    double one[LONGEST_RUIN];

    for (size_t i = 0; i < law->n && status == HR_OK; i++) {
        const struct settled_law given = settled_at_node(law, i);

        ruin_given(&r, &given, one);
        for (int y = 0; y < r.years; y++)
            ruin[y] += weight * law->weight[i] * one[y];
    }
    close_reserves(&r);
    return status;
}

enum hr_status ruin_chances(const struct settled_law *law, double reserve, int years,
                            double *ruin, struct hr_error *error)
{
    const struct reserves coarse = {
        .years = years, .reserve = reserve, .states = COARSE_STATES};
    const struct reserves fine = {
        .years = years, .reserve = reserve, .states = FINE_STATES};
    enum hr_status status;

    if (!(reserve >= 0.0 && isfinite(reserve)))
        return hr_fail(error, HR_BAD_INPUT, "a reserve of %g is below 0", reserve);
    if (years < 1 || years > LONGEST_RUIN)
        return hr_fail(error, HR_BAD_INPUT, "ruin within %d years: from 1 to %d", years,
                       (int)LONGEST_RUIN);
    memset(ruin, 0, (size_t)years * sizeof(*ruin));
    status = add_lattice(coarse, law, -1.0 / 3.0, ruin, error);
    if (status == HR_OK)
        status = add_lattice(fine, law, 4.0 / 3.0, ruin, error);
    return status;
}
