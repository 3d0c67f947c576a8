/* A year's loss is first + unit j with chance loss[j]; after y years a reserve is not
 * below 0 where the sum of the js is at most (reserve - y first)/unit. */
#include "ruin_comb.h"

#include "comb.h"

#include <complex.h>
#include <fftw3.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 1 << 17 };

static const double negligible = 1e-18; /* chance of the teeth that are left out */
static const double off = 1e-4;         /* units that a loss may lie off a multiple */
static const double slack = 1e-5;       /* units that the reserve may */

struct losses {
    double first, unit;
    size_t steps; /* of the largest loss above the first */
};

struct sums {
    double reserve;
    int years;
    struct losses losses;
    size_t n;           /* of the circle */
    double *state;      /* n: chance of each sum, not ruined */
    fftw_complex *wave; /* n/2+1 */
    fftw_complex *years_loss;
    fftw_plan there, back;
};

struct teeth {
    size_t first, last;
};

static struct teeth likely(const struct annual_law *annual)
{
    struct teeth teeth = {0, annual->n - 1};

    while (teeth.first < teeth.last && annual->below[teeth.first + 1] < negligible)
        teeth.first++;
    while (teeth.last > teeth.first && annual->above[teeth.last] < negligible)
        teeth.last--;
    return teeth;
}

static double loss_at(const struct settled_law *law, size_t i)
{
    const struct annual_law *annual = law->annual;

    return piecewise_at(&law->loss[0], annual->base + annual->step * (double)i);
}

static double step_of(const struct losses *losses, double loss)
{
    return losses->unit > 0.0 ? (loss - losses->first) / losses->unit : 0.0;
}

static bool find_losses(const struct settled_law *law, const struct teeth *teeth,
                        struct losses *losses)
{
    const double last = loss_at(law, teeth->last);
    const double least = (last - loss_at(law, teeth->first)) / (2.0 * MOST_STEPS);
    double before = loss_at(law, teeth->first);

    *losses = (struct losses){.first = before};
    for (size_t i = teeth->first + 1; i <= teeth->last; i++) {
        const double loss = loss_at(law, i);

        losses->unit = comb_common_unit(losses->unit, loss - before, least);
        before = loss;
    }
    if (step_of(losses, last) > MOST_STEPS)
        return false;
    losses->steps = (size_t)rint(step_of(losses, last));
    for (size_t i = teeth->first; i <= teeth->last; i++) {
        const double place = step_of(losses, loss_at(law, i));

        if (fabs(place - rint(place)) > off)
            return false;
    }
    return true;
}

/* Sums that leave a reserve after so many years. */
static size_t alive(const struct sums *s, int year)
{
    const double most = (double)s->losses.steps * year;
    const double left = s->reserve - s->losses.first * year;
    const double place = s->losses.unit > 0.0 ? left / s->losses.unit + slack
                         : left < -1e-12      ? -1.0
                                              : 0.0;

    if (place < 0.0)
        return 0;
    return (size_t)fmin(floor(place), most) + 1;
}

static enum hr_status open_sums(struct sums *s, struct hr_error *error)
{
    size_t longest = 1;

    for (int y = 1; y <= s->years; y++)
        longest = alive(s, y) > longest ? alive(s, y) : longest;
    for (s->n = 2; s->n < longest + s->losses.steps + 1;)
        s->n *= 2;
    s->state = fftw_alloc_real(s->n);
    s->wave = fftw_alloc_complex(s->n / 2 + 1);
    s->years_loss = fftw_alloc_complex(s->n / 2 + 1);
    if (s->state == NULL || s->wave == NULL || s->years_loss == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the reserves of a pool");
    s->there = fftw_plan_dft_r2c_1d((int)s->n, s->state, s->wave, FFTW_ESTIMATE);
    s->back = fftw_plan_dft_c2r_1d((int)s->n, s->wave, s->state, FFTW_ESTIMATE);
    if (s->there == NULL || s->back == NULL)
        return hr_fail(error, HR_FAILED, "cannot plan the transforms of reserves");
    return HR_OK;
}

static void close_sums(struct sums *s)
{
    if (s->there != NULL)
        fftw_destroy_plan(s->there);
    if (s->back != NULL)
        fftw_destroy_plan(s->back);
    fftw_free(s->years_loss);
    fftw_free(s->wave);
    fftw_free(s->state);
}

static void fill_year(struct sums *s, const struct settled_law *law,
                      const struct teeth *teeth)
{
    memset(s->state, 0, s->n * sizeof(*s->state));
    for (size_t i = teeth->first; i <= teeth->last; i++)
        s->state[(size_t)rint(step_of(&s->losses, loss_at(law, i)))] +=
            law->annual->mass[i];
}

/* What is ruined is summed, not what is left: a small chance keeps its digits. */
static double take_ruined(struct sums *s, int year)
{
    double ruined = 0.0;

    for (size_t k = alive(s, year); k < s->n; k++) {
        ruined += s->state[k];
        s->state[k] = 0.0;
    }
    return ruined;
}

static void add_year(struct sums *s)
{
    fftw_execute(s->there);
    for (size_t k = 0; k <= s->n / 2; k++)
        s->wave[k] *= s->years_loss[k] / (double)s->n;
    fftw_execute(s->back);
}

static void run_years(struct sums *s, const struct settled_law *law,
                      const struct teeth *teeth, double *ruin)
{
    fill_year(s, law, teeth);
    fftw_execute(s->there);
    memcpy(s->years_loss, s->wave, (s->n / 2 + 1) * sizeof(*s->wave));
    ruin[0] = take_ruined(s, 1);
    for (int y = 1; y < s->years; y++) {
        add_year(s);
        ruin[y] = ruin[y - 1] + take_ruined(s, y + 1);
    }
}

enum hr_status ruin_of_comb(const struct settled_law *law, double reserve, int years,
                            double *ruin, bool *done, struct hr_error *error)
{
    const bool points = law->annual->comb && law->annual->spread <= 0.0 && law->n == 1;
    struct sums s = {.reserve = reserve, .years = years};
    struct teeth teeth;
    enum hr_status status;

    *done = false;
    if (!points)
        return HR_OK;
    teeth = likely(law->annual);
    if (!find_losses(law, &teeth, &s.losses))
        return HR_OK;
    status = open_sums(&s, error);
    if (status == HR_OK)
        run_years(&s, law, &teeth, ruin);
    close_sums(&s);
    *done = status == HR_OK;
    return status;
}
