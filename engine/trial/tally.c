#include "tally.h"

#include "elementary.h"

#include <math.h>
#include <stddef.h>

void tally_organisation(const struct organisation *organisation,
                        struct quarter_sums *sums)
{
    EACH_LANE (i) {
        const double overrun = organisation->cost.at[i] - organisation->levy.at[i] -
                               organisation->income.at[i];
        const double stands = organisation->sites.at[i] > 0.0 ? 1.0 : 0.0;

        sums->org_income.at[i] += organisation->income.at[i];
        sums->org_overrun.at[i] += larger(0.0, overrun);
        sums->moved.at[i] += organisation->moved.at[i] * organisation->sites.at[i];
        sums->alignment.at[i] += stands * organisation->alignment.at[i];
        sums->organisations.at[i] += stands;
        sums->drawdown.at[i] =
            larger(sums->drawdown.at[i], organisation->drawdown.at[i]);
    }
}

enum {
    LARGEST_OF_EVENTS = offsetof(struct events, largest_cascade),
    SUMS = (offsetof(struct quarter_sums, events) + LARGEST_OF_EVENTS) / LANE_BYTES,
    SUMS_AND_LARGEST = sizeof(struct quarter_sums) / LANE_BYTES
};

void tally_area(const struct quarter_sums *area, struct quarter_sums *sums)
{
    const struct lanes *part = (const struct lanes *)area;
    struct lanes *whole = (struct lanes *)sums;

    for (int k = 0; k < SUMS; k++) {
        EACH_LANE (i)
            whole[k].at[i] += part[k].at[i];
    }
    for (int k = SUMS; k < SUMS_AND_LARGEST; k++) {
        EACH_LANE (i)
            whole[k].at[i] = larger(whole[k].at[i], part[k].at[i]);
    }
}

void tally_holder(const struct lanes *budget, const struct lanes *result,
                  const struct lanes *loss, struct quarter_sums *sums)
{
    EACH_LANE (i) {
        const double own_budget = budget->at[i], own_result = result->at[i];
        const double own_loss = loss->at[i], largest = sums->delegated_loss.at[i];
        const int holds = own_budget > 0.0;
        const double most = sums->delegated_budget.at[i] > 0.0 ? largest : -INFINITY;

        sums->delegated.at[i] += holds ? own_result : 0.0;
        sums->delegated_loss.at[i] = larger(most, holds ? own_loss : -INFINITY);
        sums->delegated_budget.at[i] += holds ? own_budget : 0.0;
    }
}

/* Years in which somebody held a budget. */
static void add_delegated(const struct tally_inputs *in,
                          const struct quarter_sums *sums, struct tally *tally)
{
    const struct lanes *prices = &in->rules->drivers->index[PRICES];

    EACH_LANE (i) {
        const int held = sums->delegated_budget.at[i] > 0.0;
        const int first = tally->delegated_years.at[i] == 0.0;
        const double real = sums->delegated.at[i] / prices->at[i];
        const double loss = sums->delegated_loss.at[i];
        const double worst_year = tally->delegated_worst_year.at[i];
        const double worst_loss = tally->delegated_worst_loss.at[i];
        const double worst = first ? real : worst_year;
        const double most = first ? loss : worst_loss;

        tally->delegated.at[i] += held ? real : 0.0;
        tally->delegated_years.at[i] += held ? 1.0 : 0.0;
        tally->delegated_worst_year.at[i] = held ? smaller(worst, real) : worst;
        tally->delegated_worst_loss.at[i] = held ? larger(most, loss) : most;
    }
}

static double paid_by_the_public(const struct tally_inputs *in,
                                 const struct lanes change[BEARERS], int i)
{
    const double insurer = in->public_insurer ? change[BEARER_INSURER].at[i] : 0.0;

    return -(change[BEARER_COMMISSIONER].at[i] + change[BEARER_TRUST].at[i] + insurer);
}

static void add_money(const struct tally_inputs *in, const struct quarter_sums *sums,
                      struct tally *tally)
{
    const struct parameters *p = in->rules->parameters;
    const struct drivers *d = in->rules->drivers;
    const struct ledger *ledger = &sums->ledger;

    for (int b = 0; b < BEARERS; b++) {
        const double own_rate = b == BEARER_PARTNERS || b == BEARER_RESERVES;

        EACH_LANE (i) {
            const double real = ledger->change[b].at[i] / d->index[PRICES].at[i];
            const double own = d->partner_discount.at[i], public = d->discount.at[i];

            tally->npv[b].at[i] += real * (own_rate > 0.0 ? own : public);
            tally->net.at[i] += real * d->discount.at[i];
        }
    }
    EACH_LANE (i) {
        const double real = 1.0 / d->index[PRICES].at[i];
        const double present = d->discount.at[i] * real;
        const double wage = 0.25 * p->money.salary.at[i] *
                            (1.0 + p->money.oncost.at[i]) * d->index[PAY].at[i];
        const double overhead = sums->levy.at[i] + sums->moved.at[i] +
                                sums->recharge.at[i] + sums->org_overrun.at[i] +
                                sums->leadership.at[i] * wage;

        tally->partner_work.at[i] += sums->partner_fte.at[i] * wage * present;
        tally->org_income.at[i] += sums->org_income.at[i] * present;
        tally->relationships_cost.at[i] += sums->relationships_cost.at[i] * present;
        tally->moved.at[i] += sums->moved.at[i] * present;
        tally->system_effects.at[i] += sums->system_effects.at[i] * present;
        tally->locum.at[i] += sums->locum.at[i] * present;
        tally->unmet_cost.at[i] +=
            sums->unmet.at[i] * d->discount.at[i] * p->valuation.unmet_price.at[i];
        tally->partner_loss.at[i] +=
            sums->paid_in.at[i] * d->partner_discount.at[i] * real;
        tally->todays_gps.at[i] +=
            sums->todays.at[i] * d->partner_discount.at[i] * real;
        tally->core.at[i] += ledger->core.at[i] * real;
        tally->core_income.at[i] += ledger->core.at[i] * present;
        tally->overhead.at[i] += overhead * real;
    }
}

static void add_counts(const struct quarter_sums *sums, struct tally *tally)
{
    EACH_LANE (i) {
        const double wanted = sums->wanted.at[i], vacant = sums->vacant.at[i];

        tally->todays_years.at[i] += 0.25 * sums->todays_fte.at[i];
        tally->vacancy.at[i] += wanted > 0.0 ? vacant / wanted : 0.0;
        tally->workload.at[i] += sums->strain.at[i] / sums->list.at[i];
        tally->unmet.at[i] += sums->unmet.at[i];
        tally->relationships.at[i] += sums->relationships.at[i];
        tally->leavers.at[i] += sums->leavers.at[i];
        tally->posts.at[i] += tally->posts_before.at[i];
        tally->posts_before.at[i] = sums->filled.at[i];
    }
}

/* Partners' income: the horizon's, and the worst year's. */
static void add_income(const struct tally_inputs *in, const struct quarter_sums *sums,
                       struct tally *tally)
{
    const struct lanes *prices = &in->rules->drivers->index[PRICES];
    const int first = in->quarter % 4 == 0;
    const int last = in->quarter % 4 == 3;

    EACH_LANE (i) {
        const double counted = sums->counted.at[i] / prices->at[i];
        const double fte = 0.25 * sums->partner_fte.at[i];
        const double year = counted + (first ? 0.0 : tally->year_counted.at[i]);
        const double year_fte = fte + (first ? 0.0 : tally->year_fte.at[i]);
        const double income = year_fte > 0.0 ? year / year_fte : INFINITY;

        tally->counted.at[i] += counted;
        tally->fte_years.at[i] += fte;
        tally->heads.at[i] += 0.25 * sums->partners.at[i];
        tally->year_counted.at[i] = year;
        tally->year_fte.at[i] = year_fte;
        tally->worst_year.at[i] =
            last && income < tally->worst_year.at[i] ? income : tally->worst_year.at[i];
    }
}

static double ratio(double a, double b)
{
    return b > 0.0 ? a / b : NAN;
}

/* Practices whose code is gone: closed, or taken over. */
static double ended(const struct events *events, int i)
{
    return events->closed.at[i] + events->taken_over.at[i];
}

static double continuing(const struct tally_inputs *in, const struct events *events,
                         int i)
{
    return in->sites - ended(events, i) - events->caretaker.at[i];
}

static void add_series(const struct tally_inputs *in, const struct quarter_sums *sums,
                       struct lanes *series)
{
    const struct events *events = &sums->events;
    const struct drivers *d = in->rules->drivers;
    const int q = in->quarter;
    struct lanes *at[SERIES_COUNT];

    for (int s = 0; s < SERIES_COUNT; s++)
        at[s] = &series[s * in->quarters + q];
    for (int i = 0; i < LANES; i++) {
        const double real = 1.0 / d->index[PRICES].at[i];
        const double paid = paid_by_the_public(in, sums->ledger.change, i);

        at[SERIES_PARTNER_INCOME]->at[i] =
            ratio(4.0 * sums->counted.at[i] * real, sums->partner_fte.at[i]);
        at[SERIES_VACANCY]->at[i] = ratio(sums->vacant.at[i], sums->wanted.at[i]);
        at[SERIES_WORKLOAD]->at[i] = ratio(sums->strain.at[i], sums->list.at[i]);
        at[SERIES_UNMET_APPOINTMENTS]->at[i] = sums->unmet.at[i];
        at[SERIES_PARTNER_FTE]->at[i] = sums->partner_fte.at[i];
        at[SERIES_SALARIED_FTE]->at[i] = sums->employed_fte.at[i];
        at[SERIES_PARTNER_LED_SITES]->at[i] = sums->led.at[i];
        at[SERIES_SITES_ENDED]->at[i] = ended(events, i);
        at[SERIES_SITES_CARETAKER]->at[i] = events->caretaker.at[i];
        at[SERIES_SITES_CONTINUING]->at[i] = continuing(in, events, i);
        at[SERIES_LOCUM_SPEND]->at[i] = sums->locum.at[i] * real;
        at[SERIES_PUBLIC_COST]->at[i] = paid * real;
        at[SERIES_RELATIONSHIPS]->at[i] = sums->relationships.at[i];
        at[SERIES_ALIGNMENT]->at[i] =
            in->has_accounts ? ratio(sums->alignment.at[i], sums->organisations.at[i])
                             : NAN;
    }
}

void tally_quarter(const struct tally_inputs *in, const struct quarter_sums *sums,
                   struct tally *tally, struct lanes *series)
{
    ledger_check(&sums->ledger, &tally->imbalance);
    add_money(in, sums, tally);
    add_counts(sums, tally);
    add_income(in, sums, tally);
    if (in->settles_budgets)
        add_delegated(in, sums, tally);
    add_series(in, sums, series);
}

static void finish_delegated(const struct tally_inputs *in, const struct tally *t,
                             int i, struct lanes *metric)
{
    const double years = t->delegated_years.at[i];
    const bool held = years > 0.0;

    metric[METRIC_DELEGATED_RESULT].at[i] =
        ratio(t->delegated.at[i], years * in->patients);
    metric[METRIC_DELEGATED_WORST_YEAR].at[i] =
        held ? t->delegated_worst_year.at[i] / in->patients : NAN;
    metric[METRIC_DELEGATED_WORST_LOSS].at[i] =
        held ? t->delegated_worst_loss.at[i] : NAN;
}

static void finish_money(const struct tally_inputs *in, const struct tally *t, int i,
                         struct lanes *metric)
{
    const double patients = in->patients;
    const double net = t->net.at[i] - t->partner_work.at[i] + t->org_income.at[i];
    const double beyond =
        t->system_effects.at[i] - t->relationships_cost.at[i] - t->moved.at[i];
    const double public_cost = paid_by_the_public(in, t->npv, i);

    for (int b = 0; b < BEARERS; b++)
        metric[METRIC_NPV_PARTNERS + b].at[i] = t->npv[b].at[i];
    metric[METRIC_ECONOMIC_NET_POSITION].at[i] = net / patients;
    metric[METRIC_ECONOMIC_NET_POSITION_NARROW].at[i] = (net - beyond) / patients;
    metric[METRIC_ECONOMIC_NET_POSITION_LESS_UNMET].at[i] =
        (net - t->unmet_cost.at[i]) / patients;
    metric[METRIC_PUBLIC_COST].at[i] = public_cost;
    metric[METRIC_NET_MONETARY_BENEFIT].at[i] = -public_cost - t->unmet_cost.at[i];
    metric[METRIC_TODAYS_GPS].at[i] = t->todays_gps.at[i];
    metric[METRIC_TODAYS_GPS_YEARS].at[i] = t->todays_years.at[i];
    metric[METRIC_TODAYS_GPS_PER_YEAR].at[i] =
        ratio(t->todays_gps.at[i], t->todays_years.at[i]);
    metric[METRIC_PARTNER_INCOME].at[i] = ratio(t->counted.at[i], t->fte_years.at[i]);
    metric[METRIC_PARTNER_INCOME_HEAD].at[i] = ratio(t->counted.at[i], t->heads.at[i]);
    metric[METRIC_PARTNER_INCOME_WORST_YEAR].at[i] =
        isinf(t->worst_year.at[i]) ? NAN : t->worst_year.at[i];
    metric[METRIC_PARTNER_LOSS].at[i] = t->partner_loss.at[i];
    metric[METRIC_OVERHEAD_SHARE].at[i] = ratio(t->overhead.at[i], t->core.at[i]);
    metric[METRIC_LOCUM_SPEND].at[i] = t->locum.at[i];
    metric[METRIC_UNMET_COST].at[i] = t->unmet_cost.at[i];
    metric[METRIC_CORE_INCOME].at[i] = t->core_income.at[i];
    metric[METRIC_PARTNERS_WORK].at[i] = t->partner_work.at[i];
    metric[METRIC_SERVICES_BOUGHT].at[i] = t->org_income.at[i];
    metric[METRIC_RELATIONSHIPS_COST].at[i] = t->relationships_cost.at[i];
    metric[METRIC_CONTRACT_WORK_MOVED].at[i] = t->moved.at[i];
    metric[METRIC_SYSTEM_EFFECTS].at[i] = t->system_effects.at[i];
    metric[METRIC_IMBALANCE].at[i] = t->imbalance.at[i];
}

static void finish_events(const struct tally_inputs *in, const struct events *e, int i,
                          struct lanes *metric)
{

    metric[METRIC_SITES_CLOSED].at[i] = e->closed.at[i];
    metric[METRIC_SITES_TAKEN_OVER].at[i] = e->taken_over.at[i];
    metric[METRIC_SITES_ENDED].at[i] = ended(e, i);
    metric[METRIC_SITES_CARETAKER].at[i] = e->caretaker.at[i];
    metric[METRIC_SITES_CONTINUING].at[i] = continuing(in, e, i);
    metric[METRIC_PATIENTS_DISPERSED].at[i] = e->patients_dispersed.at[i];
    metric[METRIC_LARGEST_CASCADE].at[i] = e->largest_cascade.at[i];
    metric[METRIC_MEMBERS_LEFT].at[i] = e->members_left.at[i];
    metric[METRIC_ORGANISATIONS_DISSOLVED].at[i] = e->dissolved.at[i];
    metric[METRIC_ORGANISATIONS_EXITED].at[i] = e->exited.at[i];
}

static void finish_organisations(const struct tally_inputs *in,
                                 const struct quarter_sums *sums, int i,
                                 struct lanes *metric)
{
    metric[METRIC_DRAWDOWN].at[i] = in->has_accounts ? sums->drawdown.at[i] : NAN;
    metric[METRIC_ALIGNMENT].at[i] =
        in->has_accounts ? ratio(sums->alignment.at[i], sums->organisations.at[i])
                         : NAN;
}

static void finish_people(const struct tally_inputs *in,
                          const struct quarter_sums *sums, const struct tally *t, int i,
                          struct lanes *metric)
{
    metric[METRIC_PARTNER_LED_SITES].at[i] = sums->led.at[i];
    metric[METRIC_PARTNER_FTE].at[i] = sums->partner_fte.at[i];
    metric[METRIC_SALARIED_FTE].at[i] = sums->employed_fte.at[i];
    metric[METRIC_VACANCY].at[i] = t->vacancy.at[i] / in->quarters;
    metric[METRIC_TURNOVER].at[i] = ratio(4.0 * t->leavers.at[i], t->posts.at[i]);
    metric[METRIC_WORKLOAD].at[i] = t->workload.at[i] / in->quarters;
    metric[METRIC_UNMET_APPOINTMENTS].at[i] = t->unmet.at[i];
    metric[METRIC_RELATIONSHIPS].at[i] = t->relationships.at[i] / in->quarters;
}

void tally_finish(const struct tally_inputs *in, const struct quarter_sums *sums,
                  const struct tally *tally, struct lanes *metric)
{
    for (int i = 0; i < LANES; i++) {
        finish_money(in, tally, i, metric);
        finish_delegated(in, tally, i, metric);
        finish_events(in, &sums->events, i, metric);
        finish_organisations(in, sums, i, metric);
        finish_people(in, sums, tally, i, metric);
    }
}
