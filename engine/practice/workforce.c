#include "workforce.h"

#include "near_tie.h"

static const double earliest_retirement = 50.0;

void workforce_draw(const struct draw_source *source, uint32_t entity, int quarter,
                    int active, struct workforce_draws *draws)
{
    const uint32_t q = (uint32_t)quarter;

    for (int slot = 0; slot < active; slot += 2) {
        const uint32_t pair = (uint32_t)slot / 2;

        lane_draw_two(source, draw_address(entity, DRAW_LEAVE, q, pair),
                      &draws->leave[slot], &draws->leave[slot + 1]);
        lane_draw_two(source, draw_address(entity, DRAW_SWITCH, q, pair),
                      &draws->switching[slot], &draws->switching[slot + 1]);
        lane_draw_two(source, draw_address(entity, DRAW_SICKNESS, q, pair),
                      &draws->sickness[slot], &draws->sickness[slot + 1]);
        lane_draw_two(source, draw_address(entity, DRAW_FILL, q, pair),
                      &draws->fill[slot], &draws->fill[slot + 1]);
    }
    for (int slot = 0; slot < active; slot++) {
        EACH_LANE (i)
            draws->leave[slot].at[i] = event_time(draws->leave[slot].at[i]);
        draws->newcomers[slot].known = 0;
    }
}

/* Slots beyond those ever wanted in any lane stay empty, and are skipped. */
static void activate(struct practice *practice)
{
    const struct lanes *wanted = &practice->workforce.wanted;
    const double active = practice->active;
    uint64_t more = 0;

    for (int i = 0; i < LANES; i++)
        more |= wanted->at[i] > active;
    for (int i = 0; more && i < LANES; i++) {
        if (wanted->at[i] > practice->active)
            practice->active = (int)wanted->at[i];
    }
}

void workforce_census(const struct site_posts *site, const struct nature *nature,
                      struct practice *practice)
{
    const struct standing *s = &practice->standing;
    const double slots = site->slots, start_list = site->list;
    struct workforce *w = &practice->workforce;

    EACH_LANE (i) {
        const double grown = rounded(nature->wanted.at[i] * s->list.at[i] / start_list);
        const double most = smaller(grown, slots);
        const double wanted = s->status.at[i] == STATUS_CLOSED ? 0.0 : most;
        const double vacant = wanted - w->filled.at[i];
        const uint64_t recruits =
            (s->notice_at.at[i] == NEVER) & (s->frozen.at[i] == 0.0);

        w->wanted.at[i] = wanted;
        w->eligible.at[i] = recruits ? vacant : 0.0;
    }
    activate(practice);
}

/* A whole number below 2^52, for loops over lanes on any processor. */
static double small_number(uint64_t number)
{
    return from_bits(number | 0x4330000000000000ull) - 0x1p52;
}

/* Events of the last four quarters: one byte a quarter, the newest lowest. */
static double sum_of_bytes(uint64_t bytes)
{
    const uint64_t pairs = (bytes & 0x00ff00ffu) + (bytes >> 8 & 0x00ff00ffu);

    return small_number((pairs & 0xffffu) + (pairs >> 16));
}

static void workload_and_peers(const struct workforce_parameters *w, int quarter,
                               const struct practice *practice, struct lanes *burnout,
                               struct lanes *contagion)
{
    const int quarters_ago = quarter < TRAILING ? quarter - 1 : TRAILING - 1;
    const int shift = quarters_ago > 0 ? 8 * quarters_ago : 0;
    const struct workforce *then = &practice->workforce;

    EACH_LANE (i) {
        const double strain =
            within(practice->capacity.workload.at[i] - w->burnout_threshold.at[i], 0.0,
                   w->burnout_cap.at[i]);
        const double gone = sum_of_bytes(then->exits_by_quarter.at[i]);
        const double partners =
            larger(small_number(then->partners_by_quarter.at[i] >> shift & 0xff), 1.0);

        burnout->at[i] = w->burnout_rate.at[i] * strain;
        contagion->at[i] = w->peer_rate.at[i] * (gone / partners);
    }
}

void workforce_rates(const struct parameters *parameters,
                     const struct form_terms *terms, const struct lanes *convert_pay,
                     int quarter, const struct nature *nature,
                     const struct practice *practice, struct workforce_rates *rates)
{
    const struct workforce_parameters *w = &parameters->workforce;
    struct lanes burnout, contagion;

    workload_and_peers(w, quarter, practice, &burnout, &contagion);
    for (int role = 0; role < ROLES; role++) {
        EACH_LANE (i) {
            const double own =
                w->leave_rate[role].at[i] * terms->leave_factor[role].at[i];
            const double rate = own + burnout.at[i] + contagion.at[i];

            rates->leave[role].at[i] = nature->frailty.at[i] * rate;
        }
    }
    EACH_LANE (i) {
        const uint64_t open = practice->standing.status.at[i] == STATUS_OPEN;
        const uint64_t first_year = quarter - practice->standing.joined.at[i] < 4.0;
        const uint64_t hires_partners = open & (rates->converts.at[i] == 0.0);
        const double transition = terms->transition_exit.at[i];
        const double share = terms->partner_share.at[i];

        rates->transition.at[i] = open & first_year ? transition : 0.0;
        rates->partner_share.at[i] = hires_partners ? share : 0.0;
    }
    rates->salaried_pay = &terms->pay_premium;
    rates->converted_pay = convert_pay;
}

void workforce_chances(const struct parameters *parameters,
                       const struct drivers *drivers, const struct shock *shocks,
                       int shock_count, struct workforce_chances *chances)
{
    const struct workforce_parameters *w = &parameters->workforce;

    EACH_LANE (i) {
        chances->switching.at[i] = quarter_probability(w->switch_rate.at[i]);
        chances->sickness.at[i] =
            quarter_probability(w->sick_rate.at[i] * drivers->sickness.at[i]);
        chances->recovery.at[i] = quarter_probability(1.0 / w->sick_years.at[i]);
        chances->retirement.at[i] = w->retire_max.at[i];
    }
    for (int s = 0; s < shock_count; s++) {
        EACH_LANE (i)
            chances->retirement.at[i] *= larger(1.0, shocks[s].exits.at[i]);
    }
}

/* Annual rate of retiring at an age, shocks on exits included. */
static double retirement_rate(const struct workforce_quarter *now, double age, int lane)
{
    const struct workforce_parameters *w = &now->parameters->workforce;
    const double odds =
        exp_of((w->retire_mid.at[lane] - age) / w->retire_spread.at[lane]);
    double rate =
        age < earliest_retirement ? 0.0 : w->retire_max.at[lane] / (1.0 + odds);

    for (int s = 0; s < now->shock_count; s++) {
        const struct shock *shock = &now->shocks[s];

        rate *= age >= shock->from_age.at[lane] ? shock->exits.at[lane] : 1.0;
    }
    return rate;
}

/* Rates of retiring in the lanes in which they can decide who leaves: the leaving time
 * is below what the rate can be at most. Elsewhere 0. */
static void retirement(const struct workforce_quarter *now, const struct lanes *time,
                       const struct lanes *most, const struct post *post,
                       struct lanes *rate)
{
    struct flags decides;

    EACH_LANE (i) {
        decides.at[i] =
            (time->at[i] <= most->at[i]) & (post->age.at[i] >= earliest_retirement);
        rate->at[i] = 0.0;
    }
    for (uint64_t set = lanes_set(&decides); set != 0; set &= set - 1) {
        const int lane = lanes_first(set);

        rate->at[lane] = retirement_rate(now, post->age.at[lane], lane);
    }
}

/* The two numbers of a newcomer, drawn when a form first needs them. */
static void meet_newcomer(const struct workforce_quarter *now, int slot, int lane,
                          struct newcomer *newcomer)
{
    const struct workforce_parameters *w = &now->parameters->workforce;
    const uint32_t pair = (uint32_t)slot / 2, q = (uint32_t)now->quarter;
    const uint64_t seed = now->source->seed;
    const uint64_t trial = now->source->first + (uint64_t)lane;
    const uint32_t entity = now->site->entity;
    double age[2], role[2];

    draw_two(seed, trial, draw_address(entity, DRAW_NEWCOMER_AGE, q, pair), &age[0],
             &age[1]);
    draw_two(seed, trial, draw_address(entity, DRAW_NEWCOMER_ROLE, q, pair), &role[0],
             &role[1]);
    newcomer->age.at[lane] =
        w->newcomer_mean.at[lane] +
        w->newcomer_sd.at[lane] *
            normal_quantile(now->newcomers->below.at[lane] +
                            age[slot % 2] * now->newcomers->mass.at[lane]);
    newcomer->role.at[lane] = role[slot % 2];
    newcomer->known |= UINT64_C(1) << lane;
}

/* Someone starts in a slot of one lane. */
static void hire(const struct workforce_quarter *now, int slot, int lane,
                 const struct workforce_rates *rates, struct newcomer *newcomer,
                 struct post *post, double *near_tie)
{
    if (!(newcomer->known >> lane & 1))
        meet_newcomer(now, slot, lane, newcomer);
    post->age.at[lane] = newcomer->age.at[lane];
    post->holder.at[lane] =
        below(newcomer->role.at[lane], rates->partner_share.at[lane], near_tie)
            ? HOLDER_PARTNER
            : HOLDER_SALARIED;
}

/* One slot in all lanes: leave, switch, fall sick or recover, or be offered. */
static void slot_step(const struct workforce_quarter *now, int slot,
                      const struct workforce_draws *draws,
                      const struct workforce_rates *rates, const struct lanes *retires,
                      struct workforce *w, struct post *post, struct lanes *vacancies,
                      struct flags *hired, struct lanes *near_ties)
{
    const struct workforce_chances *chances = now->chances;

    EACH_LANE (i) {
        const uint64_t holder = post->holder.at[i];
        const uint64_t role = holder & HOLDER_ROLE;
        const uint64_t sick = (holder & HOLDER_SICK) != 0;
        const uint64_t occupied = role != HOLDER_NONE;
        const uint64_t partner = role == HOLDER_PARTNER;
        const uint64_t moving = partner | (role == HOLDER_CONVERTED);
        const double leave_partner = rates->leave[PARTNER].at[i];
        const double leave_salaried = rates->leave[SALARIED].at[i];
        const double transition = rates->transition.at[i];
        const double falls_sick = chances->sickness.at[i];
        const double recovers = chances->recovery.at[i];
        const double base = role == HOLDER_SALARIED ? leave_salaried : leave_partner;
        const double rate = base + retires->at[i] + (moving ? transition : 0.0);
        double tie = 0.0;
        const uint64_t leaves = occupied & below(draws->leave[slot].at[i], rate, &tie);
        const uint64_t stays = occupied & (leaves ^ 1);
        const uint64_t switches =
            stays & partner &
            below(draws->switching[slot].at[i], chances->switching.at[i], &tie);
        const uint64_t turns =
            below(draws->sickness[slot].at[i], sick ? recovers : falls_sick, &tie);
        const uint64_t role_now = switches ? (uint64_t)HOLDER_SALARIED : role;
        const uint64_t kept = role_now | (holder & HOLDER_TODAY) |
                              (sick ^ turns ? (uint64_t)HOLDER_SICK : 0);
        const uint64_t offered = (occupied ^ 1) & (vacancies->at[i] > 0.0);

        hired->at[i] =
            offered & below(draws->fill[slot].at[i], rates->hire.at[i], &tie);
        post->holder.at[i] = stays ? kept : 0;
        w->leavers.at[i] += leaves ? 1.0 : 0.0;
        w->exits_by_quarter.at[i] += (leaves & partner) | switches;
        vacancies->at[i] -= offered ? 1.0 : 0.0;
        near_ties->at[i] += occupied | offered ? tie : 0.0;
    }
}

static void start_counts(struct workforce *w)
{
    const struct lanes none = {{0}};

    w->filled = none;
    w->partners = none;
    w->partner_fte = none;
    w->well_partner_fte = none;
    w->employed_fte = none;
    w->well_employed_fte = none;
    w->payroll = none;
    w->today_partner_fte = none;
    w->today_fte = none;
    w->today_payroll = none;
}

/* Add the holder of a slot of @p fte to the site's counts. */
static void count_slot(double fte, const struct post *post,
                       const struct workforce_rates *rates, struct workforce *w)
{
    EACH_LANE (i) {
        const uint64_t holder = post->holder.at[i];
        const uint64_t role = holder & HOLDER_ROLE;
        const double occupied = role != HOLDER_NONE ? 1.0 : 0.0;
        const double partner = role == HOLDER_PARTNER ? 1.0 : 0.0;
        const double employed = occupied - partner;
        const double well = holder & HOLDER_SICK ? 0.0 : fte;
        const double today = holder & HOLDER_TODAY ? fte : 0.0;
        const double salaried_pay = rates->salaried_pay->at[i];
        const double converted_pay = rates->converted_pay->at[i];
        const double kept_pay = role == HOLDER_CONVERTED ? converted_pay : 1.0;
        const double pay = role == HOLDER_SALARIED ? salaried_pay : kept_pay;

        w->filled.at[i] += occupied;
        w->partners.at[i] += partner;
        w->partner_fte.at[i] += partner * fte;
        w->well_partner_fte.at[i] += partner * well;
        w->employed_fte.at[i] += employed * fte;
        w->well_employed_fte.at[i] += employed * well;
        w->payroll.at[i] += employed * fte * pay;
        w->today_partner_fte.at[i] += partner * today;
        w->today_fte.at[i] += occupied * today;
        w->today_payroll.at[i] += employed * today * pay;
    }
}

/* The fte of the lowest empty wanted slots. */
static void count_vacant(const double *fte, struct practice *practice)
{
    struct workforce *w = &practice->workforce;
    struct lanes left;

    EACH_LANE (i) {
        left.at[i] = w->wanted.at[i] - w->filled.at[i];
        w->vacant_fte.at[i] = 0.0;
    }
    for (int slot = 0; slot < practice->active; slot++) {
        const struct post *post = &practice->post[slot];
        const double here = fte[slot];

        EACH_LANE (i) {
            const uint64_t empty = post->holder.at[i] == 0;
            const double vacant = (empty & (left.at[i] > 0.0)) ? 1.0 : 0.0;

            w->vacant_fte.at[i] += vacant * here;
            left.at[i] -= vacant;
        }
    }
}

/* What each slot's post amounts to; newcomers beyond the start posts get the mean. */
static void slot_fte(const struct site_posts *site, int active, double *fte)
{
    const double mean_fte = workforce_mean_fte(site);
    const int partners = site->posts[PARTNER];
    const int filled = partners + site->posts[SALARIED];

    for (int slot = 0; slot < active; slot++) {
        const double salaried = slot < filled ? site->fte[SALARIED] : mean_fte;

        fte[slot] = slot < partners ? site->fte[PARTNER] : salaried;
    }
}

/* The most that the annual rate of leaving can come to, with room for rounding. */
static void most_leaving(const struct workforce_chances *chances,
                         const struct workforce_rates *rates, struct lanes *most)
{
    EACH_LANE (i) {
        const double base =
            larger(rates->leave[PARTNER].at[i], rates->leave[SALARIED].at[i]);

        most->at[i] =
            (base + rates->transition.at[i] + chances->retirement.at[i]) * (1.0 + 1e-8);
    }
}

static void move_people(const struct workforce_quarter *now,
                        const struct workforce_draws *draws,
                        const struct workforce_rates *rates, struct practice *practice,
                        struct lanes *near_ties)
{
    const double older = now->quarter > 0 ? 0.25 : 0.0;
    struct workforce *w = &practice->workforce;
    struct lanes most, retires, vacancies;
    struct flags hired;

    most_leaving(now->chances, rates, &most);
    EACH_LANE (i) {
        vacancies.at[i] = w->wanted.at[i] - w->filled.at[i];
        w->leavers.at[i] = 0.0;
        w->exits_by_quarter.at[i] <<= 8;
    }
    for (int slot = 0; slot < practice->active; slot++) {
        struct post *post = &practice->post[slot];

        EACH_LANE (i)
            post->age.at[i] += older;
        retirement(now, &draws->leave[slot], &most, post, &retires);
        slot_step(now, slot, draws, rates, &retires, w, post, &vacancies, &hired,
                  near_ties);
        for (uint64_t set = lanes_set(&hired); set != 0; set &= set - 1) {
            const int lane = lanes_first(set);

            hire(now, slot, lane, rates, &draws->newcomers[slot], post,
                 &near_ties->at[lane]);
        }
    }
}

enum { MOST_SLOTS = 512 };

void workforce_step(const struct workforce_quarter *now,
                    const struct workforce_draws *draws,
                    const struct workforce_rates *rates, struct practice *practice,
                    struct lanes *near_ties)
{
    struct workforce *w = &practice->workforce;
    double fte[MOST_SLOTS];

    move_people(now, draws, rates, practice, near_ties);
    slot_fte(now->site, practice->active, fte);
    start_counts(w);
    for (int slot = 0; slot < practice->active; slot++)
        count_slot(fte[slot], &practice->post[slot], rates, w);
    count_vacant(fte, practice);
    EACH_LANE (i)
        w->partners_by_quarter.at[i] = w->partners_by_quarter.at[i] << 8 |
                                       (to_bits(w->partners.at[i] + 0x1p52) & 0xfffffu);
}
