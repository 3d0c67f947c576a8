/* Reserves live on a lattice of half-integers, so that 0 lies between two points
 * and the mass of each, spread over +-1/2 step, never straddles ruin. A year's loss
 * is discretised so that its mean is preserved, as in exact.c, and its law applied
 * by circular convolution on twice the lattice's length. */
#include "ruin.h"

#include <complex.h>
#include <fftw3.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STATES = 4096, CIRCLE = 2 * STATES };

static const double sds_each_way = 12.0;

struct reserves {
    double step;
    double *state;      /* CIRCLE: mass of reserve (k + 1/2) step, k < STATES */
    fftw_complex *wave; /* CIRCLE/2+1 */
    fftw_complex *loss; /* transform of minus a year's loss */
    fftw_plan there, back;
};

static enum hr_status open_reserves(struct reserves *r, struct hr_error *error)
{
    r->state = fftw_alloc_real(CIRCLE);
    r->wave = fftw_alloc_complex(CIRCLE / 2 + 1);
    r->loss = fftw_alloc_complex(CIRCLE / 2 + 1);
    if (r->state == NULL || r->wave == NULL || r->loss == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the reserves of a pool");
    r->there = fftw_plan_dft_r2c_1d(CIRCLE, r->state, r->wave, FFTW_ESTIMATE);
    r->back = fftw_plan_dft_c2r_1d(CIRCLE, r->wave, r->state, FFTW_ESTIMATE);
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

    memset(r->state, 0, CIRCLE * sizeof(*r->state));
    for (long j = first; j <= last; j++) {
        const long at = ((-j) % CIRCLE + CIRCLE) % CIRCLE;
        const double after = settled_excess(law, r->step * (double)(j + 1));

        r->state[at] += (before - 2.0 * here + after) / r->step;
        before = here;
        here = after;
    }
    fftw_execute(r->there);
    memcpy(r->loss, r->wave, (CIRCLE / 2 + 1) * sizeof(*r->loss));
}

/* After the first year: reserve - loss, where not below 0; its ruin is exact. */
static double first_year(struct reserves *r, const struct settled_law *law,
                         double reserve)
{
    double alive = 0.0;

    memset(r->state, 0, CIRCLE * sizeof(*r->state));
    for (int k = 0; k < STATES; k++) {
        const double low = reserve - r->step * (k + 1.0);

        r->state[k] = settled_above(law, low) - settled_above(law, low + r->step);
        alive += r->state[k];
    }
    r->state[STATES - 1] += 1.0 - settled_above(law, reserve) - alive;
    return settled_above(law, reserve);
}

/* Mass above the lattice is kept at its top; what is not alive is ruined, so that a
 * loss beyond the lattice counts too. */
static double next_year(struct reserves *r)
{
    double alive = 0.0;

    fftw_execute(r->there);
    for (int k = 0; k <= CIRCLE / 2; k++)
        r->wave[k] *= r->loss[k] / CIRCLE;
    fftw_execute(r->back);
    for (int k = STATES; k < CIRCLE; k++) {
        if (k < STATES + STATES / 2)
            r->state[STATES - 1] += r->state[k];
        r->state[k] = 0.0;
    }
    for (int k = 0; k < STATES; k++)
        alive += r->state[k];
    return 1.0 - alive;
}

static void ruin_given(struct reserves *r, const struct settled_law *law,
                       double reserve, int years, double *ruin)
{
    const double mean = settled_mean(law), sd = settled_sd(law);
    const double reach = sds_each_way * sd + fabs(mean);
    const double top =
        reserve + sds_each_way * sd * sqrt(years) + fmax(-mean, 0.0) * years;

    r->step = fmax(top, 2.0 * reach) / STATES;
    if (!(r->step > 0.0)) { /* nothing is at risk */
        for (int y = 0; y < years; y++)
            ruin[y] = mean * (y + 1) > reserve;
        return;
    }
    transform_loss(r, law, fmin(reach, r->step * (STATES / 2 - 2)));
    ruin[0] = first_year(r, law, reserve);
    for (int y = 1; y < years; y++)
        ruin[y] = next_year(r);
}

enum hr_status ruin_chances(const struct settled_law *law, double reserve, int years,
                            double *ruin, struct hr_error *error)
{
    struct reserves r = {0};
    double one[LONGEST_RUIN];
    enum hr_status status;

    if (!(reserve >= 0.0 && isfinite(reserve)))
        return hr_fail(error, HR_BAD_INPUT, "a reserve of %g is below 0", reserve);
    if (years < 1 || years > LONGEST_RUIN)
        return hr_fail(error, HR_BAD_INPUT, "ruin within %d years: from 1 to %d", years,
                       (int)LONGEST_RUIN);
    status = open_reserves(&r, error);
    memset(ruin, 0, (size_t)years * sizeof(*ruin));
    for (size_t i = 0; i < law->n && status == HR_OK; i++) {
        const struct settled_law given = settled_at_node(law, i);

        ruin_given(&r, &given, reserve, years, one);
        for (int y = 0; y < years; y++)
            ruin[y] += law->weight[i] * one[y];
    }
    close_reserves(&r);
    return status;
}
