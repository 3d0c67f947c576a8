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
    }
}

void workforce_census(const struct site_posts *site, const struct nature *nature,
                      struct practice *practice)
{
    const struct standing *s = &practice->standing;
    struct workforce *w = &practice->workforce;
    double most = 0.0;

    EACH_LANE (i) {
        const double grown =
            rounded(nature->wanted.at[i] * s->list.at[i] / site->list);
        const double wanted =
            s->status.at[i] == STATUS_CLOSED ? 0.0 : smaller(grown, site->slots);
        const int recruits = (s->notice_at.at[i] == NEVER) & (s->frozen.at[i] == 0.0);

        w->wanted.at[i] = wanted;
        w->eligible.at[i] = recruits ? wanted - w->filled.at[i] : 0.0;
    }
    for (int i = 0; i < LANES; i++)
        most = larger(most, w->wanted.at[i]);
    if ((int)most > practice->active)
        practice->active = (int)most;
}

/* Events of the last four quarters: one byte a quarter, the newest lowest. */
static double sum_of_bytes(uint64_t bytes)
{
    const uint64_t four = bytes & 0xffffffffu;
    const uint64_t sum =
        (four & 0xff) + (four >> 8 & 0xff) + (four >> 16 & 0xff) + (four >> 24);

    return (double)(int64_t)sum;
}

static double partners_then(uint64_t bytes, int quarter)
{
    const int quarters_ago = quarter < TRAILING ? quarter - 1 : TRAILING - 1;

    if (quarters_ago < 0)
        return 1.0;
    return (double)(int64_t)(bytes >> (8 * quarters_ago) & 0xff);
}

void workforce_rates(const struct parameters *parameters, const struct form_terms *terms,
                     const struct lanes *convert_pay, int quarter,
                     const struct nature *nature, const struct practice *practice,
                     struct workforce_rates *rates)
{
    const struct workforce_parameters *w = &parameters->workforce;
    const struct workforce *then = &practice->workforce;

    for (int role = 0; role < ROLES; role++) {
        EACH_LANE (i) {
            const double strain =
                within(practice->capacity.workload.at[i] - w->burnout_threshold.at[i],
                       0.0, w->burnout_cap.at[i]);
            const double gone = sum_of_bytes(then->exits_by_quarter.at[i]);
            const double partners =
                larger(partners_then(then->partners_by_quarter.at[i], quarter), 1.0);
            const double rate =
                w->leave_rate[role].at[i] * terms->leave_factor[role].at[i] +
                w->burnout_rate.at[i] * strain +
                w->peer_rate.at[i] * (gone / partners);

            rates->leave[role].at[i] = nature->frailty.at[i] * rate;
        }
    }
    EACH_LANE (i) {
        const int open = practice->standing.status.at[i] == STATUS_OPEN;
        const int first_year = quarter - practice->standing.joined.at[i] < 4.0;
        const int hires_partners = open & (rates->converts.at[i] == 0.0);

        rates->transition.at[i] =
            open & first_year ? terms->transition_exit.at[i] : 0.0;
        rates->partner_share.at[i] = hires_partners ? terms->partner_share.at[i] : 0.0;
        rates->pay[HOLDER_NONE].at[i] = 0.0;
        rates->pay[HOLDER_PARTNER].at[i] = 0.0;
        rates->pay[HOLDER_SALARIED].at[i] = terms->pay_premium.at[i];
        rates->pay[HOLDER_CONVERTED].at[i] = convert_pay->at[i];
        rates->pay[HOLDER_TRANSFERRED].at[i] = 1.0;
    }
}

/* Annual rate of retiring at an age, shocks on exits included. */
static void retirement(const struct workforce_quarter *now, const struct lanes *age,
                       struct lanes *rate)
{
    const struct workforce_parameters *w = &now->parameters->workforce;

    EACH_LANE (i) {
        const double a = age->at[i];
        const double odds =
            exp_of((w->retire_mid.at[i] - a) / w->retire_spread.at[i]);

        rate->at[i] =
            a < earliest_retirement ? 0.0 : w->retire_max.at[i] / (1.0 + odds);
    }
    for (int s = 0; s < now->shock_count; s++) {
        const struct shock *shock = &now->shocks[s];

        EACH_LANE (i)
            rate->at[i] *=
                age->at[i] >= shock->from_age.at[i] ? shock->exits.at[i] : 1.0;
    }
}

/* Someone starts in a slot of one lane. */
static void hire(const struct workforce_quarter *now, int slot, int lane,
                 const struct workforce_rates *rates, struct post *post,
                 double *near_tie)
{
    const struct workforce_parameters *w = &now->parameters->workforce;
    const struct draw_source *source = now->source;
    const uint32_t pair = (uint32_t)slot / 2, q = (uint32_t)now->quarter;
    const uint64_t trial = source->first + (uint64_t)lane;
    const double mean = w->newcomer_mean.at[lane], sd = w->newcomer_sd.at[lane];
    const struct newcomer_range *range = now->newcomers;
    double age[2], role[2];

    draw_two(source->seed, trial,
             draw_address(now->site->entity, DRAW_NEWCOMER_AGE, q, pair), &age[0],
             &age[1]);
    draw_two(source->seed, trial,
             draw_address(now->site->entity, DRAW_NEWCOMER_ROLE, q, pair), &role[0],
             &role[1]);
    post->age.at[lane] =
        mean + sd * normal_quantile(range->below.at[lane] +
                                    age[slot % 2] * range->mass.at[lane]);
    post->holder.at[lane] =
        below(role[slot % 2], rates->partner_share.at[lane], near_tie)
            ? HOLDER_PARTNER
            : HOLDER_SALARIED;
}

struct tally {
    struct lanes left; /**< vacancies still to be offered */
    struct flags hired;
};

/* One slot in all lanes: age, leave, switch, fall sick or recover, or be offered. */
static void slot_step(const struct workforce_quarter *now, int slot,
                      const struct workforce_draws *draws,
                      const struct workforce_rates *rates, struct practice *practice,
                      struct tally *tally, const struct lanes events[3],
                      struct lanes *near_ties)
{
    const double older = now->quarter > 0 ? 0.25 : 0.0;
    struct post *post = &practice->post[slot];
    struct workforce *w = &practice->workforce;
    struct lanes retires;

    EACH_LANE (i)
        post->age.at[i] += older;
    retirement(now, &post->age, &retires);
    EACH_LANE (i) {
        const uint64_t holder = post->holder.at[i];
        const uint64_t role = holder & HOLDER_ROLE;
        const uint64_t sick = holder & HOLDER_SICK;
        const uint64_t occupied = role != HOLDER_NONE;
        const uint64_t partner = role == HOLDER_PARTNER;
        const uint64_t salaried = role == HOLDER_SALARIED;
        const uint64_t moving = partner | (role == HOLDER_CONVERTED);
        const double base =
            salaried ? rates->leave[SALARIED].at[i] : rates->leave[PARTNER].at[i];
        const double rate =
            base + retires.at[i] + (moving ? rates->transition.at[i] : 0.0);
        double tie = 0.0;
        const uint64_t leaves = occupied & below(draws->leave[slot].at[i], rate, &tie);
        const uint64_t stays = occupied & (leaves ^ 1);
        const uint64_t switches =
            stays & partner &
            below(draws->switching[slot].at[i], events[0].at[i], &tie);
        const double sick_event = sick ? events[2].at[i] : events[1].at[i];
        const uint64_t turns = below(draws->sickness[slot].at[i], sick_event, &tie);
        const uint64_t sick_now = (sick != 0) ^ turns;
        const uint64_t role_now = switches ? (uint64_t)HOLDER_SALARIED : role;
        const uint64_t kept =
            role_now | (holder & HOLDER_TODAY) | (sick_now ? (uint64_t)HOLDER_SICK : 0);
        const uint64_t offered = (occupied ^ 1) & (tally->left.at[i] > 0.0);
        const uint64_t hired =
            offered & below(draws->fill[slot].at[i], rates->hire.at[i], &tie);

        post->holder.at[i] = stays ? kept : 0;
        w->leavers.at[i] += leaves ? 1.0 : 0.0;
        w->exits_by_quarter.at[i] += (leaves & partner) | switches;
        tally->left.at[i] -= offered ? 1.0 : 0.0;
        tally->hired.at[i] = hired;
        near_ties->at[i] += occupied | offered ? tie : 0.0;
    }
    for (int i = 0; i < LANES; i++) {
        if (tally->hired.at[i])
            hire(now, slot, i, rates, post, &near_ties->at[i]);
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
        const double salaried = role == HOLDER_SALARIED
                                    ? rates->pay[HOLDER_SALARIED].at[i]
                                    : rates->pay[HOLDER_TRANSFERRED].at[i];
        const double pay = role == HOLDER_CONVERTED
                               ? rates->pay[HOLDER_CONVERTED].at[i]
                               : salaried;

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
static void count_vacant(const struct site_posts *site, const double *fte,
                         struct practice *practice)
{
    struct workforce *w = &practice->workforce;
    struct lanes left;

    EACH_LANE (i) {
        left.at[i] = w->wanted.at[i] - w->filled.at[i];
        w->vacant_fte.at[i] = 0.0;
    }
    for (int slot = 0; slot < practice->active && slot < site->slots; slot++) {
        const struct post *post = &practice->post[slot];

        EACH_LANE (i) {
            const int vacant = (post->holder.at[i] == 0) & (left.at[i] > 0.0);

            w->vacant_fte.at[i] += vacant ? fte[slot] : 0.0;
            left.at[i] -= vacant ? 1.0 : 0.0;
        }
    }
}

enum { MOST_SLOTS = 512 };

void workforce_step(const struct workforce_quarter *now,
                    const struct workforce_draws *draws,
                    const struct workforce_rates *rates, struct practice *practice,
                    struct lanes *near_ties)
{
    const struct workforce_parameters *p = &now->parameters->workforce;
    const struct site_posts *site = now->site;
    const double mean_fte = workforce_mean_fte(site);
    struct workforce *w = &practice->workforce;
    struct lanes events[3];
    struct tally tally;
    double fte[MOST_SLOTS];

    EACH_LANE (i) {
        events[0].at[i] = quarter_probability(p->switch_rate.at[i]);
        events[1].at[i] = quarter_probability(p->sick_rate.at[i] *
                                              now->drivers->sickness.at[i]);
        events[2].at[i] = quarter_probability(1.0 / p->sick_years.at[i]);
        tally.left.at[i] = w->wanted.at[i] - w->filled.at[i];
        w->leavers.at[i] = 0.0;
        w->exits_by_quarter.at[i] <<= 8;
    }
    for (int slot = 0; slot < practice->active; slot++) {
        fte[slot] = slot < site->posts[PARTNER] ? site->fte[PARTNER] : mean_fte;
        if (slot >= site->posts[PARTNER] &&
            slot < site->posts[PARTNER] + site->posts[SALARIED])
            fte[slot] = site->fte[SALARIED];
        slot_step(now, slot, draws, rates, practice, &tally, events, near_ties);
    }
    start_counts(w);
    for (int slot = 0; slot < practice->active; slot++)
        count_slot(fte[slot], &practice->post[slot], rates, w);
    count_vacant(site, fte, practice);
    EACH_LANE (i)
        w->partners_by_quarter.at[i] = w->partners_by_quarter.at[i] << 8 |
                                       (uint64_t)(int64_t)w->partners.at[i];
}
