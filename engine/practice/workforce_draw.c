#include "workforce_rate.h"

static const double earliest_retirement = 50.0;

/* Until they are ripe people retire at no more than this part of the highest rate,
 * where the logistic curve is at 1/(1 + e^unripe_exponent). */
static const double unripe_exponent = 3.0, unripe = 0.05;

/* Room for rounding: a chance is held against draws as if it were a little higher. */
static const double roomy = 1.0 + 2e-10;

static void find_contagion(const struct lanes *peer_rate,
                           struct workforce_chances *chances)
{
    uint64_t set = 0;

    GATHER_LANES (i)
        set |= peer_rate->at[i] > 0.0 ? lane_bit[i] : 0;
    chances->contagious = set != 0;
}

static void score_ages(const struct workforce_parameters *w, double older,
                       struct workforce_chances *chances)
{
    EACH_LANE (i) {
        const double mid = w->retire_mid.at[i], spread = w->retire_spread.at[i];

        chances->ageing.at[i] = exp_of(-older / spread);
        chances->old.at[i] =
            exp_of((mid - earliest_retirement) / spread) * (1.0 + 1e-12);
        chances->ripe.at[i] =
            exp_of(unripe_exponent + (older + RIPENING_YEARS) / spread);
    }
}

void workforce_chances(struct workforce_quarter *now, const struct drivers *drivers)
{
    const struct workforce_parameters *w = &now->parameters->workforce;
    struct workforce_chances *chances = &now->chances;

    find_contagion(&w->peer_rate, chances);
    score_ages(w, 0.25 * now->quarter, chances);
    EACH_LANE (i) {
        chances->switching.at[i] = quarter_probability(w->switch_rate.at[i]);
        chances->sickness.at[i] =
            quarter_probability(w->sick_rate.at[i] * drivers->sickness.at[i]);
        chances->recovery.at[i] = quarter_probability(1.0 / w->sick_years.at[i]);
        chances->retirement.at[i] = w->retire_max.at[i];
    }
    for (int s = 0; s < now->shock_count; s++) {
        struct shock *shock = &now->shocks[s];

        EACH_LANE (i) {
            const double years = w->retire_mid.at[i] - shock->from_age.at[i];

            shock->from_score.at[i] =
                exp_of(years / w->retire_spread.at[i]) * (1.0 + 1e-12);
            chances->retirement.at[i] *= larger(1.0, shock->exits.at[i]);
        }
    }
}

enum { ALL_GRAINS = INT32_MAX };

/* No uniform below @p chance has more grains. */
static inline int32_t grains_up_to(double chance)
{
    return (int32_t)smaller(1.0 + 0x1p31 * chance, (double)ALL_GRAINS);
}

static void raise(const struct lanes *value, struct lanes *most)
{
    EACH_LANE (i)
        most->at[i] = larger(most->at[i], value->at[i]);
}

static void bound_terms(const struct workforce_parameters *w, bool settling,
                        struct workforce_terms *at, struct workforce_bounds *bounds)
{
    for (int role = 0; role < ROLES; role++) {
        struct lanes *own = &at->leave_own[role];

        EACH_LANE (i)
            own->at[i] =
                w->leave_rate[role].at[i] * at->terms->leave_factor[role].at[i];
        raise(own, &bounds->own[role]);
    }
    if (settling)
        raise(&at->terms->transition_exit, &bounds->transition);
}

void workforce_bounds(struct workforce_quarter *now, struct workforce_form *form,
                      size_t forms)
{
    const struct workforce_parameters *w = &now->parameters->workforce;
    const struct workforce_chances *chances = &now->chances;
    struct workforce_bounds *bounds = &now->bounds;
    struct lanes hire = {{0}};

    *bounds = (struct workforce_bounds){.own = {{{0}}}};
    for (size_t f = 0; f < forms; f++) {
        bound_terms(w, form[f].settling, &form[f].inside, bounds);
        bound_terms(w, form[f].settling, &form[f].outside, bounds);
        raise(form[f].inside.hire, &hire);
        raise(form[f].outside.hire, &hire);
    }
    EACH_LANE (i) {
        const double switching = chances->switching.at[i] * roomy;

        bounds->fill.at[i] = grains_up_to(hire.at[i] * roomy);
        bounds->fall.at[i] = grains_up_to(chances->sickness.at[i] * roomy);
        bounds->recover.at[i] = grains_up_to(chances->recovery.at[i] * roomy);
        bounds->stay.at[i] = ALL_GRAINS - grains_up_to(switching);
    }
}

/* The highest pressure on anyone at the site at hand. */
static void press(const struct workforce_quarter *now,
                  const struct workforce_form *form, size_t forms,
                  struct lanes *pressure)
{
    const struct workforce_parameters *w = &now->parameters->workforce;

    *pressure = (struct lanes){{0}};
    for (size_t f = 0; f < forms; f++) {
        const struct practice *practice = form[f].practice;
        struct lanes here;

        EACH_LANE (i)
            here.at[i] = burnout_at(w, practice, i);
        if (now->chances.contagious) {
            EACH_LANE (i)
                here.at[i] += contagion_at(w, now->quarter, &practice->workforce, i);
        }
        raise(&here, pressure);
    }
}

static void bound_leaving(const struct nature *nature,
                          const struct workforce_chances *chances,
                          const struct lanes *pressure, struct workforce_bounds *bounds)
{
    EACH_LANE (i) {
        const double frailty = nature->frailty.at[i];
        const double retire = of_quarter * chances->retirement.at[i];
        const double partner =
            of_quarter * (frailty * (bounds->own[PARTNER].at[i] + pressure->at[i]) +
                          bounds->transition.at[i]);
        const double salaried =
            of_quarter * (frailty * (bounds->own[SALARIED].at[i] + pressure->at[i]));
        const double most = larger(partner, salaried);

        bounds->leave[PARTNER].at[i] = grains_up_to(partner + unripe * retire);
        bounds->leave[SALARIED].at[i] = grains_up_to(salaried + unripe * retire);
        bounds->retire.at[i] = grains_up_to(most + retire);
        bounds->unretired.at[i] = most;
    }
}

/* Posts whose words are looked at together: two pairs of them. */
enum { DRAWN = POSTS / 2 };

static void draw_pair(const struct draw_source *source, uint64_t pair,
                      struct flags word[2])
{
    const struct draw_source s = *source;

    EACH_LANE (i) {
        const struct draw_pair one =
            threefry(s.first + lane_number[i], pair, s.seed, 0);

        word[0].at[i] = one.word[0];
        word[1].at[i] = one.word[1];
    }
}

static void draw_pairs(const struct draw_source *source, uint64_t pair,
                       struct flags word[DRAWN])
{
    const struct draw_source s = *source;

    EACH_LANE (i) {
        struct draw_pair one, other;

        threefry_two(s.first + lane_number[i], pair, pair + 1, s.seed, 0, &one, &other);
        word[0].at[i] = one.word[0];
        word[1].at[i] = one.word[1];
        word[2].at[i] = other.word[0];
        word[3].at[i] = other.word[1];
    }
}

/* A word's upper 52 bits as a uniform, and its lower 32. */
static inline int32_t upper_grains(uint64_t word)
{
    return (int32_t)(word >> 33);
}

static inline int32_t lower_grains(uint64_t word)
{
    return (int32_t)((uint32_t)word >> 1);
}

/* The bit of a post among so many, where that holds. */
static inline uint32_t drawn_where(bool holds, int k, int lane)
{
    return (0 - (uint32_t)holds) & UINT32_C(1) << (k * LANES + lane);
}

static void look_at_upper(const struct workforce_bounds *bounds,
                          const struct flags word[DRAWN], int shift,
                          struct post_draws *draws)
{
    uint32_t partner = 0, salaried = 0, ripe = 0, fill = 0;

#pragma omp simd reduction(| : partner, salaried, ripe, fill)
    for (int i = 0; i < LANES; i++) {
        for (int k = 0; k < DRAWN; k++) {
            const int32_t u = upper_grains(word[k].at[i]);

            partner |= drawn_where(u <= bounds->leave[PARTNER].at[i], k, i);
            salaried |= drawn_where(u <= bounds->leave[SALARIED].at[i], k, i);
            ripe |= drawn_where(u <= bounds->retire.at[i], k, i);
            fill |= drawn_where(u <= bounds->fill.at[i], k, i);
        }
    }
    draws->may_leave[PARTNER] |= (uint64_t)partner << shift;
    draws->may_leave[SALARIED] |= (uint64_t)salaried << shift;
    draws->may_retire |= (uint64_t)ripe << shift;
    draws->may_fill |= (uint64_t)fill << shift;
}

static void look_at_lower(const struct workforce_bounds *bounds,
                          const struct flags word[DRAWN], int shift,
                          struct post_draws *draws)
{
    uint32_t switching = 0, fall = 0, recover = 0;

#pragma omp simd reduction(| : switching, fall, recover)
    for (int i = 0; i < LANES; i++) {
        for (int k = 0; k < DRAWN; k++) {
            const int32_t v = lower_grains(word[k].at[i]);

            switching |= drawn_where(v >= bounds->stay.at[i], k, i);
            fall |= drawn_where(v <= bounds->fall.at[i], k, i);
            recover |= drawn_where(v <= bounds->recover.at[i], k, i);
        }
    }
    draws->may_switch |= (uint64_t)switching << shift;
    draws->may_fall |= (uint64_t)fall << shift;
    draws->may_recover |= (uint64_t)recover << shift;
}

/* The first @p count posts of a group, the first of which has the address. */
static void draw_group(const struct workforce_quarter *now, uint64_t address, int count,
                       struct post_draws *draws)
{
    draws->may_leave[PARTNER] = draws->may_leave[SALARIED] = 0;
    draws->may_retire = draws->may_fill = draws->may_switch = 0;
    draws->may_fall = draws->may_recover = 0;
    for (int k = 0; k < POSTS && k < count; k += DRAWN) {
        if (count - k > 2)
            draw_pairs(now->source, address + (uint64_t)k / 2, &draws->word[k]);
        else
            draw_pair(now->source, address + (uint64_t)k / 2, &draws->word[k]);
        look_at_upper(&now->bounds, &draws->word[k], k * LANES, draws);
        look_at_lower(&now->bounds, &draws->word[k], k * LANES, draws);
    }
}

static int slots_in_use(const struct workforce_form *form, size_t forms)
{
    int slots = 0;

    for (size_t f = 0; f < forms; f++) {
        if (form[f].practice->active > slots)
            slots = form[f].practice->active;
    }
    return slots;
}

/* May write the draws of the site at hand, and the bounds on leaving there. */
void workforce_draw(struct workforce_quarter *now, const struct workforce_form *form,
                    size_t forms, struct post_draws *draws)
{
    const int slots = slots_in_use(form, forms);
    const uint32_t entity = now->site->entity, quarter = (uint32_t)now->quarter;
    struct lanes pressure;

    press(now, form, forms, &pressure);
    bound_leaving(now->nature, &now->chances, &pressure, &now->bounds);
    for (int first = 0; first < slots; first += POSTS, draws++)
        draw_group(now, draw_address(entity, DRAW_POST, quarter, (uint32_t)first / 2),
                   slots - first, draws);
}
