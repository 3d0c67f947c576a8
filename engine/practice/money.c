#include "money.h"

#include "elementary.h"

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
        const double nongp = in->start_list * in->cost_rate * nature->efficiency.at[i] *
                             (wages + (1.0 - staff));
        const double salaried = fte[SALARIED] * m->salary.at[i] *
                                (1.0 + m->oncost.at[i]) * in->terms->pay_premium.at[i];
        const double locum =
            p->capacity.locum_cover.at[i] * absent * m->locum_rate.at[i];
        const double cost = 0.25 * (nongp + salaried + locum);

        nature->plan_cost.at[i] = cost;
        nature->plan_residual.at[i] = 0.25 * in->weighted_list * in->core_rate - cost;
    }
}

void money_prices(const struct money_parameters *money, struct drivers *drivers)
{
    struct drivers *d = drivers;

    EACH_LANE (i) {
        d->real.at[i] = 1.0 / d->index[PRICES].at[i];
        d->salary.at[i] = 0.25 * money->salary.at[i] * (1.0 + money->oncost.at[i]) *
                          d->index[PAY].at[i];
        d->locum_price.at[i] = 0.25 * money->locum_rate.at[i] * d->index[LOCUM].at[i] *
                               d->locum_factor.at[i] * d->locum.at[i];
    }
}

void money_planned(const struct money_inputs *in, double partner_fte_at_start,
                   const struct practice *practice, struct lanes *planned)
{
    const int by_fte = partner_fte_at_start > 0.0;
    const double start = by_fte ? partner_fte_at_start : in->start_list;
    const struct lanes *now =
        by_fte ? &practice->workforce.partner_fte : &practice->list;
    const double per_start = 1.0 / start;

    EACH_LANE (i)
        planned->at[i] = in->nature->plan_residual.at[i] * (now->at[i] * per_start) *
                         in->drivers->index[CONTRACT].at[i];
}

/* Non-GP and salaried cost as they are, and what shocks on pay and cost added. */
static void running_costs(const struct money_inputs *in, struct practice *practice)
{
    const struct drivers *d = in->drivers;
    const struct money_parameters *p = &in->parameters->money;
    const uint64_t member = practice->standing.member;
    const double step_rate = 0.25 * in->weighted_list / in->start_list;
    struct money *m = &practice->money;

    EACH_LANE (i) {
        const double list = practice->list.at[i];
        const double prices = d->index[PRICES].at[i];
        const double pay = d->index[PAY].at[i];
        const double staff = p->staff_share.at[i];
        const double wages = staff * pay * in->terms->staff_pay_premium.at[i] *
                             (1.0 - in->terms->staff_vacancy.at[i]);
        const double other = (1.0 - staff) * prices;
        const double reach = in->organisation->reach.at[i];
        const double grown =
            reach > in->start_list
                ? 1.0 - in->start_list * in->organisation->per_reach.at[i]
                : 0.0;
        const double spared = (member & lane_bit[i] ? in->terms->saving.at[i] : 0.0) *
                              grown * in->organisation->alignment.at[i] *
                              practice->capacity.ramp.at[i];
        const double whole = 0.25 * in->cost_rate * list * in->nature->efficiency.at[i];
        const double rate = whole * (1.0 - spared);
        const double price = (wages * d->pay.at[i] + other) * d->nongp.at[i];
        const double plain = rate * (wages + other);
        const double shocked = rate * price;
        const double step = step_rate * d->nongp_step.at[i] * list * prices;
        const double salaries = practice->workforce.payroll.at[i] * d->salary.at[i];
        const double added =
            shocked - plain + step + salaries * d->pay.at[i] - salaries;

        m->nongp.at[i] = shocked + step;
        m->saved.at[i] = whole * spared * price;
        m->salaried.at[i] = salaries * d->pay.at[i];
        m->relief.at[i] = in->terms->price_relief.at[i] * d->relief.at[i] * added;
    }
}

/* Levy, coordination and recharge of a site that belongs or is on its own. */
static void organisation_costs(const struct money_inputs *in, struct practice *practice)
{
    const struct drivers *d = in->drivers;
    const uint64_t member = practice->standing.member, open = practice->standing.open;
    struct money *m = &practice->money;

    EACH_LANE (i) {
        const double pays = open & lane_bit[i] ? 1.0 : 0.0;
        const double rate =
            in->terms->levy.at[i] +
            (member & lane_bit[i] ? in->terms->coordination.at[i] : 0.0) *
                in->organisation->log_sites.at[i];

        m->levy.at[i] = 0.25 * pays * rate * practice->list.at[i] * d->index[PAY].at[i];
        m->recharge.at[i] = pays * in->terms->recharge.at[i] * m->core.at[i];
    }
}

void money_step(const struct money_inputs *in, struct practice *practice)
{
    const struct drivers *d = in->drivers;
    const struct money_parameters *p = &in->parameters->money;
    const double core_rate = 0.25 * in->core_rate * in->weighted_list / in->start_list;
    const uint64_t member = practice->standing.member;
    struct money *m = &practice->money;

    EACH_LANE (i) {
        m->core.at[i] =
            core_rate * practice->list.at[i] * d->index[CONTRACT].at[i] *
            (1.0 - p->quality_share.at[i] * practice->capacity.unmet.at[i]) *
            d->income.at[i];
        m->locum.at[i] = practice->capacity.locum_fte.at[i] * d->locum_price.at[i] *
                         in->scarcity->at[i];
    }
    running_costs(in, practice);
    organisation_costs(in, practice);
    EACH_LANE (i) {
        const double moved = member & lane_bit[i] ? in->organisation->moved.at[i] : 0.0;
        const double cost = m->nongp.at[i] + m->salaried.at[i] + m->locum.at[i] +
                            m->levy.at[i] + moved + m->recharge.at[i];

        practice->trailing.cost[in->quarter % TRAILING].at[i] = cost;
        m->residual.at[i] = m->core.at[i] + m->relief.at[i] - cost;
    }
}

void money_setup(const struct money_inputs *in, struct practice *practice)
{
    const double in_residual = in->setup_payer == BEARER_PARTNERS ? 1.0 : 0.0;
    const uint64_t joining = standing_joining(&practice->standing, in->quarter);
    struct money *m = &practice->money;

    EACH_LANE (i) {
        const double cost = joining & lane_bit[i] ? in->terms->setup_cost.at[i] : 0.0;
        const double setup =
            cost * practice->list.at[i] * in->drivers->index[PRICES].at[i];
        const double own = in_residual * setup;

        m->setup.at[i] = own;
        m->setup_elsewhere.at[i] = setup - own;
        m->residual.at[i] -= own;
        practice->trailing.cost[in->quarter % TRAILING].at[i] += own;
    }
}
