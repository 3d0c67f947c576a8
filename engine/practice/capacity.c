#include "capacity.h"

#include "elementary.h"

static const double least_capacity = 0.05;

void capacity_staff_speed(const struct capacity_parameters *capacity,
                          struct drivers *drivers)
{
    EACH_LANE (i)
        drivers->staff_speed.at[i] = 1.0 - exp_of(-0.25 / capacity->staff_lag.at[i]);
}

static void staff_step(const struct capacity_inputs *in, struct practice *practice)
{
    const double per_patient = in->site->per_patient;

    EACH_LANE (i) {
        const double wanted =
            practice->list.at[i] * per_patient * in->rates->staffed.at[i];

        practice->capacity.staff.at[i] +=
            (wanted - practice->capacity.staff.at[i]) * in->drivers->staff_speed.at[i];
    }
}

/* What belonging brings comes in over some years, and stays. */
static void ramp_now(const struct capacity_inputs *in, struct practice *practice)
{
    struct standing *standing = &practice->standing;

    for (uint64_t set = standing->ramping; set != 0; set &= set - 1) {
        const int lane = lanes_first(set);
        const double quarters = in->quarter - standing->joined[lane] + 1.0;
        const double part = quarters / (4.0 * in->rates->ramp_years.at[lane]);

        practice->capacity.ramp.at[lane] = smaller(1.0, part);
        if (part >= 1.0)
            lanes_drop(lane, &standing->ramping);
    }
}

/* A closed site asks and does nothing. */
static void shut(uint64_t set, struct capacity *c)
{
    const struct flags *closed = lanes_mask(set);

    if (set == 0)
        return;
    EACH_LANE (i) {
        const double open = lane_out(closed, i, 1.0);

        c->locum_fte.at[i] *= open;
        c->demand.at[i] *= open;
        c->supply.at[i] *= open;
    }
}

/* May write the site's capacity. */
void capacity_before_help(const struct capacity_inputs *in, struct practice *practice)
{
    const struct capacity_parameters *p = &in->parameters->capacity;
    const struct site_rates *rates = in->rates;
    const struct workforce *w = &practice->workforce;
    const double per_patient = in->site->per_patient;
    const struct flags *open = lanes_mask(practice->standing.open);
    struct capacity *c = &practice->capacity;

    staff_step(in, practice);
    ramp_now(in, practice);
    EACH_LANE (i) {
        const double led = lane_in(open, i, rates->leadership.at[i]);
        const double well = w->well_fte[PARTNER].at[i] + w->well_fte[SALARIED].at[i];
        const double sick = w->partner_fte.at[i] + w->employed_fte.at[i] - well;
        const double locums = p->locum_cover.at[i] * (sick + w->vacant_fte.at[i]);
        const double output =
            w->well_fte[PARTNER].at[i] * rates->output[PARTNER].at[i] +
            w->well_fte[SALARIED].at[i] * rates->output[SALARIED].at[i];
        const double gp =
            larger(0.0, output + locums - led - rates->diverted.at[i] * well);

        c->locum_fte.at[i] = locums;
        c->supply.at[i] =
            gp * in->nature->work_of_fte.at[i] +
            (1.0 - p->gp_share.at[i]) * (c->staff.at[i] * in->drivers->staff.at[i]);
        c->demand.at[i] = practice->list.at[i] * per_patient *
                          in->nature->demand.at[i] *
                          (1.0 + rates->continuity.at[i] * c->ramp.at[i]);
    }
    shut(practice->standing.closed, c);
}

/* May write what the site offers and lacks, and its organisation's sums. */
void capacity_offer(const struct capacity_inputs *in, struct practice *practice,
                    struct organisation *organisation)
{
    const struct flags *member = lanes_mask(practice->standing.member);
    struct capacity *c = &practice->capacity;

    EACH_LANE (i) {
        const double belongs = lane_in(member, i, 1.0);
        const double slack = (c->supply.at[i] - c->demand.at[i]) * in->site->list;
        const double spare =
            belongs * (in->terms->cover.at[i] * organisation->alignment.at[i] *
                       c->ramp.at[i] * larger(slack, 0.0));
        const double shortfall = belongs * larger(-slack, 0.0);

        c->spare.at[i] = spare;
        c->shortfall.at[i] = shortfall;
        organisation->spare.at[i] += spare;
        organisation->shortfall.at[i] += shortfall;
    }
}

void capacity_match(const struct form_terms *terms, struct organisation *organisation)
{
    EACH_LANE (i) {
        const double kept = 1.0 - terms->friction.at[i];
        const double spare = organisation->spare.at[i];
        const double shortfall = organisation->shortfall.at[i];
        const double moved = smaller(kept * spare, shortfall);

        organisation->lent_share.at[i] = spare > 0.0 ? moved / (kept * spare) : 0.0;
        organisation->received_share.at[i] = shortfall > 0.0 ? moved / shortfall : 0.0;
        organisation->spare.at[i] = 0.0;
        organisation->shortfall.at[i] = 0.0;
    }
}

void capacity_help(const struct capacity_inputs *in,
                   const struct organisation *organisation, struct practice *practice)
{
    const double per_patient = in->site->per_patient;
    struct capacity *c = &practice->capacity;

    EACH_LANE (i)
        c->supply.at[i] += (c->shortfall.at[i] * organisation->received_share.at[i] -
                            c->spare.at[i] * organisation->lent_share.at[i]) *
                           per_patient;
}

/* What is asked beyond what can be met, as a share; most sites meet it all. */
static void count_unmet(const struct lanes *able, struct practice *practice)
{
    struct capacity *c = &practice->capacity;
    const struct lanes none = {{0}};
    uint64_t set = 0;

    GATHER_LANES (i)
        set |= able->at[i] < c->demand.at[i] ? lane_bit[i] : 0;
    lanes_keep(set, &practice->standing.overworked);
    c->unmet = none;
    if (set == 0)
        return;
    EACH_LANE (i) {
        const double demand = c->demand.at[i];
        const double met = demand > 0.0 ? able->at[i] / demand : 1.0;

        c->unmet.at[i] = larger(0.0, 1.0 - met);
    }
}

/* May write the site's capacity. */
void capacity_after_help(const struct capacity_inputs *in, struct practice *practice)
{
    const struct capacity_parameters *p = &in->parameters->capacity;
    const struct nature *nature = in->nature;
    struct capacity *c = &practice->capacity;
    struct lanes able;

    EACH_LANE (i) {
        const double demand = c->demand.at[i], covered = c->supply.at[i];
        const double lacking = larger(0.0, demand - covered);
        const double more = p->partner_stretch.at[i] *
                            practice->workforce.well_fte[PARTNER].at[i] *
                            nature->work_of_fte.at[i];
        const double stretch = smaller(lacking, more);
        const double wanted = in->rates->surge_cover.at[i] * (lacking - stretch);
        const double most = p->surge_max.at[i] * p->gp_share.at[i];
        const double surge = smaller(wanted, most); /* in units of capacity */
        const double supply = covered + surge;

        c->supply.at[i] = supply;
        c->locum_fte.at[i] += surge * nature->fte_of_work.at[i];
        c->workload.at[i] = demand / larger(supply, least_capacity);
        able.at[i] = in->parameters->demand.rho_max.at[i] * (supply + stretch);
    }
    count_unmet(&able, practice);
}
