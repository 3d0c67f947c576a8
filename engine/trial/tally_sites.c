#include "tally.h"

#include "elementary.h"
#include "settlement.h"

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
    const struct lanes *pay = &in->rules->drivers->gp_pay;
    const struct shares *shares = practice->shares;
    const struct workforce *w = &practice->workforce;

    EACH_LANE (i) {
        const double share = todays_share(w, i), salary = pay->at[i];
        const double drawn = share * (shares->drawings.at[i] - shares->pay_in.at[i]);

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

/* A number of SITES_AT_ONCE sites, one after the other. */
HR_INLINE void sum_sites(const struct lanes *first, struct lanes *sum)
{
    enum { NEXT = sizeof(struct practice) / sizeof(struct lanes) };

    EACH_LANE (i)
        sum->at[i] = sum->at[i] + first[0].at[i] + first[NEXT].at[i] +
                     first[2 * NEXT].at[i] + first[3 * NEXT].at[i];
}

_Static_assert(SITES_AT_ONCE == 4, "as many as sum_sites() adds");

/* What stands as a number at the sites already. */
static void add_numbers(const struct activity *activity, const struct practice *site,
                        struct quarter_sums *sums)
{
    sum_sites(&site->workforce.partner_fte, &sums->partner_fte);
    sum_sites(&site->workforce.partners, &sums->partners);
    sum_sites(&site->workforce.employed_fte, &sums->employed_fte);
    sum_sites(&site->workforce.leavers, &sums->leavers);
    sum_sites(&site->workforce.today_fte, &sums->todays_fte);
    sum_sites(&site->list, &sums->list);
    sum_sites(&site->settlement.counted, &sums->counted);
    if (activity->levies)
        sum_sites(&site->money.levy, &sums->levy);
}

/* How a site stands: whether it is led, deals with the commissioner itself, and has a
 * leader of its own. */
static void add_standing(const struct tally_inputs *in, const struct standing *s,
                         struct quarter_sums *sums)
{
    const struct flags *led =
        lanes_mask(standing_led(s, in->rules->inside->convert_partners));
    const struct flags *member = lanes_mask(s->member), *open = lanes_mask(s->open);
    const uint64_t alone = (s->open | s->caretaker) & ~s->member;
    const struct flags *single = lanes_mask(alone);

    EACH_LANE (i)
        sums->led.at[i] += lane_in(led, i, 1.0);
    if (alone != 0) {
        EACH_LANE (i)
            sums->relationships.at[i] += lane_in(single, i, 1.0);
    }
    if (!in->rules->activity->leads)
        return;
    EACH_LANE (i) {
        const double own = in->leadership->at[i], other = in->leadership_outside->at[i];
        const double leadership = member->at[i] ? own : other;

        sums->leadership.at[i] += lane_in(open, i, leadership);
    }
}

static void add_patients(const struct practice *practice, double start_list,
                         bool treats, struct quarter_sums *sums)
{
    const struct capacity *c = &practice->capacity;
    const struct flags *member = lanes_mask(practice->standing.member);

    EACH_LANE (i) {
        const double list = practice->list.at[i];

        sums->strain.at[i] += list * c->workload.at[i];
    }
    if (practice->standing.overworked != 0) {
        EACH_LANE (i)
            sums->unmet.at[i] += c->unmet.at[i] * c->demand.at[i] * start_list;
    }
    if (!treats)
        return;
    EACH_LANE (i) {
        const double reached = practice->list.at[i] * c->ramp.at[i];

        sums->reached.at[i] += lane_in(member, i, reached);
    }
}

static void add_site(const struct tally_inputs *in, bool looked_at, double start_list,
                     struct practice *practice, struct quarter_sums *sums)
{
    const struct lanes *to_present = &in->rules->drivers->present;
    struct todays todays;

    todays_gps(in, practice, &todays);
    if (looked_at)
        add_endings(practice, &todays, sums);
    EACH_LANE (i) {
        const double present = to_present->at[i];

        practice->settlement.todays_gps.at[i] += todays.gps.at[i] * present;
        practice->settlement.todays_partners.at[i] += todays.partners.at[i] * present;
        sums->paid_in.at[i] += practice->shares->pay_in.at[i];
        sums->todays.at[i] += todays.gps.at[i];
    }
    add_standing(in, &practice->standing, sums);
    add_patients(practice, start_list, in->rules->activity->treats, sums);
}

/* May write today's GPs' account at the sites, and the sums. */
void tally_some(const struct tally_inputs *in, const struct patch *patch, int first,
                struct quarter_sums *sums)
{
    const int left = patch->sites - first;
    const int end = first + (left < SITES_AT_ONCE ? left : SITES_AT_ONCE);
    const bool last = in->quarter == in->quarters - 1; /* every site ends */

    for (int s = first; s < end; s++)
        add_site(in, patch->due[s] != 0 || last, patch->site[s].list,
                 &patch->practice[s], sums);
    add_numbers(in->rules->activity, &patch->practice[first], sums);
}

void tally_whole(const struct tally_inputs *in, const struct patch *patch,
                 struct quarter_sums *sums)
{
    const struct lanes *appts = &in->rules->parameters->demand.appts_per_head;

    sums->wanted = patch->wanted;
    sums->filled = patch->filled;
    sums->locum = patch->ledger.paid[FLOW_LOCUMS];
    sums->recharge = patch->ledger.paid[FLOW_RECHARGES];
    EACH_LANE (i) {
        sums->vacant.at[i] = sums->wanted.at[i] - sums->filled.at[i];
        sums->unmet.at[i] *= 0.25 * appts->at[i];
    }
}
