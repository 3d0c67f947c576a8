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
    const double per_patient = 1.0 / in->start_list;

    EACH_LANE (i) {
        const double wanted =
            practice->list.at[i] * per_patient * (1.0 - in->terms->staff_vacancy.at[i]);

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
        const double part = quarters / (4.0 * in->terms->ramp_years.at[lane]);

        practice->capacity.ramp.at[lane] = smaller(1.0, part);
        if (part >= 1.0)
            lanes_drop(lane, &standing->ramping);
    }
}

void capacity_before_help(const struct capacity_inputs *in,
                          const struct organisation *organisation,
                          struct practice *practice)
{
    const struct capacity_parameters *p = &in->parameters->capacity;
    const struct form_terms *terms = in->terms;
    const struct workforce *w = &practice->workforce;
    const double per_patient = 1.0 / in->start_list;
    const uint64_t opened = practice->standing.open, closed = practice->standing.closed;
    const uint64_t members = practice->standing.member;
    struct capacity *c = &practice->capacity;

    staff_step(in, practice);
    ramp_now(in, practice);
    EACH_LANE (i) {
        const double open = closed & lane_bit[i] ? 0.0 : 1.0;
        const double kept = opened & lane_bit[i] ? 1.0 : 0.0;
        const double led = kept * terms->leadership_fte.at[i];
        const double well = w->well_fte[PARTNER].at[i] + w->well_fte[SALARIED].at[i];
        const double sick = w->partner_fte.at[i] + w->employed_fte.at[i] - well;
        const double locums = p->locum_cover.at[i] * (sick + w->vacant_fte.at[i]);
        const double diverted =
            terms->diversion.at[i] +
            in->drivers->diversion_step.at[i] * terms->price_relief.at[i];
        const double output =
            w->well_fte[PARTNER].at[i] *
                (p->productivity[PARTNER].at[i] * terms->productivity[PARTNER].at[i]) +
            w->well_fte[SALARIED].at[i] *
                (p->productivity[SALARIED].at[i] * terms->productivity[SALARIED].at[i]);
        const double gp = larger(0.0, output + locums - led - diverted * well);
        const double supply =
            gp * in->nature->work_of_fte.at[i] +
            (1.0 - p->gp_share.at[i]) * (c->staff.at[i] * in->drivers->staff.at[i]);
        const double demand = practice->list.at[i] * per_patient *
                              in->nature->demand.at[i] *
                              (1.0 + terms->continuity_demand.at[i] * c->ramp.at[i]);
        const double slack = (supply - demand) * in->start_list;
        const double member = members & lane_bit[i] ? 1.0 : 0.0;

        c->locum_fte.at[i] = open * locums;
        c->demand.at[i] = open * demand;
        c->supply.at[i] = open * supply;
        c->spare.at[i] = member * (terms->cover.at[i] * organisation->alignment.at[i] *
                                   c->ramp.at[i] * larger(slack, 0.0));
        c->shortfall.at[i] = member * larger(-slack, 0.0);
    }
}

void capacity_pool(const struct practice *practice, struct organisation *organisation)
{
    EACH_LANE (i) {
        organisation->spare.at[i] += practice->capacity.spare.at[i];
        organisation->shortfall.at[i] += practice->capacity.shortfall.at[i];
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

void capacity_after_help(const struct capacity_inputs *in,
                         const struct organisation *organisation,
                         struct practice *practice)
{
    const struct capacity_parameters *p = &in->parameters->capacity;
    const struct nature *nature = in->nature;
    const double per_patient = 1.0 / in->start_list;
    struct capacity *c = &practice->capacity;

    EACH_LANE (i) {
        const double work_of_fte = nature->work_of_fte.at[i];
        const double demand = c->demand.at[i];
        const double covered =
            c->supply.at[i] + (c->shortfall.at[i] * organisation->received_share.at[i] -
                               c->spare.at[i] * organisation->lent_share.at[i]) *
                                  per_patient;
        const double lacking = larger(0.0, demand - covered);
        const double able = p->partner_stretch.at[i] *
                            practice->workforce.well_fte[PARTNER].at[i] * work_of_fte;
        const double stretch = smaller(lacking, able);
        const double wanted = in->terms->surge_cover.at[i] * (lacking - stretch);
        const double most = p->surge_max.at[i] * p->gp_share.at[i];
        const double surge = smaller(wanted, most); /* in units of capacity */
        const double supply = covered + surge;
        const double limit = in->parameters->demand.rho_max.at[i];
        const double met = demand > 0.0 ? limit * (supply + stretch) / demand : 1.0;

        c->supply.at[i] = supply;
        c->locum_fte.at[i] += surge * nature->fte_of_work.at[i];
        c->workload.at[i] = demand / larger(supply, least_capacity);
        c->unmet.at[i] = larger(0.0, 1.0 - met);
    }
}
