#include "settlement.h"
#include "tally.h"

/* Today's GPs' share of a site's partners. */
static double todays_share(const struct workforce *w, int i)
{
    const double fte = w->partner_fte.at[i],
                 today = w->todays_fte[HOLDER_PARTNER].at[i];

    return fte > 0.0 ? today / fte : 0.0;
}

/* What a site gave today's GPs, and those of them who began as partners. */
struct todays {
    struct lanes gps, partners;
};

/* Drawings and pay of today's GPs, less what they paid in. */
static void todays_gps(const struct tally_inputs *in, const struct practice *practice,
                       struct todays *todays)
{
    const struct parameters *p = in->rules->parameters;
    const struct drivers *d = in->rules->drivers;
    const struct settlement *s = &practice->settlement;
    const struct workforce *w = &practice->workforce;

    EACH_LANE (i) {
        const double share = todays_share(w, i);
        const double drawn = share * (s->drawings.at[i] - s->pay_in.at[i]);
        const double salary =
            p->money.salary.at[i] * d->index[PAY].at[i] * d->pay.at[i];

        todays->gps.at[i] = drawn + 0.25 * w->today_payroll.at[i] * salary;
        todays->partners.at[i] = drawn + 0.25 * w->former_payroll.at[i] * salary;
    }
}

/* What today's GPs paid to join, and received less what they paid when a site ended. */
static void add_endings(const struct practice *practice, struct todays *todays,
                        struct quarter_sums *sums)
{
    const struct settlement *s = &practice->settlement;
    const struct workforce *w = &practice->workforce;

    EACH_LANE (i) {
        const double share = todays_share(w, i);
        const double former = s->released.at[i] - s->windup_paid.at[i];

        const double own = s->former_share.at[i] * former - share * s->opening.at[i];

        todays->gps.at[i] += own;
        todays->partners.at[i] += own;
        sums->paid_in.at[i] += s->windup_paid.at[i];
    }
}

static void add_people(const struct tally_inputs *in, const struct practice *practice,
                       struct quarter_sums *sums)
{
    const struct workforce *w = &practice->workforce;
    const struct standing *s = &practice->standing;
    const uint64_t led = standing_led(s, in->rules->inside->convert_partners);
    const uint64_t member = s->member, open = s->open;
    const uint64_t single = (open | s->caretaker) & ~member;

    EACH_LANE (i) {
        sums->partner_fte.at[i] += w->partner_fte.at[i];
        sums->partners.at[i] += w->partners.at[i];
        sums->employed_fte.at[i] += w->employed_fte.at[i];
        sums->wanted.at[i] += w->wanted.at[i];
        sums->filled.at[i] += w->filled.at[i];
        sums->leavers.at[i] += w->leavers.at[i];
        sums->todays_fte.at[i] += w->today_fte.at[i];
        sums->relationships.at[i] += single & lane_bit[i] ? 1.0 : 0.0;
        sums->led.at[i] += led & lane_bit[i] ? 1.0 : 0.0;
    }
    if (!in->rules->activity->leads)
        return;
    EACH_LANE (i) {
        const double own = in->leadership->at[i], other = in->leadership_outside->at[i];
        const double leadership = member & lane_bit[i] ? own : other;

        sums->leadership.at[i] += open & lane_bit[i] ? leadership : 0.0;
    }
}

static void add_patients(const struct practice *practice, double start_list,
                         struct quarter_sums *sums)
{
    const struct capacity *c = &practice->capacity;
    const uint64_t member = practice->standing.member;

    EACH_LANE (i) {
        const double list = practice->list.at[i];

        sums->list.at[i] += list;
        sums->strain.at[i] += list * c->workload.at[i];
        sums->reached.at[i] += (member & lane_bit[i] ? list : 0.0) * c->ramp.at[i];
        sums->unmet.at[i] += c->unmet.at[i] * c->demand.at[i] * start_list;
    }
}

static void add_flows(const struct practice *practice, const struct lanes *todays,
                      struct quarter_sums *sums)
{
    const struct settlement *s = &practice->settlement;

    EACH_LANE (i) {
        sums->counted.at[i] += s->counted.at[i];
        sums->locum.at[i] += practice->money.locum.at[i];
        sums->levy.at[i] += practice->money.levy.at[i];
        sums->recharge.at[i] += practice->money.recharge.at[i];
        sums->paid_in.at[i] += s->pay_in.at[i];
        sums->todays.at[i] += todays->at[i];
    }
}

void tally_sites(const struct tally_inputs *in, const struct patch *patch,
                 struct quarter_sums *sums)
{
    const struct lanes *appts = &in->rules->parameters->demand.appts_per_head;
    const struct drivers *d = in->rules->drivers;
    const bool last = in->quarter == in->quarters - 1; /* every site ends */
    struct quarter_sums sum = {0}; /* nobody else's, so that it stays in registers */

    for (int s = 0; s < patch->sites; s++) {
        struct practice *practice = &patch->practice[s];
        struct todays todays;

        todays_gps(in, practice, &todays);
        if (patch->due[s] != 0 || last)
            add_endings(practice, &todays, &sum);
        EACH_LANE (i) {
            const double present = d->partner_discount.at[i] * d->real.at[i];

            practice->settlement.todays_gps.at[i] += todays.gps.at[i] * present;
            practice->settlement.todays_partners.at[i] +=
                todays.partners.at[i] * present;
        }
        add_people(in, practice, &sum);
        add_patients(practice, patch->site[s].list, &sum);
        add_flows(practice, &todays.gps, &sum);
    }
    EACH_LANE (i) {
        sum.vacant.at[i] = sum.wanted.at[i] - sum.filled.at[i];
        sum.unmet.at[i] *= 0.25 * appts->at[i];
    }
    *sums = sum;
}
