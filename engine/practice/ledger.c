#include "ledger.h"

#include "elementary.h"

void ledger_open(struct ledger *ledger)
{
    const struct lanes none = {{0}};

    for (int b = 0; b < BEARERS; b++)
        ledger->change[b] = none;
    for (int k = 0; k < POSTED_FLOWS; k++)
        ledger->paid[k] = none;
    ledger->outside = none;
    ledger->core = none;
    ledger->gross = none;
}

void ledger_post_setup(const struct practice *practice, enum bearer setup_payer,
                       struct ledger *ledger)
{
    const struct money *m = &practice->money;

    EACH_LANE (i) {
        ledger->change[setup_payer].at[i] -= m->setup_elsewhere.at[i];
        ledger->outside.at[i] += m->setup.at[i] + m->setup_elsewhere.at[i];
        ledger->paid[FLOW_SETUP].at[i] += m->setup.at[i] + m->setup_elsewhere.at[i];
        ledger->gross.at[i] += m->setup.at[i] + m->setup_elsewhere.at[i];
    }
}

/* What few forms' sites pay or are paid. */
static void post_extras(const struct activity *activity,
                        const struct practice *practice, struct lanes *services,
                        struct ledger *ledger)
{
    const struct flags *outside = lanes_mask(
        activity->accounts ? ~(uint64_t)practice->standing.member : lanes_all());
    const struct money *m = &practice->money;
    const struct payments *paid = practice->paid;

    EACH_LANE (i) {
        const double levy = lane_in(outside, i, m->levy.at[i]);

        ledger->paid[FLOW_PRICE_RELIEF].at[i] += paid->relief.at[i];
        ledger->paid[FLOW_RECHARGES].at[i] += paid->recharge.at[i];
        ledger->paid[FLOW_LEVIES].at[i] += levy;
        services->at[i] = paid->recharge.at[i] + levy;
    }
}

void ledger_post_site(const struct activity *activity, const struct practice *practice,
                      struct ledger *ledger)
{
    const struct payments *paid = practice->paid;
    struct lanes services = {{0}};

    if (activity->levies || activity->recharges || activity->relieves)
        post_extras(activity, practice, &services, ledger);
    EACH_LANE (i) {
        const double income = paid->core.at[i] + paid->relief.at[i];
        const double staff =
            paid->nongp.at[i] + paid->salaried.at[i] + paid->locum.at[i];

        ledger->change[BEARER_COMMISSIONER].at[i] -= income;
        ledger->core.at[i] += paid->core.at[i];
        ledger->outside.at[i] += staff + services.at[i];
        ledger->paid[FLOW_OTHER_COSTS].at[i] += paid->nongp.at[i];
        ledger->paid[FLOW_SALARIED_GPS].at[i] += paid->salaried.at[i];
        ledger->paid[FLOW_LOCUMS].at[i] += paid->locum.at[i];
        ledger->gross.at[i] += fabs(income) + fabs(staff) + fabs(services.at[i]);
    }
}

/* The larger; once not a number it stays so. */
HR_INLINE double worse(double worst, double share)
{
    return share <= worst ? worst : share + 0.0 * worst;
}

void ledger_check(const struct ledger *ledger, struct lanes *imbalance)
{
    EACH_LANE (i) {
        double sum = ledger->outside.at[i];

        for (int b = 0; b < BEARERS; b++)
            sum += ledger->change[b].at[i];
        imbalance->at[i] =
            worse(imbalance->at[i], fabs(sum) / larger(ledger->gross.at[i], 1.0));
    }
}
