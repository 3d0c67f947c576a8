#include "shocks.h"

#include "near_tie.h"

void shocks_clear(struct drivers *drivers)
{
    EACH_LANE (i) {
        drivers->demand.at[i] = 1.0;
        drivers->sickness.at[i] = 1.0;
        drivers->recruitment.at[i] = 1.0;
        drivers->locum.at[i] = 1.0;
        drivers->pay.at[i] = 1.0;
        drivers->nongp.at[i] = 1.0;
        drivers->income.at[i] = 1.0;
        drivers->staff.at[i] = 1.0;
        drivers->relief.at[i] = 1.0;
        drivers->nongp_step.at[i] = 0.0;
        drivers->diversion_step.at[i] = 0.0;
    }
}

static void start(const struct shock_moment *now, const struct shock_timing *timing,
                  const struct shock_terms *terms, struct shock *shock)
{
    struct lanes u;

    if (timing->at >= 0) {
        EACH_LANE (i)
            shock->started.at[i] =
                now->quarter == timing->at ? now->quarter : shock->started.at[i];
        return;
    }
    lane_draw(now->source,
              draw_address(timing->entity, DRAW_SHOCK_START, (uint32_t)now->quarter, 0),
              &u);
    EACH_LANE (i) {
        const uint64_t starts =
            below(event_time(u.at[i]), terms->rate.at[i], &now->near_ties->at[i]);

        shock->started.at[i] = starts ? now->quarter : shock->started.at[i];
    }
}

/* 1 at full strength, falling linearly over the fade, 0 before and after */
static void strength_now(const struct shock_timing *timing, int quarter,
                         const struct shock *shock, struct lanes *strength)
{
    const double duration = timing->duration;
    const double fade = timing->fade;

    EACH_LANE (i) {
        const double age = quarter - shock->started.at[i];
        const double fading = 1.0 - (age - duration + 1.0) / (fade + 1.0);

        strength->at[i] = age < duration ? 1.0 : larger(fading, 0.0);
    }
}

static int is_one(const struct lanes *factor)
{
    int differ = 0;

    for (int i = 0; i < LANES; i++)
        differ |= factor->at[i] != 1.0;
    return !differ;
}

/* factor^strength, exactly 1 and exactly the factor at the ends */
static void multiply(struct lanes *product, const struct lanes *factor,
                     const struct lanes *strength)
{
    if (is_one(factor))
        return;
    EACH_LANE (i) {
        const double s = strength->at[i];
        const double part = power_of(factor->at[i], s);
        const double whole = s >= 1.0 ? factor->at[i] : part;

        product->at[i] *= s <= 0.0 ? 1.0 : whole;
    }
}

static void add(struct lanes *sum, const struct lanes *step,
                const struct lanes *strength)
{
    EACH_LANE (i)
        sum->at[i] += step->at[i] * strength->at[i];
}

void shock_step(const struct shock_moment *now, const struct shock_timing *timing,
                const struct shock_terms *terms, struct shock *shock,
                struct drivers *drivers)
{
    struct lanes strength;

    start(now, timing, terms, shock);
    strength_now(timing, now->quarter, shock, &strength);
    multiply(&drivers->demand, &terms->demand, &strength);
    multiply(&drivers->sickness, &terms->sickness, &strength);
    multiply(&drivers->recruitment, &terms->recruitment, &strength);
    multiply(&drivers->locum, &terms->locum, &strength);
    multiply(&drivers->pay, &terms->pay, &strength);
    multiply(&drivers->nongp, &terms->nongp, &strength);
    multiply(&drivers->income, &terms->income, &strength);
    multiply(&drivers->staff, &terms->staff, &strength);
    multiply(&drivers->relief, &terms->relief, &strength);
    add(&drivers->nongp_step, &terms->nongp_step, &strength);
    add(&drivers->diversion_step, &terms->diversion_step, &strength);
    EACH_LANE (i)
        shock->exits.at[i] = 1.0;
    multiply(&shock->exits, &terms->exits, &strength);
    shock->from_age = terms->from_age;
}
