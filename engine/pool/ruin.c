/* Claims of all but one price are counted; all else goes on lattices, as fine as what
 * is to be seen. */
#include "ruin.h"

#include "ruin_comb.h"
#include "ruin_lattice.h"
#include "ruin_mixed.h"

#include <math.h>

enum {
    COARSE_STATES = 1024,
    POINTED_STATES = 8192,
    MOST_STATES = 1 << 16,
    MOST_CHANCES = 2400
};

static const double fine = 0.3;           /* steps that teeth lie apart, unseen */
static const double settled_apart = 1e-3; /* of chances on two lattices */

static void no_chances(double *ruin, int years)
{
    for (int y = 0; y < years; y++)
        ruin[y] = NAN;
}

/* --- without an error --------------------------------------------------------- */

/* Shares of a budget that lie between two teeth, and that one is wide. */
static double loss_per_cost(const struct settled_law *law)
{
    return settled_sd(law) / sqrt(law->annual->variance);
}

static double tooth_of(const struct annual_law *annual)
{
    return sqrt(annual->spread * annual->mean);
}

/* Teeth half as wide as they lie apart leave nothing to be seen between them. */
static bool has_teeth(const struct annual_law *annual)
{
    return annual->comb && tooth_of(annual) < 0.5 * annual->step;
}

/* States of which a tooth that has a width spans some; 0 where it would take too many.
 */
static int states_for(const struct ruin_question *asked, const struct settled_law *law)
{
    const double tooth = tooth_of(law->annual);
    int states = POINTED_STATES;

    if (!has_teeth(law->annual) || !(tooth > 0.0))
        return states;
    while (states <= MOST_STATES &&
           2.0 * ruin_span(asked, law) / states > tooth * loss_per_cost(law))
        states *= 2;
    return states <= MOST_STATES ? states : 0;
}

static enum hr_status without_error(struct ruin_question asked,
                                    const struct settled_law *law, double *ruin,
                                    struct hr_error *error)
{
    enum hr_status status;
    bool done = false;
    double apart;

    status = ruin_of_comb(law, &asked, ruin, &done, error);
    if (status != HR_OK || done)
        return status;
    asked.states = states_for(&asked, law);
    if (asked.states > 0)
        return ruin_on_lattices(&asked, law, ruin, &apart, error);
    no_chances(ruin, asked.years);
    return HR_OK;
}

/* --- with one ----------------------------------------------------------------- */

/* Whether a lattice sees nothing of a comb's teeth. */
static bool teeth_are_fine(const struct ruin_question *asked,
                           const struct settled_law *law)
{
    return !has_teeth(law->annual) || law->annual->step * loss_per_cost(law) <
                                          fine * ruin_span(asked, law) / asked->states;
}

/* Of a holder whose factor is known: one of very many. */
static enum hr_status given_factor(const struct settled_law *law, const void *question,
                                   double *ruin, struct hr_error *error)
{
    const struct ruin_question *given = question;
    bool done = false;
    double apart;

    if (!teeth_are_fine(given, law)) {
        const enum hr_status status = ruin_of_comb(law, given, ruin, &done, error);

        if (!done)
            no_chances(ruin, given->years);
        return status;
    }
    return ruin_on_lattices(given, law, ruin, &apart, error);
}

/* As many states as a mean holder's reserve takes; 0 where that is too many. */
static enum hr_status find_states(struct ruin_question *given,
                                  const struct settled_law *law, struct hr_error *error)
{
    const struct settled_law mean = settled_given(law, 1.0);
    double ruin[LONGEST_RUIN], apart = INFINITY;
    enum hr_status status = HR_OK;

    given->states = COARSE_STATES;
    if (!teeth_are_fine(given, &mean))
        return HR_OK;
    for (;;) {
        status = ruin_on_lattices(given, &mean, ruin, &apart, error);
        if (status != HR_OK || apart <= settled_apart)
            return status;
        if (given->states >= POINTED_STATES)
            break;
        given->states *= 2;
    }
    given->states = 0;
    return HR_OK;
}

static enum hr_status with_error(struct ruin_question *given,
                                 const struct settled_law *law, double *ruin,
                                 struct hr_error *error)
{
    struct ruin_given one = {given_factor, given, given->years, MOST_CHANCES};
    const enum hr_status status = find_states(given, law, error);

    if (status != HR_OK)
        return status;
    if (given->states > 0) {
        one.most = MOST_CHANCES / (given->states / COARSE_STATES);
        return ruin_mixed(law, &one, ruin, error);
    }
    no_chances(ruin, given->years);
    return HR_OK;
}

enum hr_status ruin_chances(const struct settled_law *law, double reserve, int years,
                            double *ruin, struct hr_error *error)
{
    struct ruin_question asked = {.reserve = reserve, .years = years};

    if (!(reserve >= 0.0 && isfinite(reserve)))
        return hr_fail(error, HR_BAD_INPUT, "a reserve of %g is below 0", reserve);
    if (years < 1 || years > LONGEST_RUIN)
        return hr_fail(error, HR_BAD_INPUT, "ruin within %d years: from 1 to %d", years,
                       (int)LONGEST_RUIN);
    if (law->n > 1)
        return with_error(&asked, law, ruin, error);
    return without_error(asked, law, ruin, error);
}
