/* A year's loss is first + unit j with chance loss[j]; after y years a reserve is not
 * below 0 where the sum of the js is at most (reserve - y first)/unit. Where the teeth
 * have a width and that threshold cuts one, paths that come to this tooth stop there;
 * those of them that are not ruined start again from it, as ruin_width.h has it. */
#include "ruin_comb.h"

#include "comb.h"
#include "ruin_width.h"

#include <complex.h>
#include <fftw3.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 1 << 17 };

static const double negligible = 1e-18; /* chance of the teeth that are left out */
static const double off = 1e-4;         /* units that a loss may lie off a multiple */
static const double slack = 1e-9;       /* units that the reserve may, by rounding */

struct losses {
    double first, unit;
    size_t steps;  /* of the largest loss above the first */
    double claims; /* at the first, in prices: 0 and more */
    double ratio;  /* variance of a claim, prices^2; 0: teeth are points */
    bool straight; /* losses go with claims */
};

/* How reserves part at a year's end. */
struct threshold {
    size_t alive;      /* sums that leave a reserve, with the tooth that is cut */
    bool cut;          /* the last of them is cut */
    double away, wide; /* units that the threshold lies above it; its deviation */
};

struct sums {
    double reserve;
    int years;
    struct losses losses;
    struct threshold at[LONGEST_RUIN + 1]; /* by years */
    struct width *cut;                     /* years+1: of the start, and of each year */
    size_t n;                              /* of the circle */
    double *state;                         /* n: chance of each sum, not ruined */
    fftw_complex *wave;                    /* n/2+1 */
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
    if (losses->steps > 0)
        losses->unit = (last - losses->first) / (double)losses->steps;
    for (size_t i = teeth->first; i <= teeth->last; i++) {
        const double place = step_of(losses, loss_at(law, i));

        if (fabs(place - rint(place)) > off)
            return false;
    }
    return true;
}

/* Sums that leave a reserve after so many years. A loss near the reserve is it. */
static struct threshold threshold_after(const struct sums *s, int year)
{
    const struct losses *losses = &s->losses;
    const double most = (double)losses->steps * year;
    const double left = s->reserve - losses->first * year;
    const double near = losses->unit > 0.0 ? SETTLED_NEAR / losses->unit : 0.0;
    const double place = losses->unit > 0.0 ? left / losses->unit
                         : left < -1e-12    ? -1.0
                                            : 0.0;
    const double tooth = rint(place);
    const double wide =
        sqrt(losses->ratio * (losses->claims * year + fmax(tooth, 0.0)));
    struct threshold at = {.away = place - tooth + near, .wide = wide};

    at.cut = tooth >= 0.0 && tooth <= most && WIDTH_REACH * wide > near &&
             fabs(at.away) < WIDTH_REACH * wide;
    if (at.cut)
        at.alive = (size_t)tooth + 1;
    else if (place + near + slack >= 0.0)
        at.alive =
            (size_t)fmin(floor(place + near + (wide > 0.0 ? 0.0 : slack)), most) + 1;
    return at;
}

/* False where teeth run into each other, or what lies in one that is cut does not go
 * with its claims. */
static bool find_thresholds(struct sums *s)
{
    for (int y = 1; y <= s->years; y++) {
        const struct threshold *at = &s->at[y];

        s->at[y] = threshold_after(s, y);
        if (WIDTH_REACH * at->wide > 0.5 || (at->cut && !s->losses.straight))
            return false;
    }
    return true;
}

static enum hr_status open_cuts(struct sums *s, struct hr_error *error)
{
    const struct losses *losses = &s->losses;

    s->cut = calloc((size_t)s->years + 1, sizeof(*s->cut));
    if (s->cut == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the reserves of a pool");
    s->cut[0] = width_start(losses->ratio);
    for (int y = 1; y <= s->years; y++) {
        const struct threshold *at = &s->at[y];

        if (!at->cut)
            continue;
        s->cut[y] = width_of(losses->claims * y + (double)(at->alive - 1),
                             losses->ratio, at->away);
        if (s->cut[y].n == 0)
            return hr_fail(error, HR_FAILED, "no memory for the reserves of a pool");
    }
    return HR_OK;
}

static enum hr_status open_sums(struct sums *s, struct hr_error *error)
{
    size_t longest = 1;

    for (int y = 1; y <= s->years; y++)
        longest = s->at[y].alive > longest ? s->at[y].alive : longest;
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
    return open_cuts(s, error);
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
    free(s->cut);
}

/* The sums a year after one of @p start steps. */
static void fill_year(struct sums *s, const struct settled_law *law,
                      const struct teeth *teeth, size_t start)
{
    memset(s->state, 0, s->n * sizeof(*s->state));
    for (size_t i = teeth->first; i <= teeth->last; i++)
        s->state[start + (size_t)rint(step_of(&s->losses, loss_at(law, i)))] +=
            law->annual->mass[i];
}

/* What is ruined is summed, not what is left: a small chance keeps its digits. */
static double take_ruined(struct sums *s, int year)
{
    double ruined = 0.0;

    for (size_t k = s->at[year].alive; k < s->n; k++) {
        ruined += s->state[k];
        s->state[k] = 0.0;
    }
    return ruined;
}

/* Takes paths since the year @p from out of the tooth that is cut; what of them is
 * ruined. Without a claim since then they stay what they were, below a threshold that
 * has not fallen. */
static double take_cut(struct sums *s, int from, int year)
{
    const size_t tooth = s->at[year].alive - 1;
    double ruined;

    if (!s->at[year].cut || !(s->cut[year].claims > s->cut[from].claims))
        return 0.0;
    ruined = width_arrive(&s->cut[year], &s->cut[from], fmax(s->state[tooth], 0.0));
    s->state[tooth] = 0.0;
    return ruined;
}

static void add_year(struct sums *s)
{
    fftw_execute(s->there);
    for (size_t k = 0; k <= s->n / 2; k++)
        s->wave[k] *= s->years_loss[k] / (double)s->n;
    fftw_execute(s->back);
}

/* Adds the years' ruin of paths that have come to the cut of year @p from. */
static void run_from(struct sums *s, const struct settled_law *law,
                     const struct teeth *teeth, int from, double *ruin)
{
    const double chance = width_chance(&s->cut[from]);
    const size_t start = from > 0 ? s->at[from].alive - 1 : 0;

    if (!(chance > negligible))
        return;
    fill_year(s, law, teeth, start);
    for (int y = from + 1; y <= s->years; y++) {
        if (y > from + 1)
            add_year(s);
        ruin[y - 1] += chance * take_ruined(s, y) + take_cut(s, from, y);
    }
}

static void run_years(struct sums *s, const struct settled_law *law,
                      const struct teeth *teeth, double *ruin)
{
    fill_year(s, law, teeth, 0);
    fftw_execute(s->there);
    memcpy(s->years_loss, s->wave, (s->n / 2 + 1) * sizeof(*s->wave));
    memset(ruin, 0, (size_t)s->years * sizeof(*ruin));
    for (int from = 0; from < s->years; from++)
        run_from(s, law, teeth, from, ruin);
    for (int y = 1; y < s->years; y++)
        ruin[y] += ruin[y - 1];
}

/* Whether the contract's function is one line over all that is likely. */
static bool is_straight(const struct settled_law *law, const struct teeth *teeth)
{
    const struct annual_law *annual = law->annual;
    const struct piecewise *f = &law->loss[0];
    const double low = annual->base + annual->step * (double)teeth->first;
    const double high = annual->base + annual->step * (double)teeth->last;
    const double first = piecewise_at(f, low), last = piecewise_at(f, high);
    const double slope = high > low ? (last - first) / (high - low) : 0.0;

    for (int k = 0; k < f->knots; k++) {
        const bool inside =
            f->at[k] > low - 0.5 * annual->step && f->at[k] < high + 0.5 * annual->step;

        if (inside &&
            fabs(first + slope * (f->at[k] - low) - f->value[k]) > SETTLED_NEAR)
            return false;
    }
    return slope > 0.0;
}

static void find_width(struct losses *losses, const struct settled_law *law,
                       const struct teeth *teeth)
{
    const struct annual_law *annual = law->annual;

    losses->ratio = annual->spread / annual->step;
    losses->claims = annual->base / annual->step + (double)teeth->first;
    losses->straight = is_straight(law, teeth);
}

enum hr_status ruin_of_comb(const struct settled_law *law,
                            const struct ruin_question *asked, double *ruin, bool *done,
                            struct hr_error *error)
{
    struct sums s = {.reserve = asked->reserve, .years = asked->years};
    struct teeth teeth;
    enum hr_status status;

    *done = false;
    if (!law->annual->comb || law->n > 1)
        return HR_OK;
    teeth = likely(law->annual);
    if (!find_losses(law, &teeth, &s.losses))
        return HR_OK;
    find_width(&s.losses, law, &teeth);
    if (!find_thresholds(&s))
        return HR_OK;
    status = open_sums(&s, error);
    if (status == HR_OK)
        run_years(&s, law, &teeth, ruin);
    close_sums(&s);
    *done = status == HR_OK;
    return status;
}
