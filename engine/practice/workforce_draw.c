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
        chances->ripe.at[i] = exp_of(unripe_exponent + (older + 1.0) / spread);
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
        bounds->fill.at[i] = 1.0 + 0x1p-50 + hire.at[i] * roomy;
        bounds->fall.at[i] = 1.0 + 0x1p-50 + chances->sickness.at[i] * roomy;
        bounds->recover.at[i] = 1.0 + 0x1p-50 + chances->recovery.at[i] * roomy;
        bounds->keep.at[i] = 2.0 - 0x1p-32 - chances->switching.at[i] * roomy;
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
        const double least = 1.0 + 0x1p-50;

        bounds->leave[PARTNER].at[i] = least + (partner + unripe * retire);
        bounds->leave[SALARIED].at[i] = least + (salaried + unripe * retire);
        bounds->unretired.at[i] = larger(partner, salaried);
        bounds->retire.at[i] = least + (larger(partner, salaried) + retire);
    }
}

/* The words of the first @p count posts of a group, four by four. */
static void draw_words(const struct draw_source *source, uint64_t address, int count,
                       struct flags word[POSTS])
{
    const struct draw_source s = *source;

    for (int k = 0; k < POSTS && k < count; k += 4) {
        const uint64_t pair = address + (uint64_t)k / 2;

        EACH_LANE (i) {
            struct draw_pair one, other;

            threefry_two(s.first + lane_number[i], pair, pair + 1, s.seed, 0, &one,
                         &other);
            word[k].at[i] = one.word[0];
            word[k + 1].at[i] = one.word[1];
            word[k + 2].at[i] = other.word[0];
            word[k + 3].at[i] = other.word[1];
        }
    }
}

/* A uniform plus one of a word's upper 52 bits, or of its lower 32; half a grain low.
 */
static inline double upper_of(uint64_t word)
{
    return from_bits(word >> 12 | 0x3ff0000000000000ull);
}

static inline double lower_of(uint64_t word)
{
    return upper_of(word << 32);
}

static void look_at_upper(const struct workforce_bounds *bounds,
                          struct post_draws *draws)
{
    uint64_t partner = 0, salaried = 0, ripe = 0, fill = 0;

#pragma omp simd reduction(| : partner, salaried, ripe, fill)
    for (int i = 0; i < LANES; i++) {
        for (int k = 0; k < POSTS; k++) {
            const double u = upper_of(draws->word[k].at[i]);

            partner |= u < bounds->leave[PARTNER].at[i] ? post_bit(k, i) : 0;
            salaried |= u < bounds->leave[SALARIED].at[i] ? post_bit(k, i) : 0;
            ripe |= u < bounds->retire.at[i] ? post_bit(k, i) : 0;
            fill |= u < bounds->fill.at[i] ? post_bit(k, i) : 0;
        }
    }
    draws->may_leave[PARTNER] = partner;
    draws->may_leave[SALARIED] = salaried;
    draws->may_retire = ripe;
    draws->may_fill = fill;
}

static void look_at_lower(const struct workforce_bounds *bounds,
                          struct post_draws *draws)
{
    uint64_t switching = 0, fall = 0, recover = 0;

#pragma omp simd reduction(| : switching, fall, recover)
    for (int i = 0; i < LANES; i++) {
        for (int k = 0; k < POSTS; k++) {
            const double v = lower_of(draws->word[k].at[i]);

            switching |= v > bounds->keep.at[i] ? post_bit(k, i) : 0;
            fall |= v < bounds->fall.at[i] ? post_bit(k, i) : 0;
            recover |= v < bounds->recover.at[i] ? post_bit(k, i) : 0;
        }
    }
    draws->may_switch = switching;
    draws->may_fall = fall;
    draws->may_recover = recover;
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
    for (int first = 0; first < slots; first += POSTS, draws++) {
        draw_words(now->source,
                   draw_address(entity, DRAW_POST, quarter, (uint32_t)first / 2),
                   slots - first, draws->word);
        look_at_upper(&now->bounds, draws);
        look_at_lower(&now->bounds, draws);
    }
}
