#include "money.h"

#include "elementary.h"

#include <math.h>

void money_plan(const struct money_inputs *in, const double fte[ROLES], double mean_fte,
                int filled, struct nature *nature)
{
    const struct parameters *p = in->parameters;
    const struct money_parameters *m = &p->money;

    EACH_LANE (i) {
        const double sick_rate = p->workforce.sick_rate.at[i];
        const double sick =
            sick_rate / (sick_rate + 1.0 / p->workforce.sick_years.at[i]);
        const double vacant = (nature->wanted.at[i] - filled) * mean_fte;
        const double absent = sick * (fte[PARTNER] + fte[SALARIED]) + vacant;
        const double staff = m->staff_share.at[i];
        const double wages = staff * in->terms->staff_pay_premium.at[i] *
                             (1.0 - in->terms->staff_vacancy.at[i]);
        const double nongp = 4.0 * in->site->list * in->site->cost_rate *
                             nature->efficiency.at[i] * (wages + (1.0 - staff));
        const double salaried = fte[SALARIED] * m->salary.at[i] *
                                (1.0 + m->oncost.at[i]) * in->terms->pay_premium.at[i];
        const double locum =
            p->capacity.locum_cover.at[i] * absent * m->locum_rate.at[i];
        const double cost = 0.25 * (nongp + salaried + locum);

        nature->plan_cost.at[i] = cost;
        nature->plan_residual.at[i] = in->site->core_income - cost;
    }
}

void money_prices(const struct money_parameters *money, struct drivers *drivers)
{
    struct drivers *d = drivers;

    EACH_LANE (i) {
        const double real = 1.0 / d->index[PRICES].at[i];

        d->real.at[i] = real;
        d->present.at[i] = d->partner_discount.at[i] * real;
        d->gp_pay.at[i] = money->salary.at[i] * d->index[PAY].at[i] * d->pay.at[i];
        d->salary.at[i] = 0.25 * money->salary.at[i] * (1.0 + money->oncost.at[i]) *
                          d->index[PAY].at[i];
        d->locum_price.at[i] = 0.25 * money->locum_rate.at[i] * d->index[LOCUM].at[i] *
                               d->locum_factor.at[i] * d->locum.at[i];
    }
}

void money_shocks(struct drivers *drivers)
{
    uint64_t set = 0;

    GATHER_LANES (i) {
        const double unlike = fabs(drivers->pay.at[i] - 1.0) +
                              fabs(drivers->nongp.at[i] - 1.0) +
                              fabs(drivers->nongp_step.at[i]);

        set |= unlike != 0.0 ? lane_bit[i] : 0;
    }
    drivers->cost_shocked = set != 0;
}

void money_planned(const struct money_inputs *in, const struct practice *practice,
                   struct lanes *planned)
{
    const bool by_fte = in->site->per_partner_fte > 0.0;
    const struct lanes *now =
        by_fte ? &practice->workforce.partner_fte : &practice->list;
    const double per_start = by_fte ? in->site->per_partner_fte : in->site->per_patient;

    EACH_LANE (i)
        planned->at[i] = in->nature->plan_residual.at[i] * (now->at[i] * per_start) *
                         in->drivers->index[CONTRACT].at[i];
}

/* What scale spares of the non-GP cost of members. */
static void spare_costs(const struct money_inputs *in, struct practice *practice,
                        struct lanes *cost)
{
    const struct organisation *o = in->organisation;
    const struct flags *member = lanes_mask(practice->standing.member);
    const double start = in->site->list;

    EACH_LANE (i) {
        const double reach = o->reach.at[i], whole = cost->at[i];
        const double grown = reach > start ? 1.0 - start * o->per_reach.at[i] : 0.0;
        const double own = in->terms->saving.at[i];
        const double saving = lane_in(member, i, own);
        const double spared =
            saving * grown * o->alignment.at[i] * practice->capacity.ramp.at[i];

        cost->at[i] = whole * (1.0 - spared);
        practice->money.saved.at[i] = whole * spared * in->rates->price.at[i];
    }
}

/* What shocks on pay and cost add, and how much of it is refunded. */
static void shock_costs(const struct money_inputs *in, const struct lanes *cost,
                        struct practice *practice)
{
    const struct drivers *d = in->drivers;
    const double step_rate = 0.25 * in->site->weight;
    struct payments *paid = practice->paid;

    EACH_LANE (i) {
        const double salaries = paid->salaried.at[i], shocked = paid->nongp.at[i];
        const double plain = cost->at[i] * in->rates->plain_price.at[i];
        const double step = step_rate * d->nongp_step.at[i] * practice->list.at[i] *
                            d->index[PRICES].at[i];
        const double added =
            shocked - plain + step + salaries * d->pay.at[i] - salaries;

        paid->nongp.at[i] = shocked + step;
        paid->salaried.at[i] = salaries * d->pay.at[i];
        paid->relief.at[i] = in->rates->relief.at[i] * added;
    }
}

/* Non-GP and salaried cost. */
static void running_costs(const struct money_inputs *in, struct practice *practice)
{
    const struct lanes none = {{0}};
    const double rate = in->site->cost_rate;
    struct payments *paid = practice->paid;
    struct lanes cost; /* at the price of the start */

    EACH_LANE (i)
        cost.at[i] = rate * practice->list.at[i] * in->nature->efficiency.at[i];
    if (in->activity->saves)
        spare_costs(in, practice, &cost);
    EACH_LANE (i) {
        paid->nongp.at[i] = cost.at[i] * in->rates->price.at[i];
        paid->salaried.at[i] =
            practice->workforce.payroll.at[i] * in->drivers->salary.at[i];
    }
    if (in->drivers->cost_shocked)
        shock_costs(in, &cost, practice);
    else if (in->activity->relieves)
        paid->relief = none;
}

/* Levy and coordination of a site that belongs or is on its own. */
static void levy(const struct money_inputs *in, struct practice *practice)
{
    const struct flags *member = lanes_mask(practice->standing.member);
    const struct flags *open = lanes_mask(practice->standing.open);

    EACH_LANE (i) {
        const double pays = lane_in(open, i, 0.25);
        const double own = in->terms->coordination.at[i];
        const double coordination = lane_in(member, i, own);
        const double rate =
            in->rates->levy.at[i] + coordination * in->organisation->log_sites.at[i];

        practice->money.levy.at[i] =
            pays * rate * practice->list.at[i] * in->drivers->index[PAY].at[i];
    }
}

static void recharge(const struct money_inputs *in, struct practice *practice)
{
    const struct flags *open = lanes_mask(practice->standing.open);

    EACH_LANE (i) {
        const double own = in->rates->recharge.at[i];
        const double share = lane_in(open, i, own);

        practice->paid->recharge.at[i] = share * practice->paid->core.at[i];
    }
}

/* What it pays its organisation, or others for what an organisation does. */
static void organisation_costs(const struct money_inputs *in, struct practice *practice,
                               struct lanes *cost)
{
    const struct flags *member = lanes_mask(practice->standing.member);
    const struct money *m = &practice->money;
    const struct payments *paid = practice->paid;

    if (in->activity->levies)
        levy(in, practice);
    if (in->activity->recharges)
        recharge(in, practice);
    EACH_LANE (i) {
        const double whole = in->organisation->moved.at[i];
        const double moved = lane_in(member, i, whole);

        cost->at[i] = cost->at[i] + m->levy.at[i] + moved + paid->recharge.at[i];
    }
}

/* May write the site's money and the quarter's cost of its trailing year. */
void money_step(const struct money_inputs *in, struct practice *practice)
{
    const struct drivers *d = in->drivers;
    const struct money_parameters *p = &in->parameters->money;
    const double core_rate = in->site->core_rate;
    struct lanes *cost = &practice->trailing.cost[trailing_place(in->quarter)];
    struct payments *paid = practice->paid;

    running_costs(in, practice);
    EACH_LANE (i) {
        paid->core.at[i] =
            core_rate * practice->list.at[i] * d->index[CONTRACT].at[i] *
            (1.0 - p->quality_share.at[i] * practice->capacity.unmet.at[i]) *
            d->income.at[i];
        paid->locum.at[i] = practice->capacity.locum_fte.at[i] * d->locum_price.at[i] *
                            in->scarcity->at[i];
        cost->at[i] = paid->nongp.at[i] + paid->salaried.at[i] + paid->locum.at[i];
    }
    if (!in->activity->alone || in->activity->recharges)
        organisation_costs(in, practice, cost);
    EACH_LANE (i)
        practice->money.residual.at[i] =
            paid->core.at[i] + paid->relief.at[i] - cost->at[i];
}

void money_setup(const struct money_inputs *in, struct practice *practice)
{
    const double in_residual = in->setup_payer == BEARER_PARTNERS ? 1.0 : 0.0;
    const struct flags *joining =
        lanes_mask(standing_joining(&practice->standing, in->quarter));
    struct money *m = &practice->money;

    EACH_LANE (i) {
        const double asked = in->terms->setup_cost.at[i];
        const double cost = lane_in(joining, i, asked);
        const double setup =
            cost * practice->list.at[i] * in->drivers->index[PRICES].at[i];
        const double own = in_residual * setup;

        m->setup.at[i] = own;
        m->setup_elsewhere.at[i] = setup - own;
        m->residual.at[i] -= own;
        practice->trailing.cost[trailing_place(in->quarter)].at[i] += own;
    }
}
